"""``errors``: a class for each code that the service may answer."""

from __future__ import annotations

from codegen.emit import docs
from codegen.emit.context import CORE, Package
from codegen.emit.scope import scope
from codegen.emit.templates import render
from codegen.emit.text import constant, docstring, string
from codegen.model import ir, naming

# What every service may answer, and what core.errors has for it.
_CORE_ERRORS = (
    "AccessDeniedException",
    "ServiceError",
    "ThrottlingException",
    "UnreadableResponse",
    "ValidationException",
)


def errors(made: Package) -> None:
    """The modelled exceptions, and what every service may answer."""
    modelled = {
        name: shape
        for name, shape in made.service.shapes.items()
        if isinstance(shape, ir.Structure) and shape.exception
    }
    classes = {
        name: f"{naming.class_name(name)}{'_' if name in ('ServiceError', 'BY_CODE') else ''}"
        for name in modelled
    }
    names = scope(classes.values())
    base = names.use(f"{CORE}.errors", "ServiceError")
    core = {name: names.use(f"{CORE}.errors", name) for name in _CORE_ERRORS}
    errors = [
        _error(made, shape, classes[name], core.get(name, base)) for name, shape in modelled.items()
    ]
    by_code = {
        code: core[code]
        for code in _CORE_ERRORS
        if code not in ("ServiceError", "UnreadableResponse")
    }
    by_code |= {shape.error_code or name: classes[name] for name, shape in modelled.items()}
    body = render(
        "errors.py",
        names=sorted({*classes.values(), *(n for n in _CORE_ERRORS if n not in classes.values())}),
        errors=errors,
        base=base,
        mapping=names.use("collections.abc", "Mapping"),
        by_code=sorted((string(code), name) for code, name in by_code.items()),
    )
    future = ["from __future__ import annotations"]
    if any(_details(shape) for shape in modelled.values()):
        checking = names.use("typing", "TYPE_CHECKING")
        body = f"if {checking}:\n    from {made.name} import models\n\n{body}"
    made.module("errors.py", body, names, doc="What the service refuses.", imports=future)


def _error(made: Package, shape: ir.Structure, name: str, base: str) -> str:
    model = made.plan.class_of[shape.name]
    code = shape.error_code or shape.name
    status = f", HTTP status {shape.http_status}" if shape.http_status else ""
    return render(
        "error.py",
        name=name,
        base=base,
        doc=docstring(
            [f"The service answered ``{code}``{status}.", *docs.raised_by(made.plan, shape)], 4
        ),
        code=constant(code),
        details=model if _details(shape) else "",
        package=made.name,
    )


def _details(shape: ir.Structure) -> bool:
    """Whether an error says more than its code and message."""
    return any(member.name.lower() not in ("message", "code") for member in shape.members)
