"""A package whose names are loaded when they are first used, and a stub that lists them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codegen.emit.context import CORE, Package
from codegen.emit.scope import scope
from codegen.emit.templates import render


def lazy(
    made: Package,
    folder: str,
    modules: Mapping[str, Sequence[str]],
    aliases: Mapping[str, str],
    doc: str,
) -> None:
    """The ``__init__`` that loads a name when it is first used, and the stub that lists them."""
    index = sorted((name, module) for module, names in modules.items() for name in names)
    names = scope(())
    body = render(
        "index.py",
        mapping=names.use("collections.abc", "Mapping"),
        index=index,
        aliases=sorted(aliases.items()),
    )
    made.module(f"{folder}/_index.py", body, names, doc=f"Where each name of ``{folder}`` is.")

    names = scope(())
    names.use(f"{made.name}.{folder}._index", "ALIASES")
    names.use(f"{made.name}.{folder}._index", "INDEX")
    body = render("lazy.py", attach=names.use(f"{CORE}.lazy", "attach"))
    made.module(f"{folder}/__init__.py", body, names, doc=doc)

    names = scope(name for name, _ in index)
    body = render(
        "lazy.pyi",
        modules=[
            (module, [f"{n} as {n}" for n in sorted(listed)]) for module, listed in modules.items()
        ],
        aliases=sorted(aliases.items()),
        type_alias=names.use("typing", "TypeAlias") if aliases else "",
    )
    made.module(f"{folder}/__init__.pyi", body, names, doc=doc)
