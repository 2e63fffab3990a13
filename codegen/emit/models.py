"""``models/``: facts for the run time and stubs for checkers, one module for each resource."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from codegen.emit import docs, runtime
from codegen.emit.context import (
    EmitContext,
    Field,
    accepted,
    arguments_doc,
    field_doc,
    fields,
    optional,
)
from codegen.emit.kinds import kind
from codegen.emit.lazy import lazy
from codegen.emit.scope import Scope, scope
from codegen.emit.templates import render
from codegen.emit.text import call, constant, docstring
from codegen.model import ir, naming
from codegen.model.classes import Class, after_what_they_use
from codegen.model.resources import in_order
from codegen.overrides import exactly_one, rows


def models(context: EmitContext) -> None:
    """Emit every structure, request and response."""
    modules: dict[str, list[Class]] = defaultdict(list)
    for name, cls in context.plan.classes.items():
        modules[context.layout.models[name]].append(cls)
    for module, classes in sorted(modules.items()):
        _model_module(context, module, _in_reading_order(classes))
    by_module = {m: sorted(c.name for c in classes) for m, classes in sorted(modules.items())}
    doc = "Every structure, request and response."
    lazy(context, "models", by_module, context.plan.aliases, doc, lists_all=True)


def _in_reading_order(classes: Sequence[Class]) -> list[Class]:
    """Sort requests with their responses in the order of a resource's life, then shapes by name."""
    by_operation: dict[str, list[Class]] = defaultdict(list)
    for cls in classes:
        if cls.operation:
            by_operation[cls.operation].append(cls)
    ordered = [
        cls
        for operation in in_order(by_operation)
        for cls in sorted(by_operation[operation], key=lambda c: c.role != "request")
    ]
    return [*ordered, *(cls for cls in classes if not cls.operation)]


def _after_what_they_mention(context: EmitContext, classes: Sequence[Class]) -> list[Class]:
    """Sort each class after those that it mentions, so that mypy reads a stub once."""
    by_name = {cls.name: cls for cls in classes}

    def mentions(name: str) -> list[str]:
        return [other for other in context.plan.mentioned(by_name[name]) if other in by_name]

    return [by_name[name] for name in after_what_they_use(by_name, mentions)]


def _model_module(context: EmitContext, module: str, classes: Sequence[Class]) -> None:
    names = [cls.name for cls in classes]
    members = {cls.name: fields(context, cls) for cls in classes}
    facts, stub = scope(names, _shared(context, classes)), scope(names)
    doc = docs.models_module(module, has_operations=any(cls.operation for cls in classes))
    texts = [_model(context, cls, members[cls.name], facts) for cls in classes]
    body = "\n\n".join(["\n".join(facts.constant_lines()), *texts])
    context.module(f"models/{module}.py", body, facts, doc=doc)
    stubs = [
        _model_stub(context, cls, members[cls.name], stub)
        for cls in _after_what_they_mention(context, classes)
    ]
    context.module(
        f"models/{module}.pyi",
        "\n\n".join([*stubs, "\n".join(stub.alias_lines())]),
        stub,
        doc=doc,
    )


def _shared(context: EmitContext, classes: Sequence[Class]) -> Iterator[str]:
    """Yield the strings, numbers, lists and maps that several members of a module have."""
    counts = Counter(
        shape
        for cls in classes
        for member in cls.structure.members
        for shape in _without_structures(context.service, member.shape, frozenset())
    )
    yield from (shape for shape, count in counts.items() if count > 1)


def _without_structures(service: ir.Service, name: str, inside: frozenset[str]) -> Iterator[str]:
    """Yield a shape and the shapes of its items, up to structures."""
    if name in inside:
        return
    yield name
    match service.shapes[name]:
        case ir.List(member=item):
            yield from _without_structures(service, item, inside | {name})
        case ir.Map(key=key, value=value):
            for part in (key, value):
                yield from _without_structures(service, part, inside | {name})
        case _:
            pass


def _model(context: EmitContext, cls: Class, members: Sequence[Field], names: Scope) -> str:
    with names.inside(member.name for member in members):
        facts = [{"name": member.name, "fact": _fact(member, names)} for member in members]
    own = docs.own(context.plan, cls)
    return render(
        "model.py",
        name=cls.name,
        base=names.use(*runtime.SHAPES[_base(context, cls)]),
        keywords=list(_keywords(context, cls, names)),
        doc=docstring(own, 4) if own else "",
        fields=facts,
    )


def _base(context: EmitContext, cls: Class) -> str:
    match cls.role:
        case "request":
            paginated = context.service.operations[cls.operation or ""].paginator
            return "PaginatedRequest" if paginated else "Request"
        case "response":
            return "Response"
        case "shape":
            return "Shape"


