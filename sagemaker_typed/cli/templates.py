"""Requests inside of other files: CloudFormation templates, and Kubernetes manifests for ACK.

ACK, the AWS Controllers for Kubernetes, and CloudFormation describe resources of SageMaker mostly
with the members of the request that creates them. Members with the same names are checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sagemaker_typed.cli.names import find_request, fold
from sagemaker_typed.core.files.parsed_file import ParsedFile, Tagged
from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_shape

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.paths import Location
    from sagemaker_typed.core.schema.protocols import AnyShape
    from sagemaker_typed.core.shapes.shape import Request

TEMPLATE = "a CloudFormation template"
MANIFEST = "a Kubernetes manifest"
_CLOUDFORMATION = "AWS::SageMaker::"
_ACK = "sagemaker.services.k8s.aws/"


def kind_of(value: Mapping[str, object]) -> str:
    """Return what kind of file a document is, other than a request; empty if it may be one."""
    if isinstance(value.get("apiVersion"), str) and isinstance(value.get("kind"), str):
        return MANIFEST
    resources = value.get("Resources")
    if isinstance(resources, Mapping) and (
        "AWSTemplateFormatVersion" in value
        or any(_type(resource).startswith("AWS::") for resource in resources.values())
    ):
        return TEMPLATE
    return ""


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of a template or manifest, as a request."""

    path: Location
    """The path of the request's members in the document."""
    name: str
    request: type[Request[object]]
    value: Mapping[str, object]
    """The members that the request has too, in documented names."""
    unknown: tuple[Location, ...]
    """Paths in the request that cannot be checked."""

    def covers(self, place: Location) -> bool:
        """Return whether a place of the request can be checked."""
        return not any(place[: len(path)] == path for path in self.unknown)


def resources(document: ParsedFile) -> list[Resource]:
    """Return SageMaker's resources in a template or manifest."""
    kind = kind_of(document.value)
    if not kind:
        return []
    return list((_manifest if kind == MANIFEST else _template)(document.value))


def _template(template: Mapping[str, Any]) -> Iterator[Resource]:
    for name, resource in template["Resources"].items():
        kind = _type(resource)
        request = find_request(f"Create{kind.removeprefix(_CLOUDFORMATION)}")
        if kind.startswith(_CLOUDFORMATION) and request is not None:
            path = ("Resources", name, "Properties")
            yield _resource(path, f"{name} ({kind})", request, resource.get("Properties"))


def _manifest(manifest: Mapping[str, Any], path: Location = ()) -> Iterator[Resource]:
    kind: str = manifest["kind"]
    request = find_request(f"Create{kind}")
    if kind == "List" and isinstance(manifest.get("items"), list):
        for index, item in enumerate(manifest["items"]):
            if isinstance(item, Mapping) and kind_of(item) == MANIFEST:
                yield from _manifest(item, (*path, "items", index))
    elif manifest["apiVersion"].startswith(_ACK) and request is not None:
        yield _resource((*path, "spec"), kind, request, manifest.get("spec"))


def _type(resource: object) -> str:
    return str(resource.get("Type", "")) if isinstance(resource, Mapping) else ""


def _resource(
    path: Location, name: str, request: type[Request[object]], properties: object
) -> Resource:
    reader = _Reader(request.__package_name__)
    value = reader.structure(request, properties if isinstance(properties, Mapping) else {}, ())
    return Resource(path, name, request, value, tuple(reader.unknown))


class _Reader:
    """Converts properties to members of a request, and collects what it cannot convert."""

    def __init__(self, package: str) -> None:
        self.unknown: list[Location] = []
        self._package = package

    def structure(
        self, shape: type[AnyShape], properties: Mapping[Any, object], path: Location
    ) -> dict[str, object]:
        members = {fold(member.documented): member for member in shape.__members__.values()}
        value: dict[str, object] = {}
        others = False
        for name, item in properties.items():
            member = members.get(fold(str(name)))
            if member is None:
                others = True
            else:
                inner = self._value(member.kind, item, (*path, member.documented))
                value[member.documented] = inner
        for member in members.values():
            # CloudFormation generates names, and another property may stand for a member
            if member.documented not in value and (others or not path):
                self.unknown.append((*path, member.documented))
        return value

    def _value(self, kind: facts.Kind, item: object, path: Location) -> object:
        match kind, item:
            case facts.Structure(), Mapping() if not _is_function(item):
                return self.structure(find_shape(self._package, kind.name), item, path)
            case facts.Map(), Mapping() if not _is_function(item):
                pairs = item.items()
                return {key: self._value(kind.value, each, (*path, key)) for key, each in pairs}
            case facts.List(), list():
                return [
                    self._value(kind.item, each, (*path, index)) for index, each in enumerate(item)
                ]
            case ((facts.Structure() | facts.Map() | facts.List()), _):
                pass
            case _, (Tagged() | Mapping() | list()):
                pass
            case _:
                return _scalar(kind, item)
        self.unknown.append(path)
        return None


def _is_function(item: Mapping[Any, object]) -> bool:
    """Return whether CloudFormation computes the value, as with ``Ref`` and ``Fn::Sub``."""
    return len(item) == 1 and all(
        name in {"Ref", "Condition"} or str(name).startswith("Fn::") for name in item
    )


def _scalar(kind: facts.Kind, item: object) -> object:
    """Convert a scalar as CloudFormation does, which takes numbers and booleans as strings."""
    match kind, item:
        case facts.Boolean(), ("true" | "false"):
            return item == "true"
        case facts.Integer(), str() if item.removeprefix("-").isdecimal():
            return int(item)
        case facts.Float(), str():
            try:
                return float(item)
            except ValueError:
                return item
        case facts.String(), bool():
            return str(item).lower()
        case facts.String(), (int() | float()):
            return str(item)
        case _:
            return item
