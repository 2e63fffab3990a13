"""Docstrings: facts in our own fixed words, never the service's prose."""

from __future__ import annotations

from collections.abc import Sequence

from codegen.model import ir, naming
from codegen.model.classes import Class, Plan
from codegen.overrides import table
from sagemaker_typed.core.schema.descriptions import several


def link(service: str, name: str) -> str | None:
    """The page where AWS documents an operation or a structure."""
    base: str | None = table("links")["services"].get(service)
    return f"{base}{name}.html" if base else None


def title(module: str) -> str:
    """``auto_ml_job`` as words: Auto ML job."""
    spoken = {"ai": "AI", "ml": "ML", "ui": "UI", "url": "URL", "api": "API", "mlflow": "MLflow"}
    words = [spoken.get(word, word) for word in module.strip("_").split("_")]
    text = " ".join(words)
    return text[0].upper() + text[1:]


def models_module(module: str, *, has_operations: bool) -> str:
    if has_operations:
        return f"{title(module)}: requests, responses and shapes."
    return f"{title(module)}: shapes."


def shape(plan: Plan, one: Class) -> list[str]:
    """The docstring of a structure that is neither a request nor a response."""
    documented = one.documented or one.name
    uses = plan.uses.get(documented, {})
    paragraphs: list[str] = []
    if one.structure.exception:
        status = (
            f" with HTTP status {one.structure.http_status}" if one.structure.http_status else ""
        )
        paragraphs.append(f"What a ``{documented}`` error says{status}.")
    else:
        where = sorted(uses.get("input", frozenset()) | uses.get("output", frozenset()))
        of = f", of {several(where)}" if where else ""
        paragraphs.append(f"``{documented}``{of}.")
        if one.structure.union:
            paragraphs.append("A union: exactly one member is given.")
        page = link(plan.service.name, documented)
        if page and where:
            paragraphs.append(page)
    return paragraphs


def entry(plan: Plan, one: Class) -> list[str]:
    """The docstring of a structure as a dictionary."""
    documented = one.documented or one.name
    union = ["A union: exactly one key is given."] if one.structure.union else []
    page = link(plan.service.name, documented)
    return [f"``{documented}`` as a dictionary.", *union, *([page] if page else [])]


def raised_by(plan: Plan, shape: ir.Structure) -> list[str]:
    """Which operations say that they answer an error."""
    operations = sorted(
        operation.name
        for operation in plan.service.operations.values()
        if shape.name in operation.errors
    )
    return [f"Raised by {several(operations)}."] if operations else []


def request(plan: Plan, one: Class) -> list[str]:
    operation = plan.service.operations[one.operation or ""]
    answer = plan.responses.get(operation.name)
    answers = f"answered by ``{answer}``" if answer else "answered by nothing"
    return [
        f"What ``{operation.name}`` takes; {answers}.",
        *_documented(one),
        *_deprecated(operation.deprecated),
        *filter(None, [link(plan.service.name, operation.name)]),
    ]


def response(plan: Plan, one: Class) -> list[str]:
    return [
        f"What ``{one.operation}`` answers.",
        *_documented(one),
        *filter(None, [link(plan.service.name, one.operation or "")]),
    ]


def _documented(one: Class) -> list[str]:
    if one.documented is None or one.documented == one.name:
        return []
    return [f"Documented as ``{one.documented}``."]


def _deprecated(deprecated: bool) -> list[str]:
    return ["Deprecated by the service."] if deprecated else []


def method(
    plan: Plan,
    name: str,
    *,
    related: Sequence[str],
    waiters: Sequence[str],
    reads: str | None,
) -> list[str]:
    """The docstring of a client's method, without its arguments."""
    operation = plan.service.operations[name]
    lines: list[str] = []
    if operation.errors:
        errors = [plan.service.shapes[e].name for e in operation.errors]
        lines.append(f"Raises: {several(errors, 8)}.")
    if waiters:
        lines.append(f"Waiters: {several(waiters, 8)}.")
    if related:
        lines.append(f"Related: {several(map(naming.method_name, related), 8)}.")
    page = link(plan.service.name, name)
    return [
        f"Call ``{name}``.",
        *_deprecated(operation.deprecated),
        *([reads] if reads else []),
        *(["\n".join(lines)] if lines else []),
        *([page] if page else []),
    ]


def reads(member: str, describe: str) -> str:
    """What a method does that waits for another resource to become visible."""
    return (
        f"What ``{member}`` names is looked up with ``{describe}`` first; while the service says"
        " that it is not there yet, the call is repeated as far as ``consistency`` allows."
    )
