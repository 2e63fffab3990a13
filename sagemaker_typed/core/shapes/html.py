"""The tables that a notebook shows for a shape: the members of ``repr``, escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from pydantic import BaseModel

from sagemaker_typed.core.shapes.reprs import LONGEST_TEXT, MOST_ITEMS, format_inline


def table(shape: BaseModel) -> str:
    """Return the members of a shape as an HTML table: one row each, shapes and lists inside."""
    rows = _pairs(shape.__repr_args__())
    return f"<table><caption>{escape(type(shape).__name__)}</caption>{rows}</table>"


def _cell(value: object) -> str:
    return f'<td style="text-align: left">{_content(value)}</td>'


def _content(value: object) -> str:
    if isinstance(value, BaseModel):
        return table(value)
    if isinstance(value, tuple) and value and all(isinstance(item, BaseModel) for item in value):
        return _rows(value)
    if isinstance(value, Mapping):
        pairs = list(value.items())[:MOST_ITEMS]
        return f"<table>{_pairs(pairs)}</table>{_omitted(len(value))}"
    if isinstance(value, tuple):
        items = "<br>".join(_content(item) for item in value[:MOST_ITEMS])
        return f"{items}{_omitted(len(value))}"
    if isinstance(value, str) and len(value) <= LONGEST_TEXT:
        return escape(str(value))
    return escape(format_inline(value) if isinstance(value, (str, bytes)) else str(value))


def _rows(shapes: tuple[BaseModel, ...]) -> str:
    """Return a table with one row for each shape, and a column for each member that one has."""
    shown = [dict(shape.__repr_args__()) for shape in shapes[:MOST_ITEMS]]
    columns = list(dict.fromkeys(name for members in shown for name in members))
    head = "".join(f"<th>{escape(str(name))}</th>" for name in columns)
    rows = "".join(
        f"<tr>{''.join(_cell(members.get(name, '')) for name in columns)}</tr>" for members in shown
    )
    return f"<table><tr>{head}</tr>{rows}</table>{_omitted(len(shapes))}"


def _pairs(pairs: Iterable[tuple[object, object]]) -> str:
    return "".join(f"<tr><th>{escape(str(name))}</th>{_cell(value)}</tr>" for name, value in pairs)


def _omitted(count: int) -> str:
    return f"<p>and {count - MOST_ITEMS} more</p>" if count > MOST_ITEMS else ""
