"""Code around the calls: clients, errors, test doubles, subclasses."""

import boto3
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.session import get_session
from botocore.stub import Stubber
from pydantic import BaseModel, TypeAdapter, ValidationError
from sagemaker_typed import ConsistencyPolicy, SageMakerClient
from sagemaker_typed.errors import (
    ResourceInUse,
    ResourceNotFound,
    ServiceError,
    ThrottlingException,
)
from sagemaker_typed.models import DescribeEndpointResponse, ProductionVariant, Tag
from sagemaker_typed.runtime import SageMakerRuntimeClient
from sagemaker_typed.runtime.models import InvokeEndpointRequest

# clients
session = boto3.Session(profile_name="ml")
SageMakerClient(session=session, config=Config(read_timeout=5))
SageMakerClient(profile_name="ml", endpoint_url="http://localhost:5000")
SageMakerClient(consistency=ConsistencyPolicy(attempts=3))
SageMakerClient(consistency=None, rules=None)

# a boto3 client, wrapped and underneath
theirs = get_session().create_client("sagemaker", region_name="eu-west-1")
client = SageMakerClient.from_boto3(theirs)
reveal_type(client)
underneath: BaseClient = client.boto3

# boto3's Stubber
stubber = Stubber(client.boto3)
stubber.add_response("describe_endpoint", {}, {"EndpointName": "churn"})
with stubber:
    reveal_type(client.describe_endpoint(endpoint_name="churn"))

# errors
try:
    client.describe_endpoint(endpoint_name="churn")
except ResourceNotFound as error:
    reveal_type(error.code)
    reveal_type(error.message)
    reveal_type(error.http_status)
    reveal_type(error.request_id)
    reveal_type(error.retry_after)
except (ResourceInUse, ThrottlingException) as error:
    reveal_type(error)
    reveal_type(error.retryable)
except ServiceError as error:
    print(error.operation)
except ClientError as error:
    print(error.response)

# the client refuses with Pydantic's error
try:
    ProductionVariant.from_boto({"VariantName": "main!"})
except ValidationError as error:
    print(error.errors())


# a subclass of the client
class OurClient(SageMakerClient):
    """A client with the defaults of the team."""

    def endpoint(self, name: str) -> DescribeEndpointResponse:
        return self.describe_endpoint(endpoint_name=f"team-{name}")


reveal_type(OurClient(region_name="eu-west-1").endpoint("churn").endpoint_status)
reveal_type(OurClient.from_boto3(theirs))


# a shape in another model
class Service(BaseModel):
    name: str
    variants: tuple[ProductionVariant, ...]


service = Service(name="churn", variants=(ProductionVariant(variant_name="main"),))
reveal_type(service.variants[0].instance_type)
reveal_type(TypeAdapter(list[Tag]).validate_python([]))

# another service of the family
runtime = SageMakerRuntimeClient(region_name="eu-west-1")
reveal_type(runtime.invoke_endpoint(endpoint_name="churn", body=b"1,2"))
runtime.invoke_endpoint(endpoint_name="churn", body={"instances": [[1, 2]]})
runtime.invoke_endpoint(endpoint_name="churn", body="1,2")
with open("rows.csv", "rb") as rows:
    runtime.invoke_endpoint(endpoint_name="churn", body=rows)
    runtime.send(InvokeEndpointRequest(endpoint_name="churn", body=rows))
