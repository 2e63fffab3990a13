import boto3

base = {"Image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/a:1"}
extra = {**base, "ContainerHostname": "first"}
both = [extra, base | {"ContainerHostname": "second"}]
boto3.client("sagemaker").create_model(
    ModelName="pipeline",
    Containers=both,
    InferenceExecutionConfig={"Mode": "Serial"},
    ExecutionRoleArn="arn:aws:iam::123456789012:role/sagemaker",
)
