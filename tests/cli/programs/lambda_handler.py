import os

import boto3

sm = boto3.client("sagemaker")
runtime = boto3.client("sagemaker-runtime")


def handler(event, context):
    endpoint = os.environ["ENDPOINT"]
    response = runtime.invoke_endpoint(
        EndpointName=endpoint,
        ContentType="application/json",
        Accept="application/json",
        Body=event["body"],
    )
    body = response["Body"].read().decode()
    if event.get("update"):
        sm.update_endpoint_weights_and_capacities(
            EndpointName=endpoint,
            DesiredWeightsAndCapacities=[
                {"VariantName": "main", "DesiredWeight": 1, "DesiredInstanceCount": 2}
            ],
        )
    return {"statusCode": 200, "body": body}
