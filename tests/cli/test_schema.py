"""``schema``: one schema on the standard output, or all in a folder with indexes for editors."""

from __future__ import annotations

import fnmatch
import json
from pathlib import Path, PurePosixPath

import pytest

from sagemaker_typed.cli.names import operation_in
from sagemaker_typed.models import CreateEndpointConfigRequest, ProductionVariant
from tests.cli.conftest import Command


@pytest.mark.parametrize("name", ["CreateEndpointConfig", "create-endpoint-config"])
def test_the_schema_of_an_operation_is_that_of_its_request(command: Command, name: str) -> None:
    schema = json.loads(command("schema", name).out)
    assert schema.pop("$schema") == "https://json-schema.org/draft/2020-12/schema"
    assert "botocore" in schema.pop("$comment")
    assert schema == CreateEndpointConfigRequest.model_json_schema()


def test_the_schema_of_a_shape_needs_its_name(command: Command) -> None:
    schema = json.loads(command("schema", "ProductionVariant").out)
    assert schema["properties"] == ProductionVariant.model_json_schema()["properties"]


def test_an_unknown_name_gets_the_nearest(command: Command) -> None:
    ended = command("schema", "CreateEndpont")
    assert (ended.status, ended.out) == (2, "")
    assert "did you mean 'CreateEndpoint'" in ended.err


@pytest.mark.parametrize("arguments", [(), ("CreateModel", "--all", "x")])
def test_either_a_name_or_a_folder_is_needed(command: Command, arguments: tuple[str, ...]) -> None:
    ended = command("schema", *arguments)
    assert ended.status == 2
    assert "either an operation or --all DIR" in ended.err


def test_all_schemas_have_an_index_for_editors(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = command("schema", "--all", "schemas")
    assert (ended.status, ended.err) == (0, "434 schemas in schemas\n")
    catalog = json.loads(Path("schemas/catalog.json").read_text())["schemas"]
    assert len(catalog) == 434
    for row in catalog:
        schema = json.loads((Path("schemas") / row["url"]).read_text())
        assert schema["x-operation"] == row["name"]
        for pattern in row["fileMatch"]:  # the file that an editor matches is validate's too
            request = operation_in(pattern.replace("*", "x"))
            assert request is not None
            assert request.__operation__.name == row["name"], pattern
    settings = json.loads(Path("schemas/settings.json").read_text())
    [url] = [
        row["url"]
        for row in settings["json.schemas"]
        if any(fnmatch.fnmatchcase("create-model.json", each) for each in row["fileMatch"])
    ]
    assert url == "./schemas/CreateModel.schema.json"
    assert "create-model.yaml" in settings["yaml.schemas"][url]
    assert PurePosixPath(url).name in {path.name for path in Path("schemas").iterdir()}


def test_a_folder_that_cannot_be_written_is_named(command: Command, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    ended = command("schema", "--all", tmp_path / "taken")
    assert ended.status == 2
    assert "taken cannot be written" in ended.err
