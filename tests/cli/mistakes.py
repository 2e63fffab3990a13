"""Plants mistakes in programs: each in one place, which the text alone determines.

botocore's service model says which words are members and listed values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from botocore.loaders import Loader
from botocore.model import ServiceModel, Shape, StructureShape

PROGRAMS = Path(__file__).parent / "programs"
SERVICES = ("sagemaker", "sagemaker-runtime", "sagemaker-featurestore-runtime")


class Mistake(NamedTuple):
    program: Path
    text: str
    line: int
    column: int
    codes: frozenset[str]
    """The codes that describe it."""

    def __str__(self) -> str:
        return f"{self.program.name}:{self.line}:{self.column}"


class Facts(NamedTuple):
    """The facts that hold for a member in every structure that has it."""

    listed: frozenset[str]
    longest: int | None
    is_text: bool


@cache
def members() -> dict[str, Facts]:
    shapes: dict[str, list[Shape]] = {}
    for name in SERVICES:
        model = ServiceModel(Loader().load_service_model(name, "service-2"), name)
        for shape_name in model.shape_names:
            shape = model.shape_for(shape_name)
            if isinstance(shape, StructureShape):
                for member, of in shape.members.items():
                    shapes.setdefault(member, []).append(of)
    return {
        member: Facts(
            frozenset.intersection(*(frozenset(getattr(of, "enum", None) or ()) for of in every)),
            max(limits)
            if None not in (limits := [of.metadata.get("max") for of in every])
            else None,
            all(of.type_name == "string" for of in every),
        )
        for member, every in shapes.items()
    }


def programs() -> list[Path]:
    return sorted(path for path in PROGRAMS.iterdir() if path.suffix in {".ipynb", ".py"})


# A quote, which JSON writes with a backslash in a notebook.
_Q = r'\\?"'
_KEY = re.compile(rf"{_Q}(?P<word>[A-Z]\w+){_Q}(?=:|\] =|\])|\b(?P<keyword>[A-Z]\w+)=(?!=)")
_VALUE = re.compile(
    rf"(?:{_Q}(?P<key>[A-Z]\w+){_Q}: |\b(?P<name>[A-Z]\w+)=)(?P<value>{_Q}[^\"\\]+{_Q})"
)
_NUMBER = re.compile(
    rf"(?:{_Q}(?P<key>[A-Z]\w+){_Q}: |\b(?P<name>[A-Z]\w+)=)(?P<value>\d[\d.]*|True|False)\b"
)
_METHOD = re.compile(
    r"\b(?:boto3\.client\(\"sagemaker\"\)|client|sm|smclient|runtime|sagemaker)"
    r"\.(?P<word>(?:create|describe|list|delete|update|stop|add|invoke)_\w+)\("
)
_HELPER = re.compile(r"get_(?:paginator|waiter)\((?P<value>\"\w+\")\)")

# The places that `check` leaves alone: other services, arguments that are no members, errors, code
# that expects to fail, keys that the program may add.
_LEFT_ALONE = re.compile(
    r"PaginationConfig|WaiterConfig|\"Error\"|ResponseMetadata|s3\.|Nmae|ü|größe|not there|Extra"
    r"|return response\[\"FailureReason\"\]"
)
_FREE = frozenset({"Key", "Value", "Filters", "Image", "Containers", "Environment"})
"""The members that a misspelled value leaves valid."""


def mistakes(program: Path) -> Iterator[Mistake]:
    text = program.read_text(encoding="utf-8")
    known = members()
    guessed = program.stem == "client_by_name"

    def mistake(start: int, end: int, new: str, *codes: str) -> Mistake:
        line = text.count("\n", 0, start) + 1
        column = start - text.rfind("\n", 0, start)
        return Mistake(program, text[:start] + new + text[end:], line, column, frozenset(codes))

    def line_at(offset: int) -> str:
        return text[text.rfind("\n", 0, offset) + 1 : text.index("\n", offset)]

    for match in _KEY.finditer(text):
        word = match["word"] or match["keyword"]
        if word not in known or _LEFT_ALONE.search(line_at(match.start())):
            continue
        start, end = match.span("word" if match["word"] else "keyword")
        quote = 0 if match["keyword"] else start - match.start()
        new = word[:1] + word[2:]
        yield _shifted(mistake(start, end, new, "extra_forbidden", "response_key"), -quote)
    for match in _VALUE.finditer(text):
        member, value = match["key"] or match["name"], match["value"].strip('\\"')
        if _LEFT_ALONE.search(line_at(match.start())):
            continue
        start, end = match.span("value")
        if member in known and value in known[member].listed:
            yield mistake(start, end, match["value"].replace(value, f"{value}x"), "enum")
        elif value.startswith(("s3://", "arn:")):
            wrong = match["value"].replace("s3://", "s4://").replace("arn:", "urn:")
            yield mistake(start, end, wrong, "string_pattern_mismatch")
        elif member in known and known[member].longest and known[member].is_text:
            wrong = match["value"].replace(value, value + "x" * known[member].longest)
            yield mistake(start, end, wrong, "string_pattern_mismatch", "string_too_long")
        if member in known and known[member].is_text and member not in _FREE:
            wrong_types = ("string_type", "enum", "bytes_type")
            yield mistake(start, end, "7", *wrong_types)
    for match in _NUMBER.finditer(text):
        member = match["key"] or match["name"]
        if member in known and not _LEFT_ALONE.search(line_at(match.start())):
            quote = '\\"' if program.suffix == ".ipynb" else '"'
            start, end = match.span("value")
            new = f"{quote}{match['value']}{quote}"
            yield mistake(start, end, new, "int_type", "float_type", "bool_type")
    for match in _METHOD.finditer(text):
        if not guessed and not _LEFT_ALONE.search(line_at(match.start())):
            start, end = match.span("word")
            yield mistake(start, end, f"{match['word']}s_", "unknown_method")
    for match in _HELPER.finditer(text):
        start, end = match.span("value")
        codes = ("unknown_paginator", "unknown_waiter")
        yield mistake(start, end, match["value"].replace("_", "", 1), *codes)


def _shifted(mistake: Mistake, columns: int) -> Mistake:
    return mistake._replace(column=mistake.column + columns)
