"""Packages made from the small services, used as their users would, against botocore itself."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.model import ServiceModel, StructureShape
from botocore.response import StreamingBody
from botocore.session import Session
from botocore.stub import Stubber
from botocore.validate import ParamValidator
from pydantic import ValidationError

from codegen.build import COMMITTED, Committed, build
from codegen.emit import runtime
from codegen.emit.context import Target
from codegen.overrides import table
from codegen.sources import service_model as documents
from tests.codegen.packages import SERVICES, generate

PACKAGES = "made_for_tests"
NOON = datetime(2026, 11, 1, 12, tzinfo=timezone.utc)


@pytest.fixture(scope="module", autouse=True)
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The packages of all the small services, importable."""
    folder = tmp_path_factory.mktemp("packages")
    for name, source in SERVICES.items():
        generate(source, folder, f"{PACKAGES}.{name}")
    sys.path.insert(0, str(folder))
    yield
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGES]:
        del sys.modules[name]


def package(name: str) -> Any:
    return import_module(f"{PACKAGES}.{name}")


def test_one_file_of_a_package_says_which_model_it_is_made_from() -> None:
    for name, source in SERVICES.items():
        folder = Path(package(name).__file__).parent
        checksum = sha256(source.read_bytes()).hexdigest()
        naming = [p.name for p in folder.rglob("*.py*") if checksum[:16].encode() in p.read_bytes()]
        assert [name for name in naming if not name.endswith(".pyc")] == ["_api_model.py"]
        first_lines = {p.read_text("utf-8").partition("\n")[0] for p in folder.rglob("*.pyi")}
        assert len(first_lines) == 1


def test_a_release_with_the_same_model_changes_one_file() -> None:
    service = documents.from_file(SERVICES["kinds"])

    def built(version: str, target: Target) -> dict[str, str]:
        source = replace(service.source, kind="botocore", version=version)
        return build(replace(service, source=source), target)

    def changed(target: Target) -> list[str]:
        older, newer = built("1.0.0", target), built("1.0.1", target)
        return [path for path in older.keys() | newer.keys() if older[path] != newer[path]]

    assert changed(Target(package="alone")) == ["_api_model.py"]
    assert changed(Target(package="sister", origin=runtime.ORIGIN)) == []


def models(name: str) -> Any:
    return import_module(f"{PACKAGES}.{name}.models")


def boto3_client(name: str) -> Any:
    """boto3's own client of a small service: botocore reads the same file."""
    session = Session()
    session.get_component("data_loader").search_paths.insert(0, str(SERVICES["kinds"].parents[2]))
    boto3_session: Any = boto3.Session(botocore_session=session, region_name="eu-west-1")
    return boto3_session.client(name, endpoint_url="http://localhost:1")


def service_model(name: str) -> ServiceModel:
    model: ServiceModel = boto3_client(name).meta.service_model
    return model


# One valid value for every member of CreateThing, as boto3 takes it.
EVERYTHING: dict[str, Any] = {
    "ThingName": "a-thing",
    "Flag": False,
    "Unneeded": "",
    "Token": "token",
    "Count": 10,
    "BigCount": 0,
    "Percentage": 99.5,
    "Precise": -1.5,
    "Code": "123-abc",
    "NotBlank": " x",
    "Words": "Zwölf 12",
    "Repeated": "a:b",
    "Unchecked": "ä",
    "Quoted": "\"'\\",
    "Secret": "password",
    "SecretNumber": 4711,
    "SecretFlag": True,
    "SecretMoment": NOON,
    "SecretStructure": {"Plain": "hush"},
    "SecretList": ["password"],
    "Bytes": b"\x00\xff",
    "ExactBytes": b"1234",
    "SecretBytes": b"hidden",
    "Moment": NOON,
    "IsoMoment": NOON,
    "HttpMoment": NOON,
    "EpochMoment": NOON,
    "MemberMoment": NOON,
    "Free": {"any": ["json", 1, None, {"deep": True}]},
    "Colour": "dark-green",
    "ManyValues": "value.11",
    "Colours": ["#fff", "2-tone"],
    "Names": ["a", "b"],
    "Matrix": [[1, 2], [], [10]],
    "Labels": {"a": "", "b": "x"},
    "MapOfMaps": {"": {"a": "b"}, "x": {}},
    "ByColour": {"red": [{"Name": "a", "Parts": [{"Name": "b"}]}]},
    "Part": {"Name": "a", "Parts": []},
    "Either": {"Number": 0},
    "Empty": {},
    "Old": "still",
    "JsonBody": '{"a": 1}',
    "Header": "h",
    "JsonHeader": {"a": [1]},
    "Headers": {"a": "b"},
    "Query": ["a", "b"],
}


