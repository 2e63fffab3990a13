"""The site as a folder that the site builder reads: the guide, and the reference beside it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, cast

from codegen.build import COMMITTED, MAIN, ROOT
from codegen.site.reference import ReferencePage, pages
from codegen.sources import service_model

CONFIG: Final = ROOT / "mkdocs.yml"
FOLDER: Final = "reference"
SERVICES: Final = "services"
# Pages of the repository that are no part of the guide's folder.
PROJECT: Final = ("CHANGELOG.md", "CONTRIBUTING.md", "RELEASING.md", "SECURITY.md")

_INTRO: Final = """\
# Reference

A page for each thing that the service keeps: what one can do with it, the shapes that go in and
come out, and the values that are listed. All of it is context from the service model of botocore
{version}.

- A member is shown with its name here, the documented name in small letters, and its type, which is
  what a field holds. A parameter takes more: any sequence where it says `tuple`, a listed string
  where it says an enum, a dictionary with documented names where it says a shape, an ISO 8601
  string where it says `datetime`.
- `required` means that it has to be given; in an answer, that it is documented as always there.
- Limits and patterns are checked before a request is sent, and never in an answer.
"""


def write(root: Path, folder: Path) -> Path:
    """Write everything that the site is built from, and return the builder's configuration."""
    import yaml  # of the group that builds the site

    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root / "docs", folder / "docs")
    for name in PROJECT:
        text = (root / name).read_text("utf-8").replace("](docs/", "](")
        for other in PROJECT:
            text = text.replace(f"]({other})", f"]({other.lower()})")
        (folder / "docs" / name.lower()).write_text(text, "utf-8")
    rules = folder / "docs" / "rules.md"  # whose tables are too wide for a column beside them
    rules.write_text(f"---\nhide: [toc]\n---\n{rules.read_text('utf-8')}", "utf-8")
    reference = reference_pages()
    for path, text in reference.items():
        where = folder / "docs" / FOLDER / path
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_text(text, "utf-8")
    config = cast("dict[str, Any]", yaml.safe_load((root / CONFIG.name).read_text("utf-8")))
    config["docs_dir"] = "docs"
    config["site_dir"] = "site"
    config["nav"] = [_entry(one, reference) for one in config["nav"]]
    written = folder / CONFIG.name
    written.write_text(json.dumps(config, indent=1), "utf-8")  # JSON is YAML too
    return written


def reference_pages() -> dict[str, str]:
    """The text of every page of the reference, by path; the contents first."""
    books = {
        one: pages(
            service_model.installed(one.service),
            one.target,
            whole=None if one is MAIN else f"{SERVICES}/{one.folder.name}.md",
        )
        for one in COMMITTED
    }
    version = service_model.installed(MAIN.service).source.version
    main = books.pop(MAIN)
    resources = [page for page in main if page.operations]
    others = [page for page in main if not page.operations]
    sisters = sorted((page for found in books.values() for page in found), key=_title)
    index = "\n".join(
        (
            _INTRO.format(version=version),
            "## Amazon SageMaker",
            "",
            *_listing(resources),
            "",
            "Shared by several of them:",
            "",
            *_listing(others),
            "",
            "## Other services",
            "",
            *_listing(sisters),
            "",
        )
    )
    every = [*resources, *others, *sisters]
    return {"index.md": index, **{page.path: page.text for page in every}}


def _title(page: ReferencePage) -> str:
    return page.title


def _listing(found: Iterable[ReferencePage]) -> list[str]:
    """Links to pages, in as many columns as fit."""
    return ['<div class="pages" markdown>', "", *map(_line, found), "", "</div>"]


def _line(page: ReferencePage) -> str:
    count, thing = (page.operations, "operation") if page.operations else (page.classes, "shape")
    holds = f"{count} {thing}{'' if count == 1 else 's'}"
    return f"- [{page.title}]({page.path}) <small>{holds}</small>"


def _entry(entry: object, reference: Mapping[str, str]) -> object:
    """An entry of the navigation; the reference's is filled with its pages."""
    if entry != {"Reference": f"{FOLDER}/index.md"}:
        return entry
    sections: dict[bool, list[object]] = {False: [], True: []}
    for path, text in reference.items():
        found = re.match(r"# (.+)", text)
        assert found is not None
        if path != "index.md":
            sections[path.startswith(SERVICES)].append({found[1]: f"{FOLDER}/{path}"})
    return {
        "Reference": [
            f"{FOLDER}/index.md",
            *sections[False],
            {"Other services": sections[True]},
        ]
    }


def tune_search(index: Path) -> None:
    """Let a search find what describes a name before what mentions it.

    What is found equally good comes in the order of the index: without the shorter title first,
    `ProductionVariantStatus` would come before `ProductionVariant`. Blocks of code mention much
    and describe nothing.
    """
    found = cast("dict[str, Any]", json.loads(index.read_text("utf-8")))
    for item in found["items"]:
        item["text"] = re.sub(r"<pre>.*?</pre>", "", item["text"], flags=re.DOTALL)
    found["items"].sort(key=lambda item: len(item["title"]))
    index.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")), "utf-8")
