import boto3


class Endpoints:
    def __init__(self, session=None):
        self._session = session or boto3.Session()
        self.client = self._session.client("sagemaker")

    def create(self, name, config):
        return self.client.create_endpoint(EndpointName=name, EndpointConfigName=config)

    def status(self, name):
        description = self.client.describe_endpoint(EndpointName=name)
        for variant in description["ProductionVariants"]:
            print(variant["VariantName"], variant["CurrentWeight"])
        return description["EndpointStatus"]

    def delete(self, name):
        self.client.delete_endpoint(EndpointName=name)
