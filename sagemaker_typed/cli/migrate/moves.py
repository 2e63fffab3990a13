"""Decides which calls of a program move, and writes the program that results.

A decision may depend on others: a response can change its form only if every value of its variable
does. So all calls start as movable, and those with a reason against it are taken out until none is
left to take out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sagemaker_typed.cli.migrate import clients
from sagemaker_typed.cli.migrate import edits as editing
from sagemaker_typed.cli.migrate.arguments import Arguments, NotMovable
from sagemaker_typed.cli.migrate.clients import Clients
from sagemaker_typed.cli.migrate.edits import Edit
from sagemaker_typed.cli.migrate.errors import Errors
from sagemaker_typed.cli.migrate.imports import Imports
from sagemaker_typed.cli.migrate.listings import Listings
from sagemaker_typed.cli.migrate.responses import Kind, Responses, Uses
from sagemaker_typed.core.schema import facts

if TYPE_CHECKING:
    from sagemaker_typed.cli.boto3_code.results import Call
    from sagemaker_typed.cli.migrate.program import Program
    from sagemaker_typed.cli.migrate.variables import Variable

_REFUSAL = "ParamValidationError"


@dataclass(frozen=True, slots=True)
class Left:
    """A call that stays with boto3."""

    line: int
    call: str
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """The text of a moved program, and what was left."""

    text: str
    moved: int
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of the command line, and the names that other files of the run use."""

    dicts: bool = False
    asynchronous: bool = False
    used_elsewhere: frozenset[str] = field(default_factory=frozenset)


def migrate(program: Program, options: Options) -> Result:
    """Move what can be moved."""
    return _Moves(program, options).result()


