from datetime import datetime, timezone

import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")
limit = datetime(2020, 1, 1, tzinfo=timezone.utc)
old = [e["EndpointName"] for e in client.list_endpoints()["Endpoints"] if e["CreationTime"] > limit]
print(old)
job = client.describe_training_job(TrainingJobName="churn-1")
print((datetime(2030, 1, 1, tzinfo=timezone.utc) - job["CreationTime"]).days)
