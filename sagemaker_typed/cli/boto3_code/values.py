"""The values that expressions may have, as far as the text of a program shows them.

A value is immutable. A dict or list of the program is a ``Ref`` to a record in a ``Heap``, so that
a change through one name shows through every other name.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from sagemaker_typed.cli.boto3_code.services import Service
    from sagemaker_typed.core.schema import facts

MOST_OPTIONS = 8
"""The most constants that a value may be one of; beyond, it is unknown."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that the text does not show; ``type`` is its type if that is known."""

    type: type | None = None
    node: ast.expr | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Const:
    """A constant, with the expression that states it."""

    value: Any
    node: ast.expr = field(compare=False)

    def same(self, other: Value) -> bool:
        """Return whether the other value is the same constant of the same type."""
        return (
            isinstance(other, Const)
            and type(other.value) is type(self.value)
            and bool(other.value == self.value)
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values."""

    options: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Ref:
    """A dict or list: the number of its record in the heap."""

    number: int


@dataclass(frozen=True, slots=True)
class JsonText:
    """The JSON of a dict or list, as a string; the program cannot change ``value``."""

    value: Ref
    node: ast.expr = field(compare=False)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of the items of a list, in a loop over it."""

    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Module:
    """A module, or a name that is imported from first, by its dotted name."""

    name: str


@dataclass(frozen=True, slots=True)
class Session:
    """A session of boto3, aioboto3, botocore or aiobotocore."""


@dataclass(frozen=True, slots=True)
class Hook:
    """A SageMaker hook of Airflow."""


@dataclass(frozen=True, slots=True)
class Client:
    """A client of a service; ``service`` is ``None`` for a service that no package covers.

    It is not ``certain`` if only the name of a variable or of a parameter says so.
    """

    service: Service | None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Method:
    """An attribute of a value that is not stored in it, such as a method."""

    owner: Value
    name: str


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the program."""

    node: ast.FunctionDef | ast.AsyncFunctionDef = field(compare=False)
    number: int


@dataclass(frozen=True, slots=True)
class Class:
    """A class of the program."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance of a class of the program."""

    of: Class


@dataclass(frozen=True, slots=True)
class Other:
    """A value that is no client, such as a mock."""


@dataclass(frozen=True, slots=True)
class Paginator:
    """A paginator, or one of its page iterators, of an operation."""

    service: Service
    operation: str
    pages: bool = False


@dataclass(frozen=True, slots=True)
class Waiter:
    """A waiter, by its name in boto3."""

    service: Service
    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """A response, or a value inside of first."""

    service: Service
    kind: facts.Kind
    certain: bool = True


Value: TypeAlias = (
    Unknown
    | Const
    | Choice
    | Ref
    | JsonText
    | OneOf
    | Module
    | Session
    | Hook
    | Client
    | Method
    | Function
    | Class
    | Instance
    | Other
    | Paginator
    | Waiter
    | Part
)

UNKNOWN = Unknown()


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a dict: the key and the value as they are written."""

    key: ast.AST
    value: Value
    node: ast.AST
    maybe: bool = False
    """True if only some ways through the program set the key."""


@dataclass(frozen=True, slots=True)
class DictRecord:
    """A dict; an ``open`` one may have more keys than these."""

    entries: Mapping[Any, Entry]
    node: ast.AST
    open: bool = False


@dataclass(frozen=True, slots=True)
class ListRecord:
    """A list; an ``open`` one may have more items than these, or fewer."""

    items: tuple[Value, ...]
    nodes: tuple[ast.AST, ...]
    node: ast.AST
    open: bool = False


Record: TypeAlias = DictRecord | ListRecord


class Heap:
    """The dicts and lists at one point of the program."""

    __slots__ = ("records",)
    _numbers = 0

    def __init__(self, records: Mapping[int, Record] | None = None) -> None:
        self.records: dict[int, Record] = dict(records or {})

    def new(self, record: Record) -> Ref:
        """Store a record and return the reference to it."""
        Heap._numbers += 1
        self.records[Heap._numbers] = record
        return Ref(Heap._numbers)

    def get(self, value: Value) -> Record | None:
        """Return the record of a reference; ``None`` for another value, or a lost reference."""
        return self.records.get(value.number) if isinstance(value, Ref) else None

    def forget(self, value: Value) -> None:
        """Forget the contents of everything that can be reached from a value."""
        if isinstance(value, (OneOf, Choice)):
            for item in value.items if isinstance(value, OneOf) else value.options:
                self.forget(item)
            return
        record = self.get(value)
        if record is None or not isinstance(value, Ref):
            return
        if isinstance(record, DictRecord):
            inner = [entry.value for entry in record.entries.values()]
            self.records[value.number] = DictRecord({}, record.node, open=True)
        else:
            inner = list(record.items)
            self.records[value.number] = ListRecord((), (), record.node, open=True)
        for each in inner:
            self.forget(each)


def widened(before: Record, after: Record) -> Record:
    """Return a dict or list before any round of a loop, of which one round changes it."""
    if isinstance(before, DictRecord) and isinstance(after, DictRecord):
        entries: dict[Any, Entry] = {}
        for key, entry in {**after.entries, **before.entries}.items():
            if key not in before.entries:
                entries[key] = replace(entry, maybe=True)
            elif after.entries.get(key) == entry:
                entries[key] = entry
            else:
                maybe = entry.maybe or key not in after.entries
                entries[key] = replace(entry, value=UNKNOWN, maybe=maybe)
        return DictRecord(entries, before.node, open=before.open or after.open)
    if isinstance(before, ListRecord) and isinstance(after, ListRecord):
        kept = after.items[: len(before.items)] == before.items
        return replace(before, open=True) if kept else ListRecord((), (), before.node, open=True)
    return DictRecord({}, before.node, open=True)


class State:
    """The variables of a scope and the heap, at one point of the program."""

    __slots__ = ("alive", "heap", "names")

    def __init__(self, names: Mapping[str, Value] | None = None, heap: Heap | None = None) -> None:
        self.names: dict[str, Value] = dict(names or {})
        self.heap = heap or Heap()
        self.alive = True

    def copy(self) -> State:
        """Return a state that changes on its own."""
        copied = State(self.names, Heap(self.heap.records))
        copied.alive = self.alive
        return copied


def joined(first: State, second: State) -> State:
    """Return the state after two ways through the program have met."""
    if not first.alive:
        return second
    if not second.alive:
        return first
    join = _Join(first.heap, second.heap)
    names: dict[str, Value] = {}
    for name in {**first.names, **second.names}:
        mine, theirs = first.names.get(name), second.names.get(name)
        if mine is None or theirs is None:
            # unset on one way, where a use would fail
            names[name] = mine or theirs or UNKNOWN
        else:
            names[name] = join.value(mine, theirs)
    return State(names, join.heap)


class _Join:
    """Joins the values of two states."""

    def __init__(self, first: Heap, second: Heap) -> None:
        self.first = first
        self.second = second
        self.heap = Heap({**second.records, **first.records})
        self._merged: dict[tuple[int, int], Ref] = {}
        for number, record in first.records.items():
            other = second.records.get(number)
            if other is not None and other is not record:
                self.heap.records[number] = self._record(record, other)

    def value(self, first: Value, other: Value) -> Value:
        if isinstance(first, Ref) and isinstance(other, Ref) and first.number != other.number:
            return self._refs(first, other)
        return join_values(first, other, self.heap)

    def _refs(self, first: Ref, other: Ref) -> Value:
        if (first.number, other.number) in self._merged:
            return self._merged[first.number, other.number]
        mine, theirs = self.first.records.get(first.number), self.second.records.get(other.number)
        if (
            mine is None
            or theirs is None
            or type(mine) is not type(theirs)
            or first.number in self.second.records
            or other.number in self.first.records
        ):
            return join_values(first, other, self.heap)
        ref = self.heap.new(mine)
        self._merged[first.number, other.number] = ref
        self.heap.records[ref.number] = self._record(mine, theirs)
        return ref

    def _record(self, first: Record, other: Record) -> Record:
        if isinstance(first, DictRecord) and isinstance(other, DictRecord):
            entries: dict[Any, Entry] = {}
            for key in {**first.entries, **other.entries}:
                mine, theirs = first.entries.get(key), other.entries.get(key)
                if mine is None or theirs is None:
                    only = mine or theirs
                    assert only is not None  # noqa: S101  # the key is in one of them
                    entries[key] = replace(only, maybe=True)
                else:
                    value = self.value(mine.value, theirs.value)
                    entries[key] = replace(mine, value=value, maybe=mine.maybe or theirs.maybe)
            return DictRecord(entries, first.node, open=first.open or other.open)
        if isinstance(first, ListRecord) and isinstance(other, ListRecord):
            shorter, longer = sorted((first, other), key=lambda record: len(record.items))
            count = len(shorter.items)
            values = tuple(
                self.value(mine, theirs)
                for mine, theirs in zip(first.items, other.items, strict=False)
            )
            return ListRecord(
                (*values, *longer.items[count:]),
                longer.nodes,
                first.node,
                open=first.open or other.open or count != len(longer.items),
            )
        return DictRecord({}, first.node, open=True)


def join_values(first: Value, other: Value, heap: Heap) -> Value:
    """Return the value that is first or the other; forgets the dicts and lists that it hides."""
    if first == other and not isinstance(first, Const):
        return first
    if isinstance(first, Const) and first.same(other):
        return first
    if isinstance(first, Client) or isinstance(other, Client):
        return _clients(first, other)
    if isinstance(first, Part) and is_none(other):
        return first
    if isinstance(other, Part) and is_none(first):
        return other
    options = [*_options(first), *_options(other)]
    if all(isinstance(option, Const) for option in options):
        distinct: list[Value] = []
        for option in options:
            known = (isinstance(each, Const) and each.same(option) for each in distinct)
            if not any(known):
                distinct.append(option)
        if len(distinct) <= MOST_OPTIONS:
            return Choice(tuple(distinct))
    if isinstance(first, Unknown) and isinstance(other, Unknown) and first.type is other.type:
        return first
    heap.forget(first)
    heap.forget(other)
    return UNKNOWN


def _options(value: Value) -> tuple[Value, ...]:
    return value.options if isinstance(value, Choice) else (value,)


def is_none(value: Value) -> bool:
    """Return whether a value is ``None``."""
    return isinstance(value, Const) and value.value is None


def _clients(first: Value, other: Value) -> Value:
    clients = [value for value in (first, other) if isinstance(value, Client)]
    services = {client.service for client in clients}
    if len(services) > 1:
        return UNKNOWN
    if len(clients) == 2:
        return replace(clients[0], certain=all(client.certain for client in clients))
    rest = other if isinstance(first, Client) else first
    if is_none(rest):
        return clients[0]
    if isinstance(rest, Unknown):
        return replace(clients[0], certain=False)
    return UNKNOWN
