"""Stubs of the hand-written runtime: the declarations that a checker of a user's program needs.

A checker follows each import of each module that it reads, so the import of one function can cost
it a whole library. A stub has the signatures of its source, and imports only what they mention. A
module whose stub would import as much as the module itself needs no stub.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from codegen.emit.context import HEADER, MARK
from codegen.errors import InputError

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

# Their signatures are those of ``object``, or no checker reads them.
_LEFT_OUT: Final = frozenset(
    {"__post_init__", "__reduce__", "__reduce_ex__", "__repr__", "__slots__", "__str__"}
)
_IMPORTED: Final = re.compile(r"^\s*from ([\w.]+) import ", re.MULTILINE)
_BUILT_IN: Final = frozenset({"bool", "bytes", "float", "int", "str"})


def runtime_stubs(package: Path, generated: Mapping[Path, str]) -> dict[str, str]:
    """The stub of each module of the runtime that users' types reach, by path in the package.

    ``generated`` has the files of all packages that users' types begin at.
    """
    files = sorted([*package.rglob("*.py"), *package.rglob("*.pyi")])
    texts = {path: path.read_text("utf-8") for path in files}
    sources = {path: ast.parse(text) for path, text in texts.items() if not _is_generated(text)}
    imported = _imported_names(sources)
    waiting = {package.name, *_seen_by_checkers(generated)}
    seen: set[str] = set()
    stubs: dict[str, str] = {}
    while waiting:
        module = waiting.pop()
        seen.add(module)
        path = _path(package.parent, module)
        handwritten = sources.get(path.with_suffix(".pyi"))
        if handwritten:
            waiting |= _imports(handwritten, package.parent) - seen
        if handwritten or path not in sources:
            continue
        source = sources[path]
        stub = _Stub(module, imported.get(module, set())).of(source)
        mentioned = _imports(stub, package.parent)
        waiting |= mentioned - seen
        if _imports(source, package.parent) - mentioned:
            name = path.with_suffix(".pyi").relative_to(package).as_posix()
            stubs[name] = f"{HEADER}\n\n{ast.unparse(stub)}\n"
    return stubs


def _is_generated(text: str) -> bool:
    return MARK in text.partition("\n")[0]


def _path(root: Path, module: str) -> Path:
    path = root.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _seen_by_checkers(generated: Mapping[Path, str]) -> Iterator[str]:
    """The modules that stubs import, and the modules that have none."""
    for path, text in generated.items():
        if path.suffix == ".pyi" or (
            path.suffix == ".py" and path.with_suffix(".pyi") not in generated
        ):
            yield from _IMPORTED.findall(text)


def _imports(tree: ast.Module, root: Path) -> set[str]:
    """The modules that a module imports, anywhere in its text, as a checker reads it."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module not in (None, "__future__"):
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {f"{node.module}", *(name for name in inner if _path(root, name).exists())}
    return names


def _imported_names(sources: Mapping[Path, ast.Module]) -> dict[str, set[str]]:
    """The names that the modules of the runtime import from each module."""
    imported: dict[str, set[str]] = {}
    for tree in sources.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                imported.setdefault(node.module, set()).update(alias.name for alias in node.names)
    return imported


@dataclass(frozen=True, slots=True)
class _Stub:
    """The stub of a module: its public names, the names that others use, and what they mention."""

    module: str
    imported: Collection[str]  # names that other modules import from this one

    def of(self, source: ast.Module) -> ast.Module:
        statements = list(_for_checkers(source.body))
        imports = [each for each in statements if isinstance(each, ast.Import | ast.ImportFrom)]
        declared = [(each, self._declaration(each)) for each in statements if _names(each)]
        wanted = {name for each, _ in declared for name in _names(each) if _is_public(name)}
        wanted.update(self.imported, *map(_exported, statements))
        while True:
            kept = [stub for each, stub in declared if wanted & set(_names(each))]
            mentioned = {name for stub in kept for name in _mentioned(stub)}
            if mentioned <= wanted:
                break
            wanted |= mentioned
        heads = [head for each in imports if (head := _only(each, wanted))]
        return ast.fix_missing_locations(ast.Module([*heads, *kept], []))

    def _declaration(self, statement: ast.stmt) -> ast.stmt:
        match statement:
            case ast.ClassDef():
                return self._class(statement)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                return _function(statement)
            case ast.AnnAssign():
                return _variable(statement, keeps_value=False)
            case _:
                return statement

    def _class(self, source: ast.ClassDef) -> ast.ClassDef:
        decorated = any("dataclass" in ast.unparse(each) for each in source.decorator_list)
        has_fields = decorated or any(ast.unparse(base) == "NamedTuple" for base in source.bases)
        body = list(self._attributes(source))
        for statement in _for_checkers(source.body):
            if any(_is_member(name) for name in _names(statement)):
                if isinstance(statement, ast.AnnAssign):
                    body.append(_variable(statement, keeps_value=has_fields))
                else:
                    body.append(self._declaration(statement))
        return ast.ClassDef(
            name=source.name,
            bases=source.bases,
            keywords=source.keywords,
            decorator_list=source.decorator_list,
            body=body or [_ellipsis()],
        )

    def _attributes(self, source: ast.ClassDef) -> Iterator[ast.stmt]:
        """The attributes that methods give to their instance, with their types."""
        types: dict[str, ast.expr | None] = {}
        for method in source.body:
            if not isinstance(method, Function):
                continue
            arguments = (*method.args.args, *method.args.kwonlyargs)
            parameters = {argument.arg: argument.annotation for argument in arguments}
            for node in ast.walk(method):
                match node:
                    case ast.AnnAssign(target=ast.Attribute(value=ast.Name(id="self"), attr=name)):
                        types[name] = node.annotation
                        if ast.unparse(node.annotation) == "Final":
                            inferred = _type_of(node.value, parameters)
                            types[name] = inferred and ast.Subscript(
                                node.annotation, inferred, ast.Load()
                            )
                    case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"), attr=name)]):
                        types[name] = types.get(name) or _type_of(node.value, parameters)
                    case _:
                        pass
        declared = {name for statement in source.body for name in _names(statement)}
        for name, annotation in types.items():
            if annotation is not None and name not in declared and _is_member(name):
                yield ast.AnnAssign(ast.Name(name, ast.Store()), annotation, simple=1)
            elif annotation is None and _is_public(name) and name not in declared:
                where = f"{self.module}.{source.name}.{name}"
                raise InputError(f"{where}: needs an annotation, for the stub of its module")


