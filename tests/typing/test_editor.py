"""An editor shows what the service model documents; a language server stands in for the editor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import botocore.session
import pytest
from botocore import xform_name
from botocore.model import (
    ListShape,
    OperationModel,
    ServiceModel,
    Shape,
    StringShape,
    StructureShape,
)

from benchmarks.typing.environments import Environment
from benchmarks.typing.language_server import MARK, LanguageServer, start
from sagemaker_typed import SageMakerClient, enums, models
from tests.typing.checkers import BIN

pytestmark = [pytest.mark.checkers, pytest.mark.xdist_group("checkers")]

# Every kind of operation: all of endpoints, the largest, and the first of each letter.
OPERATIONS: Final = (
    "AddTags",
    "AttachClusterNodeVolume",
    "BatchDescribeModelPackage",
    "CreateAutoMLJobV2",
    "CreateCluster",
    "CreateDomain",
    "CreateEndpoint",
    "CreateEndpointConfig",
    "CreateFeatureGroup",
    "CreateHyperParameterTuningJob",
    "CreateInferenceExperiment",
    "CreateLabelingJob",
    "CreateModel",
    "CreateModelPackage",
    "CreateNotebookInstance",
    "CreatePipeline",
    "CreateProcessingJob",
    "CreateTrainingJob",
    "CreateTransformJob",
    "CreateUserProfile",
    "DeleteEndpoint",
    "DeleteEndpointConfig",
    "DeleteModel",
    "DescribeEndpoint",
    "DescribeEndpointConfig",
    "DescribeImageVersion",
    "DescribeModel",
    "DisassociateTrialComponent",
    "GetSearchSuggestions",
    "ImportHubContent",
    "ListEndpointConfigs",
    "ListEndpoints",
    "ListTrainingJobs",
    "PutModelPackageGroupPolicy",
    "QueryLineage",
    "RegisterDevices",
    "RenderUiTemplate",
    "RetryPipelineExecution",
    "Search",
    "SendPipelineExecutionStepSuccess",
    "StartPipelineExecution",
    "StopTrainingJob",
    "UpdateDomain",
    "UpdateEndpoint",
    "UpdateEndpointWeightsAndCapacities",
)
LONGEST_PATTERN: Final = 160
# A pattern that only Java has is shown in Python's form.
JAVA: Final = re.compile(r"\\[A-Za-z/]|-_")

HEAD: Final = """\
from sagemaker_typed import SageMakerClient, enums, models
from sagemaker_typed.enums import EndpointStatus, ProductionVariantInstanceType
from sagemaker_typed.models import CreateEndpointConfigRequest, ProductionVariant, Tag

client = SageMakerClient(region_name="eu-west-1")
"""


@dataclass(frozen=True)
class Editor:
    """A server, and a folder of its open files."""

    server: LanguageServer
    folder: Path

    def all(self, kind: str, text: str) -> list[Any]:
        """Return the response at each mark of a program."""
        lines: list[str] = []
        places: list[tuple[int, int]] = []
        for number, line in enumerate((HEAD + text).split("\n")):
            parts = line.split(MARK)
            places += [(number, len("".join(parts[:end]))) for end in range(1, len(parts))]
            lines.append("".join(parts))
        name = f"program_{len(list(self.folder.iterdir()))}.py"
        path = self.folder / name
        path.touch()
        document = self.server.open(path, "\n".join(lines))
        return [self.server.ask(kind, document, *place) for place in places]

    def hover(self, line: str) -> str:
        """Return the hover text at the mark."""
        (response,) = self.all("hover", line)
        return _shown(response)

    def completion(self, line: str) -> dict[str, Any]:
        """Return the completions at the mark, by label."""
        (response,) = self.all("completion", line)
        offered = response["items"] if isinstance(response, dict) else response or []
        return {item["label"].strip("\"'"): item for item in offered}

    def signature(self, line: str) -> Any:
        """Return the signature at the mark."""
        (response,) = self.all("signature", line)
        (signature,) = response["signatures"]
        return signature


def _shown(response: Any) -> str:
    """Return the text without the escapes of Markdown."""
    text = response["contents"]["value"] if response else ""
    return re.sub(r"\\([_*])", r"\1", text.replace("&nbsp;", " ").replace("``", "`"))


@pytest.fixture(scope="module")
def editor(environment: Environment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """Return an editor without open files."""
    folder = tmp_path_factory.mktemp("editor")
    with start([BIN / "basedpyright-langserver"], folder, environment.python) as server:
        yield Editor(server, folder)


@pytest.fixture(scope="module")
def service() -> ServiceModel:
    """Return botocore's service model."""
    return botocore.session.get_session().get_service_model("sagemaker")


