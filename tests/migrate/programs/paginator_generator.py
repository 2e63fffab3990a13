import boto3


def endpoints(sm):
    paginator = sm.get_paginator("list_endpoints")
    for page in paginator.paginate():
        yield from page["Endpoints"]


def jobs():
    sm = boto3.client("sagemaker", region_name="eu-west-1")
    for page in sm.get_paginator("list_training_jobs").paginate(StatusEquals="Completed"):
        for job in page["TrainingJobSummaries"]:
            yield job["TrainingJobName"]


print([each["EndpointName"] for each in endpoints(boto3.client("sagemaker", region_name="eu-west-1"))])
print(list(jobs()))