def _for_checkers(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that a checker sees: those under ``TYPE_CHECKING``, and not the others."""
    for statement in body:
        if isinstance(statement, ast.If):
            test = ast.unparse(statement.test)
            if test == "TYPE_CHECKING":
                yield from _for_checkers(statement.body)
            elif test == "not TYPE_CHECKING":
                yield from _for_checkers(statement.orelse)
        else:
            yield statement


def _names(statement: ast.stmt) -> list[str]:
    """The names that a statement declares."""
    match statement:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return [name]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case ast.Assign(targets=targets):
            return [target.id for target in targets if isinstance(target, ast.Name)]
        case _:
            return []


def _is_member(name: str) -> bool:
    return name not in _LEFT_OUT and _is_public(name)


def _is_public(name: str) -> bool:
    return not name.startswith("_") or name.endswith("__")


def _exported(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.Assign) and _names(statement) == ["__all__"]:
        return list(ast.literal_eval(statement.value))
    return []


def _only(source: ast.Import | ast.ImportFrom, wanted: Collection[str]) -> ast.stmt | None:
    """An import without the names that a stub does not mention."""
    names = [
        each for each in source.names if (each.asname or each.name.partition(".")[0]) in wanted
    ]
    if not names or (isinstance(source, ast.ImportFrom) and source.module == "__future__"):
        return None
    if isinstance(source, ast.Import):
        return ast.Import(names)
    return ast.ImportFrom(source.module, names, source.level)


def _mentioned(node: ast.AST) -> set[str]:
    """The names that a declaration reads, also in quotes."""
    names: set[str] = set()
    for part in ast.walk(node):
        match part:
            case ast.Name(id=name, ctx=ast.Load()):
                names.add(name)
            case ast.Constant(value=str(quoted)):
                names.update(re.findall(r"\b[A-Za-z_]\w*\b", quoted))
            case _:
                pass
    return names


def _type_of(value: ast.expr | None, parameters: Mapping[str, ast.expr | None]) -> ast.expr | None:
    """The type of a parameter, of a constant, or of a call of a built-in type."""
    match value:
        case ast.Name(id=name):
            return parameters.get(name)
        case ast.Constant(value=constant) if constant is not None:
            return ast.Name(type(constant).__name__, ast.Load())
        case ast.Call(func=ast.Name(id=name)) if name in _BUILT_IN:
            return ast.Name(name, ast.Load())
        case _:
            return None


def _variable(source: ast.AnnAssign, *, keeps_value: bool) -> ast.stmt:
    annotation = ast.unparse(source.annotation)
    value: ast.expr | None = None
    if annotation == "TypeAlias":
        value = source.value and _unquoted(source.value)
    elif annotation == "Final":
        value = source.value
    elif keeps_value and not annotation.startswith("ClassVar") and _has_default(source.value):
        value = source.value and _default(source.value)
    return ast.AnnAssign(
        target=source.target, annotation=_unquoted(source.annotation), value=value, simple=1
    )


def _has_default(value: ast.expr | None) -> bool:
    """Return whether a value is a default, as ``field(repr=False)`` is not."""
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "field":
        return any((keyword.arg or "").startswith("default") for keyword in value.keywords)
    return value is not None


def _unquoted(annotation: ast.expr) -> ast.expr:
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return ast.parse(annotation.value, mode="eval").body
    return annotation


def _function(source: Function) -> Function:
    arguments = ast.arguments(
        posonlyargs=source.args.posonlyargs,
        args=source.args.args,
        vararg=source.args.vararg,
        kwonlyargs=source.args.kwonlyargs,
        kw_defaults=[default and _default(default) for default in source.args.kw_defaults],
        kwarg=source.args.kwarg,
        defaults=[_default(default) for default in source.args.defaults],
    )
    return type(source)(
        name=source.name,
        args=arguments,
        body=[_ellipsis()],
        decorator_list=source.decorator_list,
        returns=source.returns,
    )


def _default(value: ast.expr) -> ast.expr:
    """A default as an editor shows it, if it is a constant."""
    return value if isinstance(value, ast.Constant) else ast.Constant(...)


def _ellipsis() -> ast.stmt:
    return ast.Expr(ast.Constant(...))
