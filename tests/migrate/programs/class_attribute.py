import boto3


class Jobs:
    client = boto3.client("sagemaker", region_name="eu-west-1")

    def names(self):
        return [job["TrainingJobName"] for job in self.client.list_training_jobs()["TrainingJobSummaries"]]


print(Jobs().names())
