"""The clients of a program: variables that hold one, and expressions that are one."""

from __future__ import annotations

import ast
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Uses:
    """The clients in moved code."""

    owners: tuple[ast.expr, ...] = ()
    """Those whose method a moved call calls."""
    mentioned: tuple[ast.expr, ...] = ()
    """Those that moved calls name again, in place of a paginator or waiter."""
    gone: frozenset[ast.expr] = frozenset()
    """Those in code that moved code replaces."""

    @property
    def all(self) -> set[ast.expr]:
        """Those that are in moved code."""
        return {*self.owners, *self.gone}


class Clients:
    """Finds the variables whose every value is a client, so that they can hold ours."""

    def __init__(self, program: Program, imports: Imports, used_elsewhere: frozenset[str]) -> None:
        self._program = program
        self._imports = imports
        self._used_elsewhere = used_elsewhere
        self._ours: dict[ast.expr, bool] = {}
        self._held: set[object] = set()
        self._beside: set[object] = set()
        self._uses = Uses()
        self._waits = False

    def holds_ours(self, node: ast.expr) -> bool:
        """Return whether an expression reads a variable or attribute that will hold our client."""
        known = self._ours.get(node)
        if known is None:
            known = self._ours[node] = self._reads_ours(node)
        return known

    def service(self, node: ast.expr) -> Service | None:
        """Return the service of a client, also where the program is not followed."""
        known = self._program.client(node)
        if known is not None or not self.holds_ours_at(node):
            return known
        variable = self._program.variable(node)
        if variable is None:
            same = (each for each in self._program.nodes if isinstance(each, ast.Attribute))
            named = (each for each in same if self._key(each) == self._key(node))
            return next(filter(None, map(self._program.client, named)), None)
        parent = self._program.parent(variable.stores[0])
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
            case ast.Attribute(attr=attribute) if _on_self(node):
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
                on_self = all(map(_on_self, same))
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
            if service is None or not self._program.is_alone(parent):
                return False
            services.add(service.name)
        return len(services) == 1

    # --- edits -----------------------------------------------------------------------------------

    def decide(self, uses: Uses, *, waits: bool) -> None:
        """Decide the form of each variable from the uses of clients in moved code.

        A variable holds our client if nothing else reads it. Otherwise it stays as it is, and a
        second one beside it holds ours.
        """
        self._waits = waits
        self._uses = uses
        owners = [node for node in (*uses.owners, *uses.mentioned) if self.holds_ours(node)]
        self._held = {self._key(owner) for owner in owners}
        while (more := self._sources(self._held)) > self._held:
            self._held = more
        left = {
            self._key(node)
            for node in self._program.nodes
            if isinstance(node, (ast.Name, ast.Attribute))
            and isinstance(node.ctx, ast.Load)
            and self._key(node) in self._held
            and node not in uses.all
            and not self._is_handed_on(node)
        }
        while (more := self._sources(left)) > left:
            left = more
        self._beside = left & self._held

    def edits(self) -> list[Edit]:
        """Return the edits of all clients: of moved calls, and of the variables."""
        edits: list[Edit] = []
        for owner in self._uses.owners:
            if not self.holds_ours(owner):
                edits += self._ours_from(owner)
            elif self._key(owner) in self._beside:
                start, end = self._program.start(owner), self._program.end(owner)
                edits.append(Edit(start, end, self.text(owner)))
        for node in self._program.nodes:
            if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Store):
                edits += self._store(node)
        return edits

    def _store(self, node: ast.Name | ast.Attribute) -> list[Edit]:
        """Return the edits of an assignment to a variable that holds a client."""
        statement, key = self._program.parent(node), self._key(node)
        if key not in self._held or not isinstance(statement, ast.Assign):
            return []
        if key in self._beside:
            margin = self._program.between((statement.lineno, 0), self._program.start(statement))
            line = self._program.end(statement)[0]
            at = (line, len(self._program.code.lines[line - 1]))
            creation = self._from_boto3(self._program.text(node), node)
            return [insert(at, f"\n{margin}{self.text(node)} = {creation}")]
        if self.holds_ours(statement.value) and self._key(statement.value) not in self._beside:
            return []
        return self._ours_from(statement.value)

    def text(self, node: ast.expr) -> str:
        """Return the text of our client for a client that is a name or an attribute."""
        written = self._program.text(node)
        if not self.holds_ours_at(node):
            return self._from_boto3(written, node)
        if self._key(node) not in self._beside:
            return written
        owner, dot, name = written.rpartition(".")
        return f"{owner}{dot}{self._imports.unused(f'typed_{name}')}"

    def _from_boto3(self, text: str, node: ast.expr) -> str:
        service = self.service(node)
        assert service is not None  # noqa: S101  # only clients come here
        name = self._imports.name(service.package, client_class(service))
        return f"{name}.from_boto3({text}{f', {_NO_WAITING}' if self._waits else ''})"

    def _sources(self, variables: set[object]) -> set[object]:
        """Add the variables from which others get their client."""
        return variables | {
            self._key(parent.value)
            for node in self._program.nodes
            if isinstance(node, (ast.Name, ast.Attribute))
            and isinstance(node.ctx, ast.Store)
            and self._key(node) in variables
            and isinstance(parent := self._program.parent(node), ast.Assign)
            and self.holds_ours(parent.value)
        }

    def holds_ours_at(self, node: ast.expr) -> bool:
        """Return whether a name or attribute, read or bound here, can hold our client."""
        variable = self._program.variable(node)
        if variable is not None:
            return any(map(self.holds_ours, variable.loads[:1]))
        return (
            not isinstance(node.ctx, ast.Load) or self.holds_ours(node)
            if isinstance(node, ast.Attribute)
            else False
        )

    def _key(self, node: ast.expr) -> object:
        """Return the variable or the attribute that an expression reads or binds."""
        variable = self._program.variable(node)
        if variable is not None:
            return variable
        return node.attr if isinstance(node, ast.Attribute) and _on_self(node) else node

    def _is_handed_on(self, node: ast.expr) -> bool:
        """Return whether a client is assigned to another variable that holds ours."""
        parent = self._program.parent(node)
        if not isinstance(parent, ast.Assign) or parent.value is not node:
            return False
        return self._key(parent.targets[0]) in self._held

    def _ours_from(self, node: ast.expr) -> list[Edit]:
        """Return the edits that make a boto3 client ours."""
        service = self.service(node)
        assert service is not None  # noqa: S101  # only clients come here
        name = self._imports.name(service.package, client_class(service))
        created = self._created(node, name)
        if created is not None:
            return created
        wrapped = f", {_NO_WAITING})" if self._waits else ")"
        start, end = self._program.start(node), self._program.end(node)
        return [insert(start, f"{name}.from_boto3("), insert(end, wrapped)]

    def asynchronous(self, node: ast.expr) -> list[Edit]:
        """Return the edits that make a client of aiobotocore ours."""
        service = self.service(node)
        assert service is not None  # noqa: S101  # only clients come here
        package, _, name = service.package.partition(".")
        module = f"{package}.aio.{name}" if name else f"{package}.aio"
        ours = self._imports.name(module, f"Async{client_class(service)}")
        end = f", {_NO_WAITING})" if self._waits else ")"
        return [
            insert(self._program.start(node), f"{ours}.from_aiobotocore("),
            insert(self._program.end(node), end),
        ]

    def _created(self, node: ast.expr, name: str) -> list[Edit] | None:
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
        behind = self._program.end(node.args[-1])
        following = self._program.start(node.keywords[0]) if node.keywords else None
        if not arguments and following is not None:
            gap = self._program.find(r"^\s*,\s*", behind, following)
            behind = gap[1] if gap is not None else behind
        elif following is None:
            gap = self._program.find(r"^\s*,[ ]*", behind, self._program.end(node))
            behind = gap[1] if gap is not None else behind
        edits = [
            Edit(self._program.start(node.func), self._program.end(node.func), name),
            Edit(self._program.start(node.args[0]), behind, ", ".join(arguments)),
        ]
        if self._waits:
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
        creation = self._program.text(parent.value) if isinstance(parent, ast.Assign) else ""
        return text if creation.startswith(("boto3.Session(", "boto3.session.Session(")) else None


def _on_self(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "self"


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
