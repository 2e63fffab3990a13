"""A package that loads its names when they are first used, and the stub that lists them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codegen.emit import runtime
from codegen.emit.context import EmitContext
from codegen.emit.scope import scope
from codegen.emit.templates import render


def lazy(
    context: EmitContext,
    folder: str,
    modules: Mapping[str, Sequence[str]],
    aliases: Mapping[str, str],
    doc: str,
    *,
    lists_all: bool = False,
) -> None:
    """Emit the ``__init__`` that loads names when they are first used, its index and its stub.

    ``lists_all`` says that the stubs of the modules define no other public names.
    """
    index = sorted((name, module) for module, names in modules.items() for name in names)
    names = scope(())
    body = render(
        "index.py",
        mapping=names.use("collections.abc", "Mapping"),
        index=index,
        aliases=sorted(aliases.items()),
    )
    context.module(
        f"{folder}/_index.py", body, names, doc=f"The module of each name of ``{folder}``."
    )

    names = scope(())
    names.use(f"{context.name}.{folder}._index", "ALIASES")
    names.use(f"{context.name}.{folder}._index", "INDEX")
    body = render("lazy.py", lazy_getattr=names.use(*runtime.LAZY_GETATTR))
    context.module(f"{folder}/__init__.py", body, names, doc=doc)

    names = scope(name for name, _ in index)
    body = render(
        "lazy.pyi",
        modules=[
            (module, ["*"] if lists_all else [f"{n} as {n}" for n in sorted(listed)])
            for module, listed in modules.items()
        ],
        aliases=sorted(aliases.items()),
        type_alias=names.use("typing", "TypeAlias") if aliases else "",
    )
    context.module(f"{folder}/__init__.pyi", body, names, doc=doc)
