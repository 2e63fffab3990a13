"""The documented facts about a member, as the generated models state them.

The classes have slots and are no dataclasses: importing models creates a few thousand of them, and
defining a dataclass costs as much as creating them all.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

Number: TypeAlias = int | float
Engine: TypeAlias = Literal["rust", "python"]


class Kind:
    """The kind of a member."""

    __slots__: tuple[str, ...] = ()

    def __repr__(self) -> str:
        slots = {name: getattr(self, name) for name in self.__slots__}
        stated = ", ".join(f"{k}={v!r}" for k, v in slots.items() if v not in (None, False))
        return f"{type(self).__name__}({stated})"

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self.__slots__)))


class String(Kind):
    """A string of ``min`` to ``max`` characters, matched whole by ``pattern``.

    ``ecma`` is the pattern in JSON Schema where it differs; it is empty if it cannot be written.
    """

    __slots__ = ("ecma", "engine", "max", "min", "pattern", "sensitive")

    def __init__(
        self,
        *,
        min: int | None = None,
        max: int | None = None,
        pattern: str | None = None,
        engine: Engine = "rust",
        ecma: str | None = None,
        sensitive: bool = False,
    ) -> None:
        self.min: Final = min
        self.max: Final = max
        self.pattern: Final = pattern
        self.engine: Final = engine
        self.ecma: Final = ecma
        self.sensitive: Final = sensitive


class Integer(Kind):
    """An integer from ``min`` to ``max``; a boolean is refused."""

    __slots__ = ("max", "min", "sensitive")

    def __init__(
        self, *, min: Number | None = None, max: Number | None = None, sensitive: bool = False
    ) -> None:
        self.min: Final = min
        self.max: Final = max
        self.sensitive: Final = sensitive


class Float(Kind):
    """A number from ``min`` to ``max``; an integer is accepted."""

    __slots__ = ("max", "min", "sensitive")

    def __init__(
        self, *, min: Number | None = None, max: Number | None = None, sensitive: bool = False
    ) -> None:
        self.min: Final = min
        self.max: Final = max
        self.sensitive: Final = sensitive


class Boolean(Kind):
    """``True`` or ``False``, and no other value."""

    __slots__ = ("sensitive",)

    def __init__(self, *, sensitive: bool = False) -> None:
        self.sensitive: Final = sensitive


class Timestamp(Kind):
    """A moment: a ``datetime`` or an ISO 8601 string."""

    __slots__ = ("sensitive",)

    def __init__(self, *, sensitive: bool = False) -> None:
        self.sensitive: Final = sensitive


class Blob(Kind):
    """Bytes, from ``min`` to ``max`` of them; base64 in JSON."""

    __slots__ = ("max", "min", "sensitive", "streaming")

    def __init__(
        self,
        *,
        min: int | None = None,
        max: int | None = None,
        sensitive: bool = False,
        streaming: bool = False,
    ) -> None:
        self.min: Final = min
        self.max: Final = max
        self.sensitive: Final = sensitive
        self.streaming: Final = streaming


class Document(Kind):
    """Any JSON value; the service documents no structure."""

    __slots__ = ("sensitive",)

    def __init__(self, *, sensitive: bool = False) -> None:
        self.sensitive: Final = sensitive


class Enum(Kind):
    """A value of the enum of this name."""

    __slots__ = ("name", "sensitive")

    def __init__(self, name: str, *, sensitive: bool = False) -> None:
        self.name: Final = name
        self.sensitive: Final = sensitive


class List(Kind):
    """``min`` to ``max`` items; a field holds a tuple."""

    __slots__ = ("item", "max", "min", "sensitive")

    def __init__(
        self,
        item: Kind,
        *,
        min: int | None = None,
        max: int | None = None,
        sensitive: bool = False,
    ) -> None:
        self.item: Final = item
        self.min: Final = min
        self.max: Final = max
        self.sensitive: Final = sensitive


class Map(Kind):
    """``min`` to ``max`` pairs; a field holds a frozen mapping."""

    __slots__ = ("key", "max", "min", "sensitive", "value")

    def __init__(
        self,
        key: Kind,
        value: Kind,
        *,
        min: int | None = None,
        max: int | None = None,
        sensitive: bool = False,
    ) -> None:
        self.key: Final = key
        self.value: Final = value
        self.min: Final = min
        self.max: Final = max
        self.sensitive: Final = sensitive


class Structure(Kind):
    """The shape of this name, found in the same package's ``models`` when it is first needed."""

    __slots__ = ("name", "sensitive")

    def __init__(self, name: str, *, sensitive: bool = False) -> None:
        self.name: Final = name
        self.sensitive: Final = sensitive


