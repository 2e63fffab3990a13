"""Read the public interface of a package as a type checker does: stubs first, without running it.

Public names have no underscore and are defined in a public module, or re-exported by it (``from x
import A as A``, ``__all__``). The members of public classes are public too, inherited ones
included.

If a module has a stub, only the stub is read. A reader that merges the two, as griffe does, would
still see names that the stub no longer has.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import PurePosixPath
from typing import Final, Literal, TypeAlias

ParameterKind: TypeAlias = Literal["positional", "either", "keyword", "rest", "others"]

# Not for users; the names that users need are re-exported elsewhere.
_HIDDEN: Final = frozenset({"cli", "core", "data"})
# Packages that re-export everything in their modules; the modules themselves may change.
_GATHERING: Final = frozenset({"enums", "models", "rules"})
_SPECIAL: Final = frozenset(
    {"__call__", "__enter__", "__getitem__", "__init__", "__iter__", "__len__", "__next__"}
)
_CHECKED_ONLY: Final = frozenset({"TYPE_CHECKING", "typing.TYPE_CHECKING"})


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    kind: ParameterKind
    required: bool
    type: str = ""  # empty if none is stated
    default: str = ""


@dataclass(frozen=True, slots=True)
class Function:
    """A signature, without ``self`` or ``cls``."""

    parameters: tuple[Parameter, ...]
    result: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    signatures: tuple[Function, ...]  # more than one if overloaded


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute that is read: a field, a property, a constant or a member of an enum."""

    type: str = ""
    value: str = ""  # of a member of an enum


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a ``TypedDict`` that a caller passes."""

    type: str
    required: bool


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name for a type."""

    type: str


Member: TypeAlias = Method | Attribute | Key


@dataclass(frozen=True, slots=True)
class Class:
    name: str
    bases: tuple[Class, ...]  # those of this package
    ancestors: tuple[str, ...]  # the names of the class and of all its bases
    members: Mapping[str, tuple[str, Member]]  # each with the dotted class that defines it


@dataclass(frozen=True, slots=True)
class Module:
    """A module that can be imported."""


Thing: TypeAlias = Class | Method | Attribute | Alias | Module


def interface(package: str, files: Mapping[str, str]) -> dict[str, Thing]:
    """Return every public name, dotted; ``files`` maps paths to texts, ``a/b.py`` for ``a.b``."""
    reader = _Reader(_sources(files))
    things: dict[str, Thing] = {}
    for module in reader.modules:
        if _is_public(module, package):
            things[module] = Module()
            for name in reader.shown(module):
                thing = reader.thing(module, name)
                if thing is not None:
                    things[f"{module}.{name}"] = thing
    return things


def _is_public(module: str, package: str) -> bool:
    first, *parts = module.split(".")
    if first != package or any(part.startswith("_") or part in _HIDDEN for part in parts):
        return False
    return not _GATHERING & set(parts[:-1])


def _sources(files: Mapping[str, str]) -> dict[str, tuple[str, bool]]:
    """Return the text of each module, or of its stub, and whether the module is a package."""
    sources: dict[str, tuple[str, bool]] = {}
    for path in sorted(files):  # x.py before x.pyi, which replaces it
        pure = PurePosixPath(path)
        if pure.suffix in (".py", ".pyi"):
            is_package = pure.stem == "__init__"
            parts = pure.parent.parts if is_package else (*pure.parent.parts, pure.stem)
            sources[".".join(parts)] = files[path], is_package
    return sources


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


@dataclass(slots=True)
class _Source:
    """A module: the names that it defines, and the origin of the names that it imports."""

    name: str
    is_package: bool
    defined: dict[str, list[ast.stmt]] = field(default_factory=dict)
    imported: dict[str, tuple[str, str]] = field(default_factory=dict)  # module and name there
    exported: list[str] = field(default_factory=list)
    taken_whole: list[str] = field(default_factory=list)  # modules of `from module import *`
    listed: list[str] | None = None  # __all__


