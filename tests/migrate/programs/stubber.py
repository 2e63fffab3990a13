import boto3
from botocore.stub import Stubber

client = boto3.client("sagemaker", region_name="eu-west-1")
with Stubber(client) as stubber:
    stubber.add_response("list_models", {"Models": []}, {"NameContains": "churn"})
    print(len(client.list_models(NameContains="churn")["Models"]))
    stubber.assert_no_pending_responses()
