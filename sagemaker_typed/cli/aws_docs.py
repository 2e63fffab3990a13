"""Reads the service's documentation from the installed botocore; this package contains none."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from sagemaker_typed import API_MODEL


@dataclass(frozen=True, slots=True)
class Documentation:
    """The documentation of a service in one release of botocore."""

    botocore: str
    model: Mapping[str, Any]

    def of_operation(self, name: str) -> str:
        """Return the HTML of an operation; empty if it has none."""
        return _html(self.model["operations"].get(name))

    def of_shape(self, name: str) -> str:
        """Return the HTML of a structure or an enum."""
        return _html(self.model["shapes"].get(name))

    def of_member(self, shape: str, member: str) -> str:
        """Return the HTML of a member, or of its shape."""
        members: Mapping[str, Any] = self.model["shapes"].get(shape, {}).get("members", {})
        stated = members.get(member, {})
        return _html(stated) or self.of_shape(stated.get("shape", ""))


def _html(stated: Mapping[str, Any] | None) -> str:
    return str((stated or {}).get("documentation", ""))


def installed() -> Documentation | None:
    """Return the documentation in the installed botocore; ``None`` if it lacks this service."""
    import botocore
    from botocore.exceptions import DataNotFoundError
    from botocore.loaders import Loader

    try:
        model = Loader().load_service_model(API_MODEL.service, "service-2")
    except DataNotFoundError:
        return None
    return Documentation(botocore.__version__, model)


def as_text(html: str, width: int) -> str:
    """Convert HTML to plain text: paragraphs and lists, links without their targets."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return "\n".join(
        textwrap.fill(
            text,
            width,
            initial_indent=" " * (indent - len(mark)) + mark,
            subsequent_indent=" " * indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for indent, mark, text in reader.blocks
    )


_BLOCKS = frozenset({"p", "div", "dl", "ul", "ol", "pre", "h1", "h2", "h3", "h4", "table", "tr"})
_LISTS = frozenset({"ul", "ol"})
_NOTES = {"note": "Note: ", "important": "Important: "}


class _Reader(HTMLParser):
    """Collects blocks of text, each with its indentation and its mark."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[int, str, str]] = []
        self._text: list[str] = []
        self._indent = 0
        self._mark = ""
        self._note = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _LISTS or tag == "dd":
            self.flush()
            self._indent += 2
        elif tag == "li":
            self.flush()
            self._mark = "- "
        elif tag in _NOTES:
            self.flush()
            self._note = _NOTES[tag]
        elif tag in _BLOCKS or tag in {"dt", "br"}:
            self.flush()

    def handle_endtag(self, tag: str) -> None:
        if tag in _LISTS or tag == "dd":
            self.flush()
            self._indent = max(0, self._indent - 2)
        elif tag == "li" or tag in _NOTES:
            self.flush()
            self._mark = self._note = ""
        elif tag in _BLOCKS or tag == "dt":
            self.flush()

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def flush(self) -> None:
        """End the block that is being gathered."""
        text = " ".join("".join(self._text).split())
        self._text.clear()
        if text:
            self.blocks.append((self._indent, self._mark, self._note + text))
            self._mark = self._note = ""
