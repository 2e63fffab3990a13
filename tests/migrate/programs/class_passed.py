import boto3


class Store:
    def __init__(self, client=None):
        self.client = client or boto3.client("sagemaker", region_name="eu-west-1")

    def tags(self, arn):
        return self.client.list_tags(ResourceArn=arn)["Tags"]


for tag in Store().tags("arn:aws:sagemaker:eu-west-1:123456789012:endpoint/churn"):
    print(tag["Key"], "=", tag["Value"])
