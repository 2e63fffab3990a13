"""Reader of botocore's service models: ``service-2.json`` with its paginators and waiters."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, cast, get_args

from codegen.errors import InputError
from codegen.model import ir
from codegen.sources.json_text import (
    Json,
    Object,
    flag,
    integer,
    number,
    objects,
    optional_string,
    parse,
    read_bytes,
    string,
    strings,
    want,
    want_list,
    want_object,
)
from sagemaker_typed.core.suggest import did_you_mean

PROTOCOLS: Final = ("json", "rest-json")
_SCALARS: Final = {
    "string": "string",
    "character": "string",
    "integer": "integer",
    "long": "long",
    "float": "float",
    "double": "double",
    "boolean": "boolean",
    "timestamp": "timestamp",
    "blob": "blob",
}


def installed(name: str) -> ir.Service:
    """Return the service as the installed botocore describes it."""
    import botocore

    return _read(installed_file(name), kind="botocore", version=botocore.__version__, name=name)


def installed_file(name: str) -> Path:
    """Return the file in which the installed botocore describes a service."""
    import botocore
    from botocore.loaders import Loader

    loader = Loader()
    known = loader.list_available_services("service-2")
    if name not in known:
        hint = did_you_mean(name, known)
        raise InputError(f"botocore {botocore.__version__} has no service {name!r}{hint}")
    version = loader.determine_latest_version(name, "service-2")
    for root in loader.search_paths:
        for suffix in (".json", ".json.gz"):
            path = Path(root) / name / version / f"service-2{suffix}"
            if path.is_file():
                return path
    raise InputError(f"botocore {botocore.__version__} lists {name!r} but has no file for it")


def installed_services() -> list[str]:
    """Return the services that the installed botocore describes."""
    from botocore.loaders import Loader

    return sorted(Loader().list_available_services("service-2"))


def from_file(path: Path, *, name: str | None = None) -> ir.Service:
    """Return the service that a file of botocore's format describes.

    Paginators, waiters and extras are read where they lie beside it, as they do in botocore.
    """
    return _read(path, kind="service-model", version="", name=name)


def from_parts(
    model: bytes,
    *,
    where: str,
    paginators: Object | None = None,
    waiters: Object | None = None,
    extras: tuple[Object, ...] = (),
    kind: str = "service-model",
    version: str = "",
    name: str | None = None,
) -> ir.Service:
    """Return the service that these parts of a model describe."""
    document = parse(model, where)
    for extra in extras:
        document = merged(document, want_object(extra.get("merge", {}), f"{where}: extras"))
    if "smithy" in document:
        raise InputError(f"{where}: a Smithy model; expected botocore's service-2 format")
    absent = [part for part in ("metadata", "operations", "shapes") if part not in document]
    if absent:
        raise InputError(f"{where}: not a service model: it has no {' and no '.join(absent)}")
    source = ir.Source(
        kind="botocore" if kind == "botocore" else "service-model",
        version=version,
        sha256=hashlib.sha256(model).hexdigest(),
    )
    return _service(document, paginators or {}, waiters or {}, source, where, name)


def _read(path: Path, *, kind: str, version: str, name: str | None) -> ir.Service:
    data = read_bytes(path)
    stem = path.name.removesuffix(".gz").removesuffix(".json")
    return from_parts(
        data,
        where=str(path),
        paginators=_beside(path, "paginators-1"),
        waiters=_beside(path, "waiters-2"),
        extras=tuple(_extras(path.parent, stem)),
        kind=kind,
        version=version,
        name=name or _folder_name(path),
    )


def _folder_name(path: Path) -> str | None:
    """Return the service's name from a path as in botocore: ``<name>/<api version>/service-2``."""
    if not path.name.startswith("service-2.json"):
        return None
    folder = path.resolve().parent
    return folder.parent.name if re.fullmatch(r"\d{4}-\d{2}-\d{2}", folder.name) else None


def _beside(path: Path, part: str) -> Object:
    for suffix in (".json", ".json.gz"):
        file = path.with_name(part + suffix)
        if file.is_file():
            document = parse(read_bytes(file), str(file))
            for extra in _extras(path.parent, part):
                document = merged(document, want_object(extra.get("merge", {}), str(file)))
            return document
    return {}


def _extras(folder: Path, part: str) -> Iterator[Object]:
    for suffix in (".json", ".json.gz"):
        file = folder / f"{part}.sdk-extras{suffix}"
        if file.is_file():
            yield parse(read_bytes(file), str(file))


def merged(base: Object, extra: Object) -> Object:
    """Merge ``extra`` into a copy of ``base``, as botocore's loader merges its extras."""
    whole: dict[str, Json] = dict(base)
    for key, value in extra.items():
        old = whole.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            whole[key] = merged(old, value)
        else:
            whole[key] = value
    return whole


