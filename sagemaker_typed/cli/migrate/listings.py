"""Paginators and waiters: ``iter_...``, ``pages`` and ``wait_...``."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from typing import TYPE_CHECKING

from sagemaker_typed.cli.migrate.arguments import NotMovable
from sagemaker_typed.cli.migrate.clients import client_class
from sagemaker_typed.cli.migrate.edits import Edit, insert
from sagemaker_typed.cli.migrate.responses import Kind, Uses
from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.walk import find_member

if TYPE_CHECKING:
    from sagemaker_typed.cli.boto3_code.results import Call
    from sagemaker_typed.cli.migrate.arguments import Arguments
    from sagemaker_typed.cli.migrate.clients import Clients
    from sagemaker_typed.cli.migrate.imports import Imports
    from sagemaker_typed.cli.migrate.program import Program
    from sagemaker_typed.cli.migrate.responses import Responses

_CONFIGS = {"pages": "PaginationConfig", "waiter": "WaiterConfig"}
_MAKERS = {"pages": "get_paginator", "waiter": "get_waiter"}


def iterator_of(method: str) -> str:
    """Return the method that iterates over the items of a listing."""
    return f"iter_{method.removeprefix('list_')}"


class Listings:
    """Moves paginators and waiters."""

    def __init__(
        self, program: Program, clients: Clients, arguments: Arguments, imports: Imports
    ) -> None:
        self._program = program
        self._clients = clients
        self._arguments = arguments
        self._imports = imports

    def owner(self, call: Call) -> tuple[ast.expr, bool]:
        """Return the client of a paginator or waiter, and whether it is in the call itself."""
        maker = self._maker(call)
        return self._client(maker), maker is self._helper(call)

    def possible(self, call: Call) -> None:
        """Raise ``NotMovable`` if the call of a paginator or waiter cannot move."""
        maker = self._maker(call)
        owner = self._client(maker)
        if self._program.client(owner) is None:
            raise NotMovable("the client is not visible where the helper is made")
        if maker is not self._helper(call) and not isinstance(owner, (ast.Name, ast.Attribute)):
            raise NotMovable("the client is made for the helper alone")
        for keyword in call.node.keywords:
            if keyword.arg is None:
                raise NotMovable("its arguments are not written out")
        if call.kind == "pages" and any(k.arg == _CONFIGS["pages"] for k in call.node.keywords):
            raise NotMovable("PaginationConfig has no equal here; iter_ methods take limit")
        self._arguments.check(self._plain(call), call.request)
        if call.kind == "waiter":
            self._wait_method(call)
            self._wait_config(call)
            if self._arguments.fields(self._plain(call), call.request) is None:
                raise NotMovable("its arguments are not written out")
        elif call.request.__operation__.pagination is None:
            raise NotMovable("the operation has no pages here")

    def _plain(self, call: Call) -> ast.Call:
        """Return a call without the configuration of its paginator or waiter."""
        config = _CONFIGS[call.kind]
        keywords = [each for each in call.node.keywords if each.arg != config]
        plain = ast.Call(call.node.func, call.node.args, keywords)
        return ast.copy_location(plain, call.node)

    def _helper(self, call: Call) -> ast.expr:
        """Return the paginator or waiter of a call."""
        func = call.node.func
        if not isinstance(func, ast.Attribute):
            raise NotMovable("its method is not called directly")
        return func.value

    def _maker(self, call: Call) -> ast.Call:
        """Return the ``get_paginator`` or ``get_waiter`` that makes the helper of a call."""
        helper = self._helper(call)
        variable = self._program.variable(helper)
        if variable is not None:
            if not variable.simple or len(variable.stores) != 1:
                raise NotMovable(f"{variable.name} is bound in several ways")
            parent = self._program.parent(variable.stores[0])
            helper = parent.value if isinstance(parent, ast.Assign) else helper
        match helper:
            case ast.Call(func=ast.Attribute(attr=name), args=[_], keywords=[]) if (
                name == _MAKERS[call.kind]
            ):
                return helper
            case _:
                raise NotMovable(f"{_MAKERS[call.kind]} is not visible at the call")

    def _client(self, maker: ast.Call) -> ast.expr:
        assert isinstance(maker.func, ast.Attribute)  # noqa: S101  # as `_maker` has matched
        return maker.func.value

    # --- waiters ---------------------------------------------------------------------------------

    def _wait_method(self, call: Call) -> str:
        name = ast.literal_eval(self._maker(call).args[0])
        method = f"wait_{name}"
        client = import_module(f"{call.service.package}.client")
        if not hasattr(getattr(client, client_class(call.service)), method):
            raise NotMovable(f"there is no {method}")
        return method

    def _wait_config(self, call: Call) -> str:
        """Return the arguments for a ``WaiterConfig`` with both of its numbers."""
        for keyword in call.node.keywords:
            if keyword.arg == _CONFIGS["waiter"]:
                config = _constants(keyword.value)
                if set(config) != {"Delay", "MaxAttempts"}:
                    raise NotMovable("WaiterConfig does not state both of its numbers")
                delay, attempts = config["Delay"], config["MaxAttempts"]
                return f"poll={delay}, timeout={delay * attempts}"
        return ""

    # --- paginators ------------------------------------------------------------------------------

    def uses(self, call: Call, responses: Responses) -> Uses:
        """Follow the uses of the pages of a listing."""
        node = call.node
        loop = self._program.parent(node)
        if not isinstance(loop, (ast.For, ast.comprehension)) or loop.iter is not node:
            raise NotMovable(f"line {node.lineno} does not loop over the pages")
        variable = self._program.variable(loop.target)
        if variable is None or getattr(loop, "is_async", False):
            raise NotMovable(f"line {node.lineno} loops over the pages in another way")
        response = call.request.__operation__.response
        assert response is not None  # noqa: S101  # a listing has a response
        package = call.request.__package_name__
        inner = self._inner(call)
        if inner is None:
            kind = Kind(facts.Structure(response), package, response=True)
            return Uses(variables={variable: kind})
        # only the loop over the items stays
        item = self._program.variable(inner.target)
        fact = self._items(call).item
        uses = Uses()
        if item is None:
            raise NotMovable(f"line {node.lineno} loops over the items in another way")
        if isinstance(fact, (facts.Structure, facts.List, facts.Map)):
            uses.variables[item] = Kind(fact, package)
        else:
            uses.edits += responses.uses_of_variable(item, Kind(fact, package)).edits
        return uses

    def _items(self, call: Call) -> facts.List:
        shape = call.service.response(call.request)
        pagination = call.request.__operation__.pagination
        assert shape is not None and pagination is not None  # noqa: S101, PT018
        known = find_member(shape, pagination.items[0])
        assert known is not None  # noqa: S101  # the generator checks it
        kind = known[1].kind
        assert isinstance(kind, facts.List)  # noqa: S101
        return kind

    def _inner(self, call: Call) -> ast.For | ast.comprehension | None:
        """Return the loop over the items of a page if the loop over pages does nothing else."""
        pagination = call.request.__operation__.pagination
        loop = self._program.parent(call.node)
        if (
            pagination is None
            or len(pagination.items) != 1
            or not isinstance(loop, (ast.For, ast.comprehension))
            or self._arguments.fields(self._plain(call), call.request) is None
        ):
            return None
        if not isinstance(self._items_or_none(call), facts.List):
            return None
        page = self._program.variable(loop.target)
        inner: ast.AST | None = None
        if isinstance(loop, ast.For):
            if len(loop.body) == 1 and not loop.orelse:
                inner = loop.body[0]
        else:
            outer = self._program.parent(loop)
            generators: list[ast.comprehension] = getattr(outer, "generators", [])
            position = generators.index(loop)
            following = generators[position + 1 : position + 2]
            inner = following[0] if following and not loop.ifs else None
        if not isinstance(inner, (ast.For, ast.comprehension)) or page is None:
            return None
        match inner.iter:
            case ast.Subscript(value=ast.Name() as read, slice=ast.Constant(value=key)):
                pass
            case ast.Call(
                func=ast.Attribute(attr="get", value=ast.Name() as read),
                args=[ast.Constant(value=key), ast.List(elts=[])],
            ):
                pass
            case _:
                return None
        if key != pagination.items[0] or page.loads != [read] or len(page.stores) != 1:
            return None
        if isinstance(inner, ast.For) and not self._can_collapse(loop, inner):
            return None
        return inner

    def _items_or_none(self, call: Call) -> facts.Kind | None:
        shape = call.service.response(call.request)
        pagination = call.request.__operation__.pagination
        known = find_member(shape, pagination.items[0]) if shape and pagination else None
        return known[1].kind if known else None

    def _can_collapse(self, loop: ast.AST, inner: ast.For) -> bool:
        """Return whether the lines of the inner loop can take the place of both loops."""
        if inner.orelse or not isinstance(loop, ast.For):
            return False
        for each in ast.walk(inner):
            if isinstance(each, ast.Break):
                return False
            if isinstance(each, (ast.Constant, ast.JoinedStr)):
                span = self._program.span(each)
                if span.line != span.end_line:  # a string of several lines keeps its own margin
                    return False
        head = self._head(loop, inner)
        return re.fullmatch(r"\s*:\s*", head) is not None

    def _head(self, loop: ast.For, inner: ast.For) -> str:
        return self._program.between(self._program.end(loop.iter), self._program.start(inner))

    # --- edits -----------------------------------------------------------------------------------

    def edits(self, call: Call) -> list[Edit]:
        """Return the edits of a call of a paginator or waiter."""
        node, helper, maker = call.node, self._helper(call), self._maker(call)
        client = self._client(maker)
        plain = self._plain(call)
        fields = self._arguments.fields(plain, call.request)
        func_end = self._program.end(node.func)
        if helper is maker:
            start, text = self._program.end(client), "."
        else:
            start, text = self._program.start(node.func), f"{self._clients.text(client)}."
        edits: list[Edit] = []
        if call.kind == "waiter":
            text += self._wait_method(call)
            edits += [*(fields or []), *self._config_edit(call)]
        elif fields is not None and self._inner(call) is not None:
            text += iterator_of(call.method)
            edits += [*fields, *self._collapse(call)]
        else:
            text += "pages"
            edits += self._request(call, fields)
        return [Edit(start, func_end, text), *edits]

    def _request(self, call: Call, fields: list[Edit] | None) -> list[Edit]:
        """Return the edits that make the arguments a request, for ``pages``."""
        node, request = call.node, call.request
        if fields is None:
            return self._arguments.from_boto(node, request)
        name = self._imports.name(f"{request.__package_name__}.models", request.__name__)
        line, column = self._program.end(node)
        opening = self._program.find(r"\(", self._program.end(node.func), (line, column))
        assert opening is not None  # noqa: S101  # a call has a parenthesis
        return [insert(opening[1], f"{name}("), *fields, insert((line, column - 1), ")")]

    def _config_edit(self, call: Call) -> list[Edit]:
        for keyword in call.node.keywords:
            if keyword.arg == _CONFIGS["waiter"]:
                start, end = self._program.start(keyword), self._program.end(keyword)
                return [Edit(start, end, self._wait_config(call))]
        return []

    def _collapse(self, call: Call) -> list[Edit]:
        """Return the edits that leave only the loop over the items."""
        loop, inner = self._program.parent(call.node), self._inner(call)
        if isinstance(loop, ast.comprehension) and isinstance(inner, ast.comprehension):
            target = self._program.text(inner.target)
            start, end = self._program.end(loop.iter), self._program.end(inner.iter)
            return [
                Edit(self._program.start(loop.target), self._program.end(loop.target), target),
                Edit(start, end, ""),
            ]
        assert isinstance(loop, ast.For) and isinstance(inner, ast.For)  # noqa: S101, PT018
        target = self._program.text(inner.target)
        edits = [
            Edit(self._program.start(loop.target), self._program.end(loop.target), target),
            Edit(self._program.end(loop.iter), self._program.end(inner.iter), ""),
        ]
        margin = self._program.start(inner)[1] - self._program.start(loop)[1]
        last = self._program.end(inner)[0]
        lines = self._program.code.lines
        for line in range(self._program.end(inner.iter)[0] + 1, last + 1):
            if lines[line - 1][:margin].isspace():
                edits.append(Edit((line, 0), (line, margin), ""))
        return edits

    def unused(self, moved: set[ast.Call]) -> list[ast.Assign]:
        """Return the statements that make paginators and waiters which nothing uses any more."""
        statements: list[ast.Assign] = []
        for node in self._program.nodes:
            match node:
                case ast.Assign(
                    targets=[ast.Name() as target],
                    value=ast.Call(func=ast.Attribute(attr="get_paginator" | "get_waiter")),
                ):
                    pass
                case _:
                    continue
            variable = self._program.variable(target)
            if variable is None or not variable.loads or len(variable.stores) != 1:
                continue
            calls = [self._call_of(load) for load in variable.loads]
            if all(call in moved for call in calls):
                statements.append(node)
        return statements

    def _call_of(self, load: ast.Name) -> ast.AST | None:
        method = self._program.parent(load)
        return self._program.parent(method) if isinstance(method, ast.Attribute) else None

    def removal(self, statement: ast.stmt) -> Edit:
        """Return the edit that removes a statement with its line."""
        (line, column), (end_line, end) = (
            self._program.start(statement),
            self._program.end(statement),
        )
        lines = self._program.code.lines
        parent = self._program.parent(statement)
        alone = isinstance(
            parent, (ast.Module, ast.FunctionDef, ast.For, ast.If, ast.With, ast.Try)
        )
        body: list[ast.stmt] = getattr(parent, "body", []) if alone else []
        if (
            self._program.is_alone(statement)
            and len(body) > 1
            and statement in body
            and end_line < len(lines)
        ):
            return Edit((line, 0), (end_line + 1, 0), "")
        return Edit((line, column), (end_line, end), "pass")


def _constants(node: ast.expr) -> dict[str, int]:
    """Return a dictionary of integers that is written out; empty for any other expression."""
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return {}
    is_config = isinstance(value, dict) and all(type(each) is int for each in value.values())
    return value if is_config else {}
