"""Write pieces of Markdown, and link to the pages that describe classes."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_CODE = re.compile(r"``(.+?)``")
_NAME = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """The link targets of a page: the page of every class and operation of the service."""

    page: str  # the page with the links; all paths are relative to the site's folder
    pages: Mapping[str, str]  # by anchor

    def to(self, anchor: str) -> str | None:
        """Return the address of a class, an enum or an operation, from this page."""
        page = self.pages.get(anchor)
        if page is None:
            return None
        if page == self.page:
            return f"#{anchor}"
        return f"{posixpath.relpath(page, posixpath.dirname(self.page))}#{anchor}"

    def code(self, name: str, anchor: str | None = None) -> str:
        """Return a name as code, with a link if the site describes it."""
        address = self.to(anchor or name)
        return f"[`{name}`]({address})" if address else code(name)

    def prose(self, text: str, *, but: str = "") -> str:
        """Return our own words with links; code in them is between double backticks."""
        return _CODE.sub(lambda f: code(f[1]) if f[1] == but else self.code(f[1]), text)

    def annotation(self, text: str) -> str:
        """Return a type, with a link for every class that the site describes."""
        pieces: list[str] = []
        end = 0
        for name in _NAME.finditer(text):
            address = self.to(name[0])
            if address:
                pieces += [html.escape(text[end : name.start()]), f"[{name[0]}]({address})"]
                end = name.end()
        pieces.append(html.escape(text[end:]))
        # A bracket outside of a link would begin one.
        inside = "".join(
            piece if piece.startswith("[") and "](" in piece else _escaped(piece)
            for piece in pieces
        )
        return f'<span class="type">{inside}</span>'


def _escaped(text: str) -> str:
    return re.sub(r"([\[\]_*|])", r"\\\1", text)


def code(text: str) -> str:
    """Return text as code; it may contain backticks."""
    fence = "`"
    while fence in text:
        fence += "`"
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text else "the empty string"


def heading(level: int, text: str, anchor: str) -> str:
    """Return a heading with an anchor."""
    return f"{'#' * level} {text} {{ #{anchor} }}"


def folded(summary: str, lines: Iterable[str], *, kind: str = "values") -> str:
    """Return a block that is closed at first."""
    body = "\n".join(f"    {line}" if line else "" for line in lines)
    return f'??? {kind} "{summary}"\n\n{body}'


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def definitions(items: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Return a definition list."""
    return "\n\n".join(
        "\n".join([term, *(f":   {line}" for line in lines)]) for term, lines in items
    )
