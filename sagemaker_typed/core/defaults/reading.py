"""Checks defaults completely, and makes trees of them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic_core import ErrorDetails, ValidationError

from sagemaker_typed.core.defaults import places
from sagemaker_typed.core.defaults.sources import Document, InvalidDefaults
from sagemaker_typed.core.defaults.tree import ByIndex, Leaf, Node, Tree, combined
from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.schema.paths import Location, Step, locate, write
from sagemaker_typed.core.schema.walk import find_member
from sagemaker_typed.core.shapes.shape import Shape
from sagemaker_typed.core.suggest import did_you_mean
from sagemaker_typed.core.validation import messages
from sagemaker_typed.core.validation.build import strict_validator
from sagemaker_typed.core.validation.partial import PartialDict, PartialList, is_certain
from sagemaker_typed.core.validation.strict import JSON_CONTEXT, repeat

if TYPE_CHECKING:
    from sagemaker_typed.core.defaults.places import Place
    from sagemaker_typed.core.schema.protocols import AnyShape
    from sagemaker_typed.core.shapes.shape import Request

_VERSION = "SchemaVersion"
_SDK = "SageMaker"
# Settings of the SageMaker SDK itself, which no request has.
_OF_THE_SDK = ("PythonSDK", "CustomParameters")


@dataclass(slots=True)
class Reading:
    """The trees of one document, and its problems."""

    package: str
    document: Document
    operations: dict[str, Tree] = field(default_factory=dict[str, Tree])
    """Defaults by the documented name of an operation."""
    anywhere: dict[tuple[str, str], Node] = field(default_factory=dict[tuple[str, str], Node])
    """Defaults by the names of a structure and of its member."""
    ignored: list[str] = field(default_factory=list[str])
    """Settings of the SageMaker SDK that no request has."""
    problems: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    by_index: bool = False
    """True for the format of the SageMaker SDK, where a list has defaults for items by index."""

    def read(self) -> None:
        """Read the document. Raises ``InvalidDefaults`` with every problem."""
        values = self._without_nulls(self.document.values)
        if _VERSION in values:
            self._read_sdk(values)
        else:
            self._read_own(values)
        if self.problems:
            ordered = sorted(self.problems, key=lambda problem: problem[0])
            raise InvalidDefaults(tuple(text for _, text in ordered))

    def _without_nulls(self, values: Mapping[str, object]) -> dict[str, object]:
        for name in [name for name, value in values.items() if value is None]:
            self._problem((name,), f"{name}: null sets nothing; leave it out")
        return {name: value for name, value in values.items() if value is not None}

    def _read_own(self, values: Mapping[str, object]) -> None:
        general: list[tuple[str, object]] = []
        for key, value in values.items():
            request = places.find_operation(self.package, key)
            if request is not None:
                self._operation(request, value, (key,))
            else:
                general.append((key, value))
        # a name with the structure that has the member is nearer than the name alone
        for key, value in sorted(general, key=lambda pair: pair[0].count(".")):
            self._anywhere(key, value)

    def _read_sdk(self, values: Mapping[str, object]) -> None:
        """Read the configuration file of the SageMaker SDK, whose resources are created."""
        self.by_index = True
        if values[_VERSION] not in ("1.0", 1.0):
            self._problem((_VERSION,), f"expected SchemaVersion '1.0', got {values[_VERSION]!r}")
        for key in values.keys() - {_VERSION, _SDK}:
            self._set_aside((key,), [_VERSION, _SDK])
        resources = values.get(_SDK)
        if not isinstance(resources, Mapping):
            if resources is not None:
                self._problem((_SDK,), "expected a mapping of resources")
            return
        for key, value in resources.items():
            request = places.find_operation(self.package, f"Create{key}")
            if request is None:
                known = places.operations(self.package).values()
                self._set_aside((_SDK, key), [name.removeprefix("Create") for name in known])
            else:
                self._operation(request, value, (_SDK, key))

    def _set_aside(self, path: Location, known: list[str]) -> None:
        name = str(path[-1])
        if name in _OF_THE_SDK:
            self.ignored.append(".".join(map(str, path)))
        else:
            self._problem(path, f"{name!r} is no resource{did_you_mean(name, known)}", of_key=True)

    def _operation(self, request: type[Request[object]], value: object, path: Location) -> None:
        if not isinstance(value, Mapping):
            self._problem(path, "expected a mapping of members")
            return
        tree = self._tree(request, value, path)
        if self._check(request, tree, value, path, ()):
            name = request.__operation__.name
            merged = combined(self.operations.get(name), tree)
            self.operations[name] = merged if isinstance(merged, dict) else tree

    def _anywhere(self, key: str, value: object) -> None:
        known = places.places(self.package)
        parent, _, name = key.rpartition(".")
        matching = [
            place
            for place in known
            if _is_called(place, name) and (not parent or _is_owned(place, parent))
        ]
        if not matching:
            choices = {each for place in known for each in place.names}
            choices.update(places.operations(self.package).values())
            near = did_you_mean(key, sorted(choices))
            self._problem(
                (key,),
                f"{key!r} is no operation, and no member of a request that creates{near}",
                of_key=True,
            )
        for place in matching:
            node = self._node(place.owner, place.member.kind, value, (key,))
            tree: Tree = {place.member.documented: node}
            named = {place.member.documented: value}
            where = f" (as {place.member.documented} of {place.owner.__name__})"
            if not self._check(place.owner, tree, named, (), (key,), where):
                return
            at = (place.owner.__name__, place.member.documented)
            merged = combined(self.anywhere.get(at), node)
            if merged is not None:
                self.anywhere[at] = merged

    def _tree(self, owner: type[AnyShape], value: Mapping[Any, Any], path: Location) -> Tree:
        tree: Tree = {}
        for name, inner in value.items():
            if inner is None:
                self._problem((*path, name), f"{name}: null sets nothing; leave it out")
                continue
            pair = find_member(owner, str(name))
            kind = pair[1].kind if pair else facts.Document()
            tree[pair[1].documented if pair else str(name)] = self._node(
                owner, kind, inner, (*path, name)
            )
        return tree

    def _node(self, owner: type[AnyShape], kind: facts.Kind, value: object, path: Location) -> Node:
        if isinstance(value, Shape):
            value = value.to_boto()
        match kind, value:
            case facts.Structure(name=name), Mapping():
                return self._tree(find_shape(owner.__package_name__, name), value, path)
            case facts.Map(), Mapping():
                return {
                    str(key): Leaf(inner, self.document.source((*path, key)))
                    for key, inner in value.items()
                }
            case facts.List(item=facts.Structure(name=name)), list() if (
                self.by_index and path[-1] != "Tags"
            ):
                shape = find_shape(owner.__package_name__, name)
                items = (
                    self._tree(shape, item, (*path, at)) if isinstance(item, Mapping) else {}
                    for at, item in enumerate(value)
                )
                return ByIndex(tuple(items))
            case facts.Blob(), str() if self.document.parsed is not None:
                return Leaf(_decoded(value), self.document.source(path))
            case _:
                plain = list(value) if isinstance(value, tuple) else value
                return Leaf(plain, self.document.source(path))

    def _check(
        self,
        owner: type[AnyShape],
        tree: Tree,
        value: Mapping[str, object],
        path: Location,
        instead: Location,
        where: str = "",
    ) -> bool:
        """Add the errors of a tree; ``instead`` is the place of a general default."""
        before = len(self.problems)
        context = None if self.document.parsed is None else JSON_CONTEXT
        try:
            strict_validator(owner).validate_python(
                _partial(tree), context=context, by_alias=True, by_name=True
            )
        except ValidationError as error:
            certain = [*map(repeat, filter(is_certain, error.errors(include_url=False)))]
            refused = ValidationError.from_exception_data(error.title, certain)
            for details in messages.explain(owner, refused).errors(include_url=False):
                spelled = _spelled(owner, value, details)
                place = (*instead, *spelled[1:]) if instead else (*path, *spelled)
                at = write(Step(part, isinstance(part, str)) for part in place)
                problem = details.get("ctx", {}).get("problem", details["msg"])
                of_key = details["type"] == "extra_forbidden"
                self._problem(place, f"{at}: {problem}{where}", of_key=of_key)
        return len(self.problems) == before

    def _problem(self, path: Location, text: str, *, of_key: bool = False) -> None:
        self.problems.append((self._offset(path), f"{self._at(path, of_key=of_key)}: {text}"))

    def _offset(self, path: Location) -> int:
        return 0 if self.document.parsed is None else self.document.parsed.offset(path)

    def _at(self, path: Location, *, of_key: bool = False) -> str:
        return str(self.document.source(path, of_key=of_key))


def _is_called(place: Place, name: str) -> bool:
    return name in place.names or find_member(place.owner, name) == (
        _field(place),
        place.member,
    )


def _field(place: Place) -> str:
    members = place.owner.__members__.items()
    return next(field for field, member in members if member is place.member)


def _is_owned(place: Place, parent: str) -> bool:
    folded = parent.replace("_", "").lower()
    return any(folded == name.lower() for name in place.owner_names)


def _decoded(text: str) -> object:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return text  # the check reports it


def _partial(node: Node) -> object:
    """Return a value that may have more members than it states."""
    match node:
        case Leaf():
            return node.value
        case ByIndex():
            return PartialList(_partial(item) for item in node.items)
        case _:
            return PartialDict({name: _partial(inner) for name, inner in node.items()})


def _spelled(owner: type[AnyShape], value: object, details: ErrorDetails) -> Location:
    """Return the location of an error in the spelling of the document."""
    loc = details["loc"]
    loc = loc[:-1] if loc and loc[-1] == "[key]" else loc
    return tuple(_spell(owner, value, loc))


def _spell(owner: type[AnyShape], value: object, loc: Location) -> Iterator[str | int]:
    for step in locate(owner, loc):
        spellings = (step.documented, step.python)
        if isinstance(value, Mapping):
            name = next((key for key in value if key in spellings), step.documented)
            value = value.get(name)
            yield name
        else:
            if isinstance(value, (list, tuple)) and isinstance(step.documented, int):
                value = value[step.documented]
            yield step.documented
