"""Service models are read as botocore reads them; a malformed one gets a clear error."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.waiter import WaiterModel

from codegen.errors import InputError
from codegen.model import ir
from codegen.sources import service_model
from tests.codegen.packages import SERVICES

DATA = Loader()


@pytest.mark.parametrize("name", ["sagemaker", "sagemaker-runtime", "dynamodb"])
def test_everything_that_botocore_reads_is_read(name: str) -> None:
    service = service_model.installed(name)
    known = ServiceModel(DATA.load_service_model(name, "service-2"), name)

    assert service.name == name
    assert service.service_id == known.service_id
    assert service.api_version == known.api_version
    assert set(service.operations) == set(known.operation_names)
    assert set(service.shapes) == set(known.shape_names)
    for operation in service.operations.values():
        model = known.operation_model(operation.name)
        assert operation.input == (model.input_shape and model.input_shape.name)
        assert operation.output == (model.output_shape and model.output_shape.name)
        assert operation.errors == tuple(error.name for error in model.error_shapes)
    for shape in service.shapes.values():
        model_shape: Any = known.shape_for(shape.name)
        if isinstance(shape, ir.Structure):
            assert [member.name for member in shape.members] == list(model_shape.members)
            required = [member.name for member in shape.members if member.required]
            assert sorted(required) == sorted(model_shape.required_members)
        if isinstance(shape, ir.Enum):
            assert list(shape.values) == model_shape.enum


def test_paginators_are_botocores() -> None:
    service = service_model.installed("sagemaker")
    known = DATA.load_service_model("sagemaker", "paginators-1")["pagination"]
    read = {name: op.paginator for name, op in service.operations.items() if op.paginator}

    assert set(read) == set(known)
    for name, paginator in read.items():
        documented = known[name]
        assert _listed(documented["input_token"]) == list(paginator.input_tokens)
        assert _listed(documented["output_token"]) == list(paginator.output_tokens)
        assert _listed(documented["result_key"]) == list(paginator.result_keys)
        assert documented.get("more_results") == paginator.more_results


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def test_waiters_are_botocores() -> None:
    service = service_model.installed("sagemaker")
    known = WaiterModel(DATA.load_service_model("sagemaker", "waiters-2"))

    assert sorted(service.waiters) == sorted(known.waiter_names)
    for name, waiter in service.waiters.items():
        config = known.get_waiter(name)
        assert (waiter.operation, waiter.delay, waiter.max_attempts) == (
            config.operation,
            config.delay,
            config.max_attempts,
        )
        assert [acceptor.matcher for acceptor in waiter.acceptors] == [
            acceptor.matcher for acceptor in config.acceptors
        ]


def test_a_file_says_the_same_compressed_and_where_it_lies_names_the_service(
    tmp_path: Path,
) -> None:
    plain = service_model.from_file(SERVICES["kinds"])
    folder = tmp_path / "kinds" / "2020-02-02"
    folder.mkdir(parents=True)
    (folder / "service-2.json.gz").write_bytes(gzip.compress(SERVICES["kinds"].read_bytes()))
    packed = service_model.from_file(folder / "service-2.json.gz")

    assert plain.name == packed.name == "kinds"
    assert packed.source == plain.source
    assert packed.shapes == plain.shapes
    # beside this one lie no paginators
    assert plain.operations["ListThings"].paginator == ir.Paginator(
        input_tokens=("NextToken",),
        output_tokens=("NextToken",),
        result_keys=("Things",),
    )
    assert packed.operations["ListThings"].paginator is None


def test_a_file_anywhere_else_is_named_by_its_service_id(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_bytes(SERVICES["names"].read_bytes())
    assert service_model.from_file(tmp_path / "model.json").name == "names-service"
    assert service_model.from_file(tmp_path / "model.json", name="names").name == "names"


def broken(change: str) -> bytes:
    """The service ``names`` with one thing wrong: a path and the value that goes there."""
    path, _, value = change.partition(" = ")
    model = json.loads(SERVICES["names"].read_bytes())
    *parents, last = path.split(".")
    node = model
    for parent in parents:
        node = node[parent]
    if value:
        node[last] = json.loads(value)
    else:
        del node[last]
    return json.dumps(model).encode()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[1]", "expected a JSON object, found an array"),
        (b"null", "expected a JSON object, found null"),
        (b"\x1f\x8bnonsense", "not a whole gzip file"),
        (b"{}", "no metadata and no operations and no shapes"),
        (b'{"smithy": "2.0", "shapes": {}}', "Smithy"),
        (broken('metadata.protocol = "ec2"'), "'ec2' is not supported; expected one of json, "),
        (broken("metadata.apiVersion"), "metadata.apiVersion: expected a string, found null"),
        (broken('shapes.Shape.type = "tuple"'), "shapes.Shape.type: 'tuple'"),
        (broken("shapes.Shape.type"), "shapes.Shape.type: expected a string, found null"),
        (broken('shapes.Shape.members.Kind.shape = "AnyStrin"'), "did you mean 'AnyString'"),
        (broken('shapes.Shape.required = ["Kin"]'), "'Kin' is not a member of Shape"),
        (broken("shapes.AnyList.member"), "shapes.AnyList.member: expected an object"),
        (broken('shapes.AnyList.max = "3"'), "AnyList.max: expected a number, found a string"),
        (broken("shapes.AnyString.min = true"), "min: expected a number, found true or false"),
        (broken('operations.Send.input = {"shape": "Nope"}'), "operation Send names a shape"),
        (broken('operations.Send.input = {"shape": "Moment"}'), "which is no structure"),
        (broken("operations = []"), "operations: expected an object, found an array"),
    ],
)
def test_what_is_no_service_model_is_refused(content: bytes, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        service_model.from_file(path)
    message = str(refused.value)
    assert expected in message
    assert message.startswith(str(path))
    assert "\n" not in message


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nothing\.json: cannot be read: No such file"):
        service_model.from_file(tmp_path / "nothing.json")


def test_a_service_that_botocore_does_not_have_gets_the_nearest() -> None:
    with pytest.raises(InputError, match="has no service 'sagemakr'; did you mean 'sagemaker"):
        service_model.installed("sagemakr")
