import argparse

import boto3


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--name", default="churn")
    parser.add_argument("--instance-type", default="ml.m5.xlarge")
    args = parser.parse_args([])
    client = boto3.client("sagemaker", "eu-west-1")
    client.create_endpoint_config(
        EndpointConfigName=args.name,
        ProductionVariants=[
            dict(VariantName="main", ModelName=args.name, InstanceType=args.instance_type, InitialInstanceCount=1)
        ],
    )
    client.create_endpoint_config(
        EndpointConfigName=args.name,
        ProductionVariants=[
            {"VariantName": "main", "ModelName": args.name, "InstanceType": args.instance_type, "InitialInstanceCount": 1}
        ],
    )
    print("done", args.name)


if __name__ == "__main__":
    main()
