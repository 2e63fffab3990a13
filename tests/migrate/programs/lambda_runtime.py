import json

import boto3

runtime = boto3.client("sagemaker-runtime", region_name="eu-west-1")


def handler(event, context):
    response = runtime.invoke_endpoint(
        EndpointName="churn",
        ContentType="application/json",
        Body=json.dumps({"instances": event["rows"]}),
    )
    return json.loads(response["Body"].read())


print(handler({"rows": [[1, 2]]}, None))
