"""Packages whose names are loaded when they are first used."""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = (
    False  # type checkers read True; importing typing would take longer than everything else here
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


def lazy_getattr(
    package: str,
    index: Mapping[str, str],
    aliases: Mapping[str, str] | None = None,
    *,
    modules: Sequence[str] = (),
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Return ``__getattr__`` and ``__dir__`` for a package.

    ``index`` maps names to the modules that define them, ``aliases`` maps names to other names, and
    ``modules`` lists the submodules. A name that was looked up once is an ordinary attribute
    afterwards.
    """
    other_names = aliases or {}

    def __getattr__(name: str) -> object:
        if name == "__all__":  # for ``from package import *``
            return sorted({*index, *other_names, *modules})
        if name in modules:
            return import_module(f"{package}.{name}")
        target = other_names.get(name, name)
        module = index.get(target)
        if module is None:
            raise AttributeError(unknown(package, name, [*index, *other_names, *modules]))
        value: object = getattr(import_module(f"{package}.{module}"), target)
        setattr(sys.modules[package], name, value)
        return value

    def __dir__() -> list[str]:
        return sorted({*vars(sys.modules[package]), *index, *other_names, *modules})

    return __getattr__, __dir__


def unknown(package: str, name: str, names: list[str]) -> str:
    """Return the message about a missing name."""
    message = f"module {package!r} has no attribute {name!r}"
    if name.startswith("_"):  # Python itself looks up such names, and often
        return message
    from sagemaker_typed.core.suggest import did_you_mean  # only an error needs it

    return message + did_you_mean(name, names, 1)
