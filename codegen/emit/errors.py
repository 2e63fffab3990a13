"""``errors``: a class for each error code of the service."""

from __future__ import annotations

from codegen.emit import docs, runtime
from codegen.emit.context import EmitContext
from codegen.emit.scope import scope
from codegen.emit.templates import render
from codegen.emit.text import constant, docstring, string
from codegen.model import ir, naming


def errors(context: EmitContext) -> None:
    """Emit the modelled errors and those that every service may return."""
    modelled = {
        name: shape
        for name, shape in context.service.shapes.items()
        if isinstance(shape, ir.Structure) and shape.exception
    }
    classes = {
        name: f"{naming.class_name(name)}{'_' if name in ('ServiceError', 'BY_CODE') else ''}"
        for name in modelled
    }
    names = scope(classes.values())
    base = names.use(*runtime.ERRORS["ServiceError"])
    core = {name: names.use(*symbol) for name, symbol in runtime.ERRORS.items()}
    errors = [
        _error(context, shape, classes[name], core.get(name, base))
        for name, shape in modelled.items()
    ]
    by_code = {
        code: core[code]
        for code in runtime.ERRORS
        if code not in ("ServiceError", "UnreadableResponse")
    }
    by_code |= {shape.error_code or name: classes[name] for name, shape in modelled.items()}
    body = render(
        "errors.py",
        names=sorted(
            {*classes.values(), *(n for n in runtime.ERRORS if n not in classes.values())}
        ),
        errors=errors,
        base=base,
        mapping=names.use("collections.abc", "Mapping"),
        by_code=sorted((string(code), name) for code, name in by_code.items()),
    )
    future = ["from __future__ import annotations"]
    if any(_details(shape) for shape in modelled.values()):
        checking = names.use("typing", "TYPE_CHECKING")
        body = f"if {checking}:\n    from {context.name} import models\n\n{body}"
    context.module("errors.py", body, names, doc="The errors of the service.", imports=future)


def _error(context: EmitContext, shape: ir.Structure, name: str, base: str) -> str:
    model = context.plan.class_of[shape.name]
    code = shape.error_code or shape.name
    status = f", HTTP status {shape.http_status}" if shape.http_status else ""
    return render(
        "error.py",
        name=name,
        base=base,
        doc=docstring([f"Error ``{code}``{status}.", *docs.raised_by(context.plan, shape)], 4),
        code=constant(code),
        details=model if _details(shape) else "",
        package=context.name,
    )


def _details(shape: ir.Structure) -> bool:
    """Return whether an error has more members than code and message."""
    return any(member.name.lower() not in ("message", "code") for member in shape.members)
