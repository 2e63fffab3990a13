"""The operations of Python's dicts and lists, on the records of a heap."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

from sagemaker_typed.cli.boto3_code.values import (
    UNKNOWN,
    Const,
    DictRecord,
    Entry,
    Heap,
    ListRecord,
    OneOf,
    Part,
    Record,
    Ref,
    Value,
)

_MAX_DEPTH = 100
_READERS = frozenset({"count", "index", "items", "keys", "values"})


def key_of(value: Value) -> Const | None:
    """Return the constant that a value is as a key; ``None`` if the key is not known."""
    if isinstance(value, Const) and isinstance(value.value, (str, int, float, bytes)):
        return value
    return None


def items(record: Record | None) -> tuple[Value, ...]:
    """Return the values in a dict or list."""
    if isinstance(record, DictRecord):
        return tuple(entry.value for entry in record.entries.values())
    return () if record is None else record.items


def get_item(heap: Heap, owner: Value, key: Value) -> Value:
    """Return the value of ``owner[key]``."""
    record = heap.get(owner)
    name = key_of(key)
    if name is not None:
        if isinstance(record, DictRecord) and name.value in record.entries:
            entry = record.entries[name.value]
            if not entry.maybe:
                return entry.value
        elif isinstance(record, ListRecord) and _has(record, name):
            item: Value = record.items[name.value]
            return item
    if record is not None:
        return OneOf(items(record))  # it could be changed through this name
    if isinstance(owner, OneOf):
        return OneOf(tuple(item for each in owner.items for item in items(heap.get(each))))
    return UNKNOWN


def _has(record: ListRecord, key: Const) -> bool:
    count = len(record.items)
    return type(key.value) is int and not record.open and -count <= key.value < count


def set_item(
    heap: Heap, owner: Value, key: Value, key_node: ast.AST, value: Value, node: ast.AST
) -> None:
    """Do ``owner[key] = value``."""
    if isinstance(owner, OneOf):
        for item in owner.items:
            _maybe_set(heap, item, key, key_node, value, node)
        return
    record = heap.get(owner)
    name = key_of(key)
    if isinstance(owner, Ref) and name is not None:
        if isinstance(record, DictRecord):
            entries = {**record.entries, name.value: Entry(key_node, value, node)}
            heap.records[owner.number] = replace(record, entries=entries)
            return
        if isinstance(record, ListRecord) and _has(record, name):
            values, nodes = list(record.items), list(record.nodes)
            values[name.value], nodes[name.value] = value, node
            heap.records[owner.number] = replace(record, items=tuple(values), nodes=tuple(nodes))
            return
    heap.forget(value)
    if isinstance(record, DictRecord) and isinstance(owner, Ref):  # perhaps one of the known keys
        entries = {name: replace(entry, value=UNKNOWN) for name, entry in record.entries.items()}
        heap.records[owner.number] = DictRecord(entries, record.node, open=True)
    else:
        heap.forget(owner)


def _maybe_set(
    heap: Heap, owner: Value, key: Value, key_node: ast.AST, value: Value, node: ast.AST
) -> None:
    """Set a key of a dict that may be meant."""
    record = heap.get(owner)
    name = key_of(key)
    if isinstance(record, DictRecord) and isinstance(owner, Ref) and name is not None:
        known = record.entries.get(name.value)
        entry = Entry(key_node, value, node, maybe=True)
        if known is not None:
            heap.forget(value)
            entry = replace(known, value=UNKNOWN)
        entries = {**record.entries, name.value: entry}
        heap.records[owner.number] = replace(record, entries=entries)
    else:
        heap.forget(value)
        heap.forget(owner)


def remove(heap: Heap, owner: Value, key: Value) -> None:
    """Do ``del owner[key]``."""
    record = heap.get(owner)
    name = key_of(key)
    if isinstance(record, DictRecord) and isinstance(owner, Ref) and name is not None:
        entries = {each: entry for each, entry in record.entries.items() if each != name.value}
        heap.records[owner.number] = replace(record, entries=entries)
    else:
        heap.forget(owner)


def merge(heap: Heap, entries: dict[Any, Entry], other: Value) -> bool:
    """Add the entries of another dict; return whether it may have others."""
    record = heap.get(other)
    if not isinstance(record, DictRecord):
        for key, entry in list(entries.items()):
            heap.forget(entry.value)
            entries[key] = replace(entry, value=UNKNOWN)
        return True
    for key, entry in record.entries.items():
        known = entries.get(key)
        hidden = known is not None and entry.maybe
        entries[key] = replace(known, value=UNKNOWN) if known and hidden else entry
    if record.open:
        for key, entry in list(entries.items()):
            if key not in record.entries:
                entries[key] = replace(entry, value=UNKNOWN)
    return record.open


def update(heap: Heap, owner: Value, other: Value) -> None:
    """Do ``owner.update(other)``."""
    record = heap.get(owner)
    if isinstance(owner, Ref) and isinstance(record, DictRecord):
        entries = dict(record.entries)
        is_open = merge(heap, entries, other)
        heap.records[owner.number] = replace(record, entries=entries, open=record.open or is_open)


def extend(heap: Heap, owner: Value, other: Value) -> None:
    """Do ``owner.extend(other)``."""
    record, more = heap.get(owner), heap.get(other)
    if not isinstance(owner, Ref) or not isinstance(record, ListRecord):
        return
    if isinstance(more, ListRecord) and not record.open:
        heap.records[owner.number] = _concatenated(record, more, record.node)
    else:
        heap.forget(other)
        heap.records[owner.number] = replace(record, open=True)


def _concatenated(first: ListRecord, other: ListRecord, node: ast.AST) -> ListRecord:
    return ListRecord(first.items + other.items, first.nodes + other.nodes, node, open=other.open)


def added(heap: Heap, op: ast.operator, left: Value, right: Value, node: ast.AST) -> Value | None:
    """Return the sum of two lists or the union of two dicts; ``None`` for other operands."""
    first, second = heap.get(left), heap.get(right)
    if isinstance(first, ListRecord) and isinstance(second, ListRecord):
        if isinstance(op, ast.Add) and not first.open:
            return heap.new(_concatenated(first, second, node))
    elif isinstance(first, DictRecord) and isinstance(op, ast.BitOr):
        entries = dict(first.entries)
        is_open = merge(heap, entries, right)
        return heap.new(DictRecord(entries, node, open=first.open or is_open))
    return None


def copied(heap: Heap, value: Value, *, deep: bool, depth: int = 0) -> Value:
    """Return a copy of a dict, list or response."""
    record = heap.get(value)
    if record is None:
        return value if isinstance(value, Part) else UNKNOWN
    if depth > _MAX_DEPTH:
        return UNKNOWN
    if not deep:
        return heap.new(record)

    def inner(each: Value) -> Value:
        is_ref = isinstance(each, Ref)
        return copied(heap, each, deep=True, depth=depth + 1) if is_ref else each

    if isinstance(record, DictRecord):
        entries = {
            key: replace(entry, value=inner(entry.value)) for key, entry in record.entries.items()
        }
        return heap.new(replace(record, entries=entries))
    return heap.new(replace(record, items=tuple(map(inner, record.items))))


def call_method(
    heap: Heap,
    owner: Ref | OneOf,
    name: str,
    node: ast.Call,
    arguments: list[Value],
    keywords: DictRecord,
) -> Value:
    """Call a method of a dict or list, and return its result."""
    record = heap.get(owner)
    result: Value | None = None
    if isinstance(record, DictRecord) and isinstance(owner, Ref):
        result = _call_dict(heap, owner, name, node, arguments, keywords)
    elif isinstance(record, ListRecord) and isinstance(owner, Ref):
        result = _call_list(heap, owner, record, name, node, arguments)
    if result is not None:
        return result
    if name == "copy" and record is not None:
        return copied(heap, owner, deep=False)
    if name == "values":
        return OneOf(items(record))
    if name not in _READERS:
        heap.forget(owner)
        for value in (*arguments, *(entry.value for entry in keywords.entries.values())):
            heap.forget(value)
    return UNKNOWN


def _call_dict(
    heap: Heap,
    owner: Ref,
    name: str,
    node: ast.Call,
    arguments: list[Value],
    keywords: DictRecord,
) -> Value | None:
    match name, arguments:
        case "update", _:
            for value in arguments[:1]:
                update(heap, owner, value)
            if keywords.entries or keywords.open:
                update(heap, owner, heap.new(keywords))
            return UNKNOWN
        case "setdefault", [key, *rest]:
            return _set_default(heap, owner, key, rest[0] if rest else UNKNOWN, node)
        case "pop", [key, *_]:
            value = get_item(heap, owner, key)
            remove(heap, owner, key)
            return value
        case "get", [key, *_]:
            return get_item(heap, owner, key)
        case _:
            return None


def _call_list(
    heap: Heap,
    owner: Ref,
    record: ListRecord,
    name: str,
    node: ast.Call,
    arguments: list[Value],
) -> Value | None:
    match name, arguments:
        case "append", [value]:
            values, nodes = (*record.items, value), (*record.nodes, node.args[0])
            heap.records[owner.number] = replace(record, items=values, nodes=nodes)
            return UNKNOWN
        case "extend", [value]:
            extend(heap, owner, value)
            return UNKNOWN
        case _:
            return None


def _set_default(heap: Heap, owner: Ref, key: Value, default: Value, node: ast.Call) -> Value:
    record = heap.get(owner)
    name = key_of(key)
    if not isinstance(record, DictRecord) or name is None:
        heap.forget(owner)
        heap.forget(default)
        return UNKNOWN
    known = record.entries.get(name.value)
    if known is not None and not known.maybe:
        return known.value
    if known is not None or record.open:
        heap.forget(default)
        default = UNKNOWN
    set_item(heap, owner, key, node.args[0], default, node.args[-1])
    return default
