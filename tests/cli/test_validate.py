"""``validate``: the problems of files, their positions, and the exit status."""

from __future__ import annotations

import difflib
import json
import os
import random
import re
import sys
import time
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.validate import ParamValidator

from tests.cli.conftest import Command, Ended

VARIANT = {
    "VariantName": "main",
    "ModelName": "churn",
    "InstanceType": "ml.m5.large",
    "InitialInstanceCount": 1,
}
GOOD = {"EndpointConfigName": "churn", "ProductionVariants": [VARIANT]}
OPERATION = "CreateEndpointConfig"
LINE = re.compile(
    r"(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?P<severity>error|warning|advice): "
    r"(?P<message>.*) \[(?P<code>[\w/-]+)\]"
)


def write(folder: Path, name: str, content: object) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        text = content if isinstance(content, str) else json.dumps(content, indent=2)
        path.write_text(text, encoding="utf-8")
    return path


def changed(**members: object) -> dict[str, Any]:
    return {**GOOD, **members}


def variant(**members: object) -> dict[str, Any]:
    return changed(ProductionVariants=[{**VARIANT, **members}])


def matches_of(ended: Ended) -> list[re.Match[str]]:
    matches = [LINE.fullmatch(line) for line in ended.lines]
    assert all(matches), ended.out
    return [match for match in matches if match]


