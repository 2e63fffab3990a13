from airflow.providers.amazon.aws.hooks.sagemaker import SageMakerHook


def transform(job, model, **context):
    client = SageMakerHook(aws_conn_id="aws").get_conn()
    client.create_transform_job(
        TransformJobName=job,
        ModelName=model,
        MaxConcurrentTransforms=4,
        BatchStrategy="MultiRecord",
        TransformInput={
            "DataSource": {
                "S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://bucket/input"}
            },
            "ContentType": "text/csv",
            "SplitType": "Line",
        },
        TransformOutput={"S3OutputPath": "s3://bucket/output", "AssembleWith": "Line"},
        TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 1},
    )
    return client.describe_transform_job(TransformJobName=job)["TransformJobStatus"]
