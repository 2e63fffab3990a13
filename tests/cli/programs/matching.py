import boto3

sm = boto3.client("sagemaker")


def act(action, name, weight):
    match action:
        case "stop":
            sm.stop_training_job(TrainingJobName=name)
        case "delete" if description := sm.describe_endpoint(EndpointName=name):
            sm.delete_endpoint(EndpointName=description["EndpointName"])
        case _:
            sm.list_endpoints(NameContains=name, SortBy="Name")
