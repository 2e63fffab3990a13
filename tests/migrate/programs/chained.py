import boto3

print(boto3.client("sagemaker", region_name="eu-west-1").describe_endpoint(EndpointName="churn")["EndpointStatus"])
arn = (
    boto3.client("sagemaker", region_name="eu-west-1")
    .describe_model(ModelName="churn")["ModelArn"]
)
print(arn.split("/")[-1])
