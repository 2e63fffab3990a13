import boto3

boto3.setup_default_session(profile_name="ml")
sm = boto3.client("sagemaker")
sm.create_endpoint_config(
    EndpointConfigName="slow",
    ProductionVariants=[
        {
            "VariantName": "main",
            "ModelName": "churn",
            "InstanceType": "ml.g4dn.xlarge",
            "InitialInstanceCount": 1,
            "ModelDataDownloadTimeoutInSeconds": 600,
            "ContainerStartupHealthCheckTimeoutInSeconds": 300,
        }
    ],
    AsyncInferenceConfig={
        "OutputConfig": {"S3OutputPath": "s3://bucket/out"},
        "ClientConfig": {"MaxConcurrentInvocationsPerInstance": 4},
    },
)
runtime = boto3.client("sagemaker-runtime")
started = runtime.invoke_endpoint_async(
    EndpointName="slow", InputLocation="s3://bucket/in.json", InvocationTimeoutSeconds=600
)
print(started["OutputLocation"], started["InferenceId"])
