"""Read change blocks, without evaluating them.

An example: ``{'Tags': {'Kind': {'A', 'B'}}, 'State': 'ON | '\n 'OFF'}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from codegen.sources.page import Change, Value, child, inside
from codegen.sources.scanner import Scanner
from codegen.sources.syntax import MAX_DEPTH

_WIDTH: Final = 100
_NEW_SCALAR: Final[Mapping[str, frozenset[str]]] = {
    "string": frozenset({"string"}),
    "character": frozenset({"string"}),
    "integer": frozenset({"integer"}),
    "long": frozenset({"integer"}),
    "float": frozenset({"float"}),
    "double": frozenset({"float"}),
    "boolean": frozenset({"boolean"}),
    "timestamp": frozenset({"timestamp"}),
    "blob": frozenset({"blob"}),
}


def block(scanner: Scanner) -> Mapping[str, Change]:
    """Read a whole change block: the changed members, by name."""
    if not scanner.at("{"):
        raise scanner.error("a change block, '{'")
    start = scanner.peek.start
    change = _change(scanner, 0)
    if isinstance(change, Mapping):
        return change
    raise scanner.text.error(start, "expected a change block that names members, found a set")


def _change(scanner: Scanner, depth: int) -> Change:
    if depth > MAX_DEPTH:
        raise scanner.error(f"no more than {MAX_DEPTH} levels")
    if scanner.peek.kind == "string":
        return _joined(scanner)
    if scanner.skip("("):  # a shape inside itself
        _close(scanner, ")")
        return ()
    if scanner.skip("["):
        items: list[Change] = []
        while not scanner.at("]"):
            items.append(_change(scanner, depth + 1))
            if not scanner.skip(","):
                break
        _close(scanner, "]")
        return tuple(items)
    if scanner.skip("{"):
        return _braces(scanner, depth)
    raise scanner.error("a change: a quoted string, '{', '[' or '('")


def _braces(scanner: Scanner, depth: int) -> Change:
    members: dict[str, Change] = {}
    values: list[str] = []
    while not scanner.at("}"):
        if scanner.peek.kind != "string":
            raise scanner.error("a quoted string or '}'")
        token = scanner.peek
        key = _joined(scanner)
        if values and scanner.at(":"):
            raise scanner.error("',' or '}'")
        if not members and not scanner.at(":"):
            values.append(key)
        elif key in members:
            raise scanner.text.error(
                token.start, f"expected each member once ({key!r} was there before)"
            )
        else:
            _close(scanner, ":")
            members[key] = _change(scanner, depth + 1)
        if not scanner.skip(","):
            break
    _close(scanner, "}", "':', ',' or '}'" if len(values) == 1 else "',' or '}'")
    return frozenset(values) if values else members


def _joined(scanner: Scanner) -> str:
    """Read adjacent strings as one: long strings are printed in pieces."""
    pieces: list[str] = []
    while scanner.peek.kind == "string":
        pieces.append(scanner.take().literal)
    return "".join(pieces)


def _close(scanner: Scanner, mark: str, expected: str | None = None) -> None:
    if not scanner.skip(mark):
        raise scanner.error(expected or repr(mark))


def misfit(change: Change, value: Value, path: str) -> str | None:
    """Return the path of the first change that the syntax does not show."""
    if value.kind in ("unknown", "recursive") or value.cut:
        return None
    if isinstance(change, str):
        return None if _is_new(change, value) else path
    if isinstance(change, frozenset):
        value = _innermost(value)
        absent = sorted(change.difference(value.values))
        return f"{path}={absent[0]}" if absent else None
    if isinstance(change, tuple):
        if not change:
            return None
        if value.kind != "list" or value.element is None:
            return path
        return misfit(change[0], value.element, inside(path, value))
    if value.kind in ("list", "map") and value.element is not None:
        # A new map is shown with its key, an updated one without.
        if value.kind == "map" and len(change) == 1 and value.element.kind != "structure":
            change = next(iter(change.values()))
        return misfit(change, value.element, inside(path, value))
    return _misfit_member(change, value, path)


def _misfit_member(change: Mapping[str, Change], value: Value, path: str) -> str | None:
    fields = {field.name: field.value for field in value.fields}
    for name, part in change.items():
        at = child(path, name)
        if name not in fields:
            return at
        if (wrong := misfit(part, fields[name], at)) is not None:
            return wrong
    return None


def _is_new(change: str, value: Value) -> bool:
    if change in _NEW_SCALAR:
        return value.kind in _NEW_SCALAR[change]
    return value.kind == "enum" and tuple(change.split(" | ")) == value.values


def _innermost(value: Value) -> Value:
    while value.kind in ("list", "map") and value.element is not None:
        value = value.element
    return value


def as_json(change: Change) -> object:
    """Return a change as JSON data; a set becomes a sorted list."""
    if isinstance(change, str):
        return change
    if isinstance(change, frozenset):
        return sorted(change)
    if isinstance(change, tuple):
        return [as_json(item) for item in change]
    return {name: as_json(change[name]) for name in sorted(change)}


def as_text(change: Change, column: int = 0) -> str:
    """Return a change as a page prints it, beginning in this column."""
    if isinstance(change, str):
        return repr(change)
    if isinstance(change, tuple):
        return f"[{', '.join(as_text(item, column + 1) for item in change)}]"
    if isinstance(change, frozenset):
        parts = [repr(value) for value in sorted(change)]
        fits = column + sum(len(part) + 2 for part in parts) <= _WIDTH
    else:
        keys = {name: f"{name!r}: " for name in sorted(change)}
        parts = [key + as_text(change[name], column + 1 + len(key)) for name, key in keys.items()]
        fits = False
    between = ", " if fits else ",\n" + " " * (column + 1)
    return f"{{{between.join(parts)}}}"