@dataclass(frozen=True)
class _Reader:
    sources: Mapping[str, tuple[str, bool]]
    _read: dict[str, _Source] = field(default_factory=dict)
    _classes: dict[tuple[str, str], Class] = field(default_factory=dict)

    @cached_property
    def modules(self) -> Sequence[str]:
        return sorted(self.sources)

    def source(self, module: str) -> _Source:
        if module not in self._read:
            text, is_package = self.sources[module]
            source = _Source(module, is_package)
            _collect(source, _parsed(text).body)
            for whole in source.taken_whole:
                for name in self.shown(whole) if whole in self.sources else ():
                    source.imported[name] = whole, name
                    source.exported.append(name)
            self._read[module] = source
        return self._read[module]

    def shown(self, module: str) -> list[str]:
        source = self.source(module)
        if source.listed is not None:
            return sorted(source.listed)
        names = {*source.defined, *source.exported}
        return sorted(name for name in names - {"TYPE_CHECKING"} if not name.startswith("_"))

    def find(self, module: str, name: str) -> tuple[str, str]:
        """Return the module and the name that define a name which ``module`` uses."""
        seen: set[tuple[str, str]] = set()
        while (module, name) not in seen and module in self.sources:
            seen.add((module, name))
            source = self.source(module)
            if name in source.defined:
                match source.defined[name][-1]:
                    case ast.AnnAssign(value=ast.Name(id=other)) if name.startswith("_"):
                        name = other  # _Tag: TypeAlias = Tag
                        continue
                    case _:
                        break
            if name not in source.imported:
                break
            module, name = source.imported[name]
        return module, name

    def thing(self, module: str, name: str) -> Thing | None:
        """Return the meaning of a public name; ``None`` if other packages decide it."""
        where, original = self.find(module, name)
        if f"{where}.{original}" in self.sources or not original:
            return Module()
        if where not in self.sources or original not in self.source(where).defined:
            return Attribute()  # from another package: only its presence is compared
        stated = self.source(where).defined[original]
        match stated[-1]:
            case ast.ClassDef():
                return self.class_(where, original)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                functions = [node for node in stated if isinstance(node, ast.FunctionDef)]
                return self.method(where, functions, bound=False)
            case ast.AnnAssign(annotation=annotation, value=value):
                if value is not None and ast.unparse(annotation).endswith("TypeAlias"):
                    return Alias(self.type(where, value))
                return Attribute(self.type(where, annotation))
            case _:
                return Attribute()

    def class_(self, module: str, name: str) -> Class:
        if (module, name) not in self._classes:
            self._classes[module, name] = self._class(module, name)
        return self._classes[module, name]

    def _class(self, module: str, name: str) -> Class:
        stated = self.source(module).defined[name][-1]
        assert isinstance(stated, ast.ClassDef)
        ancestors, ours = [name], list[Class]()
        members: dict[str, tuple[str, Member]] = {}
        bases = [self._name(base) for base in stated.bases]
        for base in bases:
            where, original = self.find(module, base.split(".")[0])
            if where in self.sources and self._is_class(where, original):
                inherited = self.class_(where, original)
                ours.append(inherited)
                ancestors += [
                    ancestor for ancestor in inherited.ancestors if ancestor not in ancestors
                ]
                members = {**inherited.members, **members}
            elif (last := base.split(".")[-1]) not in ancestors:
                ancestors.append(original if "." not in base else last)
        owner = f"{module}.{name}"
        dictionary = "TypedDict" in ancestors
        total = not any(k.arg == "total" and _is_false(k.value) for k in stated.keywords)
        for own, member in self._own(module, stated):
            if dictionary and isinstance(member, Attribute):
                members[own] = owner, _key(member.type, total=total)
            else:
                members[own] = owner, member
        return Class(name, tuple(ours), tuple(ancestors), members)

    def _is_class(self, module: str, name: str) -> bool:
        return isinstance(self.source(module).defined.get(name, [None])[-1], ast.ClassDef)

    def _name(self, base: ast.expr) -> str:
        return ast.unparse(base.value if isinstance(base, ast.Subscript) else base)

    def _own(self, module: str, stated: ast.ClassDef) -> Iterator[tuple[str, Member]]:
        methods: dict[str, list[ast.FunctionDef]] = {}
        fields: list[Parameter] = []
        kind: ParameterKind = (
            "keyword" if any(map(_is_keyword_only, stated.decorator_list)) else "either"
        )
        for statement in stated.body:
            match statement:
                case ast.FunctionDef(name=name) if _shows(name):
                    methods.setdefault(name, []).append(statement)
                case ast.AnnAssign(target=ast.Name(id=name)) if _shows(name):
                    annotation = self.type(module, _not_final(statement.annotation))
                    yield name, Attribute(annotation.removeprefix("ClassVar"))
                    if not annotation.startswith("ClassVar"):
                        default = "" if statement.value is None else ast.unparse(statement.value)
                        fields.append(Parameter(name, kind, not default, annotation, default))
                case ast.Assign(targets=[ast.Name(id=name)]) if _shows(name):
                    constant = isinstance(statement.value, ast.Constant)
                    yield name, Attribute(value=ast.unparse(statement.value) if constant else "")
                case _:
                    pass
        for name, functions in methods.items():
            decorators = _decorators(functions[-1])
            if any(d.endswith(("property", ".setter")) for d in decorators):
                yield name, Attribute(self.type(module, functions[0].returns))
            else:
                yield name, self.method(module, functions, bound="staticmethod" not in decorators)
        if "__init__" not in methods and _is_made_of_fields(stated):
            yield "__init__", Method((Function(tuple(fields)),))

    def method(self, module: str, functions: Iterable[ast.FunctionDef], *, bound: bool) -> Method:
        stated = list(functions)
        overloads = [function for function in stated if "overload" in _decorators(function)]
        signatures = [
            self._function(module, function, bound=bound) for function in overloads or stated[-1:]
        ]
        return Method(tuple(signatures))

    def _function(self, module: str, stated: ast.FunctionDef, *, bound: bool) -> Function:
        arguments = stated.args
        listed: list[tuple[ast.arg, ParameterKind, ast.expr | None]] = []
        either = [*arguments.posonlyargs, *arguments.args]
        defaults = [*[None] * (len(either) - len(arguments.defaults)), *arguments.defaults]
        for argument, default in zip(either, defaults, strict=True):
            listed.append(
                (argument, "positional" if argument in arguments.posonlyargs else "either", default)
            )
        if bound:
            listed = listed[1:]
        if arguments.vararg:
            listed.append((arguments.vararg, "rest", None))
        for argument, stated_default in zip(
            arguments.kwonlyargs, arguments.kw_defaults, strict=True
        ):
            listed.append((argument, "keyword", stated_default))
        if arguments.kwarg:
            listed.append((arguments.kwarg, "others", None))
        parameters = (
            Parameter(
                argument.arg,
                kind,
                required=default is None and kind not in ("rest", "others"),
                type=self.type(module, argument.annotation),
                default="" if default is None else ast.unparse(default),
            )
            for argument, kind, default in listed
        )
        return Function(tuple(parameters), self.type(module, stated.returns))

    def type(self, module: str, annotation: ast.expr | None) -> str:
        """Return an annotation, written with the names under which its classes are defined."""
        if annotation is None:
            return ""
        return ast.unparse(_Named(self, module).visit(_copy(annotation)))


