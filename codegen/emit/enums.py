"""``enums/``: open enums and their literals for checkers, one module for each resource."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from codegen.emit import docs, runtime
from codegen.emit.context import EmitContext
from codegen.emit.lazy import lazy
from codegen.emit.scope import scope
from codegen.emit.templates import render
from codegen.emit.text import constant, docstring
from codegen.model import naming


def enums(context: EmitContext) -> None:
    """Emit every enum."""
    modules: dict[str, list[str]] = defaultdict(list)
    for name in context.plan.enums:
        modules[context.layout.enums[name]].append(name)
    for module, listed in sorted(modules.items()):
        _enum_module(context, module, listed)
    lazy(context, "enums", dict(sorted(modules.items())), {}, "Every enum.")


def _enum_module(context: EmitContext, module: str, listed: Sequence[str]) -> None:
    names = scope(listed)
    base = names.use(*runtime.OPEN_ENUM)
    body = [
        render(
            "enum.py",
            name=name,
            base=base,
            doc=docstring([f"Listed values of ``{context.plan.enums[name].name}``."], 4),
            members=[
                (
                    member,
                    constant(value),
                    docstring([f"``{value}``" if value else "The empty string."], 4),
                )
                for value, member in naming.enum_member_names(
                    context.plan.enums[name].values
                ).items()
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
            (name, [constant(value) for value in context.plan.enums[name].values])
            for name in listed
        ],
    )
    doc = f"{docs.title(module)}: listed values."
    context.module(f"enums/{module}.py", "\n\n".join([*body, literals]), names, doc=doc)
