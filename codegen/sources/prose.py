"""Compare the parameter list and the response structure with the syntax that they describe.

Only the descriptions state if a member is required, and the type of a member that the syntax shows
as ``...``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from codegen.sources.page import Field, Notice, NoticeKind, Side, Value, ValueKind, child, inside

_MARKUP: Final = re.compile(r"^:\w+:`\.?([^`<]*)(?:<[^`]*>)?`$")
# The prose's word for each kind of value.
WORDS: Final[Mapping[str, tuple[ValueKind, ...]]] = {
    "string": ("string", "enum"),
    "integer": ("integer",),
    "float": ("float",),
    "boolean": ("boolean",),
    "datetime": ("timestamp",),
    "dict": ("structure", "map", "recursive"),
    "list": ("list",),
    "bytes": ("blob",),
    "bytes or seekable file-like object": ("blob",),
    "StreamingBody": ("blob",),
    "EventStream": ("event-stream",),
    "document": ("document",),
}
_WORD_OF: Final[Mapping[ValueKind, str]] = {
    "unknown": "float",  # a value shown as "..." has always been a float
    **{kind: word for word, kinds in reversed(tuple(WORDS.items())) for kind in kinds},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A described value."""

    line: int
    word: str | None  # its type; None if the page does not say
    name: str | None = None  # None for items of a list, and if the layout has lost it
    depth: int | None = None  # None if the layout has lost it
    parameter: bool = False
    required: bool = False
    idempotency_token: bool = False
    union: bool = False


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place of the syntax tree that the prose should describe."""

    path: str
    name: str | None
    depth: int
    value: Value | None  # None for the keys of a map


_Key = tuple[int | None, str | None]


def plain(word: str) -> str:
    """Return a type without markup, such as ``:ref:`document<document>```."""
    return _MARKUP.sub(r"\1", word)


def apply(
    tree: Value, entries: Sequence[Entry], side: Side, *, truncated_at: int | None, operation: str
) -> tuple[Value, list[Notice]]:
    """Return the tree, completed from the prose, and notices where the two disagree.

    ``truncated_at`` is the last line of the document, if the entries run up to it.
    """
    # Parameters stand above the bullets, at 0; a response begins with a bullet for the whole.
    slots = [_Slot(side, None, 1, tree)] if side == "response" else []
    slots += _slots(tree, side, 1 if side == "response" else -1)
    described, unplaced = _matched(slots, entries)
    at = child(operation, "")
    notices = [
        Notice(
            kind="disagreement",
            line=entry.line,
            path=f"{at}{side}",
            text=f"{_shown(entry)} is described here, and the syntax has no such member there",
        )
        for entry in unplaced
    ]
    notices += [
        Notice(kind=kind, line=line, path=f"{at}{path}", text=text)
        for kind, line, path, text in _undescribed(slots, described, truncated_at)
    ]
    notices += [
        Notice(
            kind="disagreement", line=described[slot.path].line, path=f"{at}{slot.path}", text=text
        )
        for slot in slots
        if slot.path in described and (text := _contradiction(slot, described[slot.path]))
    ]
    return _applied(tree, side, side, described), notices


def _slots(value: Value, path: str, depth: int) -> Iterator[_Slot]:
    """Yield everything inside ``value``, in the order of the prose."""
    for field in value.fields:
        at = child(path, field.name)
        yield _Slot(at, field.name, depth + 1, field.value)
        yield from _slots(field.value, at, depth + 1)
    if value.element is None:
        return
    at = inside(path, value)
    if value.kind == "map":
        yield _Slot(f"{path}{{key}}", None, depth + 1, None)
        depth += 1
    yield _Slot(at, None, depth + 1, value.element)
    yield from _slots(value.element, at, depth + 1)


def _matched(
    slots: Sequence[_Slot], entries: Sequence[Entry]
) -> tuple[dict[str, Entry], list[Entry]]:
    """Return the entry of each path, and the entries without a place."""
    flat = bool(entries) and all(entry.depth is None for entry in entries)
    slot_keys = [_slot_key(slot, flat=flat) for slot in slots]
    entry_keys = [_entry_key(entry, flat=flat) for entry in entries]
    if slot_keys == entry_keys:
        return {slot.path: entry for slot, entry in zip(slots, entries, strict=True)}, []
    described: dict[str, Entry] = {}
    unplaced = set(range(len(entries)))
    for run in SequenceMatcher(None, slot_keys, entry_keys, autojunk=False).get_matching_blocks():
        for n in range(run.size):
            described[slots[run.a + n].path] = entries[run.b + n]
            unplaced.discard(run.b + n)
    return described, [entries[n] for n in sorted(unplaced)]


def _slot_key(slot: _Slot, *, flat: bool) -> _Key:
    if flat and slot.depth == 0:  # a parameter; its name is lost
        return 0, _word(slot)
    return None if flat else slot.depth, slot.name


def _entry_key(entry: Entry, *, flat: bool) -> _Key:
    if flat and entry.parameter:
        return 0, entry.word
    return None if flat else entry.depth, entry.name


def _word(slot: _Slot) -> str:
    return "string" if slot.value is None else _WORD_OF[slot.value.kind]


def _undescribed(
    slots: Sequence[_Slot], described: Mapping[str, Entry], truncated_at: int | None
) -> Iterator[tuple[NoticeKind, int, str, str]]:
    """Yield the members that the prose omits; an omitted member covers those inside it."""
    last = max((n for n, slot in enumerate(slots) if slot.path in described), default=-1)
    tail = slots[last + 1 :]
    if tail and truncated_at is not None:
        more = f" and {len(tail) - 1} more" if len(tail) > 1 else ""
        text = f"the page breaks off before it describes this{more}"
        yield "truncated", truncated_at, tail[0].path, text
        slots = slots[: last + 1]
    missing = {slot.path for slot in slots if slot.path not in described}
    for slot in slots:
        if slot.path in missing and not _within(slot.path, missing) and slot.value is not None:
            text = "the syntax shows this member, and no description follows"
            yield "disagreement", slot.value.line, slot.path, text


def _within(path: str, others: set[str]) -> bool:
    """Return whether one of ``others`` contains this path."""
    ends = (n for n, character in enumerate(path) if character in ".[{")
    return any(path[:end] in others for end in ends)


def _contradiction(slot: _Slot, entry: Entry) -> str | None:
    if slot.value is None or slot.value.kind == "unknown" or entry.word is None:
        return None
    kinds = WORDS.get(entry.word)
    if kinds is None:
        return f"described as ({entry.word}), which is no type that pages have"
    if slot.value.kind in kinds:
        return None
    return f"described as ({entry.word}), while line {slot.value.line} shows a {slot.value.kind}"


def _shown(entry: Entry) -> str:
    return f"{entry.name or ''} ({entry.word or '?'})".strip()


def _applied(value: Value, path: str, side: Side, described: Mapping[str, Entry]) -> Value:
    entry = described.get(path)
    if value.kind == "unknown" and entry is not None and (kinds := WORDS.get(entry.word or "")):
        value = replace(value, kind=kinds[0])
    if entry is not None and entry.union and value.kind == "structure":
        value = replace(value, union=True)
    if value.fields:
        value = replace(value, fields=tuple(_field(f, path, side, described) for f in value.fields))
    if value.element is not None:
        at = inside(path, value)
        value = replace(value, element=_applied(value.element, at, side, described))
    return value


def _field(field: Field, path: str, side: Side, described: Mapping[str, Entry]) -> Field:
    at = child(path, field.name)
    entry = described.get(at)
    required = field.required
    if entry is not None:
        # Responses have no markers, so a missing one means nothing.
        required = entry.required or (False if side == "request" else None)
    return replace(
        field,
        value=_applied(field.value, at, side, described),
        required=required,
        idempotency_token=entry is not None and entry.idempotency_token,
    )