def facts(shape: Shape, where: str) -> set[str]:
    """Return the parts that the hover text of a member must contain."""
    parts = {f"`{where}`"}
    for part in (shape, shape.member) if isinstance(shape, ListShape) else (shape,):
        limits = part.metadata
        sized = part.type_name in {"string", "list", "map", "blob"}
        # A minimum of 0 characters says nothing.
        parts |= {
            f"{limits[key]:g}" if isinstance(limits[key], float) else str(limits[key])
            for key in ("min", "max")
            if key in limits and not (sized and key == "min" and not limits[key])
        }
        pattern = limits.get("pattern")
        if pattern:
            shown = len(pattern) <= LONGEST_PATTERN and "`" not in pattern
            parts.add(f"`{pattern}`" if shown and not JAVA.search(pattern) else "matching")
        if isinstance(part, StringShape) and part.enum:
            parts.add(f"`{part.name}`")
            parts |= {f"`{value}`" for value in part.enum[: 8 if len(part.enum) <= 8 else 5]}
        if part.type_name == "structure":
            parts.add(f"`{part.name}`")
    parts |= {WORDS[shape.type_name]} if shape.type_name in WORDS and not _enum(shape) else set()
    return parts


WORDS: Final = {
    "string": "a string",
    "list": "a list",
    "map": "a map",
    "boolean": "a boolean",
    "integer": "a whole number",
    "long": "a whole number",
    "float": "a number",
    "double": "a number",
    "timestamp": "a timestamp",
}


def _enum(shape: Shape) -> bool:
    return isinstance(shape, StringShape) and bool(shape.enum)


def lacking(hint: str, wanted: set[str]) -> set[str]:
    """Return the parts that a hover text lacks, without regard to line breaks."""
    text = " ".join(hint.split())
    return {fact for fact in wanted if not _stands(" ".join(fact.split()), text)}


def _stands(fact: str, text: str) -> bool:
    if re.fullmatch(r"-?[\d.]+", fact):
        return re.search(rf"(?<![\w.]){re.escape(fact)}(?![\w.]*\w)", text) is not None
    return fact in text


def parameters(operation: OperationModel) -> Mapping[str, Shape]:
    """Return the members of the input, by the names of the method's parameters."""
    request = getattr(models, f"{operation.name}Request")
    members = operation.input_shape.members if operation.input_shape else {}
    return {
        name: members[field.alias] for name, field in request.model_fields.items() if field.alias
    }


def alias(kind: type[Any], name: str) -> str:
    """Return the documented name of a field."""
    return str(kind.model_fields[name].alias)


# --- methods and their parameters ---------------------------------------------------------------


def test_a_parameter_of_a_method_shows_its_facts(editor: Editor, service: ServiceModel) -> None:
    gaps: dict[str, set[str]] = {}
    for name in OPERATIONS:
        operation = service.operation_model(name)
        wanted = parameters(operation)
        arguments = "".join(
            f"    {parameter[0]}{MARK}{parameter[1:]}=...,\n" for parameter in wanted
        )
        program = f"client.{xform_name(name)}(\n{arguments})\n"
        responses = editor.all("hover", program)
        request = getattr(models, f"{name}Request")
        required = operation.input_shape.required_members if operation.input_shape else []
        for (parameter, shape), response in zip(wanted.items(), responses, strict=True):
            documented = alias(request, parameter)
            must = facts(shape, documented)
            if documented in required and not shape.metadata.get("idempotencyToken"):
                must.add("required")
            if missing := lacking(_shown(response), must):
                gaps[f"{name}.{parameter}"] = missing
    # The server shows `home_efs_file_system_kms_key_id`, whose name ends the same.
    gaps.pop("CreateDomain.kms_key_id", None)
    assert gaps == {}


def test_a_method_shows_what_it_calls(editor: Editor, service: ServiceModel) -> None:
    program = "".join(
        f"client.{xform_name(name)[:3]}{MARK}{xform_name(name)[3:]}\n" for name in OPERATIONS
    )
    responses = editor.all("hover", program)
    for name, response in zip(OPERATIONS, responses, strict=True):
        hint = _shown(response)
        operation = service.operation_model(name)
        errors = {f"`{error.name}`" for error in operation.error_shapes}
        page = f"https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_{name}.html"
        assert lacking(hint, {f"`{name}`", page, *errors}) == set(), hint
        for parameter in parameters(operation):
            assert parameter in hint


