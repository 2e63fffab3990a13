"""The asynchronous client: the methods of the synchronous one, each in its asynchronous form."""

from __future__ import annotations

from codegen.emit import listings_and_waiters, runtime
from codegen.emit.client import in_method_order
from codegen.emit.context import EmitContext, Field, Target, emit_context, fields
from codegen.emit.kinds import Blob, EventStream
from codegen.emit.scope import Scope, scope
from codegen.emit.templates import render
from codegen.emit.text import constant
from codegen.model import ir, naming
from codegen.model.classes import plan


def aio(service: ir.Service, target: Target, path: str) -> dict[str, str]:
    """Return the module of the asynchronous client, by its path."""
    context = emit_context(plan(service), target)
    client = naming.client_name(service.service_id)
    streaming = {
        operation: (response, member)
        for operation, response in sorted(context.plan.responses.items())
        for member in fields(context, context.plan.classes[response])
        if isinstance(member.kind, EventStream)
        or (isinstance(member.kind, Blob) and member.kind.stream)
    }
    defined = [f"Async{client}", *(f"Async{response}" for response, _ in streaming.values())]
    names, typed = scope(defined), scope(defined)
    streams = [
        {
            "method": naming.method_name(operation),
            "request": context.index.model(context.plan.requests[operation], typed),
            "response": f"Async{response}",
            "base": context.index.model(response, typed),
            "field": member.name,
            "type": _asynchronous(context, member, typed),
        }
        for operation, (response, member) in streaming.items()
    ]
    if streams:
        for name in ("TYPE_CHECKING", "Any", "overload"):
            names.use("typing", name)
        typed.use(*runtime.RESPONSE_TYPE)
        typed.use(*runtime.SHAPES["Request"])
    body = render(
        "aio.py",
        name=f"Async{client}",
        client=names.use(f"{target.package}.client", client),
        base=names.use(*target.async_base),
        service=constant(context.service.name),
        package=constant(target.package),
        full_name=service.full_name,
        streams=streams,
        methods=_methods(
            context.service, {each["method"]: each["response"] for each in streams}, names
        ),
        typed_imports=typed.lines(),
    )
    imports = ["from __future__ import annotations"] if streams else []
    context.module(path, body, names, doc="The asynchronous client.", imports=imports)
    return {path: context.files[path]}


def _methods(service: ir.Service, responses: dict[str, str], names: Scope) -> list[dict[str, str]]:
    """Describe the methods: the operations, the listings and the waiters."""
    operations = [naming.method_name(operation) for operation in in_method_order(service)]
    derived = [method.name for method in listings_and_waiters.methods(service)]
    listings = {name for name in derived if name.startswith("iter_")} - {*operations}
    return [
        {
            "name": name,
            "form": names.use(
                *(
                    runtime.STREAMED
                    if name in responses
                    else runtime.LISTED
                    if name in listings
                    else runtime.AWAITED
                )
            ),
            "response": responses.get(name, ""),
        }
        for name in dict.fromkeys((*operations, *derived))
    ]


def _asynchronous(context: EmitContext, member: Field, names: Scope) -> str:
    """Return the type of a stream that an asynchronous client reads."""
    if not isinstance(member.kind, EventStream):
        return names.use(*runtime.ASYNC_BODY)
    events = " | ".join(context.index.model(event, names) for event in member.kind.events)
    return f"{names.use(*runtime.ASYNC_EVENT_STREAM)}[{events or 'object'}]"
