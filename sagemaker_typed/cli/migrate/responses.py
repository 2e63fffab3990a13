"""The uses of responses: keys become attributes, where the program then behaves alike.

A use that shows a response as the dictionary that it was, or that hides it from view, raises
``NotMovable``. So do the differences that a program may show: the ``repr`` of an enum's member, the
time zone of a timestamp, and the ``KeyError`` for a member that is not in the response.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sagemaker_typed.cli.migrate.arguments import NotMovable
from sagemaker_typed.cli.migrate.edits import Edit, insert
from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.schema.walk import find_member

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sagemaker_typed.cli.migrate.program import Program
    from sagemaker_typed.cli.migrate.variables import Variable

_COMPOSED = (facts.Structure, facts.List, facts.Map)
_METADATA = {
    "RequestId": "request_id",
    "HTTPStatusCode": "http_status_code",
    "HTTPHeaders": "http_headers",
    "RetryAttempts": "retry_attempts",
}
_LOGGING = {"critical", "debug", "error", "exception", "info", "warning"}


@dataclass(frozen=True, slots=True)
class Kind:
    """The fact about an expression, and how it is read."""

    fact: facts.Kind
    package: str
    optional: bool = False
    """True if it may be ``None``, where boto3's dictionary has no key."""
    by_get: bool = False
    """True if ``get`` read it, so that the program expects ``None``."""
    response: bool = False
    """True for a whole response, which has ``ResponseMetadata``."""


@dataclass(slots=True)
class Uses:
    """The edits of the uses of one response, and the variables that hold parts of it."""

    edits: list[Edit] = field(default_factory=list)
    variables: dict[Variable, Kind] = field(default_factory=dict)


