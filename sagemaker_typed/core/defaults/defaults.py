"""The defaults of a client."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sagemaker_typed.core import logs
from sagemaker_typed.core.defaults import sources
from sagemaker_typed.core.defaults.fill import Filling
from sagemaker_typed.core.defaults.places import creates
from sagemaker_typed.core.defaults.reading import Reading
from sagemaker_typed.core.defaults.tree import ByIndex, Leaf, Node, Source, Tree, combined
from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.frozen import FrozenMap
from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.schema.secrets import may_hold_secrets
from sagemaker_typed.core.schema.walk import find_member, structure_in

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape
    from sagemaker_typed.core.shapes.shape import Request

RequestT = TypeVar("RequestT", bound="Request[Any]")

CALLER = "caller"
"""The source of a member that the caller gave."""


class Applied(NamedTuple):
    """A request with its defaults, and the source of each member."""

    request: Any
    """The request as it would be sent."""
    sources: Mapping[str, str]
    """By documented path: ``caller``, or the file, line and column of the default."""


class Default(NamedTuple):
    """A default of an operation."""

    path: str
    """The documented path of the member; ``[]`` is every item of a list."""
    value: object
    secret: bool
    """True if the value must not be shown."""
    source: Source


class Defaults:
    """Members that a client fills into requests, below the members that the caller gives.

    Each source is a file (YAML, TOML or JSON) or a mapping; a later source wins. A key is an
    operation (``CreateModel`` or ``create_model``), or a member wherever a request that creates
    has it (``VpcConfig``, ``Tags``, ``OutputDataConfig.KmsKeyId``). A file with ``SchemaVersion``
    is the configuration of the SageMaker SDK.

    Raises ``InvalidDefaults``, with the file, line and column of every problem.
    """

    def __init__(
        self,
        *values: str | os.PathLike[str] | Mapping[str, object],
        package: str = "sagemaker_typed",
    ) -> None:
        self._operations: dict[str, Tree] = {}
        self._anywhere: dict[tuple[str, str], Node] = {}
        self._package = package
        self.sources: tuple[str, ...] = ()
        """The names of the files."""
        self.ignored: tuple[str, ...] = ()
        """Settings of the SageMaker SDK that no request has."""
        for value in values:
            self._add(value)

    @classmethod
    def find(cls, *, package: str = "sagemaker_typed") -> Defaults:
        """Read the file of the user and that of the project, which wins; there may be neither."""
        return cls(*sources.find(), package=package)

    def _add(self, value: str | os.PathLike[str] | Mapping[str, object]) -> None:
        document = (
            sources.Document("defaults", value)
            if isinstance(value, Mapping)
            else sources.read(value)
        )
        reading = Reading(self._package, document)
        reading.read()
        for name, tree in reading.operations.items():
            merged = combined(self._operations.get(name), tree)
            self._operations[name] = merged if isinstance(merged, dict) else tree
        for at, node in reading.anywhere.items():
            self._anywhere[at] = combined(self._anywhere.get(at), node) or node
        self.sources += (document.name,)
        self.ignored += tuple(reading.ignored)

    def applied(self, request: Request[Any]) -> Applied:
        """Return the request that would be sent, and the source of each of its members.

        Raises ``pydantic.ValidationError`` if the defaults do not fit the request.
        """
        shape = type(request)
        filling = self._filling(shape)
        members = filling.members(shape, request, self._tree(shape), "")
        filled = request if members is None else shape(**members)
        stated = {
            member.documented: CALLER
            for name, member in shape.__members__.items()
            if request.__dict__.get(name) is not None
        }
        return Applied(
            filled, FrozenMap({**stated, **{p: str(s) for p, s in filling.filled.items()}})
        )

    def fill(self, request: RequestT) -> RequestT:
        """Return a request with its defaults, or the same request if no default is for it."""
        shape = type(request)
        filling = self._filling(shape)
        members = filling.members(shape, request, self._tree(shape), "")
        if members is None:
            return request
        self._log(shape, filling)
        return shape(**members)

    def fill_members(
        self, shape: type[Request[Any]], members: Mapping[str, object]
    ) -> dict[str, Any] | None:
        """Return the arguments of a request with its defaults; ``None`` if nothing is added."""
        filling = self._filling(shape)
        filled = filling.members(shape, members, self._tree(shape), "")
        if filled is not None:
            self._log(shape, filling)
        return filled

    def of(self, request: type[Request[Any]]) -> Iterator[Default]:
        """Yield the defaults of an operation."""
        yield from _listed(request, self._tree(request), "")
        if creates(request):
            yield from self._general(request, "", ())

    def _general(
        self, owner: type[AnyShape], path: str, within: tuple[str, ...]
    ) -> Iterator[Default]:
        for member in owner.__members__.values():
            name = member.documented
            inside = f"{path}.{name}" if path else name
            node = self._anywhere.get((owner.__name__, name))
            if node is not None:
                yield from _listed(owner, {name: node}, path)
            inner = structure_in(member.kind)
            if inner is not None and inner not in within:
                every = "[]" if isinstance(member.kind, facts.List) else ""
                shape = find_shape(owner.__package_name__, inner)
                yield from self._general(shape, inside + every, (*within, inner))

    def _filling(self, shape: type[Request[Any]]) -> Filling:
        return Filling(self._anywhere if creates(shape) else {})

    def _tree(self, shape: type[Request[Any]]) -> Tree:
        return self._operations.get(shape.__operation__.name, {})

    def _log(self, shape: type[Request[Any]], filling: Filling) -> None:
        names = ", ".join(f"{path} ({source})" for path, source in filling.filled.items())
        logs.defaults.info("%s: filled in %s", shape.__operation__.name, names)

    def __bool__(self) -> bool:
        return bool(self._operations or self._anywhere)

    def __repr__(self) -> str:
        return f"Defaults({', '.join(map(repr, self.sources))})"


def of_client(
    values: str | os.PathLike[str] | Mapping[str, object] | Defaults | None, package: str
) -> Defaults:
    """Return the defaults that a client is given; without any, those of the environment."""
    if isinstance(values, Defaults):
        return values
    if values is None:
        return Defaults(*sources.of_environment(), package=package)
    return Defaults(values, package=package)


def _listed(owner: type[AnyShape], tree: Tree, path: str) -> Iterator[Default]:
    for name, node in tree.items():
        pair = find_member(owner, name)
        member = pair[1] if pair else None
        yield from _nodes(owner, member, node, f"{path}.{name}" if path else name)


def _nodes(
    owner: type[AnyShape], member: facts.Member | None, node: Node, path: str
) -> Iterator[Default]:
    inner = structure_in(member.kind) if member else None
    shape = owner if inner is None else find_shape(owner.__package_name__, inner)
    match node:
        case Leaf():
            secret = member is not None and may_hold_secrets(member)
            yield Default(path, node.value, secret, node.source)
        case ByIndex():
            for at, item in enumerate(node.items):
                yield from _listed(shape, item, f"{path}[{at}]")
        case _ if inner is not None:
            yield from _listed(shape, node, path)
        case _:
            for key, leaf in node.items():
                yield from _nodes(owner, member, leaf, f"{path}[{key!r}]")