class EventStream(Kind):
    """A stream of the events that the structure of this name lists."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name: Final = name


class Member:
    """A member of a shape: its documented name, its kind, and whether it is required."""

    __slots__ = ("deprecated", "documented", "idempotency_token", "kind", "required")

    def __init__(
        self,
        documented: str,
        kind: Kind,
        *,
        required: bool,
        idempotency_token: bool,
        deprecated: bool,
    ) -> None:
        self.documented: Final = documented
        self.kind: Final = kind
        self.required: Final = required
        self.idempotency_token: Final = idempotency_token
        self.deprecated: Final = deprecated

    @property
    def sensitive(self) -> bool:
        """True if the value is a secret, which no ``repr``, error or log shows."""
        return _is_secret(self.kind)


def _is_secret(kind: object) -> bool:
    """Return whether a kind is a secret, or a list or map of secrets at any depth."""
    if getattr(kind, "sensitive", False):
        return True
    return any(
        _is_secret(getattr(kind, part)) for part in ("item", "key", "value") if hasattr(kind, part)
    )


def required(
    documented: str,
    kind: Kind,
    *,
    deprecated: bool = False,
) -> Member:
    """Create a required member."""
    return Member(
        documented,
        kind,
        required=True,
        idempotency_token=False,
        deprecated=deprecated,
    )


def optional(
    documented: str,
    kind: Kind,
    *,
    idempotency_token: bool = False,
    deprecated: bool = False,
) -> Member:
    """Create an optional member; boto3 fills in a required idempotency token."""
    return Member(
        documented,
        kind,
        required=False,
        idempotency_token=idempotency_token,
        deprecated=deprecated,
    )


class Pagination:
    """The pagination of a listing: its tokens and its items.

    Tokens and items are JMESPath expressions over documented names.
    """

    __slots__ = ("input_tokens", "items", "more_results", "output_tokens")

    def __init__(
        self,
        *,
        input_tokens: tuple[str, ...],
        output_tokens: tuple[str, ...],
        items: tuple[str, ...],
        more_results: str | None = None,
    ) -> None:
        self.input_tokens: Final = input_tokens
        self.output_tokens: Final = output_tokens
        self.items: Final = items
        self.more_results: Final = more_results


class Prerequisite:
    """Another resource that must be visible before an operation can succeed.

    ``describe`` is the operation that shows the resource, ``member`` names it in both requests.
    ``code`` and the start of ``message`` are the error that means "not visible yet".
    """

    __slots__ = ("code", "describe", "member", "message")

    def __init__(self, describe: str, *, member: str, code: str, message: str) -> None:
        self.describe: Final = describe
        self.member: Final = member
        self.code: Final = code
        self.message: Final = message


class Operation:
    """The operation of a request: documented name, boto3 method, response and errors."""

    __slots__ = ("errors", "method", "name", "pagination", "prerequisite", "response")

    def __init__(
        self,
        name: str,
        method: str,
        *,
        response: str | None,
        errors: tuple[str, ...] = (),
        pagination: Pagination | None = None,
        prerequisite: Prerequisite | None = None,
    ) -> None:
        self.name: Final = name
        self.method: Final = method
        self.response: Final = response
        self.errors: Final = errors
        self.pagination: Final = pagination
        self.prerequisite: Final = prerequisite
