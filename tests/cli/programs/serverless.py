import boto3

client = boto3.client(service_name="sagemaker")
config = dict(MemorySizeInMB=2048, MaxConcurrency=10)
client.create_endpoint_config(
    EndpointConfigName="serverless",
    ProductionVariants=[
        {"VariantName": "AllTraffic", "ModelName": "churn", "ServerlessConfig": config}
    ],
    DataCaptureConfig={
        "EnableCapture": True,
        "InitialSamplingPercentage": 20,
        "DestinationS3Uri": "s3://bucket/capture",
        "CaptureOptions": [{"CaptureMode": "Input"}, {"CaptureMode": "Output"}],
    },
)
