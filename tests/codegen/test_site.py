"""The reference of the site names all that botocore documents, once, and its links are whole."""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from codegen.commands import docs
from codegen.site.build import PROJECT, tune_search

ROOT = Path(__file__).parents[2]
ANCHOR = re.compile(r"\{ #([\w-]+)")
LINK = re.compile(r"\]\((?!https?://)([^)#\s]*)(?:#([^)\s]+))?\)")
MEMBER = re.compile(r"^`\w+` <small>([^<]+)</small>", re.MULTILINE)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    from codegen.site.build import reference_pages

    return reference_pages()


@pytest.fixture(scope="module")
def sections(pages: dict[str, str]) -> dict[str, str]:
    """The text under each anchor of the main service, to the next one."""
    text = "\n".join(text for path, text in pages.items() if "/" not in path)
    parts = re.split(r"^(?:#.*|)\{ #([\w-]+).*$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.fixture(scope="module")
def model() -> Any:
    import botocore.session

    return botocore.session.get_session().get_service_model("sagemaker")


def documented(model: Any) -> list[tuple[str, Any]]:
    """Every structure and enum of the service, under the name of the class that stands for it."""
    from sagemaker_typed import models

    shapes = [model.shape_for(name) for name in model.shape_names]
    enums = [(shape.name, shape) for shape in shapes if getattr(shape, "enum", None)]
    structures = [shape for shape in shapes if shape.type_name == "structure"]
    return enums + [(getattr(models, shape.name).__name__, shape) for shape in structures]


def test_every_operation_and_every_shape_is_described_once(
    pages: dict[str, str], model: Any
) -> None:
    anchors = Counter(
        anchor for path, text in pages.items() if "/" not in path for anchor in ANCHOR.findall(text)
    )
    wanted = [*model.operation_names, *(name for name, _ in documented(model))]
    assert len(wanted) > 2000
    assert {name: anchors[name] for name in wanted if anchors[name] != 1} == {}


def test_every_member_and_every_value_is_shown(sections: dict[str, str], model: Any) -> None:
    for name, shape in documented(model):
        if shape.type_name == "structure":
            assert sorted(MEMBER.findall(sections[name])) == sorted(shape.members), name
        else:
            missing = [
                value for value in shape.enum if value and f"| `{value}` |" not in sections[name]
            ]
            assert not missing, name


def test_an_operation_says_what_it_needs_and_what_may_go_wrong(
    sections: dict[str, str], model: Any
) -> None:
    from sagemaker_typed import models

    for name in model.operation_names:
        operation = model.operation_model(name)
        for error in operation.error_shapes:
            assert f"[`{error.name}`]" in sections[name].partition("Related:")[0], name
        takes = sections[getattr(models, f"{name}Request").__name__]
        required = re.findall(r"<small>(\w+)</small> \*required\*", takes)
        shape = operation.input_shape
        wanted = set(shape.required_members) if shape else set()
        tokens = {m for m in wanted if shape.members[m].metadata.get("idempotencyToken")}
        assert set(required) == wanted - tokens, name


class Recorder:
    """A client that makes requests and sends none."""

    def __init__(self) -> None:
        self.sent: list[Any] = []

    def __getattr__(self, method: str) -> Any:
        from sagemaker_typed import SageMakerClient, models

        operation = "".join(word.title() for word in method.split("_")).lower()
        [request] = [name for name in dir(models) if name.lower() == f"{operation}request"]
        assert hasattr(SageMakerClient, method)
        return lambda **members: self.sent.append(getattr(models, request)(**members))


def test_every_operation_has_a_call_that_can_be_made(sections: dict[str, str], model: Any) -> None:
    for name in model.operation_names:
        client = Recorder()
        [block] = re.findall(r"```python\n(.*?)```", sections[name], re.DOTALL)
        exec(compile(block, name, "exec"), {"client": client})
        assert [type(request).__name__ for request in client.sent] == [f"{name}Request"]


def test_links_between_pages_lead_somewhere(pages: dict[str, str]) -> None:
    anchors = {path: set(ANCHOR.findall(text)) for path, text in pages.items()}
    dangling = []
    for path, text in pages.items():
        for target, anchor in LINK.findall(re.sub(r"`[^`\n]*`", "code", text)):
            page = posixpath.normpath(posixpath.join(posixpath.dirname(path), target or path))
            page = path if not target else page
            if page.startswith("../") and (ROOT / "docs" / page[3:]).exists():
                continue
            if page not in anchors or (anchor and anchor not in anchors[page]):
                dangling.append((path, target, anchor))
    assert dangling == []


def test_every_page_is_reached_from_the_contents(pages: dict[str, str]) -> None:
    linked = {target for target, _ in LINK.findall(pages["index.md"])}
    assert linked == pages.keys() - {"index.md"}


def test_no_prose_of_the_service(pages: dict[str, str], model: Any) -> None:
    """Facts travel, sentences do not."""
    shown = re.sub(r"\W+", " ", html.unescape(" ".join(pages.values())))
    texts = [model.operation_model(name).documentation for name in model.operation_names]
    for name in model.shape_names:
        shape = model.shape_for(name)
        texts.append(shape.documentation)
        if shape.type_name == "structure":
            texts += [member.documentation for member in shape.members.values()]
    sentences = {
        sentence.strip()
        for text in texts
        for sentence in re.split(r"(?<=[.:;])\s", re.sub(r"<[^>]+>", " ", html.unescape(text)))
    }
    long = [s for s in sentences if len(s.split()) >= 6]
    assert len(long) > 5000
    assert [s for s in long if re.sub(r"\W+", " ", s).strip() in shown] == []


def test_the_navigation_has_every_page_of_the_guide_once() -> None:
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    listed = [page for section in config["nav"] for page in _leaves(section)]
    project = {path.lower() for path in PROJECT} | {"reference/index.md"}
    guide = {path.name for path in (ROOT / "docs").glob("*.md")}
    assert Counter(listed) == Counter(guide | project)


def _leaves(entry: Any) -> list[str]:
    if isinstance(entry, str):
        return [entry]
    return [
        leaf for value in entry.values() for child in _as_list(value) for leaf in _leaves(child)
    ]


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_without_the_builder_it_is_said_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(docs, "find_spec", lambda _name: None)
    from codegen.__main__ import main

    assert main(["docs"]) == 2
    assert "zensical, which is not installed here: run make docs" in capsys.readouterr().err


def test_a_search_finds_what_describes_a_name_first(tmp_path: Path) -> None:
    index = tmp_path / "search.json"
    items = [
        {"title": "ProductionVariantStatus", "text": "<p>Its status.</p>"},
        {"title": "Waiting", "text": "<p>Wait.</p> <pre><code>ProductionVariant\n</code></pre> on"},
        {"title": "ProductionVariant", "text": "<p>A variant.</p>"},
    ]
    index.write_text(json.dumps({"config": {"lang": ["en"]}, "items": items}), encoding="utf-8")
    tune_search(index)
    tuned = json.loads(index.read_text(encoding="utf-8"))
    assert tuned["config"] == {"lang": ["en"]}
    titles = [item["title"] for item in tuned["items"]]
    assert titles.index("ProductionVariant") < titles.index("ProductionVariantStatus")
    mentions = [item["title"] for item in tuned["items"] if "ProductionVariant" in item["text"]]
    assert mentions == []
