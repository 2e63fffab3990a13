import boto3


class Deployer:
    """Deploys models."""

    def __init__(self, region: str, prefix: str = "churn") -> None:
        self.client = boto3.client("sagemaker", region_name=region)
        self.prefix = prefix

    def deploy(self, variants: int) -> None:
        name = f"{self.prefix}-{variants}"
        self.client.create_endpoint_config(
            EndpointConfigName=name,
            ProductionVariants=[
                {
                    "VariantName": f"v{number}",
                    "ModelName": self.prefix,
                    "InitialInstanceCount": 1,
                    "InstanceType": "ml.c5.large",
                    "InitialVariantWeight": 1.0,
                }
                for number in range(variants)
            ],
        )
        self.client.update_endpoint(EndpointName=self.prefix, EndpointConfigName=name)

    def status(self) -> str:
        return self.client.describe_endpoint(EndpointName=self.prefix)["EndpointStatus"]


deployer = Deployer("eu-west-1")
deployer.deploy(2)
print(deployer.status())
