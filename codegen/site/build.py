"""Write the folder that the site builder reads: the guide, and the reference beside it."""

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

Each resource of the service has a page with its operations, its shapes and its listed values. The
pages are written from the service model of botocore {version}.

- A member has its name in Python, the documented name in small letters, and the type of the field.
  A parameter accepts more than that type: any sequence for a `tuple`, a listed string for an enum,
  a dictionary with documented names for a shape, an ISO 8601 string for a `datetime`.
- A `required` member must be passed in a request. In a response, it is documented as
  always present.
- Limits and patterns are checked before a request is sent, and never in a response.
"""


def write(root: Path, folder: Path) -> Path:
    """Write everything that the site is built from, and return the builder's configuration."""
    import yaml  # installed with the builder only

    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root / "docs", folder / "docs")
    for name in PROJECT:
        text = (root / name).read_text("utf-8").replace("](docs/", "](")
        for other in PROJECT:
            text = text.replace(f"]({other})", f"]({other.lower()})")
        (folder / "docs" / name.lower()).write_text(text, "utf-8")
    rules = folder / "docs" / "rules.md"  # its tables need the width of the contents
    rules.write_text(f"---\nhide: [toc]\n---\n{rules.read_text('utf-8')}", "utf-8")
    reference = reference_pages()
    for path, text in reference.items():
        where = folder / "docs" / FOLDER / path
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_text(text, "utf-8")
    config = cast("dict[str, Any]", yaml.safe_load((root / CONFIG.name).read_text("utf-8")))
    config["docs_dir"] = "docs"
    config["site_dir"] = "site"
    config["nav"] = [_entry(entry, reference) for entry in config["nav"]]
    written = folder / CONFIG.name
    written.write_text(json.dumps(config, indent=1), "utf-8")  # JSON is YAML too
    return written


def reference_pages() -> dict[str, str]:
    """Return the text of every page of the reference, by path; the contents come first."""
    books = {
        committed: pages(
            service_model.installed(committed.service),
            committed.target,
            whole=None if committed is MAIN else f"{SERVICES}/{committed.folder.name}.md",
        )
        for committed in COMMITTED
    }
    version = service_model.installed(MAIN.service).source.version
    main = books.pop(MAIN)
    resources = [page for page in main if page.operations]
    others = [page for page in main if not page.operations]
    services = sorted((page for book in books.values() for page in book), key=_title)
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
            *_listing(services),
            "",
        )
    )
    every = [*resources, *others, *services]
    return {"index.md": index, **{page.path: page.text for page in every}}


def _title(page: ReferencePage) -> str:
    return page.title


def _listing(listed: Iterable[ReferencePage]) -> list[str]:
    """Return links to pages, in as many columns as fit."""
    return ['<div class="pages" markdown>', "", *map(_line, listed), "", "</div>"]


def _line(page: ReferencePage) -> str:
    count, thing = (page.operations, "operation") if page.operations else (page.classes, "shape")
    holds = f"{count} {thing}{'' if count == 1 else 's'}"
    return f"- [{page.title}]({page.path}) <small>{holds}</small>"


def _entry(entry: object, reference: Mapping[str, str]) -> object:
    """Return an entry of the navigation; the reference gets its pages."""
    if entry != {"Reference": f"{FOLDER}/index.md"}:
        return entry
    sections: dict[bool, list[object]] = {False: [], True: []}
    for path, text in reference.items():
        title = re.match(r"# (.+)", text)
        assert title is not None
        if path != "index.md":
            sections[path.startswith(SERVICES)].append({title[1]: f"{FOLDER}/{path}"})
    return {
        "Reference": [
            f"{FOLDER}/index.md",
            *sections[False],
            {"Other services": sections[True]},
        ]
    }


def tune_search(index: Path) -> None:
    """Let a search list the description of a name before the places that mention it.

    Equal results come in the order of the index. With shorter titles first, `ProductionVariant`
    comes before `ProductionVariantStatus`. Blocks of code are removed: they describe nothing.
    """
    content = cast("dict[str, Any]", json.loads(index.read_text("utf-8")))
    for item in content["items"]:
        item["text"] = re.sub(r"<pre>.*?</pre>", "", item["text"], flags=re.DOTALL)
    content["items"].sort(key=lambda item: len(item["title"]))
    index.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "utf-8")
