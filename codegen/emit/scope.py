"""The names that a generated module uses, and the modules they come from."""

from __future__ import annotations

import keyword
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field

from codegen.model.naming import class_name


@dataclass(slots=True)
class Scope:
    """Collects the imports of one module while its text is written.

    An import never shadows a name that the module defines: it is imported as ``_Name``. The same
    holds inside a class for the names of its fields.
    """

    defined: frozenset[str]
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)  # local name: module, name
    aliases: dict[str, str] = field(default_factory=dict)  # of classes that a field hides
    constants: dict[str, str] = field(default_factory=dict)  # local name: text
    shared: frozenset[str] = frozenset()  # shapes that several members have
    _hidden: frozenset[str] = frozenset()

    def use(self, module: str, name: str) -> str:
        """Import ``name`` from ``module`` and return its local name."""
        local = f"_{name}" if self.is_taken(name) or keyword.iskeyword(name) else name
        while self.imports.setdefault(local, (module, name)) != (module, name):
            local = f"_{local}"
        return local

    def builtin(self, name: str) -> str:
        """Return the local name of a builtin."""
        return self.use("builtins", name) if self.is_taken(name) else name

    def fact(self, shape: str, text: str) -> str:
        """Return the fact about a shape, or the constant that states it for several members."""
        local = f"_{class_name(shape)}"
        if shape not in self.shared or local in self.imports or len(text) < len(local) + 10:
            return text
        self.constants[local] = text
        return local

    def constant_lines(self) -> list[str]:
        """The statements of the shared facts; they precede the classes."""
        return [f"{local} = {text}" for local, text in self.constants.items()]

    def own(self, name: str) -> str:
        """Return the local name of a class of this module."""
        if name not in self._hidden:
            return name
        self.aliases[f"_{name}"] = name
        return f"_{name}"

    def alias_lines(self) -> list[str]:
        """The alias statements of hidden classes; they follow the classes."""
        if not self.aliases:
            return []
        alias = self.use("typing", "TypeAlias")
        return [f"{local}: {alias} = {name}" for local, name in sorted(self.aliases.items())]

    def is_taken(self, name: str) -> bool:
        """Return whether the module or the current class defines this name."""
        return name in self.defined or name in self._hidden

    @contextmanager
    def inside(self, fields: Iterable[str]) -> Generator[None, None, None]:
        """Enter the body of a class with these fields."""
        self._hidden = frozenset(fields)
        yield
        self._hidden = frozenset()

    def lines(self) -> list[str]:
        """The import statements."""
        return [
            f"from {module} import {name}" + (f" as {local}" if local != name else "")
            for local, (module, name) in sorted(self.imports.items(), key=lambda item: item[1])
        ]


def scope(defined: Iterable[str], shared: Iterable[str] = ()) -> Scope:
    """A scope for a module that defines these names, and constants for these shapes."""
    return Scope(frozenset(defined), shared=frozenset(shared))