def pointed_at(path: Path, match: re.Match[str]) -> str:
    """The text of a file from where a problem is said to be."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return lines[int(match["line"]) - 1][int(match["column"]) - 1 :]


def test_a_good_file(command: Command, tmp_path: Path) -> None:
    ended = command("validate", OPERATION, write(tmp_path, "a.json", GOOD))
    assert (ended.status, ended.out, ended.err) == (0, "", "1 file, no problems\n")


@pytest.mark.parametrize(
    "operation", ["CreateEndpointConfig", "create-endpoint-config", "create_endpoint_config"]
)
def test_an_operation_in_every_spelling(command: Command, tmp_path: Path, operation: str) -> None:
    assert command("validate", operation, write(tmp_path, "a.json", GOOD)).status == 0


@pytest.mark.parametrize(
    ("request_", "at", "message", "code"),
    [
        (changed(EndpointConfigName="-"), '"-"', "pattern", "string_pattern_mismatch"),
        (changed(EndpointConfigName="a" * 64), '"aaa', "63 characters", "string_too_long"),
        (changed(KmsKeyID="x"), '"KmsKeyID"', "did you mean 'KmsKeyId'", "extra_forbidden"),
        (changed(Tags=[{"Key": "a"}]), "{", "Tags[0].Value: required", "missing"),
        (changed(Tags={"a": "b"}), "{", "should be a list; got an object", "list_type"),
        (changed(VpcConfig=["x"]), "[", "should be an object; got a list", "model_type"),
        (changed(Tags=None), "null", "null is refused by aws", "null"),
        (variant(ModelName=None), "null", "ProductionVariants[0].ModelName", "null"),
        (variant(InstanceType="ml.m5.larg"), '"ml.m5.larg"', "'ml.m5.large'", "enum"),
        (variant(InitialInstanceCount=0), "0", "greater than or equal to 1; got 0", None),
        (variant(InitialInstanceCount="1"), '"1"', "valid integer; got '1'", "int_type"),
        (variant(InitialInstanceCount=True), "true", "got true", "int_type"),
        (variant(VolumeSizeInGB=600), "600", "less than or equal to 512", None),
        (changed(ProductionVariants=[]), "[", "at least 1 items", "too_short"),
    ],
)
def test_a_problem_is_at_its_position(  # one file, one problem, one line
    command: Command, tmp_path: Path, request_: object, at: str, message: str, code: str | None
) -> None:
    path = write(tmp_path, "a.json", request_)
    ended = command("validate", OPERATION, path)
    (problem,) = matches_of(ended)
    assert ended.status == 1
    assert problem["file"] == str(path)
    assert pointed_at(path, problem).startswith(at)
    assert message in problem["message"]
    assert code in {None, problem["code"]}
    assert ended.err == "1 error in 1 of 1 file\n"


def test_a_key_of_a_map_is_pointed_at(command: Command, tmp_path: Path) -> None:
    request = {
        "ModelName": "churn",
        "ExecutionRoleArn": "arn:aws:iam::123456789012:role/sagemaker",
        "PrimaryContainer": {
            "Image": "registry/churn:1",
            "Environment": {"GOOD": "1", "BAD-KEY": "2"},
        },
    }
    path = write(tmp_path, "a.json", request)
    (problem,) = matches_of(command("validate", "CreateModel", path))
    assert pointed_at(path, problem).startswith('"BAD-KEY"')
    assert problem["message"].startswith("PrimaryContainer.Environment['BAD-KEY']: ")


def test_all_faults_at_once_in_the_order_of_the_file(command: Command, tmp_path: Path) -> None:
    request = {**variant(InstanceType="x", VolumeSizeInGB=0), "Extra": 1}
    problems = matches_of(command("validate", OPERATION, write(tmp_path, "a.json", request)))
    assert [problem["code"] for problem in problems] == [
        "enum",
        "greater_than_equal",
        "extra_forbidden",
    ]
    places = [(int(problem["line"]), int(problem["column"])) for problem in problems]
    assert places == sorted(places)


def test_what_only_a_file_can_have_wrong(command: Command, tmp_path: Path) -> None:
    text = '{"EndpointConfigName": "a",\n "EndpointConfigName": "b",\n "ProductionVariants": 1}'
    path = write(tmp_path, "a.json", text)
    first, second = matches_of(command("validate", OPERATION, path))
    assert first["message"] == "EndpointConfigName: given twice; first on line 1"
    assert pointed_at(path, first).startswith('"EndpointConfigName": "b"')
    assert second["code"] == "list_type"


@pytest.mark.parametrize(
    ("content", "line", "column", "message"),
    [
        (b"", 1, 1, "empty"),
        (b"[]", 1, 1, "got a list"),
        (b'{"a": 1,\n}', 1, 8, "','"),
        (b"\xef\xbb\xbf" + json.dumps(GOOD).encode(), 1, 1, "byte-order mark"),
        (json.dumps(GOOD).encode("utf-16"), 1, 1, "UTF-16"),
        (json.dumps(GOOD).encode("utf-32"), 1, 1, "UTF-32"),
        ('{"a": "é"}'.encode("latin-1"), 1, 8, "byte 0xe9"),
        (b"\x00" * 100, 1, 1, "not JSON"),
        (b"\x7fELF\x02\x01\x01", 1, 1, "not JSON"),
        (b'{"EndpointConfigName": "\\ud800"}', 1, 24, "surrogate"),
        (b'{"Tags": 1, "\\udfff": 1}', 1, 13, "surrogate"),
    ],
)
def test_what_is_no_request_gets_one_line(
    command: Command, tmp_path: Path, content: bytes, line: int, column: int, message: str
) -> None:
    ended = command("validate", OPERATION, write(tmp_path, "a.json", content))
    (problem,) = matches_of(ended)
    assert ended.status == 1
    assert (int(problem["line"]), int(problem["column"])) == (line, column)
    assert message in problem["message"]


MB = 1_000_000
JUNK = {
    "noise": lambda: random.Random(0).randbytes(50 * MB),
    "letters": lambda: b"x" * (50 * MB),
    "brackets": lambda: b'{"a":' + b"[" * (50 * MB),
    "numbers": lambda: b'{"Tags": [' + b"0," * (25 * MB) + b"0]}",
    "lines": lambda: b"\n" * (50 * MB),
    "unclosed": lambda: b'{"a": "' + b"x" * (50 * MB),
    "digits": lambda: b'{"a": ' + b"1" * (50 * MB),
}


@pytest.mark.parametrize("kind", JUNK)
@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_fifty_megabytes_of_junk_get_one_line(
    command: Command, tmp_path: Path, kind: str, suffix: str
) -> None:
    path = write(tmp_path, f"junk.{suffix}", JUNK[kind]())
    ended = command("validate", OPERATION, path)
    path.unlink()
    assert len(matches_of(ended)) == 1
    assert ended.status == 1
    assert len(ended.out) < 1000


def test_fifty_megabytes_in_one_name_or_value_are_shortened(
    command: Command, tmp_path: Path
) -> None:
    long = "x" * (25 * MB)
    path = write(tmp_path, "a.json", json.dumps({**variant(InstanceType=long), long: 1}))
    ended = command("validate", OPERATION, path)
    path.unlink()
    assert [problem["code"] for problem in matches_of(ended)] == ["enum", "extra_forbidden"]
    assert len(ended.out) < 4000


def test_what_is_larger_than_any_request_is_not_read(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with path.open("wb") as file:
        file.truncate(10**12)  # a hole: it takes no room
    ended = command("validate", OPERATION, path)
    path.unlink()
    assert "64 MiB" in ended.out


def test_thousands_of_faults_are_cut_short(command: Command, tmp_path: Path) -> None:
    request = {**GOOD, **{f"Extra{number}": 1 for number in range(3000)}}
    ended = command("validate", OPERATION, write(tmp_path, "a.json", request))
    assert len(ended.lines) == 101
    assert "the first 100 problems are shown" in ended.lines[-1]


@pytest.mark.parametrize("text", ["\\u0000", "\\u001b[31m", "\\u202e", "\\n"])
def test_odd_characters_reach_no_terminal(command: Command, tmp_path: Path, text: str) -> None:
    content = f'{{"{text}": 1, "EndpointConfigName": "{text}", "Tags": [{{"Key": "{text}"}}]}}'
    ended = command("validate", OPERATION, write(tmp_path, "a.json", content))
    assert ended.status == 1
    assert len(matches_of(ended)) >= 3
    assert all(line.isprintable() for line in ended.lines)


def test_a_secret_is_not_shown(command: Command, tmp_path: Path) -> None:
    request = {
        "WorkforceName": "team",
        "OidcConfig": {"ClientId": "x", "ClientSecret": "hunter2é"},
    }
    ended = command("validate", "CreateWorkforce", write(tmp_path, "a.json", request))
    assert "OidcConfig.ClientSecret" in ended.out
    assert "hunter2" not in ended.out


# Rules

BREAKS_A_WARNING = variant(
    ServerlessConfig={"MemorySizeInMB": 2048, "MaxConcurrency": 5}, VolumeSizeInGB=5
)
RULE = "endpoint-config/serverless-excludes-volume"


def codes(ended: Ended) -> dict[str, str]:
    return {problem["code"]: problem["severity"] for problem in matches_of(ended)}


def test_a_broken_rule_is_reported_with_its_id_and_severity(
    command: Command, tmp_path: Path
) -> None:
    path = write(tmp_path, "a.json", BREAKS_A_WARNING)
    ended = command("validate", OPERATION, path)
    assert codes(ended)[RULE] == "warning"
    (problem,) = [problem for problem in matches_of(ended) if problem["code"] == RULE]
    assert pointed_at(path, problem).startswith('"VolumeSizeInGB": 5')


def test_warnings_fail_only_where_they_are_to(command: Command, tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", BREAKS_A_WARNING)
    assert command("validate", OPERATION, path).status == 0
    assert command("validate", OPERATION, path, "--strict").status == 1


def test_a_rule_is_ignored_by_its_id(command: Command, tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", BREAKS_A_WARNING)
    assert RULE not in codes(command("validate", OPERATION, path, "--ignore", RULE))
    ended = command("validate", OPERATION, path, "--ignore", RULE + "s")
    assert ended.status == 2
    assert RULE in ended.err


def test_advice_is_shown_where_it_is_asked_for(command: Command, tmp_path: Path) -> None:
    request = {
        **variant(InstanceType="ml.m5d.large"),
        "KmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012",
    }
    path = write(tmp_path, "a.json", request)
    assert set(codes(command("validate", OPERATION, path)).values()) == set()
    advised = command("validate", OPERATION, path, "--advice", "--strict")
    assert "advice" in codes(advised).values()
    assert advised.status == 0


def test_rules_are_checked_beside_what_is_refused(command: Command, tmp_path: Path) -> None:
    request = {**BREAKS_A_WARNING, "EndpointConfigName": "-"}
    ended = command("validate", OPERATION, write(tmp_path, "a.json", request))
    assert {"string_pattern_mismatch", RULE} <= set(codes(ended))


# Files


def test_files_and_folders(command: Command, tmp_path: Path) -> None:
    bad = changed(EndpointConfigName="-")
    for name in ("b/deep/3.json", "b/2.yml", "b/1.yaml", "a.json"):
        write(tmp_path, name, json.dumps(bad))
    for name in ("b/notes.txt", "b/.hidden/x.json", "b/.x.json"):
        write(tmp_path, name, "junk")
    ended = command("validate", OPERATION, tmp_path / "b", tmp_path / "a.json")
    expected = ["b/1.yaml", "b/2.yml", "b/deep/3.json", "a.json"]
    assert [problem["file"] for problem in matches_of(ended)] == [
        str(tmp_path / name) for name in expected
    ]
    assert ended.err == "4 errors in 4 of 4 files\n"


def test_yaml(command: Command, tmp_path: Path) -> None:
    text = (
        "# why\nEndpointConfigName: churn\nProductionVariants:\n"
        "  - VariantName: main\n    ModelName: ~\n    InitialInstanceCount: 1.5\n"
    )
    path = write(tmp_path, "a.yaml", text)
    first, second = matches_of(command("validate", OPERATION, path))
    assert (first["line"], first["column"], first["code"]) == ("5", "16", "null")
    assert (second["line"], second["column"], second["code"]) == ("6", "27", "int_type")


def test_yaml_with_a_byte_order_mark_is_yaml(command: Command, tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", b"\xef\xbb\xbf" + json.dumps(GOOD).encode())
    assert command("validate", OPERATION, path).status == 0


def test_moments_and_bytes(command: Command, tmp_path: Path) -> None:
    request = {"MaxResults": 5, "CreationTimeAfter": "2026-01-01T00:00:00Z"}
    assert command("validate", "ListModels", write(tmp_path, "a.json", request)).status == 0
    for epoch in (1767225600, 1767225600.5, "1767225600"):
        request = {"CreationTimeAfter": epoch}
        assert command("validate", "ListModels", write(tmp_path, "b.json", request)).status == 0
    assert (
        command(
            "validate", "ListModels", write(tmp_path, "b.yaml", "CreationTimeAfter: 1767225600")
        ).status
        == 0
    )
    text = "CreationTimeAfter: 2026-01-01 00:00:00\nNameContains: 2026-01-01\n"
    ended = command("validate", "ListModels", write(tmp_path, "a.yaml", text))
    (problem,) = matches_of(ended)
    assert problem["line"] == "2"
    assert "valid string" in problem["message"]


@pytest.mark.parametrize("moment", [1767225600, 1767225600.5, "1767225600", "2026-01-01"])
def test_moments_in_every_form_that_aws_takes(
    command: Command, tmp_path: Path, moment: object
) -> None:
    request = {"CreationTimeAfter": moment}
    assert command("validate", "ListModels", write(tmp_path, "a.json", request)).status == 0
    text = f"CreationTimeAfter: {json.dumps(moment)}\n"
    assert command("validate", "ListModels", write(tmp_path, "a.yaml", text)).status == 0


@pytest.fixture
def standard_input(monkeypatch: pytest.MonkeyPatch) -> BytesIO:
    content = BytesIO()
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(content))
    return content


@pytest.mark.parametrize("text", [json.dumps(changed(Extra=1)), "EndpointConfigName: -\n"])
def test_the_standard_input(command: Command, standard_input: BytesIO, text: str) -> None:
    standard_input.write(text.encode())
    standard_input.seek(0)
    ended = command("validate", OPERATION, "-")
    assert ended.status == 1
    assert {problem["file"] for problem in matches_of(ended)} == {"<stdin>"}


@pytest.mark.parametrize(
    "name",
    [
        "create-endpoint-config.json",
        "CreateEndpointConfig.json",
        "create_endpoint_config_churn.json",
        "create-endpoint-config-2026.11.json",
        "churn.create-endpoint-config.json",
        "create-endpoint-config/churn.json",
        "create-endpoint/CreateEndpointConfig/eu/churn.json",
    ],
)
def test_auto_reads_the_operation_off_the_path(command: Command, tmp_path: Path, name: str) -> None:
    write(tmp_path, name, GOOD)
    assert command("validate", "auto", tmp_path).status == 0
    write(tmp_path, name, changed(Extra=1))
    assert "CreateEndpointConfigRequest has no member" in command("validate", "auto", tmp_path).out


def test_auto_says_which_file_names_no_operation(command: Command, tmp_path: Path) -> None:
    path = write(tmp_path, "churn.json", GOOD)
    ended = command("validate", "auto", path)
    (problem,) = matches_of(ended)
    assert "names an operation" in problem["message"]
    assert ended.status == 1


def test_a_large_file_with_many_errors_costs_few_suggestions(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    matches = difflib.get_close_matches

    def counting(word: str, *arguments: Any, **options: Any) -> list[str]:
        looked_up.append(word)
        return matches(word, *arguments, **options)

    monkeypatch.setattr(difflib, "get_close_matches", counting)
    variants = [
        {**VARIANT, "VariantName": f"v{i}", "InstanceType": f"ml.m5.larg{i}", "Nothing": "x" * 500}
        for i in range(5000)
    ]
    path = write(tmp_path, "a.json", changed(ProductionVariants=variants))
    assert path.stat().st_size > 3_000_000
    ended = command("validate", OPERATION, path)
    assert len(ended.lines) == 101
    assert ended.lines[-1].endswith("the first 100 problems are shown [too_many_problems]")
    assert sum("did you mean" in line for line in ended.lines) > 0
    assert len(looked_up) <= 20


# Wrong arguments


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("CreateEndpointConfg", "a.json"), "CreateEndpointConfig"),
        (("WorkforceVpcConfig", "a.json"), "no operation"),
        ((OPERATION, "b.json"), "'a.json'"),
        ((OPERATION, "empty"), "'empty'"),
        ((OPERATION, "-", "-"), "once"),
        ((OPERATION,), "FILE"),
        ((OPERATION, "a.json", "--format", "xml"), "github"),
    ],
)
def test_usage(
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    message: str,
) -> None:
    write(tmp_path, "a.json", GOOD)
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    ended = command("validate", *arguments)
    assert ended.status == 2
    assert message in ended.err
    assert ended.out == ""


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read(command: Command, tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", GOOD)
    path.chmod(0)
    ended = command("validate", OPERATION, path)
    assert ended.status == 2
    assert "Permission denied" in ended.err


def test_yaml_without_pyyaml(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    monkeypatch.delitem(sys.modules, "sagemaker_typed.core.files.yaml_reader", raising=False)
    monkeypatch.delattr("sagemaker_typed.core.files.yaml_reader", raising=False)
    ended = command("validate", OPERATION, write(tmp_path, "a.yaml", "a: 1"))
    assert ended.status == 2
    assert "pip install 'sagemaker-typed[cli]'" in ended.err
    assert command("validate", OPERATION, write(tmp_path, "a.json", GOOD)).status == 0


# Formats


def test_json_format(command: Command, tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", variant(InstanceType="ml.m5.larg"))
    ended = command("validate", OPERATION, path, "--format", "json")
    (problem,) = json.loads(ended.out)
    assert problem == {
        "file": str(path),
        "line": problem["line"],
        "column": problem["column"],
        "severity": "error",
        "path": "ProductionVariants[0].InstanceType",
        "python_path": "production_variants[0].instance_type",
        "message": problem["message"],
        "code": "enum",
    }
    assert ended.status == 1
    assert ended.err == ""


def test_json_format_of_nothing(command: Command, tmp_path: Path) -> None:
    ended = command("validate", OPERATION, write(tmp_path, "a.json", GOOD), "--format", "json")
    assert json.loads(ended.out) == []


def test_github_format(command: Command, tmp_path: Path) -> None:
    path = write(tmp_path, "100%,a:b.json", {**BREAKS_A_WARNING, "EndpointConfigName": "%"})
    ended = command("validate", OPERATION, path, "--format", "github")
    errors = [line for line in ended.lines if line.startswith("::error ")]
    (warning,) = [line for line in ended.lines if RULE in line]
    file = str(path).replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    assert errors[0].startswith(f"::error file={file},line=2,col=25,title=")
    assert "got '%25'" in errors[0].partition("::EndpointConfigName: ")[2]
    assert warning.startswith("::warning ")


# Against boto3's own validation


def test_whatever_boto3_refuses_is_matches_of(command: Command, tmp_path: Path) -> None:
    """Requests are broken in random places; botocore's validator is asked about each."""
    service = ServiceModel(Loader().load_service_model("sagemaker", "service-2"))
    shape = service.operation_model(OPERATION).input_shape
    assert shape is not None
    chance = random.Random(7)  # the same on every machine
    refused = 0
    for _ in range(150):
        request: Any = json.loads(json.dumps(changed(Tags=[{"Key": "a", "Value": "b"}])))
        _break(request, chance)
        report = ParamValidator().validate(request, shape)
        ended = command("validate", OPERATION, write(tmp_path, "a.json", request))
        if report.has_errors():
            refused += 1
            assert ended.status == 1, (request, report.generate_report())
    assert refused > 75


def _break(value: Any, chance: random.Random) -> None:
    key = chance.choice([*value]) if isinstance(value, dict) else chance.randrange(len(value))
    if isinstance(value[key], (dict, list)) and value[key] and chance.random() < 0.7:
        _break(value[key], chance)
    elif chance.random() < 0.3:
        del value[key]
    else:
        value[key] = chance.choice([None, True, 1, -1, 1.5, "", "x", [], {}, [None], {"x": None}])


def test_thousands_of_wrong_values_cost_little(command: Command, tmp_path: Path) -> None:
    variants = [{**VARIANT, "InstanceType": f"ml.m5.larg{index}"} for index in range(5000)]
    file = write(tmp_path, "a.json", changed(ProductionVariants=variants))
    started = time.process_time()

    ended = command("validate", "CreateEndpointConfig", file)

    assert time.process_time() - started < 5  # with a suggestion for each it took a minute
    assert len(ended.lines) == 101
    assert 0 < ended.out.count("did you mean") <= 20
