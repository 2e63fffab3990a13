"""Hypothesis strategies for every shape and enum, from their facts and rules."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar, cast

from pydantic_core import ValidationError

from sagemaker_typed import rules
from sagemaker_typed.core.schema import facts, paths
from sagemaker_typed.core.schema.lookup import find_enum, find_shape
from sagemaker_typed.core.schema.walk import exclusive_members, structure_in
from sagemaker_typed.core.shapes.shape import Response, Shape
from sagemaker_typed.testing import sample_values
from sagemaker_typed.testing.examples import sample, sample_value, shape_or_enum
from sagemaker_typed.testing.sample_tree import to_boto

try:
    from hypothesis import strategies as st
except ImportError as missing:
    raise ImportError(
        "shapes needs hypothesis: pip install 'sagemaker-typed[testing]'"
    ) from missing

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from sagemaker_typed.core.schema.enums import OpenEnum

ShapeT = TypeVar("ShapeT", bound="Shape | OpenEnum")

_OPTIONAL = (8, 3, 1)
"""The most optional members of a shape, of the shapes inside of it, and so on; then none."""
_FEW = 3
"""The most items that a list has beyond its minimum, unless it is full."""
_DRAWN = 50
"""The most items of a full list that all differ; a longer list repeats its items."""
_LARGEST = 1 << 17
"""The longest text or blob that is drawn to reach a limit."""
_REPAIRS = 100
"""The most changes to a value that breaks rules."""


def shapes(kind: type[ShapeT], /) -> SearchStrategy[ShapeT]:
    """Return a strategy for the valid values of a shape or an enum.

    Values keep every documented constraint, and requests keep their rules
    (``sagemaker_typed.rules``), so a client sends them. They reach the limits of their members,
    and shrink towards few members and short values. Shapes inside of shapes end after four levels.

    Needs the extra ``testing``. Raises ``TypeError`` if ``kind`` is no shape or enum of this
    package.
    """
    checked = shape_or_enum(kind)
    if issubclass(checked, Shape):
        return cast("SearchStrategy[ShapeT]", _checked(checked))
    return cast("SearchStrategy[ShapeT]", st.sampled_from(tuple(checked)))


@functools.cache
def _checked(shape: type[Shape]) -> SearchStrategy[Shape]:
    values = _shape(shape, 0)
    # the service need not keep the rules about requests
    return values if issubclass(shape, Response) else values.map(_keeping_rules)


@st.composite
def _shape(draw: st.DrawFn, shape: type[Shape], depth: int) -> Shape:
    exclusive = exclusive_members(shape)
    choices: list[str] = []
    optional: list[str] = []
    members: dict[str, object] = {}
    for name, member in shape.__members__.items():
        if member.documented in exclusive:
            choices.append(name)
        elif member.required:
            members.update([draw(_pair(shape, st.just(name), depth))])
        else:
            optional.append(name)
    if choices:
        flat = [name for name in choices if structure_in(shape.__members__[name].kind) is None]
        names = st.sampled_from(flat if flat and depth >= len(_OPTIONAL) else choices)
        members.update([draw(_pair(shape, names, depth))])
    if optional and depth < len(_OPTIONAL):
        # a name beside its value, so that shrinking can leave both out
        pair = _pair(shape, st.sampled_from(optional), depth)
        members.update(draw(st.lists(pair, max_size=min(_OPTIONAL[depth], len(optional)))))
    return shape(**members)


@st.composite
def _pair(
    draw: st.DrawFn, shape: type[Shape], names: SearchStrategy[str], depth: int
) -> tuple[str, object]:
    """Draw a member and its value."""
    name = draw(names)
    member = shape.__members__[name]
    return name, draw(_values(shape.__package_name__, member.documented, member.kind, depth))


@functools.cache
def _values(package: str, name: str, kind: facts.Kind, depth: int) -> SearchStrategy[Any]:
    """Return the values of a member; only those of the outermost shape reach their limits."""
    match kind:
        case facts.Structure():
            return st.deferred(
                lambda: _shape(cast("type[Shape]", find_shape(package, kind.name)), depth + 1)
            )
        case facts.List():
            return _lists(kind, functools.partial(_values, package, name, kind.item), depth)
        case facts.Map():
            keys = _values(package, name, kind.key, depth)
            return _maps(
                kind, keys, lambda deeper: _values(package, name, kind.value, deeper), depth
            )
        case facts.Enum():
            return st.sampled_from(tuple(find_enum(package, kind.name)))
        case facts.String():
            return _strings(name, kind)
        case facts.Integer():
            return _integers(kind)
        case facts.Float():
            return _floats(kind)
        case _:
            return _OTHERS[type(kind)](kind)


Inner: TypeAlias = "Callable[[int], SearchStrategy[Any]]"
"""The strategy of items at a depth."""


def _lists(kind: facts.List, inner: Inner, depth: int) -> SearchStrategy[Any]:
    least, most = kind.min or 0, kind.max
    if depth >= len(_OPTIONAL):
        return st.lists(inner(depth), min_size=least, max_size=least)
    few = least + _FEW if most is None else min(least + _FEW, most)
    usual = st.lists(inner(depth), min_size=least, max_size=few)
    if most is None or most <= few or depth:
        return usual
    small = inner(len(_OPTIONAL) - 1)
    if most <= _DRAWN:
        return usual | st.lists(small, min_size=most, max_size=most)
    return usual | small.map(lambda item: [item] * most)


def _maps(
    kind: facts.Map, keys: SearchStrategy[Any], inner: Inner, depth: int
) -> SearchStrategy[Any]:
    least, most = kind.min or 0, kind.max
    if depth >= len(_OPTIONAL):
        return st.dictionaries(keys, inner(depth), min_size=least, max_size=least)
    few = least + _FEW if most is None else min(least + _FEW, most)
    usual = st.dictionaries(keys, inner(depth), min_size=least, max_size=few)
    if most is None or most <= few or depth:
        return usual
    names = st.lists(keys, min_size=most, max_size=most, unique=True)
    small = inner(len(_OPTIONAL) - 1)
    return usual | st.builds(dict.fromkeys, names, small)


def _strings(name: str, kind: facts.String) -> SearchStrategy[str]:
    limits = st.sampled_from(_at_limits(name, kind))
    if kind.pattern is None:
        most = None if kind.max is None or kind.max > _LARGEST else kind.max
        return st.text(_SENDABLE, min_size=kind.min or 0, max_size=most) | limits
    drawn = st.from_regex(_for_python(kind.pattern), fullmatch=True)
    resized = drawn.map(lambda text: _resized(text, kind))
    return resized.filter(lambda text: sample_values.fits(text, kind)) | limits


_SENDABLE = st.characters(codec="utf-8")
# Classes of Rust's engine that Python's lacks, as enough of their characters to draw from.
_CLASSES = {
    r"\p{L}": "a-zA-Z\u00e9\u00df\u6f22",
    r"\p{M}": "\u0301\u0308",
    r"\p{Z}": " \u00a0\u2003",
    r"\p{S}": "+$\u20ac",
    r"\p{N}": "0-9\u0663",
    r"\p{P}": "._!-",
    r"(?-u:\b)": r"\b",
    r"\z": r"\Z",
}
# A limit of the length at the start: it is the limit of the member too, and draws nothing.
_LENGTH_AHEAD = re.compile(r"^\(\?=\.\{\d+,\d+\}\$\)")


def _for_python(pattern: str) -> re.Pattern[str]:
    """Return a pattern of facts for Python's ``re``, which may draw a few strings too many."""
    for theirs, ours in _CLASSES.items():
        pattern = pattern.replace(theirs, ours)
    return re.compile(_LENGTH_AHEAD.sub("", pattern))


