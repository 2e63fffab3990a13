# pyright: standard
"""Arguments that are refused: one mistake for each line."""

from sagemaker_typed import SageMakerClient
from sagemaker_typed.models import (
    AlgorithmSpecification,
    ContainerDefinition,
    CreateEndpointConfigRequest,
    OutputDataConfig,
    ProductionVariant,
    StoppingCondition,
    Tag,
    UserSettings,
)

ROLE = "arn:aws:iam::123456789012:role/sagemaker"
client = SageMakerClient(region_name="eu-west-1")
variant = ProductionVariant(variant_name="main")
output = OutputDataConfig(s3_output_path="s3://bucket/out")

# a misspelt parameter, of a method, a request and a shape
client.describe_endpoint(endpoint_nam="churn")  # wrong
CreateEndpointConfigRequest(endpoint_config_name="a", production_variant=[variant])  # wrong
ProductionVariant(variant_name="main", instance_typ="ml.m5.large")  # wrong
client.create_domain(domain_nam="a", auth_mode="IAM", default_user_settings=UserSettings())  # wrong

# a documented name where the Python one belongs
client.describe_endpoint(EndpointName="churn")  # wrong

# a required parameter is missing: one, two, of a shape
client.create_endpoint(endpoint_name="churn")  # wrong
client.create_endpoint_config()  # wrong
client.create_training_job(training_job_name="a", role_arn=ROLE)  # wrong
client.create_domain(domain_name="a", default_user_settings=UserSettings())  # wrong
Tag(key="stage")  # wrong

# by position
client.describe_endpoint("churn")  # wrong
Tag("stage", "test")  # wrong

# the wrong shape: another one, one for a list of them, a list for one
client.create_model(model_name="a", primary_container=variant)  # wrong
client.create_endpoint_config(endpoint_config_name="a", production_variants=variant)  # wrong
client.create_training_job(training_job_name="a", role_arn=ROLE, output_data_config=[output])  # wrong
client.create_domain(domain_name="a", auth_mode="IAM", default_user_settings=output)  # wrong

# the wrong item in a list
client.add_tags(resource_arn=ROLE, tags=[Tag(key="a", value="b"), variant])  # wrong
client.add_tags(resource_arn=ROLE, tags=["stage=test"])  # wrong
client.delete_tags(resource_arn=ROLE, tag_keys=[1, 2])  # wrong

# a string is no list of strings, a set has no order
client.create_model(model_name="a", containers={ContainerDefinition(image="a")})  # wrong

# a string for a number, a number for a string, a string for a boolean
ProductionVariant(variant_name="main", initial_instance_count="1")  # wrong
ProductionVariant(variant_name=1)  # wrong
client.create_model(model_name="a", enable_network_isolation="yes")  # wrong
StoppingCondition(max_runtime_in_seconds=0.5)  # wrong
client.list_endpoints(max_results="50")  # wrong

# None where a value is required
client.describe_endpoint(endpoint_name=None)  # wrong

# a map with the wrong values
client.create_training_job(training_job_name="a", role_arn=ROLE, output_data_config=output, environment={"A": 1})  # wrong

# a value that is not a datetime, a date, a string or a number
client.list_endpoints(creation_time_after=[2026, 11, 1])  # wrong

# a mistake deep inside
AlgorithmSpecification(training_image="a", training_input_mode="File", metric_definitions=[Tag(key="a", value="b")])  # wrong

# arguments of a dictionary of anything, and of one that cannot fit
client.list_training_jobs(**{"max_results": "50"})  # wrong

# no such operation, no such iterator, no such waiter
client.create_endpoints(endpoint_name="churn")  # wrong
client.iter_endpoint()  # wrong
client.wait_endpoint_running(endpoint_name="churn")  # wrong

# a parameter of the listing that its iterator lacks, and of a waiter
client.iter_endpoints(next_token="a")  # wrong
client.wait_endpoint_in_service(endpoint_name="churn", timeout="10m")  # wrong
