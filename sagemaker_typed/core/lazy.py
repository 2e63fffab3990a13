"""Packages whose names are loaded when they are first used."""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False  # as checkers know it; importing typing would take longer than all else here

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


def attach(
    package: str,
    index: Mapping[str, str],
    aliases: Mapping[str, str] | None = None,
    *,
    modules: Sequence[str] = (),
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Make ``__getattr__`` and ``__dir__`` for a package.

    ``index`` says which module of the package holds a name, ``aliases`` which other name a name
    stands for, ``modules`` which submodules are names themselves. A name that was looked up once
    is an ordinary attribute afterwards.
    """
    other_names = aliases or {}

    def __getattr__(name: str) -> object:
        if name in modules:
            return import_module(f"{package}.{name}")
        target = other_names.get(name, name)
        module = index.get(target)
        if module is None:
            raise AttributeError(unknown(package, name, [*index, *other_names, *modules]))
        found: object = getattr(import_module(f"{package}.{module}"), target)
        setattr(sys.modules[package], name, found)
        return found

    def __dir__() -> list[str]:
        return sorted({*vars(sys.modules[package]), *index, *other_names, *modules})

    return __getattr__, __dir__


def unknown(package: str, name: str, names: list[str]) -> str:
    """What to say of a name that is not there."""
    message = f"module {package!r} has no attribute {name!r}"
    if name.startswith("_"):  # probed by Python itself, and often
        return message
    from sagemaker_typed.core.suggest import did_you_mean  # only an error needs it

    return message + did_you_mean(name, names, 1)
