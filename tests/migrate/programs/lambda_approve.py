import boto3

sm_client = boto3.client("sagemaker", region_name="eu-west-1")


def handler(event, _context):
    detail = event["detail"]
    package = sm_client.describe_model_package(ModelPackageName=detail["ModelPackageArn"])
    if package["ModelPackageStatus"] != "Completed":
        print("not ready:", package["ModelPackageStatus"])
        return
    sm_client.update_model_package(
        ModelPackageArn=package["ModelPackageArn"],
        ModelApprovalStatus="Approved" if detail["ok"] else "Rejected",
    )
    print(f"approved {package['ModelPackageArn']}")


handler({"detail": {"ModelPackageArn": "arn:aws:sagemaker:eu-west-1:123456789012:model-package/churn/1", "ok": True}}, None)
