import json

import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")
job = client.describe_training_job(TrainingJobName="churn-1")
print(json.dumps({"name": job["TrainingJobName"], "status": job["TrainingJobStatus"]}))
states = {}
for each in client.list_training_jobs()["TrainingJobSummaries"]:
    states[each["TrainingJobName"]] = each["TrainingJobStatus"]
print(states)
