"""Reader of R reference pages: one operation, its request in R's ``list(...)`` notation.

Such a page marks the required parameters, but not the required members inside them. It does not
show the response, and it writes lists and maps alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from botocore import xform_name

from codegen.sources import syntax
from codegen.sources.page import Field, Notice, NoticeKind, Operation, Page, Value, child, walk
from codegen.sources.scanner import Line, Scanner, Text

TITLE: Final = re.compile(r"([A-Za-z0-9.]+)_(\w+)\s*\|\s*R Documentation")
_SECTION: Final = re.compile(r"(Description|Usage|Arguments|Value|Request syntax)\s*¶?$")
_REQUIRED: Final = "[required]"


def read(text: Text, sha256: str) -> Page:
    """Return the facts of the page, or raise an error with the place that cannot be read."""
    titles = [match for line in text.lines if (match := TITLE.match(line.text.strip()))]
    if not titles:
        raise text.error(0, "expected '<service>_<operation> | R Documentation'")
    sections = _sections(text)
    scanner = Scanner(text, _start(text, sections, "Request syntax"))
    reader = syntax.r(scanner)
    token, request = syntax.r_call(reader, "request")
    method = token.text
    name, notices = _name(text, method)
    if reader.cut is not None:
        broken = f"the page breaks off inside the syntax, where {reader.cut.expected} should stand"
        notices.append(_notice("truncated", reader.cut.line, child(name, reader.cut.path), broken))
    usage = _usage(text, sections, f"{titles[0][1]}_{method}")
    markers = dict(_arguments(sections.get("Arguments", ()), usage))
    fields = tuple(_marked(field, markers) for field in request.fields)
    request = replace(request, fields=fields)
    at = child(name, "request")
    notices += _disagreements(request, usage, markers, at, _line(sections, "Arguments"))
    notices += _gaps(request, name, at)
    return Page(
        where=text.where,
        sha256=sha256,
        layout="r",
        service=titles[0][1].replace(".", "-"),
        full_name="",
        date="",
        heading={},
        operations=(
            Operation(
                name=name,
                method=method,
                line=text.line_at(token.start),
                status=None,
                request=request,
                response=None,
                response_shown=False,
            ),
        ),
        notices=tuple(notices),
    )


def _sections(text: Text) -> dict[str, Sequence[Line]]:
    """Return the lines of each section; the last section of a name counts."""
    heads = [
        (n, match[1])
        for n, line in enumerate(text.lines)
        if (match := _SECTION.match(line.text.strip()))
    ]
    starts = [n for n, _ in heads] + [len(text.lines)]
    return {name: text.lines[n + 1 : end] for (n, name), end in zip(heads, starts[1:], strict=True)}


def _start(text: Text, sections: dict[str, Sequence[Line]], name: str) -> int:
    if lines := sections.get(name):
        return lines[0].start
    raise text.error(len(text.content), f"expected a section {name!r}, found the end")


def _line(sections: dict[str, Sequence[Line]], name: str) -> int:
    lines = sections.get(name)
    return lines[0].number if lines else 1


def _name(text: Text, method: str) -> tuple[str, list[Notice]]:
    """Return the operation's name, from the title of the page: ``Create Endpoint Config``."""
    filled = (line for line in text.lines if line.text.strip())
    title = next(filled)
    name = title.text.strip().replace(" ", "")
    if len(name) <= len(method) and re.fullmatch(r"\w+", name) and xform_name(name) == method:
        return name, []
    name = "".join(part[:1].upper() + part[1:] for part in method.split("_"))
    assumed = f"the title does not name the operation; {name} is made from svc${method}"
    return name, [_notice("assumed", title.number, name, assumed)]


def _usage(text: Text, sections: dict[str, Sequence[Line]], call: str) -> tuple[str, ...]:
    """Return the parameters of the function's signature."""
    lines = sections.get("Usage")
    if not lines:
        return ()
    end = lines[-1].start + len(lines[-1].text)
    scanner = Scanner(text, lines[0].start, end)
    if scanner.peek.text != call:
        raise scanner.error(f"'{call}('")
    scanner.take()
    names: list[str] = []
    if not scanner.skip("("):
        raise scanner.error("'('")
    while scanner.peek.kind == "name":
        names.append(scanner.take().text)
        scanner.skip(",")
    if not scanner.at(")"):
        raise scanner.error("the name of a parameter or ')'")
    return tuple(names)


def _arguments(lines: Sequence[Line], names: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield the described parameters in their order, and whether each is required.

    A name is on its own line, or at the end of a line that lost its line break.
    """
    rest = list(names)
    for n, line in enumerate(lines):
        text = line.text.strip()
        name = next((x for x in rest if text == x or text.endswith(f".{x}")), None)
        if name is None:
            continue
        rest = rest[rest.index(name) + 1 :]
        after = lines[n + 1].text.strip() if n + 1 < len(lines) else ""
        yield name, after.startswith(_REQUIRED)


def _marked(field: Field, markers: dict[str, bool]) -> Field:
    return replace(field, required=markers.get(field.name))


def _disagreements(
    request: Value, usage: Sequence[str], markers: dict[str, bool], at: str, line: int
) -> Iterator[Notice]:
    shown = {field.name: field.line for field in request.fields}
    for name in usage:
        if name not in shown and not request.cut:
            text = "the usage has this parameter, the syntax does not"
            yield _notice("disagreement", line, child(at, name), text)
    for name, where in shown.items():
        if usage and name not in usage:
            text = "the syntax has this parameter, the usage does not"
            yield _notice("disagreement", where, child(at, name), text)
        elif name not in markers:
            text = "the arguments do not describe this parameter, nor say whether it is required"
            yield _notice("disagreement", line, child(at, name), text)


def _gaps(request: Value, name: str, at: str) -> Iterator[Notice]:
    alike = [(path, value) for path, value in walk(request, at) if value.list_or_map]
    if alike:
        more = f", as are {len(alike) - 1} more" if len(alike) > 1 else ""
        text = f"R does not tell lists from maps; this is read as a list{more}"
        yield _notice("assumed", alike[0][1].line, alike[0][0], text)
    yield _notice(
        "missing", request.line, f"{name}.response", "the page does not show the response"
    )


def _notice(kind: NoticeKind, line: int, path: str, text: str) -> Notice:
    return Notice(kind=kind, line=line, path=path, text=text)
