import boto3


def scale(name: str, count: int = 2, weights: dict[str, float] | None = None) -> None:
    client = boto3.client("sagemaker")
    changes = []
    for variant, weight in (weights or {"main": 1.0}).items():
        change = {"VariantName": variant, "DesiredWeight": weight}
        change["DesiredInstanceCount"] = count
        changes.append(change)
    client.update_endpoint_weights_and_capacities(
        EndpointName=name, DesiredWeightsAndCapacities=changes
    )
    client.update_endpoint(
        EndpointName=name,
        EndpointConfigName="next",
        RetainAllVariantProperties=True,
        DeploymentConfig={
            "BlueGreenUpdatePolicy": {
                "TrafficRoutingConfiguration": {
                    "Type": "ALL_AT_ONCE",
                    "WaitIntervalInSeconds": 60,
                },
                "TerminationWaitInSeconds": 120,
            }
        },
    )
