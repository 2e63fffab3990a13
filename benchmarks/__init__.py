"""The cost of a program with boto3, with sagemaker-core and with this package."""
