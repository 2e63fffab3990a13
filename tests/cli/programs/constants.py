import boto3

INSTANCE_TYPE = "ml.m5.large"
COUNT = 1 + 1
PREFIX = "churn"
NAME = PREFIX + "-config"
GIB = 20

client = boto3.client("sagemaker")
client.create_endpoint_config(
    EndpointConfigName=NAME,
    ProductionVariants=[
        {
            "VariantName": "main",
            "ModelName": PREFIX,
            "InstanceType": INSTANCE_TYPE,
            "InitialInstanceCount": COUNT,
            "VolumeSizeInGB": GIB,
        }
    ],
)
