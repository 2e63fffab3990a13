import boto3

sm = boto3.client("sagemaker")
package = sm.create_model_package(
    ModelPackageGroupName="churn",
    ModelApprovalStatus="PendingManualApproval",
    InferenceSpecification={
        "Containers": [{"Image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/a:1"}],
        "SupportedContentTypes": ["text/csv"],
        "SupportedResponseMIMETypes": ["text/csv"],
    },
)
arn = package["ModelPackageArn"]
sm.update_model_package(ModelPackageArn=arn, ModelApprovalStatus="Approved")
newest = sm.list_model_packages(ModelPackageGroupName="churn", SortBy="CreationTime", MaxResults=1)[
    "ModelPackageSummaryList"
][0]
print(newest["ModelPackageStatus"])
