from mypy_boto3_sagemaker import SageMakerClient


def newest(client: SageMakerClient, prefix: str) -> str:
    models = client.list_models(NameContains=prefix, SortBy="CreationTime", SortOrder="Descending")
    return models["Models"][0]["ModelName"]


def tags(client: "SageMakerClient | None", arn: str) -> dict:
    pairs = client.list_tags(ResourceArn=arn)["Tags"]
    return {pair["Key"]: pair["Value"] for pair in pairs}