class Responses:
    """Follows the uses of responses."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self.several: set[Variable] = set()
        """The variables that hold responses of different operations, one after another."""

    def uses_of(self, node: ast.expr, kind: Kind) -> Uses:
        """Follow an expression that is a response or a part of one; raises ``NotMovable``."""
        uses = Uses()
        self._use(node, kind, uses)
        return uses

    def uses_of_variable(self, variable: Variable, kind: Kind) -> Uses:
        """Follow every use of a variable that holds a part of a response."""
        uses = Uses()
        for load in variable.loads:
            fact = self._program.part(load)
            differs = fact is not None and fact != kind.fact
            if (differs and self._program.is_typed) or (fact is None and variable in self.several):
                raise NotMovable(f"{variable.name} has several forms")
            if differs:  # here it is the response of another call
                continue
            self._use(load, kind, uses)
        return uses

    def _use(self, node: ast.expr, kind: Kind, uses: Uses) -> None:
        if isinstance(kind.fact, _COMPOSED):
            self._composed(node, kind, uses)
        else:
            self._scalar(node, kind, uses)

    # --- structures, lists and maps -------------------------------------------------------------

    def _composed(self, node: ast.expr, kind: Kind, uses: Uses) -> None:
        parent = self._program.parent(node)
        is_list = isinstance(kind.fact, facts.List)
        match parent:
            case ast.Expr() if not self._program.notebook:
                pass
            case ast.Subscript(value=value) if value is node:
                self._subscript(node, parent, kind, uses)
            case ast.Attribute(value=value) if value is node:
                self._method(node, parent, kind, uses)
            case ast.For(iter=items) | ast.comprehension(iter=items) if items is node and is_list:
                self._loop(node, parent, parent.target, kind, uses)
            case ast.Assign(targets=[ast.Name() as target], value=value) if value is node:
                self._assigned(node, target, kind, uses)
            case ast.Compare() if _asks_for_key(parent, node):
                self._key_test(node, parent, kind, uses)
            case ast.Call(func=ast.Name(id="len"), args=[argument]) if argument is node:
                self._or_empty(node, kind, uses)
            case ast.Call(func=ast.Name(id="enumerate"), args=[first, *_]) if (
                first is node and is_list and not parent.keywords
            ):
                self._enumerated(node, parent, kind, uses)
            case _ if not isinstance(kind.fact, facts.Structure) and self._is_tested(node):
                pass
            case _:
                raise NotMovable(f"line {node.lineno} uses the response as a dictionary")

    def _subscript(self, node: ast.expr, item: ast.Subscript, kind: Kind, uses: Uses) -> None:
        if not isinstance(item.ctx, ast.Load):
            raise NotMovable(f"line {node.lineno} changes the response")
        if kind.optional:
            raise NotMovable(f"line {node.lineno} reads inside a member that may be missing")
        match kind.fact:
            case facts.List(item=inner) if not isinstance(item.slice, ast.Slice):
                self._use(item, Kind(inner, kind.package), uses)
            case facts.Map(value=inner):
                self._use(item, Kind(inner, kind.package), uses)
            case facts.Structure() if isinstance(item.slice, ast.Constant):
                key = item.slice.value
                if kind.response and key == "ResponseMetadata":
                    self._metadata(node, item, uses)
                    return
                field_, member = self._member(kind, key, node)
                uses.edits.append(self._attribute(node, item, field_))
                inner = member.kind
                self._use(item, Kind(inner, kind.package, optional=not member.required), uses)
            case _:
                raise NotMovable(f"line {node.lineno} reads the response with a key that varies")

    def _metadata(self, node: ast.expr, item: ast.Subscript, uses: Uses) -> None:
        outer = self._program.parent(item)
        key = outer.slice if isinstance(outer, ast.Subscript) and outer.value is item else None
        name = _METADATA.get(str(key.value)) if isinstance(key, ast.Constant) else None
        if name is None or not isinstance(outer, ast.Subscript):
            raise NotMovable(f"line {node.lineno} uses ResponseMetadata as a dictionary")
        uses.edits.append(self._attribute(node, item, "response_metadata"))
        uses.edits.append(self._attribute(item, outer, name))

    def _member(self, kind: Kind, key: object, node: ast.expr) -> tuple[str, facts.Member]:
        assert isinstance(kind.fact, facts.Structure)  # noqa: S101  # the callers match it
        shape = find_shape(kind.package, kind.fact.name)
        known = find_member(shape, key) if isinstance(key, str) else None
        if known is None or known[1].documented != key:
            raise NotMovable(f"line {node.lineno}: {shape.__name__} has no member {key!r}")
        return known

    def _attribute(self, node: ast.expr, whole: ast.expr, name: str) -> Edit:
        """Return the edit that replaces what follows an expression by an attribute."""
        start, end = self._program.end(node), self._program.end(whole)
        closing = self._program.find(r"^[\s)]*(?=[\[.])", start, end)
        if closing is None:
            raise NotMovable(f"line {node.lineno} has a comment inside of an expression")
        return Edit(closing[1], end, f".{name}")

    def _method(self, node: ast.expr, method: ast.Attribute, kind: Kind, uses: Uses) -> None:
        call = self._program.parent(method)
        if not isinstance(call, ast.Call) or call.func is not method or call.keywords:
            raise NotMovable(f"line {node.lineno} uses the response as a dictionary")
        match kind.fact, method.attr, call.args:
            case facts.Structure(), "get", [ast.Constant(value=key), *default]:
                self._get(node, call, key, default, kind, uses)
            case facts.Map(value=value), "get", [_] if not kind.optional:
                inner = Kind(value, kind.package, optional=True, by_get=True)
                self._use(call, inner, uses)
            case facts.Map(value=value), ("items" | "keys" | "values"), [] if (
                not kind.optional and _is_plain(value) and self._is_iterated(call)
            ):
                pass
            case _:
                raise NotMovable(f"line {node.lineno} uses the response as a dictionary")

    def _get(
        self,
        node: ast.expr,
        call: ast.Call,
        key: object,
        default: Sequence[ast.expr],
        kind: Kind,
        uses: Uses,
    ) -> None:
        if kind.optional:
            raise NotMovable(f"line {node.lineno} reads inside a member that may be missing")
        if kind.response and key == "ResponseMetadata":
            raise NotMovable(f"line {node.lineno} uses ResponseMetadata as a dictionary")
        name, member = self._member(kind, key, node)
        inner = Kind(
            member.kind, kind.package, optional=not member.required, by_get=not member.required
        )
        match default:
            case [] | [ast.Constant(value=None)]:
                uses.edits.append(self._attribute(node, call, name))
            case [ast.List(elts=[]) | ast.Tuple(elts=[])] if isinstance(member.kind, facts.List):
                uses.edits.append(self._attribute(node, call, name))
                if self._is_tested(call):
                    return
            case [ast.Constant() as value] if isinstance(node, ast.Name) and not isinstance(
                member.kind, _COMPOSED
            ):
                read = f"{node.id}.{name}"
                new = f"({read} if {read} is not None else {self._program.text(value)})"
                self._scalar(call, Kind(member.kind, kind.package), Uses())
                if isinstance(member.kind, facts.Enum) and not self._is_text(call):
                    raise NotMovable(f"line {node.lineno} shows a listed value")
                uses.edits.append(Edit(self._program.start(call), self._program.end(call), new))
                return
            case _:
                raise NotMovable(f"line {node.lineno} has a default that is not a constant")
        self._use(call, inner, uses)

    def _loop(
        self,
        node: ast.expr,
        loop: ast.For | ast.comprehension,
        target: ast.expr,
        kind: Kind,
        uses: Uses,
    ) -> None:
        variable = self._program.variable(target)
        if variable is None or getattr(loop, "is_async", False):
            raise NotMovable(f"line {node.lineno} loops over the response in another way")
        assert isinstance(kind.fact, facts.List)  # noqa: S101  # the callers match it
        self._or_empty(node, kind, uses)
        self._hold(variable, Kind(kind.fact.item, kind.package), uses)

    def _enumerated(self, node: ast.expr, call: ast.Call, kind: Kind, uses: Uses) -> None:
        loop = self._program.parent(call)
        match loop:
            case ast.For(target=ast.Tuple(elts=[_, target])) if loop.iter is call:
                self._loop(node, loop, target, kind, uses)
            case ast.comprehension(target=ast.Tuple(elts=[_, target])) if loop.iter is call:
                self._loop(node, loop, target, kind, uses)
            case _:
                raise NotMovable(f"line {node.lineno} uses the response as a dictionary")

    def _assigned(self, node: ast.expr, target: ast.Name, kind: Kind, uses: Uses) -> None:
        variable = self._program.variable(target)
        if kind.optional:
            raise NotMovable(f"line {node.lineno} keeps a member that may be missing")
        if variable is None:
            raise NotMovable(f"line {node.lineno} keeps the response elsewhere")
        self._hold(variable, kind, uses)

    def _hold(self, variable: Variable, kind: Kind, uses: Uses) -> None:
        if isinstance(kind.fact, _COMPOSED):
            uses.variables[variable] = kind
        elif not isinstance(kind.fact, (facts.String, facts.Integer, facts.Float, facts.Boolean)):
            uses.edits += self.uses_of_variable(variable, kind).edits
            if len(variable.stores) > 1:
                raise NotMovable(f"{variable.name} holds other values too")

    def _key_test(self, node: ast.expr, test: ast.Compare, kind: Kind, uses: Uses) -> None:
        key = test.left
        assert isinstance(key, ast.Constant)  # noqa: S101  # the caller matches it
        if kind.optional:
            raise NotMovable(f"line {node.lineno} reads inside a member that may be missing")
        if isinstance(kind.fact, facts.Structure):
            name, _ = self._member(kind, key.value, node)
            what = "is not None" if isinstance(test.ops[0], ast.In) else "is None"
            uses.edits.append(Edit(self._program.start(test), self._program.start(node), ""))
            uses.edits.append(insert(self._program.end(node), f".{name} {what}"))

    def _or_empty(self, node: ast.expr, kind: Kind, uses: Uses) -> None:
        if kind.optional:
            if not kind.by_get:
                self._missing(node, is_fine=True)
            # behind the edit that makes the key an attribute
            uses.edits.append(insert(self._program.end(node), " or ()"))

    def _is_iterated(self, node: ast.expr) -> bool:
        parent = self._program.parent(node)
        return isinstance(parent, (ast.For, ast.comprehension)) and parent.iter is node

    # --- plain values ---------------------------------------------------------------------------

    def _scalar(self, node: ast.expr, kind: Kind, uses: Uses) -> None:
        match kind.fact:
            case facts.Enum():
                self._enum(node, kind, uses)
                return
            case facts.Timestamp():
                if not self._is_moment(node) or kind.optional:
                    raise NotMovable(f"line {node.lineno}: the time zone of a time would change")
            case facts.Blob(streaming=True) if self._is_awaited(node):
                pass
            case facts.Blob(streaming=True) if self._is_in_coroutine(node):
                raise NotMovable(f"line {node.lineno} reads a stream in another way")
            case facts.Document() | facts.EventStream():
                raise NotMovable(f"line {node.lineno} uses a value that is frozen here")
            case _:
                pass
        if kind.optional and not kind.by_get:
            self._missing(node, is_fine=self._is_text(node))

    def _is_awaited(self, node: ast.expr) -> bool:
        """Return whether an expression is the stream of ``await stream.read()``."""
        method = self._program.parent(node)
        if not isinstance(method, ast.Attribute) or method.attr != "read":
            return False
        return any(isinstance(each, ast.Await) for each in self._program.around(method))

    def _is_in_coroutine(self, node: ast.expr) -> bool:
        return any(isinstance(each, ast.AsyncFunctionDef) for each in self._program.around(node))

    def _enum(self, node: ast.expr, kind: Kind, uses: Uses) -> None:
        if kind.optional and not kind.by_get:
            self._missing(node, is_fine=self._is_text(node))
        if self._is_text(node):
            return
        parent = self._program.parent(node)
        if isinstance(parent, ast.Assign) and parent.value is node:
            variable = self._program.variable(parent.targets[0])
            alone = len(parent.targets) == 1 and variable is not None and variable.simple
            if alone and variable is not None and all(map(self._is_text, variable.loads)):
                return
        if kind.optional:
            raise NotMovable(f"line {node.lineno} reads a listed value that may be missing")
        uses.edits.append(insert(self._program.end(node), ".value"))

    def _missing(self, node: ast.expr, *, is_fine: bool) -> None:
        """Raise ``NotMovable`` if a member that is not in the response matters to the program."""
        for around in self._program.around(node):
            if isinstance(around, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                break
            if isinstance(around, ast.Try) and any(map(_catches_key_error, around.handlers)):
                is_fine = False
        if not is_fine:
            raise NotMovable(f"line {node.lineno} reads a member that may be missing")

    def _is_text(self, node: ast.expr) -> bool:
        """Return whether only the text of a value counts: it is printed, formatted or compared."""
        parent = self._program.parent(node)
        match parent:
            case ast.FormattedValue(conversion=-1 | 115, format_spec=None) | ast.Compare():
                return True
            case ast.Call(func=ast.Name(id="print" | "str"), args=arguments):
                return node in arguments
            case ast.Call(func=ast.Attribute(attr=attribute), args=arguments):
                return attribute in _LOGGING and node in arguments
            case ast.BinOp(op=ast.Mod(), left=ast.Constant(value=str()), right=right):
                return right is node
            case ast.Tuple():
                outer = self._program.parent(parent)
                return isinstance(outer, ast.BinOp) and self._is_text(parent)
            case _:
                return self._is_tested(node)

    def _is_tested(self, node: ast.expr) -> bool:
        """Return whether only the truth of a value counts."""
        parent = self._program.parent(node)
        match parent:
            case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
                return test is node
            case ast.Assert(test=test):
                return test is node
            case ast.comprehension(ifs=tests):
                return node in tests
            case ast.UnaryOp(op=ast.Not()):
                return True
            case ast.BoolOp():
                return self._is_tested(parent)
            case _:
                return False

    def _is_moment(self, node: ast.expr) -> bool:
        parent = self._program.parent(node)
        match parent:
            case ast.Compare() | ast.BinOp(op=ast.Sub()):
                return True
            case ast.Attribute(attr="timestamp"):
                return True
            case _:
                return self._is_tested(node)


def _asks_for_key(test: ast.Compare, node: ast.expr) -> bool:
    """Return whether a comparison is ``"Key" in node``."""
    is_one = len(test.ops) == 1 and isinstance(test.ops[0], (ast.In, ast.NotIn))
    key = test.left
    is_text = isinstance(key, ast.Constant) and isinstance(key.value, str)
    return is_one and is_text and test.comparators[0] is node


def _catches_key_error(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    caught = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    return bool(caught & {"BaseException", "Exception", "KeyError", "LookupError"})


def _is_plain(kind: facts.Kind) -> bool:
    return isinstance(kind, (facts.String, facts.Integer, facts.Float, facts.Boolean))
