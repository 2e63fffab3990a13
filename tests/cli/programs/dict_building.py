import boto3


def create(name, role, subnets=None, security_groups=None, kms_key=None):
    sm = boto3.client("sagemaker")
    request = {"ModelName": name, "ExecutionRoleArn": role}
    container = {"Image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/a:1"}
    request["PrimaryContainer"] = container
    container["Mode"] = "MultiModel"
    if subnets:
        request["VpcConfig"] = {"Subnets": subnets, "SecurityGroupIds": security_groups}
    request.update(EnableNetworkIsolation=True)
    request.update({"Tags": [{"Key": "a", "Value": "b"}]})
    request.setdefault("Tags", []).append({"Key": "c", "Value": "d"})
    return sm.create_model(**request)["ModelArn"]