def _keywords(context: EmitContext, cls: Class, names: Scope) -> Iterable[tuple[str, str]]:
    if cls.documented and cls.documented != cls.name:
        yield "shape", constant(cls.documented)
    if cls.role == "response" or cls.structure.exception:
        yield "page", constant(docs.page(cls))
    if cls.structure.union:
        yield "union", "True"
    if choices := exactly_one(context.service.name, cls.structure.name):
        yield "exactly_one", constant(choices)
    if cls.role != "request":
        return
    operation = context.service.operations[cls.operation or ""]
    yield "operation", constant(operation.name)
    yield "method", constant(naming.boto3_method_name(operation.name))
    if operation.name in context.plan.responses:
        yield "response", constant(context.plan.responses[operation.name])
    if operation.errors:
        yield "errors", constant(tuple(_codes(context, operation)))
    if operation.paginator:
        yield "pagination", _pagination(operation.paginator, names)
    for row in rows("consistency", "prerequisites", context.service.name):
        if row["operation"] == operation.name:
            keywords = {key: row[key] for key in ("member", "code", "message")}
            yield (
                "prerequisite",
                call(
                    names.use(*runtime.FACTS["Prerequisite"]), [constant(row["describe"])], keywords
                ),
            )


def _codes(context: EmitContext, operation: ir.Operation) -> Iterable[str]:
    for name in operation.errors:
        shape = context.service.shapes[name]
        yield (shape.error_code if isinstance(shape, ir.Structure) else None) or name


def _pagination(paginator: ir.Paginator, names: Scope) -> str:
    keywords = {
        "input_tokens": paginator.input_tokens,
        "output_tokens": paginator.output_tokens,
        "items": paginator.result_keys,
        "more_results": paginator.more_results,
    }
    return call(names.use(*runtime.FACTS["Pagination"]), keywords=keywords)


def _fact(member: Field, names: Scope) -> str:
    function = "required" if member.required else "optional"
    keywords = {
        "idempotency_token": member.token,
        "deprecated": member.deprecated,
    }
    arguments = [constant(member.documented), member.kind.fact(names)]
    return call(names.use(*runtime.FACTS[function]), arguments, keywords)


def _model_stub(context: EmitContext, cls: Class, members: Sequence[Field], names: Scope) -> str:
    # Editors show the docstring of the constructor. Only the service creates responses.
    is_created = cls.role == "request" or cls.name in context.index.dicts
    # The constructor documents each member of a class that no response contains.
    is_read = not is_created or "output" in context.plan.uses.get(cls.documented or "", {})
    with names.inside(member.name for member in members):
        decorator = names.builtin("property")
        described = [
            {
                "name": member.name,
                "type": optional(member.kind.field(names, context.index), member),
                "parameter": accepted(member, names, context.index),
                "required": member.required,
                "doc": docstring([field_doc(member)], 8) if is_read else "...",
            }
            for member in members
        ]
    constructor = [*docs.of_constructor(context.plan, cls), *arguments_doc(members)]
    return render(
        "model.pyi",
        name=cls.name,
        base=_generic_base(context, cls, names),
        doc=docstring(docs.of_class(context.plan, cls), 4),
        decorator=decorator,
        fields=described,
        arguments=docstring(constructor, 8) if is_created else "",
    )


def _generic_base(context: EmitContext, cls: Class, names: Scope) -> str:
    base = names.use(*runtime.SHAPES[_base(context, cls)])
    if cls.role != "request":
        return base
    operation = context.service.operations[cls.operation or ""]
    response = context.plan.responses.get(operation.name)
    parameters = [context.index.model(response, names) if response else "None"]
    if operation.paginator:
        parameters.append(item_type(context, operation, names))
    return f"{base}[{', '.join(parameters)}]"


def item_type(context: EmitContext, operation: ir.Operation, names: Scope) -> str:
    """The type of the items of a listing, found at its first result key."""
    shape: str | None = operation.output
    paginator = operation.paginator
    if not paginator or not paginator.result_keys:
        return "object"
    for part in paginator.result_keys[0].split("."):
        structure = context.service.shapes.get(shape or "")
        members = structure.members if isinstance(structure, ir.Structure) else ()
        shape = next((member.shape for member in members if member.name == part), None)
    items = context.service.shapes.get(shape or "")
    if not isinstance(items, ir.List):
        return "object"
    item = ir.Member(name="", shape=items.member)
    return kind(context.plan, item, ir.Structure(name=""), "shape").field(names, context.index)