def test_related_operations_are_named(editor: Editor) -> None:
    hint = editor.hover(f"client.create_end{MARK}point")
    wanted = {"`describe_endpoint`", "`list_endpoints`", "`update_endpoint`", "`delete_endpoint`"}
    assert lacking(hint, wanted) == set()


def test_waiters_are_named_as_methods(editor: Editor) -> None:
    hint = editor.hover(f"client.describe_end{MARK}point")
    assert lacking(hint, {"`wait_endpoint_in_service`", "`wait_endpoint_deleted`"}) == set()


def test_a_listing_and_a_wait_tell_of_their_parameters(
    editor: Editor, service: ServiceModel
) -> None:
    for method, operation in (
        ("iter_endpoints", "ListEndpoints"),
        ("iter_training_jobs", "ListTrainingJobs"),
        ("wait_endpoint_in_service", "DescribeEndpoint"),
        ("wait_image_version_created", "DescribeImageVersion"),
    ):
        request = getattr(models, f"{operation}Request")
        wanted = {
            name: shape
            for name, shape in parameters(service.operation_model(operation)).items()
            if name != "next_token"
        }
        arguments = "".join(f"    {name[0]}{MARK}{name[1:]}=...,\n" for name in wanted)
        responses = editor.all("hover", f"client.{method}(\n{arguments})\n")
        for (name, shape), response in zip(wanted.items(), responses, strict=True):
            assert lacking(_shown(response), facts(shape, alias(request, name))) == set(), name


def test_signature_help_has_the_documented_parameters(
    editor: Editor, service: ServiceModel
) -> None:
    for name in ("CreateEndpointConfig", "CreateTrainingJob", "CreateDomain", "ListEndpoints"):
        wanted = parameters(service.operation_model(name))
        signature = editor.signature(f"client.{xform_name(name)}({MARK})")
        named = re.findall(r"(\w+): ", signature["label"])
        assert sorted(named) == sorted(wanted)
        assert f"Call `{name}`" in signature["documentation"]["value"]


# --- shapes, fields and enums --------------------------------------------------------------------

SHAPES: Final = (
    "AlgorithmSpecification",
    "Channel",
    "ContainerDefinition",
    "DataCaptureConfig",
    "ProductionVariant",
    "ResourceConfig",
    "Tag",
    "UserSettings",
    "VpcConfig",
)


def test_a_parameter_of_a_shape_shows_its_facts(editor: Editor, service: ServiceModel) -> None:
    gaps: dict[str, set[str]] = {}
    for name in SHAPES:
        shape = service.shape_for(name)
        assert isinstance(shape, StructureShape)
        fields = getattr(models, name).model_fields
        arguments = "".join(f"    {field[0]}{MARK}{field[1:]}=...,\n" for field in fields)
        responses = editor.all("hover", f"models.{name}(\n{arguments})\n")
        for field, response in zip(fields, responses, strict=True):
            documented = alias(getattr(models, name), field)
            if missing := lacking(_shown(response), facts(shape.members[documented], documented)):
                gaps[f"{name}.{field}"] = missing
    assert gaps == {}


def test_a_constructor_shows_the_shape(editor: Editor) -> None:
    page = "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Tag.html"
    assert lacking(editor.hover(f"T{MARK}ag(key='a', value='b')"), {"`Tag`", page}) == set()


@pytest.mark.parametrize(
    ("line", "page"),
    [
        (f"client.describe_end{MARK}point", "API_DescribeEndpoint"),
        (f"T{MARK}ag(key='a', value='b')", "API_Tag"),
        (f"client.wait_endpoint_in_ser{MARK}vice", "API_DescribeEndpoint"),
    ],
)
def test_a_link_leads_to_the_page(editor: Editor, line: str, page: str) -> None:
    (response,) = editor.all("hover", line)
    address = f"https://docs.aws.amazon.com/sagemaker/latest/APIReference/{page}.html"
    # as Markdown, where an underscore of a bare address has an escape that breaks it
    assert f"[API reference]({address})" in response["contents"]["value"]


def test_a_shape_in_an_annotation_shows_itself(editor: Editor) -> None:
    hint = editor.hover(f"variant: Production{MARK}Variant")
    page = "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html"
    assert lacking(hint, {"`ProductionVariant`", page}) == set()