def _not_final(annotation: ast.expr) -> ast.expr:
    """Return the annotation without ``Final``."""
    match annotation:
        case ast.Subscript(value=ast.Name(id="Final"), slice=inner):
            return inner
        case _:
            return annotation


def _copy(node: ast.expr) -> ast.expr:
    return ast.parse(ast.unparse(node), mode="eval").body


@dataclass
class _Named(ast.NodeTransformer):
    reader: _Reader
    module: str

    def visit_Name(self, node: ast.Name) -> ast.expr:
        _, name = self.reader.find(self.module, node.id)
        return ast.Name(name or node.id)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        return ast.Name(node.attr)

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        if not ast.unparse(node.value).endswith("Literal"):  # a Literal holds values, not types
            self.generic_visit(node)
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if not isinstance(node.value, str):
            return node
        inner = self.visit(ast.parse(node.value, mode="eval").body)
        assert isinstance(inner, ast.expr)
        return inner


def _collect(source: _Source, body: Iterable[ast.stmt]) -> None:
    for statement in body:
        match statement:
            case ast.If():
                _collect(source, statement.body)
                if ast.unparse(statement.test) not in _CHECKED_ONLY:
                    _collect(source, statement.orelse)
            case ast.Try():
                _collect(source, statement.body)
            case ast.ImportFrom():
                _import(source, statement)
            case ast.Import():
                for alias in statement.names:
                    local = alias.asname or alias.name.split(".")[0]
                    source.imported[local] = (alias.name if alias.asname else local), ""
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                source.defined.setdefault(name, []).append(statement)
            case ast.AnnAssign(target=ast.Name(id=name)):
                source.defined.setdefault(name, []).append(statement)
            case ast.Assign(targets=[ast.Name(id="__all__")]):
                source.listed = list(ast.literal_eval(statement.value))
            case ast.Assign(targets=[ast.Name(id=name)]):
                source.defined.setdefault(name, []).append(statement)
            case _:
                pass


def _import(source: _Source, stated: ast.ImportFrom) -> None:
    module = stated.module or ""
    if stated.level:
        parts = source.name.split(".")
        parts = parts[: len(parts) - stated.level + source.is_package]
        module = ".".join([*parts, *([module] if module else [])])
    for alias in stated.names:
        if alias.name == "*":
            source.taken_whole.append(module)
            continue
        local = alias.asname or alias.name
        source.imported[local] = module, alias.name
        if alias.asname == alias.name:
            source.exported.append(local)


def _key(annotation: str, *, total: bool) -> Key:
    for word, required in (("Required[", True), ("NotRequired[", False)):
        if annotation.startswith(word):
            return Key(annotation.removeprefix(word)[:-1], required)
    return Key(annotation, total)


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def _decorators(stated: ast.FunctionDef | ast.ClassDef) -> list[str]:
    names = (node.func if isinstance(node, ast.Call) else node for node in stated.decorator_list)
    return [ast.unparse(node) for node in names]


def _is_keyword_only(decorator: ast.expr) -> bool:
    return "kw_only=True" in ast.unparse(decorator)


def _is_made_of_fields(stated: ast.ClassDef) -> bool:
    """Return whether the class has a constructor with its fields as parameters."""
    bases = {ast.unparse(base).split(".")[-1] for base in stated.bases}
    return "dataclass" in _decorators(stated) or "NamedTuple" in bases


def _shows(name: str) -> bool:
    return name in _SPECIAL or not name.startswith("_")
