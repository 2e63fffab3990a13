"""Names, with botocore's own rule as the oracle."""

from __future__ import annotations

import keyword
from enum import Enum
from random import Random
from typing import Any

import pytest
from botocore import xform_name
from botocore.model import StructureShape
from botocore.session import Session
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from codegen.model import naming
from sagemaker_typed._deploy.client import DeployingClient

SERVICE = Session().get_service_model("sagemaker")
MEMBERS = sorted(
    {
        member
        for shape in map(SERVICE.shape_for, SERVICE.shape_names)
        if isinstance(shape, StructureShape)
        for member in shape.members
    }
)
WORDS = ("fsx", "mlflow", "oauth", "etag", "vcpu", "gib", "rstudio")


def test_every_member_is_botocores_snake_case_but_for_the_product_words() -> None:
    for member in MEMBERS:
        name = naming.field_name(member)
        if not any(word in name for word in WORDS):
            assert name.removesuffix("_") == xform_name(member)


@pytest.mark.parametrize(
    ("documented", "name"),
    [
        ("KmsKeyId", "kms_key_id"),
        ("VolumeSizeInGB", "volume_size_in_gb"),
        ("RoleARN", "role_arn"),
        ("AutoMLJobName", "auto_ml_job_name"),
        ("FSxLustreConfig", "fsx_lustre_config"),
        ("CurrentFSxLustreConfig", "current_fsx_lustre_config"),
        ("MLflowConfig", "mlflow_config"),
        ("IdentityProviderOAuthSettings", "identity_provider_oauth_settings"),
        ("ModelDataETag", "model_data_etag"),
        ("ETags", "etags"),
        ("VCpu", "vcpu"),
        ("MinVCpus", "min_vcpus"),
        ("MemoryInGiB", "memory_in_gib"),
        ("RStudioConnectUrl", "rstudio_connect_url"),
        ("Lambda", "lambda_"),
        ("Json", "json_"),
        ("ModelConfig", "model_config_"),
        ("ModelName", "model_name"),
        ("Self", "self_"),
        ("ToBoto", "to_boto_"),
        ("Match", "match"),
        # botocore's rule begins this one with an underscore, which Pydantic keeps for itself
        ("ACLs", "acls"),
        # and leaves what holds an underscore alone
        ("with_Underscore", "with_Underscore"),
    ],
)
def test_a_field_is_named(documented: str, name: str) -> None:
    assert naming.field_name(documented) == name


def test_no_field_is_named_like_anything_that_pydantic_owns() -> None:
    owned = {name for name in dir(BaseModel) if not name.startswith("_")}
    for name in owned:
        documented = "".join(word.capitalize() for word in name.split("_"))
        assert naming.field_name(documented) not in owned


def test_no_method_is_named_like_anything_that_the_client_owns() -> None:
    for name in {name for name in dir(DeployingClient) if not name.startswith("_")}:
        documented = "".join(word.capitalize() for word in name.split("_"))
        assert naming.method_name(documented) == f"{xform_name(documented)}_"
        assert naming.boto3_method_name(documented) == xform_name(documented)


def test_two_members_that_would_be_one_field_are_numbered() -> None:
    names = naming.field_names(["RoleArn", "RoleARN", "RoleArn_2"])
    assert list(names.values()) == ["role_arn", "role_arn_2", "RoleArn_2"]


def test_every_method_is_named_as_boto3_names_it() -> None:
    for operation in SERVICE.operation_names:
        assert naming.method_name(operation) == xform_name(operation)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("ml.m5.large", "ML_M5_LARGE"),
        ("InService", "IN_SERVICE"),
        ("IN_SERVICE", "IN_SERVICE"),
        ("2-tone", "_2_TONE"),
        ("x86_64", "X86_64"),
        ("TensorBoard", "TENSORBOARD"),
        ("FSxLustre", "FSX_LUSTRE"),
        ("IPv6", "IPV6"),
        ("None", "NONE"),
        ("", "EMPTY"),
        ("*", "ASTERISK"),
        ("<=", "LESS_THAN_SIGN_EQUALS_SIGN"),
    ],
)
def test_an_enum_member_is_named(value: str, name: str) -> None:
    assert naming.enum_member_names([value]) == {value: name}


def test_the_value_that_is_spelt_like_the_name_gets_it() -> None:
    names = naming.enum_member_names(["InService", "in-service", "IN_SERVICE"])
    assert names["IN_SERVICE"] == "IN_SERVICE"
    assert sorted(names.values()) == ["IN_SERVICE", "IN_SERVICE_2", "IN_SERVICE_3"]


@given(st.lists(st.text(max_size=6), unique=True, max_size=12), st.randoms())
def test_any_values_make_an_enum_whatever_their_order(values: list[str], random: Random) -> None:
    names = naming.enum_member_names(values)

    assert list(names) == values
    enum: Any = Enum  # for a checker that wants the members spelt out
    created = enum("Made", [(name, value) for value, name in names.items()])
    assert [member.value for member in created] == values
    assert len(set(names.values())) == len(values)
    assert not any(keyword.iskeyword(name) or not name.isidentifier() for name in names.values())
    random.shuffle(values)
    assert naming.enum_member_names(values) == names


@pytest.mark.parametrize(
    ("service_id", "name"),
    [
        ("SageMaker", "SageMakerClient"),
        ("SageMaker Runtime", "SageMakerRuntimeClient"),
        ("Sagemaker Edge", "SageMakerEdgeClient"),
        ("Auto Scaling Plans", "AutoScalingPlansClient"),
        ("IoT", "IoTClient"),
    ],
)
def test_a_client_is_named(service_id: str, name: str) -> None:
    assert naming.client_name(service_id) == name
