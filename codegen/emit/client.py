"""``client``: one method an operation, and those that send one several times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codegen.emit import docs, listings_and_waiters
from codegen.emit.context import CORE, Field, Package, arguments_doc, fields, optional
from codegen.emit.kinds import Blob
from codegen.emit.models import item_type
from codegen.emit.scope import Scope, scope
from codegen.emit.templates import render
from codegen.emit.text import call, constant, docstring
from codegen.model import ir, naming
from codegen.overrides import rows


def client(made: Package) -> None:
    """The client and its stub."""
    name = naming.client_name(made.service.service_id)
    methods = [_method(made, operation) for operation in in_method_order(made.service)]
    more = [
        one for one in listings_and_waiters.methods(made.service) if one.name not in _names(methods)
    ]
    doc = [f"A typed client of {made.service.full_name}: one method an operation."]
    runtime = scope([name])
    decorator = runtime.use(f"{CORE}.client.base", "operation")
    for method in methods:
        payload = _payload(made, str(method["operation"]))
        arguments = [str(method["request"])]
        method["decorator"] = call(decorator, arguments, {"payload": payload and payload.name})
    body = render(
        "client.py",
        name=name,
        base=runtime.use(*made.target.base),
        service=constant(made.service.name),
        doc=docstring(doc, 4),
        methods=[*methods, *(_more(made, one, runtime) for one in more)],
    )
    made.module("client.py", body, runtime, doc="The client.")

    stub = scope([name, *_names(methods), *(one.name for one in more)])
    body = render(
        "client.pyi",
        name=name,
        base=stub.use(*made.target.base),
        doc=docstring(doc, 4),
        methods=[
            *({**method, **_method_stub(made, method, stub)} for method in methods),
            *(_more_stub(made, one, stub) for one in more),
        ],
    )
    made.module("client.pyi", body, stub, doc="The client.")


def _names(methods: Sequence[Mapping[str, object]]) -> list[str]:
    return [str(method["name"]) for method in methods]


def _payload(made: Package, operation: str) -> Field | None:
    """The member of a request that is the whole body, and nothing but bytes."""
    members = fields(made, made.plan.classes[made.plan.requests[operation]])
    found = (m for m in members if m.is_payload and isinstance(m.kind, Blob))
    return next(found, None)


def in_method_order(service: ir.Service) -> list[str]:
    """Methods by name, as boto3 lists them."""
    return sorted(service.operations, key=naming.method_name)


def _method(made: Package, operation: str) -> dict[str, object]:
    request = made.plan.requests[operation]
    return {
        "operation": operation,
        "name": naming.method_name(operation),
        "request": constant(request),
        "parameters": fields(made, made.plan.classes[request]),
        "doc": docstring(_method_doc(made, operation), 8),
    }


def _method_doc(made: Package, operation: str) -> list[str]:
    row = next(
        (r for r in rows("consistency", "reads", made.service.name) if r["operation"] == operation),
        None,
    )
    return docs.method(
        made.plan,
        operation,
        related=made.related[operation],
        waiters=[
            f"wait_{naming.snake(waiter.name)}"
            for waiter in made.service.waiters.values()
            if waiter.operation == operation
        ],
        reads=docs.reads(row["member"], row["describe"]) if row else None,
    )


def _method_stub(made: Package, method: Mapping[str, object], names: Scope) -> dict[str, object]:
    operation = str(method["operation"])
    request = made.plan.classes[made.plan.requests[operation]]
    members = fields(made, request)
    answer = made.plan.responses.get(operation)
    doc = [*_method_doc(made, operation), *arguments_doc(members)]
    payload = _payload(made, operation)
    return {
        "parameters": [_given(made, member, names, payload) for member in members],
        "answer": made.homes.model(answer, names) if answer else "None",
        "full_doc": docstring(doc, 8),
    }


def _given(
    made: Package, member: Field, names: Scope, payload: Field | None = None
) -> dict[str, object]:
    """A member of a request as a parameter of a stub."""
    taken = (
        names.use(f"{CORE}.client.payloads", "Payload")
        if payload and member.name == payload.name
        else member.kind.parameter(names, made.homes)
    )
    return {
        "name": member.name,
        "parameter": optional(taken, member),
        "required": member.required,
        "default": "None",
    }


def _more(made: Package, method: listings_and_waiters.Method, names: Scope) -> dict[str, object]:
    """A method that sends one operation's request several times."""
    members = _parameters(made, method)
    request = made.plan.requests[method.operation]
    given = [{"name": one.name, "required": one.required, "default": "None"} for one in members]
    said = [
        {"name": one.name, "required": False, "default": one.default}
        for one in listings_and_waiters.controls(method, (one.name for one in members))
    ]
    return {
        "name": method.name,
        "decorator": method.decorator(names, request),
        "parameters": [*given, *said],
        "doc": docstring(_more_doc(made, method), 8),
    }


def _more_stub(
    made: Package, method: listings_and_waiters.Method, names: Scope
) -> dict[str, object]:
    operation = made.service.operations[method.operation]
    members = _parameters(made, method)
    response = made.plan.responses.get(operation.name)
    answer = made.homes.model(response, names) if response else "None"
    item = item_type(made, operation, names) if operation.paginator else ""
    given = [_given(made, one, names) for one in members]
    controls = listings_and_waiters.controls(method, (one.name for one in members))
    said = [
        {
            "name": one.name,
            "parameter": one.annotation(names, answer),
            "required": False,
            "default": one.default,
        }
        for one in controls
    ]
    arguments = arguments_doc(members, (one.name for one in controls))
    return {
        "name": method.name,
        "parameters": [*given, *said],
        "answer": method.answer(names, answer, item),
        "full_doc": docstring([*_more_doc(made, method), *arguments], 8),
    }


def _more_doc(made: Package, method: listings_and_waiters.Method) -> list[str]:
    page = docs.link(made.service.name, method.operation)
    return [*method.doc, *([page] if page else [])]


def _parameters(made: Package, method: listings_and_waiters.Method) -> list[Field]:
    request = made.plan.classes[made.plan.requests[method.operation]]
    members = fields(made, request)
    return [member for member in members if member.documented not in method.without]