@pytest.mark.parametrize(
    "operation",
    ["DescribeEndpoint", "DescribeTrainingJob", "DescribeDomain", "CreateEndpointConfig"],
)
def test_a_field_shows_its_facts(editor: Editor, service: ServiceModel, operation: str) -> None:
    kind = getattr(models, f"{operation}Response")
    shape = service.operation_model(operation).output_shape
    assert shape is not None
    fields = list(kind.model_fields)
    program = "".join(f"    seen.{field[0]}{MARK}{field[1:]}\n" for field in fields)
    hints = editor.all("hover", f"def look(seen: models.{operation}Response):\n{program}")
    gaps: dict[str, set[str]] = {}
    for field, hint in zip(fields, hints, strict=True):
        documented = alias(kind, field)
        if missing := lacking(_shown(hint), facts(shape.members[documented], documented)):
            gaps[field] = missing
    assert gaps == {}


def test_a_member_of_an_enum_shows_its_string(editor: Editor) -> None:
    names = ["EndpointStatus", "ProductionVariantInstanceType", "AuthMode", "TrainingInputMode"]
    members = [member for name in names for member in getattr(enums, name)]
    program = "".join(
        f"enums.{type(member).__name__}.{member.name[0]}{MARK}{member.name[1:]}\n"
        for member in members
    )
    for member, response in zip(members, editor.all("hover", program), strict=True):
        assert lacking(_shown(response), {f"`{member.value}`"}) == set()


def test_an_enum_shows_its_documented_name(editor: Editor) -> None:
    assert "`EndpointStatus`" in editor.hover(f"status: Endpoint{MARK}Status")


# --- completion ----------------------------------------------------------------------------------


def test_every_operation_is_offered_at_the_client(editor: Editor, service: ServiceModel) -> None:
    offered = editor.completion(f"client.{MARK}")
    assert {xform_name(name) for name in service.operation_names} - set(offered) == set()
    # Nothing else than the methods, `boto3`, and what every object has.
    public = {name for name in dir(SageMakerClient) if not name.startswith("_")}
    assert {name for name in offered if not name.startswith("_")} == public


def test_what_stands_in_quotes_is_a_listed_value(editor: Editor, service: ServiceModel) -> None:
    shape = service.shape_for("ProductionVariantInstanceType")
    assert isinstance(shape, StringShape)
    places = (
        f'ProductionVariant(variant_name="a", instance_type="{MARK}")',
        f'ProductionVariant(variant_name="a", instance_type="ml.m5.{MARK}")',
        f'ProductionVariant(instance_type="{MARK}"',
        f'client.create_endpoint_config(production_variants=[ProductionVariant(instance_type="{MARK}")])',
    )
    for place in places:
        offered = set(editor.completion(place))
        typed = re.findall(rf'"([^"]*){MARK}', place)[0]
        wanted = {value for value in shape.enum if value.startswith(typed)}
        assert wanted <= offered <= set(shape.enum), place
    assert set(editor.completion(f'client.list_endpoints(sort_order="{MARK}")')) == {
        "Ascending",
        "Descending",
    }


def test_a_status_is_compared_with_a_listed_string(editor: Editor) -> None:
    offered = editor.completion(
        f'if client.describe_endpoint(endpoint_name="a").endpoint_status == EndpointStatus.{MARK}'
    )
    assert {member.name for member in enums.EndpointStatus} <= set(offered)


def test_parameters_come_first_inside_a_call(editor: Editor, service: ServiceModel) -> None:
    for call, wanted in (
        (
            "client.create_endpoint_config",
            parameters(service.operation_model("CreateEndpointConfig")),
        ),
        ("client.create_training_job", parameters(service.operation_model("CreateTrainingJob"))),
        ("ProductionVariant", models.ProductionVariant.model_fields),
    ):
        offered = editor.completion(f"{call}({MARK})")
        ordered = sorted(offered, key=lambda label: str(offered[label]["sortText"]))
        assert set(ordered[: len(wanted)]) == {f"{name}=" for name in wanted}


def test_the_fields_of_an_answer_are_offered(editor: Editor) -> None:
    offered = editor.completion(f'client.describe_endpoint(endpoint_name="a").{MARK}')
    assert set(models.DescribeEndpointResponse.model_fields) <= set(offered)
    assert "response_metadata" in offered


def test_names_are_offered_where_they_are_imported(editor: Editor) -> None:
    offered = editor.completion(f"from sagemaker_typed.models import {MARK}")
    assert {"ProductionVariant", "CreateEndpointConfigRequest", "DescribeDomainResponse"} <= set(
        offered
    )
    offered = editor.completion(f"from sagemaker_typed.enums import {MARK}")
    assert {"EndpointStatus", "AuthMode"} <= set(offered)
    assert {"client", "models", "enums", "errors", "SageMakerClient"} <= set(
        editor.completion(f"from sagemaker_typed import {MARK}")
    )
