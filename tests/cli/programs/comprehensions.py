import boto3

sm = boto3.client("sagemaker")
tags = {"team": "growth", "cost": "42"}
models = ["a", "b", "c"]
sm.create_endpoint_config(
    EndpointConfigName="many",
    ProductionVariants=[
        {
            "VariantName": name,
            "ModelName": f"churn-{name}",
            "InstanceType": "ml.m5.xlarge",
            "InitialInstanceCount": 1,
        }
        for name in models
    ],
    Tags=[{"Key": key, "Value": value} for key, value in tags.items()],
)
