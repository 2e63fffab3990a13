import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")
waiter = client.get_waiter("training_job_completed_or_stopped")
waiter.wait(TrainingJobName="churn-1", WaiterConfig={"Delay": 5, "MaxAttempts": 20})
job = client.describe_training_job(TrainingJobName="churn-1")
print(job["TrainingJobStatus"], job["ModelArtifacts"]["S3ModelArtifacts"])
