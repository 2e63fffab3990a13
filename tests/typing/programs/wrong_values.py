# pyright: standard
"""Values that are not listed, and changes of frozen shapes: one mistake for each line."""

from sagemaker_typed import SageMakerClient
from sagemaker_typed.enums import EndpointStatus, ProductionVariantInstanceType, TrainingInputMode
from sagemaker_typed.models import (
    AlgorithmSpecification,
    CreateEndpointConfigRequest,
    FeatureDefinition,
    ProductionVariant,
    Tag,
    UserSettings,
)

ROLE = "arn:aws:iam::123456789012:role/sagemaker"
client = SageMakerClient(region_name="eu-west-1")
variant = ProductionVariant(variant_name="main")
endpoint = client.describe_endpoint(endpoint_name="churn")

# a misspelt string: of few values, of many, in a method, deep inside
client.list_endpoints(sort_order="ascending")  # wrong
client.list_endpoints(status_equals="InServise")  # wrong
client.create_domain(domain_name="a", auth_mode="SAML", default_user_settings=UserSettings())  # wrong
ProductionVariant(variant_name="main", instance_type="ml.m5.larg")  # wrong
client.create_notebook_instance(notebook_instance_name="a", instance_type="ml.t3.larg", role_arn=ROLE)  # wrong
AlgorithmSpecification(training_input_mode="Files")  # wrong
FeatureDefinition(feature_name="id", feature_type="Text")  # wrong

# a string with an unknown value
ProductionVariant(variant_name="main", instance_type=input())  # wrong

# a member of another enum
client.list_endpoints(status_equals=TrainingInputMode.FILE)  # wrong

# no such member
print(EndpointStatus.RUNNING)  # wrong
print(ProductionVariantInstanceType.ML_M5_LARG)  # wrong

# an unlisted value is made of a string
EndpointStatus.unlisted(1)  # wrong

# assignment to a field, of a shape, a request, a response, and deletion
variant.variant_name = "next"  # wrong
config = CreateEndpointConfigRequest(endpoint_config_name="a", production_variants=[variant])
config.endpoint_config_name = "b"  # wrong
endpoint.endpoint_status = EndpointStatus.FAILED  # wrong

# a list that cannot be changed, and a map
config.production_variants.append(variant)  # wrong
config.production_variants[0] = variant  # wrong
job = client.describe_training_job(training_job_name="churn")
if job.hyper_parameters is not None:
    job.hyper_parameters["epochs"] = "3"  # wrong

# a field that is not there
variant.weight = 1.0  # wrong

# a tuple is not a list
tags: list[Tag] | None = config.tags  # wrong
