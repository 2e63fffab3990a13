"""Generated code imports from the runtime only the names on the generator's list."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from codegen.build import COMMITTED, MAIN, Committed
from codegen.emit import runtime
from codegen.output import is_generated

OTHERS = {*sys.stdlib_module_names, "typing_extensions"}


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Every name that a file imports, with its module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((name.name, "") for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 or path.suffix == ".pyi"
            yield from (("." * node.level + (node.module or ""), n.name) for n in node.names)


def aio_of(package: Committed) -> Path:
    """The module of the asynchronous client of a package."""
    name = "client" if package is MAIN else package.folder.name
    return MAIN.folder / "aio" / f"{name}.py"


def test_generated_code_imports_only_listed_names_of_the_runtime() -> None:
    imported: set[tuple[str, str]] = set()
    for package in COMMITTED:
        for pattern in ("*.py", "*.pyi", "models/*.py*", "enums/*.py*"):
            for path in (*package.folder.glob(pattern), aio_of(package)):
                if path.suffix == ".pyc" or not is_generated(path):
                    continue
                for module, name in imports(path):
                    own = module.startswith(".") or module in (
                        package.target.package,
                        *(
                            f"{package.target.package}.{part}"
                            for part in ("models", "enums", "dicts", "errors", "client")
                        ),
                        f"{package.target.package}._api_model",
                    )
                    own = own or module.startswith(
                        (f"{package.target.package}.models.", f"{package.target.package}.enums.")
                    )
                    if own or module.partition(".")[0] in OTHERS:
                        continue
                    assert (module, name) in runtime.ALL, f"{path}: {module}.{name}"
                    imported.add((module, name))
    assert imported == runtime.ALL  # a name that no package imports is not on the list


def test_listed_names_exist_in_the_runtime() -> None:
    for symbol in runtime.ALL:
        assert hasattr(import_module(symbol.module), symbol.name), symbol
