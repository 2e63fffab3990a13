"""A page in the representation of service models, and the package that is made of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from codegen.__main__ import main
from codegen.model import ir
from codegen.sources import page_service
from codegen.sources.loading import read_page
from tests.sources.own_pages import FLATTENED, INDENTED, R

if TYPE_CHECKING:
    from codegen.sources.page_service import Gaps


def service(text: str) -> tuple[ir.Service, Gaps]:
    return page_service.service(read_page(text.encode(), "page"))


def test_the_service() -> None:
    converted, _ = service(INDENTED)
    assert (converted.name, converted.service_id) == ("orchard", "Orchard")
    assert converted.full_name == "Amazon Orchard Service"
    assert (converted.source.kind, converted.source.version) == ("api-changes", "2031-04-05")
    assert list(converted.operations) == [
        "CountTrees", "FellTree", "ListTrees", "PlantTree", "WaterTree",
    ]  # fmt: skip
    assert converted.operations["FellTree"] == ir.Operation(
        name="FellTree", input="FellTreeRequest"
    )


def test_shapes_are_named_after_the_members_they_stand_at() -> None:
    shapes = service(INDENTED)[0].shapes
    plant = shapes["PlantTreeRequest"]
    assert isinstance(plant, ir.Structure)
    assert {member.name: member.shape for member in plant.members} == {
        "Name": "String",
        "Kind": "Kind",
        "Age": "Integer",
        "Height": "Float",
        "Wet": "Boolean",
        "PlantedAt": "Timestamp",
        "Photo": "Blob",
        "Notes": "Document",
        "Branches": "Branches",
        "Labels": "Labels",
        "Rows": "Rows",
        "Spot": "Spot",
        "Token": "String",
    }
    assert shapes["Branches"] == ir.List(name="Branches", member="BranchesItem")
    assert shapes["Labels"] == ir.Map(name="Labels", key="String", value="LabelsValue")
    assert shapes["Kind"] == ir.Enum(name="Kind", values=("apple", "pear"))
    assert shapes["RowsItem"] == ir.List(name="RowsItem", member="String")
    spot, growth = shapes["Spot"], shapes["Growth"]
    assert isinstance(spot, ir.Structure)
    assert spot.union
    assert isinstance(growth, ir.Structure)
    assert growth.event_stream
    assert [m.name for m in plant.members if m.required] == ["Name", "Kind", "Token"]
    assert [m.name for m in plant.members if m.idempotency_token] == ["Token"]


def test_equal_shapes_are_one_and_different_ones_are_told_apart() -> None:
    converted = service(INDENTED)[0]
    # The filter of the request has markers, that of the response has none: two shapes.
    filters = {name for name in converted.shapes if name.startswith("Filter")}
    assert filters == {"Filter", "FilterOutput"}
    shape = [s for s in converted.shapes.values() if isinstance(s, ir.Enum) and "ROUND" in s.values]
    assert [enum.name for enum in shape] == ["Form"]


def test_every_reference_has_its_shape() -> None:
    for text in (INDENTED, FLATTENED, R):
        shapes = service(text)[0].shapes
        for shape in shapes.values():
            match shape:
                case ir.Structure():
                    assert {member.shape for member in shape.members} <= shapes.keys()
                case ir.List():
                    assert shape.member in shapes
                case ir.Map():
                    assert {shape.key, shape.value} <= shapes.keys()
                case _:
                    pass


def test_what_the_page_does_not_say_is_a_gap() -> None:
    converted, gaps = service(R)
    assert gaps.responses == {"PlantTree"}
    assert gaps.list_or_map == {"Labels"}
    assert ("Spot", "Bed") in gaps.markers
    assert ("PlantTreeRequest", "Name") not in gaps.markers
    assert converted.operations["PlantTree"].output == "PlantTreeResponse"
    assert converted.shapes["PlantTreeResponse"] == ir.Structure(name="PlantTreeResponse")


def test_where_the_page_breaks_off_is_a_gap() -> None:
    _, gaps = service(INDENTED.partition("            'Leaves': [")[0] + "'Leaves': [ 'green'|")
    assert gaps.cut == {"PlantTreeRequest", "Branches", "BranchesItem", "Leaves", "LeavesItem"}
    before = INDENTED.partition("    Age=123")[0]
    _, gaps = service(f"{before}    Spot={{ 'Kind': 'apple'|'pear'")
    assert gaps.cut == {"PlantTreeRequest", "Spot", "SpotKind"}
    _, gaps = service(INDENTED.replace("type Height\n\nfloat\n\nparam Height\n", ""))
    assert gaps.unknown == {"Unknown"}


@pytest.fixture(scope="module", params=[INDENTED, FLATTENED, R], ids=["indented", "flattened", "r"])
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated(request.param, tmp_path_factory.mktemp("page"))


def generated(text: str, folder: Path) -> Path:
    page = folder / "page.txt"
    page.write_text(text, "utf-8")
    assert main(["generate", "--source", str(page), "--out", str(folder / "orchard_page")]) == 0
    return folder


def python(folder: Path, code: str) -> str:
    """Return the output of a fresh interpreter that can import the package."""
    root = Path(__file__).parents[2]
    setup = f"import sys; sys.path[:0] = [{str(folder)!r}, {str(root)!r}]\n"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", setup + code],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_package_of_a_page_is_used_like_the_main_one(package: Path) -> None:
    printed = python(
        package,
        """
from orchard_page.enums import Kind
from orchard_page.models import PlantTreeRequest, Spot
request = PlantTreeRequest(name="Bill", kind="pear", spot=Spot(bed="b"))
print(request.kind is Kind.PEAR, sorted(request.to_boto().items()))
try:
    PlantTreeRequest(name="Bill", kind="pears")
except ValueError as error:
    print("'pear'" in str(error))
""",
    )
    sent = [("Kind", "pear"), ("Name", "Bill"), ("Spot", {"Bed": "b"})]
    assert printed.splitlines() == [f"True {sent}", "True"]


@pytest.mark.checkers
def test_the_package_of_a_page_is_clean_under_mypy(tmp_path: Path) -> None:
    package = generated(FLATTENED, tmp_path)
    user = package / "user.py"
    user.write_text(
        "from orchard_page.client import OrchardClient\n"
        "from orchard_page.models import PlantTreeRequest, PlantTreeResponse, Spot\n\n"
        "def plant(client: OrchardClient, request: PlantTreeRequest) -> PlantTreeResponse:\n"
        '    client.plant_tree(name="Bill", kind="pear", spot=Spot(bed="b"))\n'
        "    return client.send(request)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-incremental",
         "--follow-imports=silent", "user.py", "orchard_page"],
        cwd=package, env={"MYPYPATH": str(root), "PATH": ""},
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
