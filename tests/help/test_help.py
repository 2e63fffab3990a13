"""The texts in a terminal: ``help``, docstrings, and the names that ``dir`` lists."""

from __future__ import annotations

import ast
import functools
import inspect
import pydoc
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock

import botocore.session
import pytest

from sagemaker_typed import SageMakerClient, enums, models
from sagemaker_typed.models import CreateEndpointConfigRequest, ProductionVariant

ROOT = Path(__file__).parents[2] / "sagemaker_typed"
PACKAGES = sorted(
    ".".join(stub.parent.relative_to(ROOT.parent).parts) for stub in ROOT.rglob("client.pyi")
)
REFERENCE = "https://docs.aws.amazon.com/sagemaker/latest/APIReference"


def shown(thing: object) -> str:
    return pydoc.plain(pydoc.render_doc(thing))


def docstring(thing: object) -> str:
    """Return the docstring as ``help`` shows it, without its line breaks."""
    return " ".join((inspect.getdoc(thing) or "").split())


def stubs(package: str, pattern: str) -> Iterator[tuple[str, ast.ClassDef]]:
    """The classes of a package's stubs, which editors show."""
    for stub in sorted((ROOT.parent / package.replace(".", "/")).glob(pattern)):
        for node in ast.parse(stub.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                yield node.name, node


def field_docstrings(shape: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """Yield what editors show about each field, or else about the parameter of the constructor."""
    documented: dict[str, str] = {}
    for method in shape.body:
        if isinstance(method, ast.FunctionDef) and method.name != "__init__":
            sentence = ast.get_docstring(method)
            documented |= {method.name: sentence} if sentence else {}
    for method in shape.body:
        if isinstance(method, ast.FunctionDef) and method.name == "__init__":
            _, _, parameters = (ast.get_docstring(method) or "").partition("Args:\n")
            entries = re.split(r"^    (\w+): ", parameters, flags=re.MULTILINE)[1:]
            documented = {**dict(zip(entries[::2], entries[1::2], strict=True)), **documented}
    for name, sentence in documented.items():
        yield name, " ".join(sentence.split())


# --- shapes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("package", PACKAGES)
def test_help_tells_of_every_field_what_an_editor_shows(package: str) -> None:
    models_module = import_module(f"{package}.models")
    compared = 0
    for name, stub in stubs(package, "models/*.pyi"):
        doc = docstring(getattr(models_module, name))
        for field, sentence in field_docstrings(stub):
            assert f" {field}: {sentence}" in doc, f"{name}.{field}"
            compared += 1
    assert compared > 10


@pytest.mark.parametrize("package", PACKAGES)
def test_help_on_a_shape_begins_with_the_words_of_the_editor(package: str) -> None:
    models_module = import_module(f"{package}.models")
    for name, stub in stubs(package, "models/*.pyi"):
        shown_in_editor, _, _ = (ast.get_docstring(stub) or "").partition("Args:\n")
        begins = docstring(getattr(models_module, name))
        assert begins.startswith(" ".join(shown_in_editor.split())), name


@pytest.mark.pinned
@pytest.mark.parametrize(
    "name", ["ProductionVariant", "CreateTrainingJobRequest", "CreateDomainRequest", "Channel"]
)
def test_limits_are_those_that_the_service_documents(name: str) -> None:
    service = botocore.session.get_session().get_service_model("sagemaker")
    shape = service.shape_for(name)
    _, _, attributes = docstring(getattr(models, name)).partition("Attributes:")
    sentences = dict(
        re.findall(r"\w+: ``(\w+)``: (.*?)\.(?= \w+: ``\w+``: |$)", attributes, re.DOTALL)
    )
    assert set(sentences) == set(shape.members)
    for member, documented in shape.members.items():
        sentence = sentences[member]
        assert sentence.startswith("required") == (member in shape.required_members), member
        for limit in ("min", "max"):
            number = documented.metadata.get(limit, 0)
            if number and documented.type_name in ("string", "integer", "list"):
                assert f" {number} " in f"{sentence} ".replace(".", " "), (member, limit)
        pattern = documented.metadata.get("pattern", "").strip("^$").replace(r"\d", "[0-9]")
        assert not pattern or pattern in sentence or "matching a pattern of" in sentence, member
        for value in (documented.metadata.get("enum") or [])[:5]:
            assert f"``{value}``" in sentence, member


def test_help_begins_with_what_the_shape_is_and_holds() -> None:
    lines = shown(ProductionVariant).splitlines()
    first = next(n for n, line in enumerate(lines) if "Method resolution order" in line)
    page = "\n".join(lines[:first])
    assert f"{REFERENCE}/API_ProductionVariant.html" in page
    assert "variant_name: ``VariantName``: required; a string of at most 63" in page
    assert "and 272 more" in page  # instance types, which would fill pages
    assert "inference_ami_version" in page


def test_docstrings_fit_a_terminal() -> None:
    for shape in (ProductionVariant, CreateEndpointConfigRequest, models.CreateDomainRequest):
        for line in str(shape.__doc__).splitlines():
            # a word or a link cannot be broken
            assert len(line) <= 76 or " " not in line.strip().removeprefix("[API "), line


def test_a_request_says_who_sends_it_what_it_raises_and_what_goes_with_it() -> None:
    doc = docstring(CreateEndpointConfigRequest)
    assert "The response is ``CreateEndpointConfigResponse``." in doc
    assert "Sent by ``SageMakerClient.create_endpoint_config``" in doc
    assert "Raises: ``ResourceLimitExceeded``." in doc
    assert "Related: ``describe_endpoint_config``" in doc
    waiters = re.search(r"Waiters: (.*?)\.", docstring(models.DescribeEndpointRequest))
    assert waiters
    assert waiters[1] == "``wait_endpoint_deleted`` and ``wait_endpoint_in_service``"
    assert f"{REFERENCE}/API_CreateEndpointConfig.html" in doc


def test_a_request_of_a_sister_names_its_own_client() -> None:
    from sagemaker_typed.runtime import models as runtime

    assert "Sent by ``SageMakerRuntimeClient.invoke_endpoint``" in docstring(
        runtime.InvokeEndpointRequest
    )


def test_help_is_not_about_pydantic() -> None:
    page = shown(ProductionVariant)
    for insides in ("__pydantic", "__class_vars__", "__members__", "parse_obj", "from_orm"):
        assert insides not in page
    for useful in ("from_boto(", "to_boto(", "to_json(", "model_dump(", "model_json_schema("):
        assert useful in page


def test_what_is_hidden_from_help_is_there_nevertheless() -> None:
    assert not set(dir(ProductionVariant)) & {"dict", "json", "parse_obj", "copy"}
    assert callable(ProductionVariant.model_dump)
    assert callable(ProductionVariant.__eq__)
    assert ProductionVariant.__pydantic_complete__ in (True, False)


def test_fields_complete_on_a_value() -> None:
    variant = ProductionVariant(variant_name="main")
    assert {"variant_name", "instance_type", "to_boto", "model_dump"} <= set(dir(variant))


def test_a_value_is_helped_as_its_class_is() -> None:
    assert "variant_name: ``VariantName``" in shown(ProductionVariant(variant_name="main"))


def test_a_subclass_keeps_its_own_docstring() -> None:
    class Ours(ProductionVariant):
        """The variant that we deploy."""

    class Plain(ProductionVariant):
        pass

    assert Ours.__doc__ == "The variant that we deploy."
    assert docstring(Plain) == docstring(ProductionVariant)


def test_a_json_schema_describes_a_shape_in_a_few_words() -> None:
    schema = CreateEndpointConfigRequest.model_json_schema()
    for part in (schema, *schema["$defs"].values()):
        if part["type"] == "object":
            assert "Attributes:" not in part["description"]
            assert "https://" in part["description"]


def test_pydantic_fields_are_described() -> None:
    field = ProductionVariant.model_fields["initial_instance_count"]
    assert field.description == "``InitialInstanceCount``: a whole number of at least 1."


# --- methods ----------------------------------------------------------------------------------


@pytest.mark.parametrize("package", PACKAGES)
def test_help_on_a_method_begins_with_the_words_of_the_editor(package: str) -> None:
    """Without the arguments, which help shows on the request."""
    module = import_module(f"{package}.client")
    for name, stub in stubs(package, "client.pyi"):
        client = getattr(module, name)
        for method in stub.body:
            if isinstance(method, ast.FunctionDef):
                doc = docstring(getattr(client, method.name))
                shown_in_editor, _, _ = (ast.get_docstring(method) or "").partition("Args:\n")
                assert doc.startswith(" ".join(shown_in_editor.split())), method.name


def test_help_on_a_method_names_the_errors_the_page_and_the_request() -> None:
    doc = docstring(SageMakerClient.create_endpoint)
    assert doc.startswith("Call ``CreateEndpoint``. Waits until ``DescribeEndpointConfig`` finds")
    assert "Raises: ``ResourceLimitExceeded``." in doc
    assert f"{REFERENCE}/API_CreateEndpoint.html" in doc
    assert doc.endswith("Parameters: the fields of ``models.CreateEndpointRequest``.")


@pytest.mark.parametrize("package", PACKAGES)
def test_every_parameter_of_every_method_is_described(package: str) -> None:
    """By the request that the docstring names, or by ``items`` and ``wait``."""
    module, models = import_module(f"{package}.client"), import_module(f"{package}.models")
    for name, _ in stubs(package, "client.pyi"):
        client = getattr(module, name)
        for method, function in vars(client).items():
            if inspect.isfunction(function):
                doc = docstring(function)
                (request,) = re.findall(r"the fields of ``models\.(\w+)``\.", doc)
                described = set(
                    re.findall(r"(\w+): ``\w+``: ", docstring(getattr(models, request)))
                )
                _, _, more = doc.partition(f"``models.{request}``.")
                for control in re.findall(r"``(\w+)``", more.partition(" as in ")[0]):
                    general = re.findall(r"as in ``(\w+)``", more)[0]
                    parameters = inspect.signature(getattr(client, general)).parameters
                    if control in parameters or f"``{control}``" in docstring(
                        getattr(client, general)
                    ):
                        described.add(control)
                assert described >= set(list(inspect.signature(function).parameters)[1:]), method


def test_the_signature_is_the_requests() -> None:
    method = inspect.signature(SageMakerClient.create_endpoint_config)
    request = inspect.signature(CreateEndpointConfigRequest)
    assert list(method.parameters)[1:] == list(request.parameters)
    assert [p.default for p in method.parameters.values()][1:] == [
        p.default for p in request.parameters.values()
    ]


def test_a_mock_of_the_client_has_its_signatures() -> None:
    client: Any = mock.create_autospec(SageMakerClient, instance=True)
    client.describe_endpoint(endpoint_name="churn")
    with pytest.raises(TypeError, match="endpoint_nam"):
        client.describe_endpoint(endpoint_nam="churn")


@pytest.mark.parametrize("package", PACKAGES)
def test_methods_that_are_named_can_be_called(package: str) -> None:
    module = import_module(f"{package}.client")
    for name, _ in stubs(package, "client.pyi"):
        client = getattr(module, name)
        for method in dir(client):
            named = re.findall(r"(?:Waiters|Related): (.*?)\.", docstring(getattr(client, method)))
            for other in re.findall("``(.*?)``", " ".join(named)):
                assert callable(getattr(client, other)), method


# --- enums ------------------------------------------------------------------------------------


@functools.cache
def documented_values(name: str) -> list[str]:
    service = botocore.session.get_session().get_service_model("sagemaker")
    return list(service.shape_for(name).enum)


@pytest.mark.pinned
@pytest.mark.parametrize("name", ["ProductionVariantInstanceType", "EndpointStatus"])
def test_an_enum_lists_its_values(name: str) -> None:
    doc = docstring(getattr(enums, name)).replace(",", " ").replace(".  ", " ")
    for value in documented_values(name):
        assert f"{value} " in f"{doc.rstrip('.')} " or f"'{value}'" in doc


def test_the_values_of_a_large_enum_take_little_room() -> None:
    doc = str(enums.ProductionVariantInstanceType.__doc__)
    assert len(doc.splitlines()) < 90
    assert all(len(line) <= 76 for line in doc.splitlines())


def test_an_enum_shows_values_and_not_what_strings_can_do() -> None:
    page = shown(enums.EndpointStatus)
    assert "IN_SERVICE = 'InService'" in page
    assert "is_listed" in page
    assert "unlisted(" in page
    assert "zfill" not in page
    assert "removeprefix" not in page
    assert not set(dir(enums.EndpointStatus)) & {"zfill", "upper"}
    assert "upper" in dir(enums.EndpointStatus.IN_SERVICE)


# --- cost -------------------------------------------------------------------------------------


def test_importing_a_client_and_models_makes_no_docstrings() -> None:
    program = (
        "import sys; from sagemaker_typed.client import SageMakerClient;"
        "from sagemaker_typed.models import ProductionVariant, CreateEndpointConfigRequest as R;"
        "R(endpoint_config_name='c', production_variants=[ProductionVariant(variant_name='m')]);"
        "core = 'sagemaker_typed.core.schema.';"
        "print([m for m in (core + 'docstrings', core + 'descriptions') if m in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "[]"
