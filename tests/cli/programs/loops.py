import boto3

sm = boto3.client("sagemaker")
variants = [
    {"VariantName": "a", "ModelName": "churn-a", "InitialVariantWeight": 0.5},
    {"VariantName": "b", "ModelName": "churn-b", "InitialVariantWeight": 0.5},
]
for variant in variants:
    variant["InstanceType"] = "ml.m5.large"
    variant["InitialInstanceCount"] = 1
sm.create_endpoint_config(EndpointConfigName="ab", ProductionVariants=variants)

for model in ("churn-a", "churn-b"):
    sm.delete_model(ModelName=model)
