"""The names that a generated module uses, and where they come from."""

from __future__ import annotations

import keyword
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Scope:
    """Collects the imports of one module while its text is made.

    A name that the module defines itself is not shadowed: what is imported under the same name is
    called ``_Name`` there.
    """

    defined: frozenset[str] = frozenset()
    imports: dict[tuple[str, str], str] = field(default_factory=dict)

    def use(self, module: str, name: str) -> str:
        """What ``name`` of ``module`` is called here."""
        local = f"_{name}" if name in self.defined or keyword.iskeyword(name) else name
        self.imports[module, name] = local
        return local

    def lines(self) -> list[str]:
        """The import statements, one for each module."""
        by_module: dict[str, list[str]] = {}
        for (module, name), local in sorted(self.imports.items()):
            entry = name if local == name else f"{name} as {local}"
            by_module.setdefault(module, []).append(entry)
        return [
            f"from {module} import {', '.join(names)}"
            for module, names in sorted(by_module.items())
        ]


def scope(defined: Iterable[str]) -> Scope:
    """A scope for a module that defines these names."""
    return Scope(frozenset(defined))
