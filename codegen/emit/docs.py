"""Docstrings: facts in our own fixed words, never the service's prose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from codegen.model import ir, naming
from codegen.model.classes import Class, Plan
from codegen.overrides import exactly_one, rows, table
from sagemaker_typed.core.api_model import reference
from sagemaker_typed.core.schema import descriptions
from sagemaker_typed.core.schema.descriptions import documented_as, several

_ANY_SERVICE: Final = "https://docs.aws.amazon.com/goto/WebAPI/"
"""AWS leads from here to the page of any service; each of its SDKs documents operations so."""


def pages(service: ir.Service) -> str:
    """The address at which AWS documents an operation or a structure, with ``{}`` for its name."""
    base: str | None = table("links")["services"].get(service.name)
    if base:
        return f"{base}{{}}.html"
    return f"{_ANY_SERVICE}{service.uid}/{{}}" if service.uid else ""


def link(service: ir.Service, name: str) -> str | None:
    """The page on which AWS documents an operation or a structure."""
    return pages(service).format(name) or None


def references(service: ir.Service, name: str) -> list[str]:
    """The paragraph with the link to that page."""
    return reference(pages(service), name)


def page(cls: Class) -> str:
    """The name of the page that documents a class; empty for details of an error."""
    return "" if cls.structure.exception else cls.operation or cls.documented or cls.name


def of_class(plan: Plan, cls: Class) -> list[str]:
    """The docstring of a class, as editors show it."""
    return [
        *_role(plan, cls),
        *own(plan, cls),
        *documented_as(cls.documented or cls.name, cls.name),
        *_page(plan, cls),
    ]


def _role(plan: Plan, cls: Class) -> list[str]:
    """The sentence about the operation of a request or a response."""
    operation = cls.operation or ""
    match cls.role:
        case "request":
            return [descriptions.request(operation, plan.responses.get(operation))]
        case "response":
            return [descriptions.response(operation)]
        case "shape":
            return []


def _page(plan: Plan, cls: Class) -> list[str]:
    return references(plan.service, page(cls))


def of_constructor(plan: Plan, cls: Class) -> list[str]:
    """The docstring of a constructor, without its arguments; that of the class says more."""
    first, *more = [*_role(plan, cls), *own(plan, cls)]
    return [f"{first.partition(', used by ')[0].rstrip('.')}.", *more, *_page(plan, cls)]


def own(plan: Plan, cls: Class) -> list[str]:
    """The part of the docstring of a class that the facts do not contain."""
    match cls.role:
        case "request":
            operation = plan.service.operations[cls.operation or ""]
            return [
                *_exactly_one(plan, cls.structure.name),
                *_deprecated(operation.deprecated),
            ]
        case "response":
            return []
        case "shape":
            return shape(plan, cls)


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
    return [
        f"``{documented}``{used_by}.",
        *(["A union: give exactly one member."] if cls.structure.union else []),
    ]


def entry(cls: Class) -> list[str]:
    """The docstring of a structure as a dictionary; that of the structure has the link."""
    union = ["A union: give exactly one key."] if cls.structure.union else []
    return [f"``{cls.documented or cls.name}`` as a dictionary.", *union]


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


def _deprecated(deprecated: bool) -> list[str]:
    return ["Deprecated by the service."] if deprecated else []


def method(plan: Plan, name: str, *, related: Sequence[str], waiters: Sequence[str]) -> list[str]:
    """The docstring of a client's method, without its page and its arguments."""
    operation = plan.service.operations[name]
    lines: list[str] = []
    if operation.errors:
        errors = [plan.service.shapes[error].name for error in operation.errors]
        lines.append(f"Raises: {several(errors, 8)}.")
    if waiters:
        lines.append(f"Waiters: {several(waiters, 8)}.")
    if related:
        lines.append(f"Related: {several(map(naming.method_name, related), 8)}.")
    return [
        f"Call ``{name}``.",
        *_deprecated(operation.deprecated),
        *prerequisite(plan.service.name, name),
        *_exactly_one(plan, operation.input),
        *(["\n".join(lines)] if lines else []),
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
