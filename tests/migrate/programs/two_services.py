import boto3

s3 = boto3.client("s3", region_name="eu-west-1")
sagemaker, regions = boto3.client("sagemaker", region_name="eu-west-1"), ["eu-west-1"]
clients = {region: boto3.client("sagemaker", region_name=region) for region in regions}
for region, client in clients.items():
    print(region, client.describe_model(ModelName="churn")["ModelName"])
print(sagemaker.describe_model(ModelName="churn")["ModelName"], s3.meta.region_name)
