import boto3


class Tag:
    """A tag of our own."""

    def __init__(self, key):
        self.key = key


client = boto3.client("sagemaker", region_name="eu-west-1")
client.add_tags(
    ResourceArn="arn:aws:sagemaker:eu-west-1:123456789012:model/churn",
    Tags=[{"Key": Tag("a").key, "Value": "b"}],
)
print("tagged")
