import boto3

sm = boto3.client("sagemaker")
sm.create_endpoint(EndpointName="churn", EndpointConfigName="churn-config")
sm.get_waiter("endpoint_in_service").wait(
    EndpointName="churn", WaiterConfig={"Delay": 10, "MaxAttempts": 30}
)
waiter = sm.get_waiter("training_job_completed_or_stopped")
waiter.wait(TrainingJobName="churn-1")
