"""``client``: one method for each operation, and the derived listings and waiters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codegen.emit import docs, listings_and_waiters, runtime
from codegen.emit.context import EmitContext, Field, accepted, arguments_doc, fields
from codegen.emit.models import item_type
from codegen.emit.scope import Scope, scope
from codegen.emit.templates import render
from codegen.emit.text import call, constant, docstring
from codegen.model import ir, naming


def client(context: EmitContext) -> None:
    """Emit the client and its stub."""
    name = naming.client_name(context.service.service_id)
    methods = [_method(context, operation) for operation in in_method_order(context.service)]
    names = _names(methods)
    derived = [m for m in listings_and_waiters.methods(context.service) if m.name not in names]
    doc = [f"A typed client of {context.service.full_name}, with one method for each operation."]
    module = scope([name])
    decorator = module.use(*runtime.OPERATION)
    for method in methods:
        method["decorator"] = call(decorator, [str(method["request"])])
    body = render(
        "client.py",
        name=name,
        base=module.use(*context.target.base),
        service=constant(context.service.name),
        doc=docstring(doc, 4),
        methods=[*methods, *(_derived(context, method, module) for method in derived)],
    )
    context.module("client.py", body, module, doc="The client.")

    stub = scope([name, *names, *(method.name for method in derived)])
    body = render(
        "client.pyi",
        name=name,
        base=stub.use(*context.target.base),
        doc=docstring(doc, 4),
        methods=[
            *({**method, **_method_stub(context, method, stub)} for method in methods),
            *(_derived_stub(context, method, stub) for method in derived),
        ],
    )
    context.module("client.pyi", body, stub, doc="The client.")


def _names(methods: Sequence[Mapping[str, object]]) -> list[str]:
    return [str(method["name"]) for method in methods]


def in_method_order(service: ir.Service) -> list[str]:
    """The operations, sorted by method name as boto3 sorts them."""
    return sorted(service.operations, key=naming.method_name)


def _method(context: EmitContext, operation: str) -> dict[str, object]:
    request = context.plan.requests[operation]
    return {
        "operation": operation,
        "name": naming.method_name(operation),
        "request": constant(request),
        "parameters": fields(context, context.plan.classes[request]),
        "doc": docstring(_method_doc(context, operation), 8),
    }


def _method_doc(context: EmitContext, operation: str) -> list[str]:
    return docs.method(
        context.plan,
        operation,
        related=context.related[operation],
        waiters=[
            f"wait_{naming.snake(waiter.name)}"
            for waiter in context.service.waiters.values()
            if waiter.operation == operation
        ],
    )


def _method_stub(
    context: EmitContext, method: Mapping[str, object], names: Scope
) -> dict[str, object]:
    operation = str(method["operation"])
    request = context.plan.classes[context.plan.requests[operation]]
    members = fields(context, request)
    response = context.plan.responses.get(operation)
    page = docs.references(context.service, operation)
    doc = [*_method_doc(context, operation), *page, *arguments_doc(members)]
    return {
        "parameters": [_parameter(context, member, names) for member in members],
        "result": context.index.model(response, names) if response else "None",
        "full_doc": docstring(doc, 8),
    }


def _parameter(context: EmitContext, member: Field, names: Scope) -> dict[str, object]:
    """A member of a request as a parameter of a stub."""
    return {
        "name": member.name,
        "annotation": accepted(member, names, context.index),
        "required": member.required,
        "default": "None",
    }


def _derived(
    context: EmitContext, method: listings_and_waiters.Method, names: Scope
) -> dict[str, object]:
    """A listing or a waiter."""
    members = _members(context, method)
    request = context.plan.requests[method.operation]
    of_request = [{"name": m.name, "required": m.required, "default": "None"} for m in members]
    controls = listings_and_waiters.controls(method, (m.name for m in members))
    of_method = [
        {"name": control.name, "required": False, "default": control.default}
        for control in controls
    ]
    return {
        "name": method.name,
        "decorator": method.decorator(names, request),
        "parameters": [*of_request, *of_method],
        "doc": docstring(method.doc, 8),
    }


def _derived_stub(
    context: EmitContext, method: listings_and_waiters.Method, names: Scope
) -> dict[str, object]:
    operation = context.service.operations[method.operation]
    members = _members(context, method)
    response_class = context.plan.responses.get(operation.name)
    response = context.index.model(response_class, names) if response_class else "None"
    item = item_type(context, operation, names) if operation.paginator else ""
    of_request = [_parameter(context, member, names) for member in members]
    controls = listings_and_waiters.controls(method, (member.name for member in members))
    of_method = [
        {
            "name": control.name,
            "annotation": control.annotation(names, response),
            "required": False,
            "default": control.default,
        }
        for control in controls
    ]
    page = docs.references(context.service, method.operation)
    arguments = arguments_doc(members, (control.name for control in controls))
    return {
        "name": method.name,
        "parameters": [*of_request, *of_method],
        "result": method.result(names, response, item),
        "full_doc": docstring([*method.doc, *page, *arguments], 8),
    }


def _members(context: EmitContext, method: listings_and_waiters.Method) -> list[Field]:
    request = context.plan.classes[context.plan.requests[method.operation]]
    members = fields(context, request)
    return [member for member in members if member.documented not in method.without]
