import json
import os

import boto3

sagemaker = boto3.client("sagemaker", region_name=os.environ.get("REGION", "eu-west-1"))


def lambda_handler(event, context):
    job = event["job"]
    response = sagemaker.describe_training_job(TrainingJobName=job)
    status = response["TrainingJobStatus"]
    if status == "Failed":
        return {"statusCode": 500, "body": response.get("FailureReason")}
    return {
        "statusCode": 200,
        "body": json.dumps({"job": job, "status": status, "arn": response["TrainingJobArn"]}),
    }


print(lambda_handler({"job": "churn-1"}, None))
