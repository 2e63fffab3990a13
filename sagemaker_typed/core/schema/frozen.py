"""An immutable map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class FrozenMap(dict[K, V]):
    """A ``dict`` without the methods that change it, so that shapes that hold one can be hashed.

    It stays a ``dict`` because boto3 and ``json`` accept nothing else.
    """

    __slots__ = ()

    if not TYPE_CHECKING:  # the refusing method does not have the signatures of the originals

        def _refuse(self, *_: Any, **_named: Any) -> NoReturn:
            raise TypeError("this map is frozen and cannot be changed")

        __setitem__ = _refuse
        __delitem__ = _refuse
        __ior__ = _refuse
        clear = _refuse
        pop = _refuse
        popitem = _refuse
        setdefault = _refuse
        update = _refuse

        def __hash__(self) -> int:
            return hash(frozenset(self.items()))

    def __repr__(self) -> str:
        return dict.__repr__(self)

    def __copy__(self) -> FrozenMap[K, V]:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)


def freeze(value: object) -> object:
    """Return the same JSON value with its lists as tuples and its maps frozen."""
    if isinstance(value, dict):
        pairs: dict[object, object] = {}
        for key, item in value.items():  # a comprehension has a frame of its own before Python 3.12
            pairs[key] = freeze(item)
        return FrozenMap(pairs)
    if isinstance(value, (list, tuple)):
        return tuple(map(freeze, value))
    return value
