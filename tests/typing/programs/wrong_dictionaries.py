# pyright: standard
"""Dictionaries that are refused: one mistake for each line."""

from sagemaker_typed import SageMakerClient
from sagemaker_typed.dicts import ProductionVariantDict, TagDict
from sagemaker_typed.models import ProductionVariant

ROLE = "arn:aws:iam::123456789012:role/sagemaker"
client = SageMakerClient(region_name="eu-west-1")

# a misspelt key: at the top, in a list, deep inside, in a shape
client.create_model(model_name="a", primary_container={"Imag": "a"})  # wrong
client.add_tags(resource_arn=ROLE, tags=[{"Key": "a", "Valeu": "b"}])  # wrong
client.create_feature_group(
    feature_group_name="a",
    record_identifier_feature_name="a",
    event_time_feature_name="a",
    feature_definitions=[],
    offline_store_config={"S3StorageConfig": {"S3Uri": "a", "Kms": "b"}},  # wrong
)
ProductionVariant(variant_name="a", serverless_config={"MemorySizeInMb": 2048, "MaxConcurrency": 5})  # wrong

# a Python name where the documented one belongs
client.add_tags(resource_arn=ROLE, tags=[{"key": "a", "value": "b"}])  # wrong

# a required key is missing
client.add_tags(resource_arn=ROLE, tags=[{"Key": "a"}])  # wrong
client.create_endpoint_config(endpoint_config_name="a", production_variants=[{"ModelName": "a"}])  # wrong
client.create_model(model_name="a", vpc_config={"Subnets": ["subnet-1"]})  # wrong

# a wrong value
client.add_tags(resource_arn=ROLE, tags=[{"Key": "a", "Value": 1}])  # wrong
client.create_model(model_name="a", vpc_config={"Subnets": "subnet-1", "SecurityGroupIds": [1]})  # wrong
ProductionVariant(variant_name="a", serverless_config={"MemorySizeInMB": "2048", "MaxConcurrency": 5})  # wrong

# a misspelt string inside
variant: ProductionVariantDict = {"VariantName": "a", "InstanceType": "ml.m5.larg"}  # wrong
client.create_endpoint_config(endpoint_config_name="a", production_variants=[{"VariantName": "a", "InstanceType": "ml.m5.larg"}])  # wrong

# a list for one, one for a list
client.create_model(model_name="a", primary_container=[{"Image": "a"}])  # wrong
client.add_tags(resource_arn=ROLE, tags={"Key": "a", "Value": "b"})  # wrong

# a dictionary with unknown keys
loose = {"Key": "a", "Value": "b"}
client.add_tags(resource_arn=ROLE, tags=[loose])  # wrong
tag: TagDict = loose  # wrong

# a key that does not exist, of a typed dictionary
known: TagDict = {"Key": "a", "Value": "b"}
print(known["Name"])  # wrong
known["Value"] = 1  # wrong
