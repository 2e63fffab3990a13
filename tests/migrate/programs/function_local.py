import boto3


def latest_model(name: str) -> str:
    client = boto3.client("sagemaker", region_name="eu-west-1")
    models = client.list_models(NameContains=name, SortBy="CreationTime", SortOrder="Descending", MaxResults=1)["Models"]
    if not models:
        return "none"
    return models[0]["ModelName"]


print(latest_model("churn"))
