"""The clients of a program: variables that hold one, and expressions that are one."""

from __future__ import annotations

import ast
from importlib import import_module
from typing import TYPE_CHECKING

from sagemaker_typed.cli.migrate.edits import Edit, insert

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sagemaker_typed.cli.boto3_code.services import Service
    from sagemaker_typed.cli.migrate.imports import Imports
    from sagemaker_typed.cli.migrate.program import Program

_KEYWORDS = frozenset(
    {
        "api_version",
        "aws_access_key_id",
        "aws_account_id",
        "aws_secret_access_key",
        "aws_session_token",
        "config",
        "endpoint_url",
        "region_name",
        "use_ssl",
        "verify",
    }
)
"""The arguments that ``boto3.client`` and our clients share."""
_NO_WAITING = "consistency=None"


def client_class(service: Service) -> str:
    """Return the name of the client of a service."""
    names: list[str] = dir(import_module(f"{service.package}.client"))
    return next(name for name in names if name.startswith("SageMaker") and name.endswith("Client"))


class Clients:
    """Finds the variables whose every value is a client, so that they can hold ours."""

    def __init__(self, program: Program, imports: Imports, used_elsewhere: frozenset[str]) -> None:
        self._program = program
        self._imports = imports
        self._used_elsewhere = used_elsewhere
        self._ours: dict[ast.expr, bool] = {}

    def holds_ours(self, node: ast.expr) -> bool:
        """Return whether an expression reads a variable or attribute that will hold our client."""
        known = self._ours.get(node)
        if known is None:
            known = self._ours[node] = self._reads_ours(node)
        return known

    def service(self, node: ast.expr) -> Service | None:
        """Return the service of a client, also where the program is not followed."""
        known = self._program.client(node)
        if known is not None or not self.holds_ours(node):
            return known
        variable = self._program.variable(node)
        parent = self._program.parent(variable.stores[0]) if variable is not None else None
        return self._program.client(parent.value) if isinstance(parent, ast.Assign) else None

    def _reads_ours(self, node: ast.expr) -> bool:
        match node:
            case ast.Name():
                variable = self._program.variable(node)
                if variable is None or not variable.simple or not variable.stores:
                    return False
                if isinstance(variable.scope, ast.ClassDef):
                    return False
                if isinstance(variable.scope, ast.Module) and node.id in self._used_elsewhere:
                    return False
                return self._are_clients(variable.stores)
            case ast.Attribute(attr=attribute, value=ast.Name(id="self")):
                if attribute in self._used_elsewhere:
                    return False
                same = [
                    each
                    for each in self._program.nodes
                    if isinstance(each, ast.Attribute)
                    and each.attr == attribute
                    and self._program.client(self._program.parent(each)) is None
                ]
                named = any(
                    isinstance(each, ast.Name)
                    and each.id == attribute
                    and isinstance(self._program.parent(each), (ast.Assign, ast.AnnAssign))
                    and isinstance(self._program.parent(self._program.parents[each]), ast.ClassDef)
                    for each in self._program.nodes
                )
                stores = [each for each in same if not isinstance(each.ctx, ast.Load)]
                loads = [each for each in same if isinstance(each.ctx, ast.Load)]
                on_self = all(
                    isinstance(each.value, ast.Name) and each.value.id == "self" for each in same
                )
                known = all(self._program.client(each) is not None for each in loads)
                return (
                    bool(stores) and not named and on_self and known and self._are_clients(stores)
                )
            case _:
                return False

    def _are_clients(self, stores: Iterable[ast.expr]) -> bool:
        """Return whether each store is an assignment of a client of one service."""
        services: set[str] = set()
        for store in stores:
            parent = self._program.parent(store)
            if not isinstance(parent, ast.Assign) or parent.targets != [store]:
                return False
            service = self._program.client(parent.value)
            if service is None or self._is_inside_async_with(store):
                return False
            services.add(service.name)
        return len(services) == 1

    def _is_inside_async_with(self, node: ast.AST) -> bool:
        return any(isinstance(each, ast.AsyncWith) for each in self._program.around(node))

    # --- edits -----------------------------------------------------------------------------------

    def edits(
        self,
        moved: set[ast.Call],
        others: Iterable[ast.expr],
        mentioned: Iterable[ast.expr],
        *,
        waits: bool,
    ) -> list[Edit]:
        """Return the edits of all clients: of moved calls, of variables, and of what is left."""
        owners = {
            call.func.value
            for call in moved
            if isinstance(call.func, ast.Attribute) and self._program.client(call.func.value)
        }
        owners.update(others)
        named = [owner for owner in (*owners, *mentioned) if self.holds_ours(owner)]
        held = self._sources({self._key(owner) for owner in named})
        edits: list[Edit] = []
        for owner in owners:
            if not self.holds_ours(owner):
                edits += self._ours_from(owner, waits=waits)
        for node in self._program.nodes:
            if not isinstance(node, (ast.Name, ast.Attribute)) or self._key(node) not in held:
                continue
            if not self.holds_ours_at(node):
                continue
            parent = self._program.parent(node)
            if isinstance(node.ctx, ast.Store) and isinstance(parent, ast.Assign):
                if not self.holds_ours(parent.value):
                    edits += self._ours_from(parent.value, waits=waits)
            elif node not in owners and not self._is_handed_on(node, held):
                edits.append(insert(self._program.end(node), ".boto3"))
        return edits

    def _sources(self, held: set[object]) -> set[object]:
        """Add the variables from which others get their client."""
        while True:
            more = {
                self._key(parent.value)
                for node in self._program.nodes
                if isinstance(node, (ast.Name, ast.Attribute))
                and isinstance(node.ctx, ast.Store)
                and self._key(node) in held
                and isinstance(parent := self._program.parent(node), ast.Assign)
                and self.holds_ours(parent.value)
            }
            if more <= held:
                return held
            held |= more

    def holds_ours_at(self, node: ast.Name | ast.Attribute) -> bool:
        """Return whether a name or attribute, read or bound here, is one that holds our client."""
        if isinstance(node, ast.Name):
            variable = self._program.variable(node)
            loads = variable.loads if variable is not None else []
            return bool(loads) and self.holds_ours(loads[0])
        if isinstance(node.ctx, ast.Load):
            return self.holds_ours(node)
        return True

    def _key(self, node: ast.expr) -> object:
        """Return the variable or the attribute that an expression reads or binds."""
        return self._program.variable(node) or (
            node.attr if isinstance(node, ast.Attribute) else node
        )

    def _is_handed_on(self, node: ast.expr, held: set[object]) -> bool:
        """Return whether a client is assigned to another variable that holds ours."""
        parent = self._program.parent(node)
        if not isinstance(parent, ast.Assign) or parent.value is not node:
            return False
        target = parent.targets[0]
        return self._key(target) in held and isinstance(target, (ast.Name, ast.Attribute))

    def _ours_from(self, node: ast.expr, *, waits: bool) -> list[Edit]:
        """Return the edits that make a boto3 client ours."""
        service = self._program.client(node)
        assert service is not None  # noqa: S101  # only clients come here
        name = self._imports.name(service.package, client_class(service))
        created = self._created(node, name, waits=waits)
        if created is not None:
            return created
        wrapped = f", {_NO_WAITING})" if waits else ")"
        start, end = self._program.start(node), self._program.end(node)
        return [insert(start, f"{name}.from_boto3("), insert(end, wrapped)]

    def wrapped(self, node: ast.expr) -> str:
        """Return the text of our client for a client that is a name or an attribute."""
        text = self._program.text(node)
        if self.holds_ours(node):
            return text
        service = self._program.client(node)
        assert service is not None  # noqa: S101  # only clients come here
        name = self._imports.name(service.package, client_class(service))
        return f"{name}.from_boto3({text})"

    def _created(self, node: ast.expr, name: str, *, waits: bool) -> list[Edit] | None:
        """Return the edits for ``boto3.client(...)``; ``None`` for another expression."""
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            return None
        if node.func.attr != "client" or not 1 <= len(node.args) <= 2 or not _shared(node):
            return None
        session = self._session(node.func.value)
        if session is None:
            return None
        arguments = [f"session={session}"] if session else []
        if len(node.args) == 2:
            arguments.append(f"region_name={self._program.text(node.args[1])}")
        last = node.args[-1]
        end = self._program.end(last)
        rest = self._program.find(r"^\s*,[ ]*", end, self._program.end(node))
        behind = end
        if rest is not None and not node.keywords:
            behind = rest[1]
        elif rest is not None:
            behind = rest[1] if not arguments else end
        edits = [
            Edit(self._program.start(node.func), self._program.end(node.func), name),
            Edit(self._program.start(node.args[0]), behind, ", ".join(arguments)),
        ]
        if waits:
            edits.append(self._not_waiting(node, empty=not arguments and not node.keywords))
        return edits

    def _not_waiting(self, node: ast.Call, *, empty: bool) -> Edit:
        line, column = self._program.end(node)
        if node.keywords:
            last = self._program.end(node.keywords[-1])
            return insert(last, f", {_NO_WAITING}")
        return insert((line, column - 1), _NO_WAITING if empty else f", {_NO_WAITING}")

    def _session(self, node: ast.expr) -> str | None:
        """Return the text of the session that creates a client; empty for the module boto3."""
        text = self._program.text(node)
        if text == "boto3":
            return ""
        if text.startswith(("boto3.Session(", "boto3.session.Session(")):
            return text
        variable = self._program.variable(node)
        if variable is None or not variable.simple or len(variable.stores) != 1:
            return None
        parent = self._program.parent(variable.stores[0])
        made = self._program.text(parent.value) if isinstance(parent, ast.Assign) else ""
        return text if made.startswith(("boto3.Session(", "boto3.session.Session(")) else None


def _shared(call: ast.Call) -> bool:
    return all(keyword.arg in _KEYWORDS for keyword in call.keywords)


def names_used(trees: Iterable[ast.Module]) -> Iterator[str]:
    """Yield the names by which other files may reach what a file defines."""
    makers: set[ast.AST] = set()
    for tree in trees:
        for node in ast.walk(tree):
            match node:
                case ast.ImportFrom(names=names):
                    yield from (each.name for each in names)
                case ast.Call(func=ast.Attribute(attr="client"), args=[ast.Constant(), *_]):
                    makers.add(node.func)  # of a session, and no attribute of another file
                case ast.Attribute(attr=name) if node not in makers:
                    yield name
                case ast.Constant(value=str(text)) if text.replace(".", "").isidentifier():
                    yield text.rpartition(".")[2]
                case _:
                    pass
