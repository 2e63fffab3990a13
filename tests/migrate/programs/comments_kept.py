import boto3  # the SDK

client = boto3.client("sagemaker", region_name="eu-west-1")  # one client

# create it
client.create_endpoint_config(
    EndpointConfigName="churn",  # the name
    ProductionVariants=[  # one variant
        {  # the main one
            "VariantName": "main",
            # no GPU
            "ModelName": "churn",
            "ServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 5},  # cheap
        },  # no other
    ],
)  # done
print("ok")