class _Moves:
    def __init__(self, program: Program, options: Options) -> None:
        self._program = program
        self._imports = Imports(program)
        self._asynchronous = options.asynchronous
        self._responses = Responses(program)
        self._arguments = Arguments(program, self._imports, dicts=options.dicts)
        self._clients = Clients(program, self._imports, options.used_elsewhere)
        self._listings = Listings(program, self._clients, self._arguments, self._imports)
        self._calls: dict[ast.Call, Call] = {call.node: call for call in program.analysis.calls}
        self._reasons: dict[ast.Call, str] = {}

    def result(self) -> Result:
        self._decide()
        moved = [call for node, call in self._calls.items() if node not in self._reasons]
        left = sorted(
            (
                Left(node.lineno, f"{self._calls[node].method}", reason)
                for node, reason in self._reasons.items()
            ),
            key=lambda each: each.line,
        )
        if not moved:
            return Result(self._program.code.text, 0, tuple(left))
        nodes = {call.node for call in moved}
        errors = Errors(self._program, self._clients, self._imports)
        unused = self._listings.unused(nodes)
        gone = {each for node in unused for each in ast.walk(node) if isinstance(each, ast.expr)}
        owners = [self._owner(call) for call in moved if not self._is_awaited(call)]
        uses = clients.Uses(
            tuple(owner for owner, inside in owners if inside),
            tuple(owner for owner, inside in owners if not inside),
            frozenset(gone.union(errors.replaced(nodes))),
        )
        waits = any(call.request.__operation__.prerequisite for call in moved)
        self._clients.decide(uses, waits=waits)
        edits = [edit for call in moved for edit in self._edits(call)]
        edits += self._clients.edits()
        awaited = [self._owner(call)[0] for call in moved if self._is_awaited(call)]
        edits += [edit for owner in awaited for edit in self._clients.asynchronous(owner)]
        edits += map(self._listings.removal, unused)
        edits += errors.edits(nodes)
        edits = list(dict.fromkeys(edits))
        notebook = self._program.notebook
        text = editing.apply(self._program.code, edits, notebook=notebook)
        self._imports.keep(text)
        if notebook:
            edits += self._imports.edit_of_notebook(self._program)
            text = editing.apply(self._program.code, edits, notebook=True)
        else:
            text = self._imports.add(text)
        return Result(text, len(moved), tuple(left))

    def _owner(self, call: Call) -> tuple[ast.expr, bool]:
        """Return the client of a call, and whether it is in the call itself."""
        func = call.node.func
        if call.kind != "operation":
            return self._listings.owner(call)
        assert isinstance(func, ast.Attribute)  # noqa: S101  # as `_possible` has checked
        return func.value, True

    # --- decisions -------------------------------------------------------------------------------

    def _decide(self) -> None:
        for node, call in self._calls.items():
            try:
                self._possible(call)
            except NotMovable as reason:
                self._reasons[node] = str(reason)
        while self._take_out():
            pass

    def _possible(self, call: Call) -> None:
        """Raise ``NotMovable`` if a call cannot move, whatever becomes of its response."""
        node = call.node
        if not call.certain:
            raise NotMovable("only its name says that this is a client of SageMaker")
        if self._is_awaited(call) and not self._asynchronous:
            raise NotMovable("asynchronous: --async moves it")
        for around in self._program.around(node):
            if isinstance(around, ast.Try) and any(
                _REFUSAL in ast.dump(handler.type) for handler in around.handlers if handler.type
            ):
                raise NotMovable(f"a handler of {_REFUSAL} is around it")
        if call.kind == "operation":
            func = node.func
            if not isinstance(func, ast.Attribute) or self._program.client(func.value) is None:
                raise NotMovable("the client is not visible at the call")
            self._arguments.check(node, call.request)
        else:
            self._listings.possible(call)

    def _is_awaited(self, call: Call) -> bool:
        return isinstance(self._program.parent(call.node), ast.Await)

    def _take_out(self) -> bool:
        """Take out calls whose responses cannot change their form; return whether there are any."""
        before = len(self._reasons)
        sources: dict[Variable, list[ast.Call]] = {}
        kinds: dict[Variable, list[Kind]] = {}
        several = self._responses.several
        waiting: list[tuple[ast.Call, Uses]] = []
        for node, call in self._calls.items():
            if node in self._reasons:
                continue
            try:
                waiting.append((node, self._uses(call)))
            except NotMovable as reason:
                self._reasons[node] = str(reason)
        while waiting:
            node, uses = waiting.pop()
            for variable, kind in uses.variables.items():
                known = kinds.setdefault(variable, [])
                sources.setdefault(variable, []).append(node)
                if kind in known:
                    continue
                if known and variable not in several:
                    if self._program.is_typed or any(kind.fact == each.fact for each in known):
                        self._against(sources[variable], f"{variable.name} has several forms")
                        continue
                    several.add(variable)
                    return True  # follow all uses again
                known.append(kind)
                try:
                    inner = self._responses.uses_of_variable(variable, kind)
                except NotMovable as reason:
                    self._against(sources[variable], str(reason))
                else:
                    waiting.append((node, inner))
        self._check_stores(sources)
        return len(self._reasons) > before

    def _check_stores(self, sources: dict[Variable, list[ast.Call]]) -> None:
        """Take out the calls of variables that hold something else too."""
        for variable, calls in sources.items():
            if not variable.simple:
                self._against(calls, f"{variable.name} is bound in several ways")
            elif any(call in self._reasons for call in calls):
                self._against(calls, f"another call sets {variable.name} too, and is left")
            elif len({id(store) for store in variable.stores}) > len(self._stored(variable)):
                self._against(calls, f"{variable.name} holds other values too")

    def _stored(self, variable: Variable) -> list[ast.Name]:
        """Return the places that bind a variable to a part of a response that moves."""
        return [name for name in variable.stores if self._is_of_response(name, 0)]

    def _is_of_response(self, target: ast.Name, depth: int) -> bool:
        parent = self._program.parent(target)
        if isinstance(parent, ast.Tuple):
            parent = self._program.parent(parent)
        match parent:
            case ast.Assign(value=value):
                source = value
            case ast.For(iter=items) | ast.comprehension(iter=items):
                source = items
            case _:
                return False
        while depth < 20:
            match source:
                case ast.Call() if source in self._calls:
                    return source not in self._reasons
                case ast.Call(func=ast.Name(id="enumerate"), args=[first, *_]):
                    source = first
                case ast.Call(func=ast.Attribute(attr="get", value=value)):
                    source = value
                case ast.Subscript(value=value) | ast.Await(value=value):
                    source = value
                case ast.Name():
                    variable = self._program.variable(source)
                    return variable is not None and all(
                        self._is_of_response(store, depth + 1) for store in variable.stores
                    )
                case _:
                    return False
        return False

    def _against(self, calls: Iterable[ast.Call], reason: str) -> None:
        for call in calls:
            self._reasons.setdefault(call, reason)

    def _uses(self, call: Call) -> Uses:
        response = call.request.__operation__.response
        if call.kind == "waiter":
            if not isinstance(self._program.parent(call.node), ast.Expr):
                raise NotMovable("the result of the waiter is used")
            return Uses()
        if call.kind == "pages":
            return self._listings.uses(call, self._responses)
        parent = self._program.parent(call.node)
        result = parent if isinstance(parent, ast.Await) else call.node
        if response is None:
            if isinstance(self._program.parent(result), ast.Expr):
                return Uses()
            raise NotMovable(f"line {call.node.lineno} keeps a response without members")
        kind = Kind(facts.Structure(response), call.request.__package_name__, response=True)
        return self._responses.uses_of(result, kind)

    # --- edits -----------------------------------------------------------------------------------

    def _edits(self, call: Call) -> list[Edit]:
        if call.kind != "operation":
            return [*self._listings.edits(call), *self._listing_uses(call)]
        node = call.node
        fields = self._arguments.fields(node, call.request)
        if fields is None:
            func = node.func
            assert isinstance(func, ast.Attribute)  # noqa: S101  # as `_possible` has checked
            end = self._program.end(func)
            name = Edit((end[0], end[1] - len(func.attr)), end, "send")
            fields = [name, *self._arguments.from_boto(node, call.request)]
        return [*fields, *self._all_uses(self._uses(call))]

    def _listing_uses(self, call: Call) -> list[Edit]:
        if call.kind == "waiter":
            return []
        return self._all_uses(self._uses(call))

    def _all_uses(self, uses: Uses) -> list[Edit]:
        """Return the edits of the uses of a response and of the variables that hold its parts."""
        edits = list(uses.edits)
        seen: set[tuple[Variable, Kind]] = set()
        waiting = list(uses.variables.items())
        while waiting:
            variable, kind = waiting.pop()
            if (variable, kind) not in seen:
                seen.add((variable, kind))
                inner = self._responses.uses_of_variable(variable, kind)
                edits += inner.edits
                waiting += inner.variables.items()
        return edits
