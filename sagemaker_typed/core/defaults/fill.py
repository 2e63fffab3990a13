"""Fills defaults into the members of a request, below the members that the caller gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sagemaker_typed.core.defaults.tree import ByIndex, Leaf, Node, Source, Tree, combined
from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.schema.walk import exclusive_members, find_member
from sagemaker_typed.core.shapes.shape import Shape

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape


@dataclass(frozen=True, slots=True)
class Filling:
    """One request that is filled in."""

    anywhere: Mapping[tuple[str, str], Node]
    """Defaults by the names of a structure and of its member, wherever the structure stands."""
    filled: dict[str, Source] = field(default_factory=dict[str, Source])
    """The source of each member that was filled in, by its documented path."""

    def members(
        self, owner: type[AnyShape], value: object, tree: Tree, path: str
    ) -> dict[str, Any] | None:
        """Return the members of a structure with its defaults; ``None`` if nothing is added.

        ``None`` as a value of the caller leaves a member out.
        """
        stated = _stated(owner, value)
        if stated is None:
            return None  # the request refuses the value
        added: dict[str, Any] = {}
        exclusive = exclusive_members(owner)
        for member in owner.__members__.values():
            name = member.documented
            node = combined(self.anywhere.get((owner.__name__, name)), tree.get(name))
            inside = f"{path}.{name}" if path else name
            if name in stated:
                new = self._inside(owner, member.kind, stated[name], node, inside)
            elif node is None or (name in exclusive and not stated.keys().isdisjoint(exclusive)):
                continue
            else:
                new = self._whole(owner, member.kind, node, inside)
            if new is not None:
                added[name] = new
        return {**stated, **added} if added else None

    def _inside(
        self, owner: type[AnyShape], kind: facts.Kind, value: Any, node: Node | None, path: str
    ) -> object | None:
        """Return a value of the caller with defaults inside; ``None`` if nothing is added."""
        if value is None:
            return None
        match kind:
            case facts.Structure():
                shape = find_shape(owner.__package_name__, kind.name)
                tree = node if isinstance(node, dict) else {}
                return self.members(shape, value, tree, path)
            case facts.List(item=facts.Structure(name=name)) if isinstance(value, (list, tuple)):
                shape = find_shape(owner.__package_name__, name)
                return self._items(shape, value, node, path)
            case facts.Map() if isinstance(value, Mapping) and isinstance(node, dict):
                added = {
                    key: leaf.value
                    for key, leaf in node.items()
                    if key not in value and isinstance(leaf, Leaf)
                }
                for key in added:
                    self._note(f"{path}[{key!r}]", node[key])
                return {**added, **value} if added else None
            case _:
                return None

    def _items(
        self,
        shape: type[AnyShape],
        items: Sequence[object],
        node: Node | None,
        path: str,
    ) -> object | None:
        trees = node.items if isinstance(node, ByIndex) else ()
        changed = [
            self.members(shape, item, trees[at] if at < len(trees) else {}, f"{path}[{at}]")
            for at, item in enumerate(items)
        ]
        merged = [item if new is None else new for item, new in zip(items, changed, strict=True)]
        if isinstance(node, Leaf) and isinstance(node.value, list) and _has_keys(shape):
            keys = {_key(shape, item) for item in items}
            for item in node.value:
                if _key(shape, item) not in keys:
                    self.filled[f"{path}[{len(merged)}]"] = node.source
                    merged.append(item)
        return (
            merged if len(merged) > len(items) or any(new is not None for new in changed) else None
        )

    def _whole(
        self, owner: type[AnyShape], kind: facts.Kind, node: Node, path: str
    ) -> object | None:
        """Return the value of a member that the caller left out; ``None`` if it is not complete."""
        match node:
            case Leaf():
                self._note(path, node)
                return node.value
            case ByIndex():
                return None  # there are no items to fill
            case dict() if isinstance(kind, facts.Structure):
                shape = find_shape(owner.__package_name__, kind.name)
                inner = Filling(self.anywhere)
                members = inner.members(shape, {}, node, path)
                if members is None or any(
                    member.required and member.documented not in members
                    for member in shape.__members__.values()
                ):
                    return None
                self.filled.update(inner.filled)
                return members
            case _:
                return self._inside(owner, kind, {}, node, path)

    def _note(self, path: str, node: Node) -> None:
        if isinstance(node, Leaf):
            self.filled[path] = node.source


def _stated(owner: type[AnyShape], value: object) -> dict[str, Any] | None:
    """Return the members that the caller gave, by documented names where there are any."""
    if isinstance(value, Shape):
        return {
            member.documented: value.__dict__[name]
            for name, member in owner.__members__.items()
            if name in value.model_fields_set
        }
    if not isinstance(value, Mapping):
        return None
    pairs = ((name, find_member(owner, str(name))) for name in value)
    return {pair[1].documented if pair else name: value[name] for name, pair in pairs}


def _has_keys(shape: type[AnyShape]) -> bool:
    """Return whether the items of a list are pairs of a key and a value, as tags are."""
    return {member.documented for member in shape.__members__.values()} == {"Key", "Value"}


def _key(shape: type[AnyShape], item: object) -> object:
    return (_stated(shape, item) or {}).get("Key")
