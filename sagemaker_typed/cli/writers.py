"""Writes a skeleton as JSON, as YAML with comments, and as Python for this package."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from sagemaker_typed import API_MODEL
from sagemaker_typed.cli.names import PACKAGE
from sagemaker_typed.core.schema import descriptions, facts
from sagemaker_typed.core.shapes.serialize import to_json_value
from sagemaker_typed.testing.sample_tree import Fixed, Items, Leaf, Node, Object, Pairs, to_boto

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Request

_WIDTH = 100

Writer: TypeAlias = "Callable[[type[Request[object]], Object], str]"


def as_json(_: type[Request[object]], tree: Object) -> str:
    """Write a request for ``aws ... --cli-input-json``."""
    return f"{json.dumps(to_boto(tree), default=to_json_value, indent=2)}\n"


def as_yaml(request: type[Request[object]], tree: Object) -> str:
    """Write a request for ``aws ... --cli-input-yaml``, each member below its description."""
    operation = request.__operation__
    command = f"aws {API_MODEL.service} {operation.method.replace('_', '-')}"
    lines = [
        f"# {operation.name}: {command} --cli-input-yaml file://FILE",
        *_yaml_members(tree, ""),
    ]
    if not tree.members:
        lines.append("{}")
    return "\n".join([*lines, ""])


def _yaml_members(tree: Object, indent: str) -> Iterator[str]:
    if tree.shape.__union__:
        yield from _comment(f"exactly one of {_names(tree.shape.__members__.values())}", indent)
    for member in tree.members:
        description = descriptions.member(PACKAGE, member.fact, descriptions.TERMINAL)
        kind = member.fact.kind
        # the name of an optional structure adds nothing to its key
        known = isinstance(kind, facts.Structure) and descriptions.with_article(
            kind.name, descriptions.TERMINAL
        )
        if description != known:
            yield from _comment(description, indent)
        yield from _yaml(f"{indent}{member.fact.documented}:", member.value, indent)
    kept_out = [(fact, rule) for fact, rule in tree.left_out if rule]
    for fact, rule in kept_out:
        yield from _comment(f"{fact.documented} is left out, because of the rule {rule}", indent)
    others = [fact for fact, rule in tree.left_out if not rule]
    if others and not tree.shape.__union__:
        yield from _comment(f"optional: {_names(others)}", indent)


def _names(members: Iterable[facts.Member]) -> str:
    return ", ".join(member.documented for member in members)


def _yaml(head: str, node: Node, indent: str) -> Iterator[str]:
    """Yield the lines of a value after its key, or after the dash of an item."""
    inner = f"{indent}  "
    match node:
        case Leaf() | Fixed():
            yield f"{head} {_yaml_scalar(node)}"
        case Items():
            yield head if node.items else f"{head} []"
            for item in node.items:
                yield from _yaml(f"{inner}-", item, inner)
        case Pairs():
            yield head if node.pairs else f"{head} {{}}"
            for key, value in node.pairs:
                yield from _yaml(f"{inner}{json.dumps(key)}:", value, inner)
        case Object():
            yield head if node.members else f"{head} {{}}"
            yield from _yaml_members(node, inner)


def _yaml_scalar(leaf: Leaf | Fixed) -> str:
    # JSON strings, numbers and booleans are valid YAML
    return json.dumps(leaf.value, default=to_json_value, ensure_ascii=False)


def _comment(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        max(_WIDTH, len(indent) + 40),
        initial_indent=f"{indent}# ",
        subsequent_indent=f"{indent}# ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def as_python(request: type[Request[object]], tree: Object) -> str:
    """Write a program that sends the request."""
    operation = request.__operation__
    models = sorted(set(_models(tree)) - {request.__name__})
    assignment = "response = " if operation.response else ""
    arguments = [f"{member.name}={_python(member.value, 1)}" for member in tree.members]
    call = _call(f"{assignment}client.{operation.method}", arguments, 0)
    return "\n".join(
        [
            f"from {PACKAGE} import SageMakerClient",
            *([_import(models)] if models else []),
            "",
            "client = SageMakerClient()",
            call,
            *(["print(response)"] if assignment else []),
            "",
        ]
    )


def _import(names: Sequence[str]) -> str:
    line = f"from {PACKAGE}.models import {', '.join(names)}"
    if len(line) <= _WIDTH:
        return line
    return "\n".join([f"from {PACKAGE}.models import (", *(f"    {name}," for name in names), ")"])


def _models(node: Node) -> Iterator[str]:
    match node:
        case Object():
            yield node.shape.__name__
            for member in node.members:
                yield from _models(member.value)
        case Items():
            for item in node.items:
                yield from _models(item)
        case Pairs():
            for _, value in node.pairs:
                yield from _models(value)
        case Leaf() | Fixed():
            pass


def _python(node: Node, depth: int) -> str:
    match node:
        case Leaf() | Fixed():
            return _literal(node.value)
        case Items():
            return _bracketed("[", [_python(item, depth + 1) for item in node.items], "]", depth)
        case Pairs():
            pairs = [f"{_literal(key)}: {_python(value, depth + 1)}" for key, value in node.pairs]
            return _bracketed("{", pairs, "}", depth)
        case Object():
            arguments = [
                f"{member.name}={_python(member.value, depth + 1)}" for member in node.members
            ]
            return _call(node.shape.__name__, arguments, depth)


def _call(name: str, arguments: Sequence[str], depth: int) -> str:
    return _bracketed(f"{name}(", arguments, ")", depth)


def _bracketed(opening: str, parts: Sequence[str], closing: str, depth: int) -> str:
    """Write parts on one line if they are short and simple, else one for each line."""
    line = f"{opening}{', '.join(parts)}{closing}"
    if "\n" not in line and len(line) + 4 * depth <= _WIDTH // 2:
        return line
    if not parts:
        return line
    inner = "    " * (depth + 1)
    lines = "".join(f"{inner}{part},\n" for part in parts)
    return f"{opening}\n{lines}{'    ' * depth}{closing}"


def _literal(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return f'b"{value.decode("ascii")}"' if isinstance(value, bytes) else repr(value)


FORMATS: Mapping[str, Writer] = {"json": as_json, "yaml": as_yaml, "python": as_python}
