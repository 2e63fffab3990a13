import boto3


def get_client(region):
    return boto3.client("sagemaker", region_name=region)


def main():
    sm = get_client("eu-west-1")
    sm.create_model_package_group(
        ModelPackageGroupName="churn",
        ModelPackageGroupDescription="models of churn",
    )
    group = sm.describe_model_package_group(ModelPackageGroupName="churn")
    assert group["ModelPackageGroupStatus"] == "Completed"


if __name__ == "__main__":
    main()
