"""What a program costs with boto3, with sagemaker-core, and with this package."""
