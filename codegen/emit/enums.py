"""``enums/``: open enums, and their values for checkers, one module a resource."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from codegen.emit import docs
from codegen.emit.context import CORE, Package
from codegen.emit.lazy import lazy
from codegen.emit.scope import scope
from codegen.emit.templates import render
from codegen.emit.text import constant, docstring
from codegen.model import naming


def enums(made: Package) -> None:
    """Every enum."""
    modules: dict[str, list[str]] = defaultdict(list)
    for name in made.plan.enums:
        modules[made.layout.enums[name]].append(name)
    for module, listed in sorted(modules.items()):
        _enum_module(made, module, listed)
    lazy(made, "enums", dict(sorted(modules.items())), {}, "Every enum.")


def _enum_module(made: Package, module: str, listed: Sequence[str]) -> None:
    names = scope(listed)
    base = names.use(f"{CORE}.schema.enums", "OpenEnum")
    body = [
        render(
            "enum.py",
            name=name,
            base=base,
            doc=docstring([f"Listed values of ``{made.plan.enums[name].name}``."], 4),
            members=[
                (member, constant(value), docstring([f"``{value}``" if value else "Empty."], 4))
                for value, member in naming.enum_member_names(made.plan.enums[name].values).items()
            ],
        )
        for name in listed
    ]
    literals = render(
        "literals.py",
        type_checking=names.use("typing", "TYPE_CHECKING"),
        type_alias=names.use("typing", "TypeAlias"),
        literal=names.use("typing", "Literal"),
        literals=[
            (name, [constant(value) for value in made.plan.enums[name].values]) for name in listed
        ],
    )
    doc = f"{docs.title(module)}: listed values."
    made.module(f"enums/{module}.py", "\n\n".join([*body, literals]), names, doc=doc)