def test_everything_goes_through_the_client_as_boto3_takes_it() -> None:
    client = boto3_client("kinds")
    shape = service_model("kinds").operation_model("CreateThing").input_shape
    assert isinstance(shape, StructureShape)
    assert not ParamValidator().validate(EVERYTHING, shape).has_errors()
    assert set(shape.members) - EVERYTHING.keys() == {"ListOfItself"}

    request = models("kinds").CreateThingRequest.from_boto(EVERYTHING)
    assert request.to_boto() == EVERYTHING
    typed = package("kinds").KindsClient.from_boto3(client)
    with Stubber(client) as stubber:
        stubber.add_response("create_thing", {"ThingArn": "arn", "Status": 201}, EVERYTHING)
        answer = typed.send(request)
    assert (answer.thing_arn, answer.status) == ("arn", 201)


def test_python_names_say_the_same_as_documented_ones() -> None:
    request = models("kinds").CreateThingRequest.from_boto(EVERYTHING)
    fields = {name: getattr(request, name) for name in request.__members__}
    assert models("kinds").CreateThingRequest(**fields) == request


def test_what_is_required_can_be_left_out_only_where_boto3_fills_it_in() -> None:
    request = models("kinds").CreateThingRequest(thing_name="a", flag=True)
    assert request.to_boto() == {"ThingName": "a", "Flag": True}
    with pytest.raises(ValidationError) as refused:
        models("kinds").CreateThingRequest()
    assert {error["type"] for error in refused.value.errors()} == {"missing"}
    assert refused.value.error_count() == 2


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("ThingName", ""),
        ("ThingName", "far-too-long"),
        ("ThingName", "Capital"),
        ("ThingName", "line\n"),
        ("Flag", 1),
        ("Count", 0),
        ("Count", 11),
        ("Count", True),
        ("Count", "3"),
        ("Count", 3.7),
        ("BigCount", -1),
        ("Percentage", 100.5),
        ("Precise", 1.5),
        ("Code", "12-abc"),
        ("Code", "١٢٣-abc"),
        ("NotBlank", "  "),
        ("Words", ""),
        ("Words", "a" * 1025),
        ("Repeated", ""),
        ("Repeated", "a" * 257),
        ("Repeated", "#"),
        ("Secret", "short"),
        ("SecretList", ["short"]),
        ("Bytes", b""),
        ("Bytes", b"0" * 17),
        ("ExactBytes", b"123"),
        ("Moment", "noon"),
        ("Free", object()),
        ("Colour", "green"),
        ("Colours", ["red", "green"]),
        ("Names", []),
        ("Names", ["a"] * 4),
        ("Names", "abc"),
        ("Matrix", [[1, 2, 3, 4, 5]]),
        ("Matrix", [[11]]),
        ("Labels", {"a": "", "b": "", "c": ""}),
        ("Labels", {"A": ""}),
        ("MapOfMaps", {"x": {"A": ""}}),
        ("ByColour", {"green": []}),
        ("ByColour", {"red": [{"Name": "A"}]}),
        ("Part", {}),
        ("Part", {"Name": "a", "Parts": [{"Name": "a", "Parts": [{"Name": ""}]}]}),
        ("Either", {}),
        ("Either", {"Number": 0, "Text": ""}),
        ("JsonBody", {"a": 1}),
        ("Empty", {"Anything": 1}),
        ("Unknown", 1),
    ],
)
def test_every_constraint_is_enforced(member: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        models("kinds").CreateThingRequest.from_boto({**EVERYTHING, member: value})
    assert refused.value.error_count() == 1
    place = str(refused.value.errors()[0]["loc"][0])
    members = models("kinds").CreateThingRequest.__members__
    assert (members[place].documented if place in members else place) == member


def test_secrets_are_not_shown() -> None:
    shown = repr(models("kinds").CreateThingRequest.from_boto(EVERYTHING))
    for secret in ("password", "4711", "hush", "hidden", "secret_flag=True", "SecretMoment=date"):
        assert secret not in shown
    assert "a-thing" in shown


def test_an_answer_is_read_whatever_it_holds() -> None:
    client = boto3_client("kinds")
    typed = package("kinds").KindsClient.from_boto3(client)
    answer = {
        "ThingName": "NOT a valid name",
        "Colour": "ultraviolet",
        "CreatedAt": NOON,
        "Either": {"Number": 1},
        "Free": {"a": [1, None]},
        "Parts": [{"Name": "a"}, {"Name": "b", "Parts": [{"Name": "c"}]}],
    }
    with Stubber(client) as stubber:
        stubber.add_response("describe_thing", answer, {"ThingName": "a"})
        thing = typed.describe_thing(thing_name="a")
    assert not thing.colour.is_listed
    assert thing.colour == "ultraviolet"
    assert thing.created_at == NOON
    assert thing.either.number == 1
    assert thing.free["a"] == (1, None)
    assert thing.parts[1].parts[0].name == "c"


def test_an_operation_may_take_nothing_and_answer_nothing() -> None:
    for name, client_name in (("kinds", "KindsClient"), ("tiny", "TinyClient")):
        client = boto3_client(name)
        typed = getattr(package(name), client_name).from_boto3(client)
        with Stubber(client) as stubber:
            stubber.add_response("ping", {}, {})
            assert typed.ping() is None


def test_a_body_of_bytes_is_a_stream_both_ways() -> None:
    client = boto3_client("kinds")
    typed = package("kinds").KindsClient.from_boto3(client)
    with Stubber(client) as stubber:
        stubber.add_response("put_thing_content", {}, {"ThingName": "a", "Content": b"bytes"})
        typed.put_thing_content(thing_name="a", content=b"bytes")
        body = StreamingBody(io.BytesIO(b"content"), 7)
        stubber.add_response("get_thing_content", {"Content": body, "ContentType": "text/plain"})
        answer = typed.get_thing_content(thing_name="a")
    assert answer.content.read() == b"content"
    assert answer.content_type == "text/plain"


def test_an_error_has_the_class_of_its_code_and_its_details() -> None:
    client = boto3_client("kinds")
    typed = package("kinds").KindsClient.from_boto3(client)
    errors = import_module(f"{PACKAGES}.kinds.errors")
    core = import_module("sagemaker_typed.core.errors")
    with Stubber(client) as stubber:
        stubber.add_client_error(
            "create_thing",
            "LimitExceeded",
            "enough",
            http_status_code=429,
            modeled_fields={"Limit": 3, "Things": ["a"]},
        )
        stubber.add_client_error("create_thing", "ThrottlingException")
        with pytest.raises(errors.ThingLimitExceeded) as limited:
            typed.create_thing(thing_name="a", flag=True)
        with pytest.raises(core.ThrottlingException) as throttled:
            typed.create_thing(thing_name="a", flag=True)
    assert limited.value.details.limit == 3
    assert limited.value.details.things == ("a",)
    assert type(throttled.value) is errors.ThrottlingException


def test_paginators_and_waiters_come_along() -> None:
    client = boto3_client("kinds")
    typed = package("kinds").KindsClient.from_boto3(client)
    with Stubber(client) as stubber:
        for token, following in ((None, "2"), ("2", None)):
            asked = {} if token is None else {"NextToken": token}
            answer: dict[str, Any] = {"Things": [{"ThingName": f"t{token}", "Colour": "red"}]}
            if following:
                answer["NextToken"] = following
            stubber.add_response("list_things", answer, asked)
        names = [thing.thing_name for thing in typed.iter_things()]
    assert names == ["tNone", "t2"]


def test_names_that_others_own_are_given_way_to() -> None:
    documented = {
        "lambda_": "Lambda",
        "class_": "Class",
        "from_": "From",
        "json_": "Json",
        "model_config_": "ModelConfig",
        "model_name": "ModelName",
        "copy_": "Copy",
        "self_": "Self",
        "to_boto_": "ToBoto",
        "match": "Match",
    }
    request = models("names").KeywordsRequest(**dict.fromkeys(documented, "x"))
    assert request.to_boto() == dict.fromkeys(documented.values(), "x")


def test_fields_may_be_called_like_what_they_are_made_of() -> None:
    shapes = models("names")
    values: dict[str, Any] = {
        "Bytes": b"b",
        "Datetime": NOON,
        "Str": "s",
        "Int": 1,
        "Float": 1.0,
        "Bool": True,
        "Tuple": ["t"],
        "Required": "r",
        "Optional": "o",
        "List": ["l"],
        "Mapping": {"m": "m"},
        "Shape": {"Kind": "k"},
        "Document": {"Text": "t", "from": "f"},
        "tag": {"tag": {"Tags": [{}]}},
        "Status": "",
        "Other": "on",
    }
    client = boto3_client("names")
    typed = package("names").NamesServiceClient.from_boto3(client)
    with Stubber(client) as stubber:
        stubber.add_response("send", values, values)
        answer = typed.send_(**{name.lower(): value for name, value in values.items()})
    assert answer.to_boto() == values
    assert type(answer.tag) is shapes.tag
    assert type(answer.shape) is shapes.Shape


def test_a_shared_input_is_a_shape_and_every_operation_has_its_request() -> None:
    shapes = models("names")
    created = shapes.CreateWidgetRequest(name={"Name": "a"})
    updated = shapes.UpdateWidgetRequest(name=shapes.WidgetName(name="a"))
    assert created.to_boto() == updated.to_boto() == {"Name": {"Name": "a"}}
    assert created != updated
    assert shapes.WidgetInput(name={"Name": "a"}).to_boto() == created.to_boto()
    assert shapes.WidgetInput not in (type(created), type(updated))
    # an input that nobody else has is the request, under both names
    assert shapes.CreateGadgetInput is shapes.CreateGadgetRequest
    # a structure that is called like another operation's request gives way
    assert shapes.Owner(request={"Filter": "f"}).to_boto() == {"Request": {"Filter": "f"}}
    assert shapes.ListWidgetsRequest(filter="f").__operation__.name == "ListWidgets"


def test_the_package_stands_by_itself() -> None:
    assert (Path(package("tiny").__file__).parent / "py.typed").is_file()
    assert package("tiny").API_MODEL.service == "tiny"
    assert dir(package("kinds"))


@pytest.mark.parametrize("committed", COMMITTED, ids=lambda committed: committed.service)
def test_every_operation_has_a_link_to_the_documentation(committed: Committed) -> None:
    """A service without a row in links.toml has AWS's redirect, which names its uid."""
    text = (committed.folder / "client.pyi").read_text("utf-8")
    model: Any = boto3.client(committed.service, region_name="us-east-1").meta.service_model
    links = set(re.findall(r"https://docs\.aws\.amazon\.com/[^\s)]+", text))
    rule = f"https://docs.aws.amazon.com/goto/WebAPI/{model.metadata['uid']}/"
    listed = table("links")["services"].get(committed.service)
    for operation in model.operation_names:
        assert (f"{listed}{operation}.html" if listed else f"{rule}{operation}") in links
