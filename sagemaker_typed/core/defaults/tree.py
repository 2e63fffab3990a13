"""The defaults of one structure as a tree of members, each value with its place in a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


class Source(NamedTuple):
    """The file of a default, and the position in it; lines and columns count from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value that is filled in as it is: a scalar or a whole list."""

    value: object
    source: Source


@dataclass(frozen=True, slots=True)
class ByIndex:
    """Defaults for the items of a list that a request has, by their index."""

    items: tuple[Tree, ...]


Tree: TypeAlias = "dict[str, Node]"
"""Defaults of a structure by documented names, or of a map by its keys."""

Node: TypeAlias = "Leaf | ByIndex | Tree"


def combined(below: Node | None, above: Node | None) -> Node | None:
    """Return two defaults of one member as one; the value of ``above`` wins."""
    if below is None or above is None:
        return above if below is None else below
    if isinstance(below, dict) and isinstance(above, dict):
        return {name: node for name in [*below, *above] if (node := _of(name, below, above))}
    return above


def _of(name: str, below: Tree, above: Tree) -> Node | None:
    return combined(below.get(name), above.get(name))
