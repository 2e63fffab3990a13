import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")
endpoint = client.describe_endpoint(EndpointName="churn")
for variant in endpoint.get("ProductionVariants", []):
    print(variant["VariantName"], variant.get("CurrentInstanceCount"), variant.get("CurrentWeight", 0))
if "FailureReason" in endpoint:
    print("failed:", endpoint["FailureReason"])
print(endpoint.get("FailureReason", "no failure"))
print(f"config {endpoint['EndpointConfigName']} at {endpoint['EndpointArn']}")
