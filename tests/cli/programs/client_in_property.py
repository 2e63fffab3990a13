from functools import cached_property

import boto3


class Jobs:
    @cached_property
    def sagemaker(self):
        return boto3.client("sagemaker")

    def start(self, name, image):
        self.sagemaker.create_processing_job(
            ProcessingJobName=name,
            RoleArn="arn:aws:iam::123456789012:role/sagemaker",
            AppSpecification={"ImageUri": image, "ContainerEntrypoint": ["python3", "run.py"]},
            ProcessingResources={
                "ClusterConfig": {
                    "InstanceCount": 1,
                    "InstanceType": "ml.m5.xlarge",
                    "VolumeSizeInGB": 30,
                }
            },
            ProcessingInputs=[
                {
                    "InputName": "code",
                    "S3Input": {
                        "S3Uri": "s3://bucket/code",
                        "LocalPath": "/opt/ml/processing/code",
                        "S3DataType": "S3Prefix",
                        "S3InputMode": "File",
                    },
                }
            ],
        )