def _service(
    document: Object,
    paginators: Object,
    waiters: Object,
    source: ir.Source,
    where: str,
    name: str | None,
) -> ir.Service:
    metadata = want_object(document["metadata"], f"{where}: metadata")
    at = f"{where}: metadata"
    service_id = optional_string(metadata, "serviceId", at) or string(
        metadata, "serviceFullName", at
    )
    pages = objects(paginators.get("pagination"), f"{where}: paginators")
    operations = objects(document["operations"], f"{where}: operations")
    shapes = _with_payloads(objects(document["shapes"], f"{where}: shapes"), operations)
    service = ir.Service(
        name=name or service_id.lower().replace(" ", "-"),
        service_id=service_id,
        full_name=optional_string(metadata, "serviceFullName", at) or service_id,
        api_version=string(metadata, "apiVersion", at),
        protocol=_protocol(metadata, at),
        source=source,
        uid=optional_string(metadata, "uid", at) or "",
        operations={
            key: _operation(key, operations[key], pages.get(key), f"{where}: operations.{key}")
            for key in sorted(operations)
        },
        shapes={
            key: _shape(key, shapes[key], shapes, f"{where}: shapes.{key}")
            for key in sorted(shapes)
        },
        waiters={
            key: _waiter(key, node, f"{where}: waiters.{key}")
            for key, node in sorted(objects(waiters.get("waiters"), f"{where}: waiters").items())
        },
    )
    _check_references(service, where)
    return service


def _with_payloads(shapes: dict[str, Object], operations: dict[str, Object]) -> dict[str, Object]:
    """Give each structure the payload that an operation states with its reference to it."""
    known = dict(shapes)
    for operation in operations.values():
        for reference in (operation.get("input"), operation.get("output")):
            if isinstance(reference, dict) and "payload" in reference:
                shape = str(reference.get("shape"))
                known[shape] = {**known.get(shape, {}), "payload": reference["payload"]}
    return known


def _protocol(metadata: Object, where: str) -> str:
    """Return the JSON protocol of the service, if it has one among others."""
    first = string(metadata, "protocol", where)
    spoken = (first, *strings(metadata.get("protocols"), f"{where}.protocols"))
    for protocol in spoken:
        if protocol in PROTOCOLS:
            return protocol
    raise InputError(
        f"{where}.protocol: {first!r} is not supported; expected one of {', '.join(PROTOCOLS)}"
    )


def _operation(name: str, node: Object, pages: Object | None, where: str) -> ir.Operation:
    errors = want_list(node.get("errors"), f"{where}.errors")
    return ir.Operation(
        name=name,
        input=_target(node, "input", where),
        output=_target(node, "output", where),
        errors=tuple(
            string(want_object(error, f"{where}.errors[{n}]"), "shape", f"{where}.errors[{n}]")
            for n, error in enumerate(errors)
        ),
        deprecated=flag(node, "deprecated"),
        paginator=None if pages is None else _paginator(pages, f"{where}: paginator"),
    )


def _target(node: Object, key: str, where: str) -> str | None:
    if key not in node:
        return None
    return string(want_object(node[key], f"{where}.{key}"), "shape", f"{where}.{key}")


def _paginator(node: Object, where: str) -> ir.Paginator:
    return ir.Paginator(
        input_tokens=strings(node.get("input_token"), f"{where}.input_token"),
        output_tokens=strings(node.get("output_token"), f"{where}.output_token"),
        result_keys=strings(node.get("result_key"), f"{where}.result_key"),
        more_results=optional_string(node, "more_results", where),
    )


def _shape(name: str, node: Object, shapes: dict[str, Object], where: str) -> ir.Shape:
    kind = string(node, "type", where)
    sensitive = flag(node, "sensitive")
    if kind == "structure":
        if flag(node, "document"):
            return ir.Scalar(name=name, kind="document", sensitive=sensitive)
        return _structure(name, node, shapes, where)
    if kind == "list":
        return ir.List(
            name=name,
            member=_reference(node, "member", where),
            min=integer(node.get("min"), f"{where}.min"),
            max=integer(node.get("max"), f"{where}.max"),
            sensitive=sensitive,
        )
    if kind == "map":
        return ir.Map(
            name=name,
            key=_reference(node, "key", where),
            value=_reference(node, "value", where),
            min=integer(node.get("min"), f"{where}.min"),
            max=integer(node.get("max"), f"{where}.max"),
            sensitive=sensitive,
        )
    if kind not in _SCALARS:
        raise InputError(f"{where}.type: {kind!r} is not a type of service models")
    if node.get("enum"):
        values = strings(node["enum"], f"{where}.enum")
        return ir.Enum(name=name, values=tuple(dict.fromkeys(values)), sensitive=sensitive)
    return ir.Scalar(
        name=name,
        kind=cast("ir.ScalarKind", _SCALARS[kind]),
        min=number(node.get("min"), f"{where}.min"),
        max=number(node.get("max"), f"{where}.max"),
        pattern=optional_string(node, "pattern", where),
        sensitive=sensitive,
    )


