"""``models/``: facts for the run time and stubs for checkers, one module a resource."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from codegen.emit import docs
from codegen.emit.context import Field, Package, arguments_doc, field_doc, fields, optional
from codegen.emit.kinds import FACTS, SHAPE, kind
from codegen.emit.lazy import lazy
from codegen.emit.scope import Scope, scope
from codegen.emit.templates import render
from codegen.emit.text import call, constant, docstring
from codegen.model import ir, naming
from codegen.model.classes import Class, after_what_they_use
from codegen.model.resources import in_order
from codegen.overrides import rows


def models(made: Package) -> None:
    """Every structure, request and response."""
    modules: dict[str, list[Class]] = defaultdict(list)
    for name, one in made.plan.classes.items():
        modules[made.layout.models[name]].append(one)
    for module, classes in sorted(modules.items()):
        _model_module(made, module, _in_reading_order(classes))
    by_module = {m: sorted(c.name for c in classes) for m, classes in sorted(modules.items())}
    lazy(made, "models", by_module, made.plan.aliases, "Every structure, request and response.")


def _in_reading_order(classes: Sequence[Class]) -> list[Class]:
    """Requests, each with its response, in the order of a resource's life; then shapes by name."""
    by_operation: dict[str, list[Class]] = defaultdict(list)
    for one in classes:
        if one.operation:
            by_operation[one.operation].append(one)
    ordered = [
        one
        for operation in in_order(by_operation)
        for one in sorted(by_operation[operation], key=lambda c: c.role != "request")
    ]
    return [*ordered, *(one for one in classes if not one.operation)]


def _after_what_they_mention(made: Package, classes: Sequence[Class]) -> list[Class]:
    """Each class after those of its module that it mentions: mypy then reads a stub once."""
    by_name = {one.name: one for one in classes}

    def mentions(name: str) -> list[str]:
        return [one for one in made.plan.mentioned(by_name[name]) if one in by_name]

    return [by_name[name] for name in after_what_they_use(by_name, mentions)]


def _model_module(made: Package, module: str, classes: Sequence[Class]) -> None:
    names = [one.name for one in classes]
    members = {one.name: fields(made, one) for one in classes}
    runtime, stub = scope(names), scope(names)
    doc = docs.models_module(module, has_operations=any(one.operation for one in classes))
    made.module(
        f"models/{module}.py",
        "\n\n".join(_model(made, one, members[one.name], runtime) for one in classes),
        runtime,
        doc=doc,
    )
    stubs = [
        _model_stub(made, one, members[one.name], stub)
        for one in _after_what_they_mention(made, classes)
    ]
    made.module(
        f"models/{module}.pyi",
        "\n\n".join([*stubs, "\n".join(stub.alias_lines())]),
        stub,
        doc=doc,
    )


def _model(made: Package, one: Class, members: Sequence[Field], names: Scope) -> str:
    with names.inside(member.name for member in members):
        facts = [{"name": member.name, "fact": _fact(member, names)} for member in members]
    return render(
        "model.py",
        name=one.name,
        base=names.use(SHAPE, _base(made, one)),
        keywords=list(_keywords(made, one, names)),
        doc=docstring(_class_doc(made, one), 4),
        fields=facts,
    )


def _base(made: Package, one: Class) -> str:
    match one.role:
        case "request":
            paginated = made.service.operations[one.operation or ""].paginator
            return "PaginatedRequest" if paginated else "Request"
        case "response":
            return "Response"
        case "shape":
            return "Shape"


def _keywords(made: Package, one: Class, names: Scope) -> Iterable[tuple[str, str]]:
    if one.documented and one.documented != one.name:
        yield "shape", constant(one.documented)
    if one.structure.union:
        yield "union", "True"
    if one.role != "request":
        return
    operation = made.service.operations[one.operation or ""]
    yield "operation", constant(operation.name)
    yield "method", constant(naming.boto3_method_name(operation.name))
    if operation.name in made.plan.responses:
        yield "response", constant(made.plan.responses[operation.name])
    if operation.errors:
        yield "errors", constant(tuple(_codes(made, operation)))
    if operation.paginator:
        yield "pagination", _pagination(operation.paginator, names)
    for row in rows("consistency", "reads", made.service.name):
        if row["operation"] == operation.name:
            given = {key: row[key] for key in ("member", "code", "message")}
            yield (
                "prerequisite",
                call(names.use(FACTS, "Prerequisite"), [constant(row["describe"])], given),
            )


def _codes(made: Package, operation: ir.Operation) -> Iterable[str]:
    for name in operation.errors:
        shape = made.service.shapes[name]
        yield (shape.error_code if isinstance(shape, ir.Structure) else None) or name


def _pagination(paginator: ir.Paginator, names: Scope) -> str:
    given = {
        "input_tokens": paginator.input_tokens,
        "output_tokens": paginator.output_tokens,
        "items": paginator.result_keys,
        "more_results": paginator.more_results,
    }
    return call(names.use(FACTS, "Pagination"), given=given)


def _fact(member: Field, names: Scope) -> str:
    function = "required" if member.required else "optional"
    given = {
        "idempotency_token": member.token,
        "deprecated": member.deprecated,
    }
    arguments = [constant(member.documented), member.kind.fact(names)]
    return call(names.use(FACTS, function), arguments, given)


def _class_doc(made: Package, one: Class) -> list[str]:
    match one.role:
        case "request":
            return docs.request(made.plan, one)
        case "response":
            return docs.response(made.plan, one)
        case "shape":
            return docs.shape(made.plan, one)


def _model_stub(made: Package, one: Class, members: Sequence[Field], names: Scope) -> str:
    with names.inside(member.name for member in members):
        described = [
            {
                "name": member.name,
                "type": optional(member.kind.field(names, made.homes), member),
                "parameter": optional(member.kind.parameter(names, made.homes), member),
                "required": member.required,
                "doc": docstring([field_doc(member)], 4),
            }
            for member in members
        ]
    doc = _class_doc(made, one)
    # An editor shows the constructor's text where a shape is made; answers are made by the service.
    built = one.role == "request" or one.name in made.homes.dicts
    return render(
        "model.pyi",
        name=one.name,
        base=_generic_base(made, one, names),
        doc=docstring(doc, 4),
        final=names.use("typing", "Final") if members else "",
        fields=described,
        arguments=docstring([*doc, *arguments_doc(members)], 8) if built else "",
    )


def _generic_base(made: Package, one: Class, names: Scope) -> str:
    base = names.use(SHAPE, _base(made, one))
    if one.role != "request":
        return base
    operation = made.service.operations[one.operation or ""]
    answer = made.plan.responses.get(operation.name)
    parameters = [made.homes.model(answer, names) if answer else "None"]
    if operation.paginator:
        parameters.append(item_type(made, operation, names))
    return f"{base}[{', '.join(parameters)}]"


def item_type(made: Package, operation: ir.Operation, names: Scope) -> str:
    """The type of what a listing lists: the items at its first result key."""
    shape: str | None = operation.output
    paginator = operation.paginator
    if not paginator or not paginator.result_keys:
        return "object"
    for part in paginator.result_keys[0].split("."):
        structure = made.service.shapes.get(shape or "")
        members = structure.members if isinstance(structure, ir.Structure) else ()
        shape = next((member.shape for member in members if member.name == part), None)
    found = made.service.shapes.get(shape or "")
    if not isinstance(found, ir.List):
        return "object"
    item = ir.Member(name="", shape=found.member)
    return kind(made.plan, item, ir.Structure(name=""), "shape").field(names, made.homes)
