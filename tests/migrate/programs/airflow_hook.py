"""A hook and an operator in the form of Airflow's."""
import time

import boto3


class BaseHook:
    client_type = ""

    def __init__(self, region_name=None):
        self.region_name = region_name

    def get_conn(self):
        return boto3.client(self.client_type, region_name=self.region_name)


class SageMakerHook(BaseHook):
    client_type = "sagemaker"

    def describe_training_job(self, name):
        return self.get_conn().describe_training_job(TrainingJobName=name)

    def create_training_job(self, config):
        return self.get_conn().create_training_job(**config)


class TrainingSensor:
    def __init__(self, job_name):
        self.job_name = job_name
        self.hook = SageMakerHook(region_name="eu-west-1")

    def poke(self):
        return self.hook.describe_training_job(self.job_name)["TrainingJobStatus"] == "Completed"


sensor = TrainingSensor("churn-1")
while not sensor.poke():
    time.sleep(5)
print("completed")