def _reference(node: Object, key: str, where: str) -> str:
    return string(want_object(node.get(key), f"{where}.{key}"), "shape", f"{where}.{key}")


def _structure(name: str, node: Object, shapes: dict[str, Object], where: str) -> ir.Structure:
    members = objects(node.get("members"), f"{where}.members")
    required = frozenset(strings(node.get("required"), f"{where}.required"))
    unknown = sorted(required - members.keys())
    if unknown:
        raise InputError(f"{where}.required: {unknown[0]!r} is not a member of {name}")
    error = node.get("error")
    error = want_object(error, f"{where}.error") if isinstance(error, dict) else {}
    return ir.Structure(
        name=name,
        members=tuple(
            _member(key, member, key in required, shapes, f"{where}.members.{key}")
            for key, member in members.items()
        ),
        union=flag(node, "union"),
        exception=flag(node, "exception"),
        error_code=optional_string(error, "code", f"{where}.error"),
        http_status=integer(error.get("httpStatusCode"), f"{where}.error.httpStatusCode"),
        sensitive=flag(node, "sensitive"),
        event_stream=flag(node, "eventstream"),
        payload=optional_string(node, "payload", where),
    )


def _member(
    name: str, node: Object, required: bool, shapes: dict[str, Object], where: str
) -> ir.Member:
    shape = string(node, "shape", where)
    location = optional_string(node, "location", where)
    if location is not None and location not in get_args(ir.Location):
        raise InputError(f"{where}.location: {location!r} is not a location of members")
    return ir.Member(
        name=name,
        shape=shape,
        required=required,
        idempotency_token=flag(node, "idempotencyToken"),
        deprecated=flag(node, "deprecated"),
        json_value=flag(node, "jsonvalue"),
        location=cast("ir.Location | None", location),
        streaming=flag(node, "streaming") or flag(shapes.get(shape, {}), "streaming"),
    )


def _waiter(name: str, node: Object, where: str) -> ir.Waiter:
    acceptors = want_list(node.get("acceptors"), f"{where}.acceptors")
    return ir.Waiter(
        name=name,
        operation=string(node, "operation", where),
        delay=want(node.get("delay"), int, f"{where}.delay"),
        max_attempts=want(node.get("maxAttempts"), int, f"{where}.maxAttempts"),
        acceptors=tuple(
            _acceptor(want_object(item, f"{where}.acceptors[{n}]"), f"{where}.acceptors[{n}]")
            for n, item in enumerate(acceptors)
        ),
    )


def _acceptor(node: Object, where: str) -> ir.Acceptor:
    matcher, state = string(node, "matcher", where), string(node, "state", where)
    expected = node.get("expected")
    if not isinstance(expected, (str, int, bool)):
        raise InputError(f"{where}.expected: expected a string, a number, true or false")
    if state not in get_args(ir.AcceptorState):
        raise InputError(f"{where}.state: {state!r} is not success, failure or retry")
    if matcher not in get_args(ir.Matcher):
        raise InputError(f"{where}.matcher: {matcher!r} is not a matcher of waiters")
    return ir.Acceptor(
        state=cast("ir.AcceptorState", state),
        matcher=cast("ir.Matcher", matcher),
        expected=expected,
        argument=optional_string(node, "argument", where),
    )


def _check_references(service: ir.Service, where: str) -> None:
    """Raise an error if a shape or an operation mentions a name that is no shape."""
    for user, name in _references(service):
        if name not in service.shapes:
            hint = did_you_mean(name, service.shapes, 1)
            raise InputError(f"{where}: {user} names a shape {name!r} that does not exist{hint}")
    for operation in service.operations.values():
        for target in (operation.input, operation.output, *operation.errors):
            if target is not None and not isinstance(service.shapes[target], ir.Structure):
                raise InputError(
                    f"{where}: operation {operation.name} names {target!r}, which is no structure"
                )


def _references(service: ir.Service) -> Iterator[tuple[str, str]]:
    for operation in service.operations.values():
        for name in (operation.input, operation.output, *operation.errors):
            if name is not None:
                yield f"operation {operation.name}", name
    for shape in service.shapes.values():
        match shape:
            case ir.Structure():
                for member in shape.members:
                    yield f"member {shape.name}.{member.name}", member.shape
            case ir.List():
                yield f"list {shape.name}", shape.member
            case ir.Map():
                yield f"map {shape.name}", shape.key
                yield f"map {shape.name}", shape.value
            case ir.Enum() | ir.Scalar():
                pass
