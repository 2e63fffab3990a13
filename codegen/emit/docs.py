"""Docstrings: facts in our own fixed words, never the service's prose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from codegen.model import ir, naming
from codegen.model.classes import Class, Plan
from codegen.overrides import exactly_one, rows, table
from sagemaker_typed.core.schema.descriptions import several

_ANY_SERVICE: Final = "https://docs.aws.amazon.com/goto/WebAPI/"
"""AWS leads from here to the page of any service; each of its SDKs documents operations so."""


def link(service: ir.Service, name: str) -> str | None:
    """The page on which AWS documents an operation or a structure."""
    base: str | None = table("links")["services"].get(service.name)
    if base:
        return f"{base}{name}.html"
    return f"{_ANY_SERVICE}{service.uid}/{name}" if service.uid else None


def reference(service: ir.Service, name: str) -> str | None:
    """The link to that page; an editor would take an underscore of a bare address for emphasis."""
    page = link(service, name)
    return f"[API reference]({page})" if page else None


def title(module: str) -> str:
    """``auto_ml_job`` as words: Auto ML job."""
    spelling = {"ai": "AI", "ml": "ML", "ui": "UI", "url": "URL", "api": "API", "mlflow": "MLflow"}
    words = [spelling.get(word, word) for word in module.strip("_").split("_")]
    text = " ".join(words)
    return text[0].upper() + text[1:]


def models_module(module: str, *, has_operations: bool) -> str:
    """The docstring of a module of ``models``."""
    if has_operations:
        return f"{title(module)}: requests, responses and shapes."
    return f"{title(module)}: shapes."


def shape(plan: Plan, cls: Class) -> list[str]:
    """The docstring of a structure that is neither a request nor a response."""
    documented = cls.documented or cls.name
    if cls.structure.exception:
        status = cls.structure.http_status
        return [
            f"Details of the error ``{documented}``{f', HTTP status {status}' if status else ''}."
        ]
    uses = plan.uses.get(documented, {})
    users = sorted(uses.get("input", frozenset()) | uses.get("output", frozenset()))
    used_by = f", used by {several(users)}" if users else ""
    page = reference(plan.service, documented)
    return [
        f"``{documented}``{used_by}.",
        *(["A union: give exactly one member."] if cls.structure.union else []),
        *([page] if page and users else []),
    ]


def entry(plan: Plan, cls: Class) -> list[str]:
    """The docstring of a structure as a dictionary."""
    documented = cls.documented or cls.name
    union = ["A union: give exactly one key."] if cls.structure.union else []
    page = reference(plan.service, documented)
    return [f"``{documented}`` as a dictionary.", *union, *([page] if page else [])]


def raised_by(plan: Plan, shape: ir.Structure) -> list[str]:
    """The operations that document an error."""
    operations = sorted(
        operation.name
        for operation in plan.service.operations.values()
        if shape.name in operation.errors
    )
    return [f"Raised by {several(operations)}."] if operations else []


def _exactly_one(plan: Plan, structure: str | None) -> list[str]:
    choices = exactly_one(plan.service.name, structure or "")
    return [f"Give exactly one of {several(choices)}."] if choices else []


def request(plan: Plan, cls: Class) -> list[str]:
    """The docstring of a request."""
    operation = plan.service.operations[cls.operation or ""]
    response = plan.responses.get(operation.name)
    returns = f"The response is ``{response}``." if response else "The response is empty."
    return [
        f"Request of ``{operation.name}``. {returns}",
        *_exactly_one(plan, cls.structure.name),
        *_documented(cls),
        *_deprecated(operation.deprecated),
        *filter(None, [reference(plan.service, operation.name)]),
    ]


def response(plan: Plan, cls: Class) -> list[str]:
    """The docstring of a response."""
    return [
        f"Response of ``{cls.operation}``.",
        *_documented(cls),
        *filter(None, [reference(plan.service, cls.operation or "")]),
    ]


def _documented(cls: Class) -> list[str]:
    if cls.documented is None or cls.documented == cls.name:
        return []
    return [f"Documented as ``{cls.documented}``."]


def _deprecated(deprecated: bool) -> list[str]:
    return ["Deprecated by the service."] if deprecated else []


def method(plan: Plan, name: str, *, related: Sequence[str], waiters: Sequence[str]) -> list[str]:
    """The docstring of a client's method, without its arguments."""
    operation = plan.service.operations[name]
    lines: list[str] = []
    if operation.errors:
        errors = [plan.service.shapes[error].name for error in operation.errors]
        lines.append(f"Raises: {several(errors, 8)}.")
    if waiters:
        lines.append(f"Waiters: {several(waiters, 8)}.")
    if related:
        lines.append(f"Related: {several(map(naming.method_name, related), 8)}.")
    page = reference(plan.service, name)
    return [
        f"Call ``{name}``.",
        *_deprecated(operation.deprecated),
        *prerequisite(plan.service.name, name),
        *_exactly_one(plan, operation.input),
        *(["\n".join(lines)] if lines else []),
        *([page] if page else []),
    ]


def prerequisite(service: str, operation: str) -> list[str]:
    """The paragraph about the resource that an operation waits for, if any."""
    return [
        (
            f"Waits until ``{row['describe']}`` finds ``{naming.field_name(row['member'])}``, then"
            " sends the call. Retries while the service reports that it does not exist, within"
            " ``consistency``."
        )
        for row in rows("consistency", "prerequisites", service)
        if row["operation"] == operation
    ]