def _resized(text: str, kind: facts.String) -> str:
    """Return a text within the limits of its length, if repeats or cuts of it keep the pattern."""
    if len(text) < (kind.min or 0):
        return _pumped(text, kind, kind.min or 0) or text
    if kind.max is not None and len(text) > kind.max:
        return text[: kind.max]
    return text


def _pumped(text: str, kind: facts.String, length: int) -> str | None:
    """Return a text of a length: one character is repeated where the pattern allows it."""
    unlimited = facts.String(pattern=kind.pattern, engine=kind.engine)
    for at in range(len(text) - 1, -1, -1):
        longer = text[:at] + text[at] * (length - len(text) + 1) + text[at + 1 :]
        if sample_values.fits(longer, unlimited):
            return longer
    return None


def _cut(text: str, kind: facts.String, length: int) -> str:
    """Return a text without the characters that the pattern does not need."""
    unlimited = facts.String(pattern=kind.pattern, engine=kind.engine)
    at = len(text)
    while at and len(text) > length:
        at -= 1
        shorter = text[:at] + text[at + 1 :]
        if sample_values.fits(shorter, unlimited):
            text = shorter
    return text


@functools.cache
def _at_limits(name: str, kind: facts.String) -> tuple[str, ...]:
    """Return a valid text, one of the least length and one of the greatest, if there are any."""
    text = sample_values.string(name, kind)
    least = kind.min or 0
    shortest = _cut(text, kind, least)
    texts = [text, shortest, _pumped(shortest, kind, least)]
    if kind.max is not None and kind.max <= _LARGEST:
        texts += [_pumped(text, kind, kind.max), _pumped(shortest, kind, kind.max)]
    return tuple(
        each for each in dict.fromkeys(texts) if each is not None and sample_values.fits(each, kind)
    )


def _integers(kind: facts.Integer) -> SearchStrategy[int]:
    low = -(2**31) if kind.min is None else int(kind.min)
    high = max(low, 2**31 - 1) if kind.max is None else int(kind.max)
    limits = [int(limit) for limit in (kind.min, kind.max) if limit is not None]
    drawn = st.integers(low, high)
    return drawn | st.sampled_from(limits) if limits else drawn


