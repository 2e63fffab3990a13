"""Functions that take a client of SageMaker."""


def stop_all(sagemaker_client, status="InProgress"):
    jobs = sagemaker_client.list_training_jobs(StatusEquals="InProgress", MaxResults=100)
    for job in jobs["TrainingJobSummaries"]:
        sagemaker_client.stop_training_job(TrainingJobName=job["TrainingJobName"])


def rename(sm_client, arn):
    sm_client.add_tags(ResourceArn=arn, Tags=[{"Key": "owner", "Value": "ml"}])
