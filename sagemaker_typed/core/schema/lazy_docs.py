"""Docstrings that are made when somebody reads them, and cost nothing until then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from types import FunctionType

    from typing_extensions import Self


class ClassDoc:
    """A class's docstring that goes on, after what the class itself says, with its facts."""

    __slots__ = ("own",)

    def __init__(self, own: str) -> None:
        self.own: Final = own

    def __get__(self, _: object, owner: type) -> str:
        from sagemaker_typed.core.schema import docstrings

        return docstrings.of_class(owner, self.own)


OF_A_CLASS: Final[Any] = type.__dict__["__doc__"]
"""What a metaclass has as ``__doc__``, so that ``help`` calls a ``ClassDoc`` as Python does.

``help`` asks ``object``, not ``type``, for the docstring of a class, and would get the descriptor.
"""


class MethodDoc(str):
    """A method's docstring that goes on, after what the method itself says, with its arguments.

    A function's ``__doc__`` can be no property, and text for the arguments of every method would
    make a client slow to import. Whoever shows a docstring (``help``, IPython, Sphinx) has it from
    ``inspect.getdoc``, which begins with ``expandtabs``; a person has it from ``print``.
    """

    __slots__ = ("_declared", "_request")

    if TYPE_CHECKING:
        _declared: Any
        _request: tuple[str, str]

    def __new__(cls, declared: FunctionType, package: str, request: str) -> Self:
        """Keep what a method says of itself, and whose fields its arguments are."""
        made = super().__new__(cls, declared.__doc__ or "")
        made._declared = declared
        made._request = (package, request)
        return made

    def __str__(self) -> str:
        from sagemaker_typed.core.schema import docstrings

        code = self._declared.__code__
        parameters = code.co_varnames[1 : 1 + code.co_kwonlyargcount]  # after self
        return docstrings.of_method(*self._request, str.__str__(self), parameters)

    def __repr__(self) -> str:
        return repr(str(self))

    def __contains__(self, part: object, /) -> bool:
        return isinstance(part, str) and part in str(self)

    def expandtabs(self, tabsize: Any = 8) -> str:
        """The whole text, which has no tabs."""
        return str(self).expandtabs(tabsize)

    def __reduce__(self) -> tuple[Any, ...]:
        return str, (str(self),)