def _floats(kind: facts.Float) -> SearchStrategy[float]:
    limits = [float(limit) for limit in (kind.min, kind.max) if limit is not None]
    drawn = st.floats(kind.min, kind.max, allow_nan=False, allow_infinity=False)
    return drawn | st.sampled_from(limits) if limits else drawn


def _blobs(kind: facts.Blob) -> SearchStrategy[bytes]:
    least = kind.min or 0
    drawn = st.binary(min_size=least, max_size=max(least, min(kind.max or 64, 64)))
    if kind.max is None or kind.max > _LARGEST:
        return drawn
    return drawn | st.just(b"0" * kind.max)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(_SENDABLE),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(_SENDABLE), inner, max_size=3)
    ),
    max_leaves=5,
)
_OTHERS: Mapping[type[facts.Kind], Callable[[Any], SearchStrategy[Any]]] = {
    facts.Boolean: lambda _: st.booleans(),
    facts.Timestamp: lambda _: st.datetimes(
        datetime(1990, 1, 1),  # noqa: DTZ001  # hypothesis adds the time zone
        datetime(2100, 1, 1),  # noqa: DTZ001
        timezones=st.just(timezone.utc),
    ),
    facts.Blob: _blobs,
    facts.Document: lambda _: _JSON,
    facts.EventStream: lambda _: st.just(()),
}


# --- rules ---------------------------------------------------------------------------------------


def _keeping_rules(shape: Shape) -> Shape:
    """Return a shape that keeps its rules: members are added, left out or replaced."""
    drawn = shape
    tried: set[tuple[str, str]] = set()
    members: dict[str, Any] | None = None
    for _ in range(_REPAIRS):
        findings = rules.check(shape)
        if not findings:
            return shape
        members = members or shape.to_boto()
        if not _repaired(type(shape), members, findings[0].paths, tried):
            break
        try:
            shape = type(shape).from_boto(members)
        except ValidationError:  # the limits demand what a rule forbids
            break
    return _from_example(drawn)


def _from_example(drawn: Shape) -> Shape:
    """Return the example of a shape with the drawn members that break no rule there."""
    kind = type(drawn)
    kept = kind(**to_boto(sample(kind)))
    for name, value in drawn.to_boto().items():
        try:
            candidate = kind.from_boto({**kept.to_boto(), name: value})
        except ValidationError:
            continue
        if not rules.check(candidate):
            kept = candidate
    return kept


def _repaired(
    shape: type[Shape], members: dict[str, Any], broken: Sequence[str], tried: set[tuple[str, str]]
) -> bool:
    """Change one member of a broken rule; returns false if each change was tried before."""
    places = [place for path in broken if (place := _place(shape, members, path)) is not None]
    for change in (_add, _drop, _shorten, _replace):
        for path, place in zip(broken, places, strict=False):
            if change is _shorten or (change.__name__, path) not in tried:
                tried.add((change.__name__, path))
                if change(place):
                    return True
    return False


class _Place(NamedTuple):
    """A member of a request in boto3's form."""

    holder: dict[str, Any]
    """The mapping that has the member, or lacks it."""
    located: paths.Located
    items: tuple[list[Any], int] | None
    """The innermost list around the member, and the index of the item with it."""


def _place(shape: type[Shape], members: dict[str, Any], path: str) -> _Place | None:
    """Return the place of the last member on a path; ``None`` if something around it is missing."""
    steps = list(paths.locate(shape, paths.location(path)))
    while steps and steps[-1].member is None:
        steps.pop()
    value: Any = members
    items: tuple[list[Any], int] | None = None
    for step in steps[:-1]:
        if isinstance(value, list) and isinstance(step.documented, int):
            items = value, step.documented
        try:
            value = cast("Any", value)[step.documented]
        except (LookupError, TypeError):
            return None
    return _Place(value, steps[-1], items) if steps and isinstance(value, dict) else None


def _add(place: _Place) -> bool:
    owner, member = place.located.owner, place.located.member
    if owner is None or member is None or member.documented in place.holder:
        return False
    if exclusive_members(owner):
        return False
    place.holder[member.documented] = sample_value(owner, member)
    return True


def _drop(place: _Place) -> bool:
    owner, member = place.located.owner, place.located.member
    if owner is None or member is None or member.required or exclusive_members(owner):
        return False
    return place.holder.pop(member.documented, None) is not None


def _replace(place: _Place) -> bool:
    owner, member = place.located.owner, place.located.member
    if owner is None or member is None or member.documented not in place.holder:
        return False
    before = place.holder[member.documented]
    place.holder[member.documented] = sample_value(owner, member)
    return bool(place.holder[member.documented] != before)


def _shorten(place: _Place) -> bool:
    if place.items is None or len(place.items[0]) == 1:
        return False
    items, index = place.items
    del items[index]
    return True
