"""Follows the statements of a program, and notes what is known of each expression.

Nothing is run or imported. Both ways of a condition are followed, and their results joined. A value
that the text does not show is unknown.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TypeAlias

from sagemaker_typed.cli.boto3_code import constants, containers, syntax
from sagemaker_typed.cli.boto3_code.expressions import Expressions
from sagemaker_typed.cli.boto3_code.results import Reporter, Results
from sagemaker_typed.cli.boto3_code.scopes import Scope, Summary
from sagemaker_typed.cli.boto3_code.values import (
    UNKNOWN,
    Choice,
    Class,
    Client,
    Const,
    Function,
    Heap,
    Instance,
    Module,
    Ref,
    Session,
    State,
    Unknown,
    Value,
    join_values,
    joined,
    widened,
)

_Loop: TypeAlias = "ast.For | ast.AsyncFor | ast.While"

_EXPECTS_ERROR = frozenset({"assertRaises", "assertRaisesRegex", "raises"})
_KEY_ERRORS = frozenset({"KeyError", "LookupError"})
_REFUSAL = "ParamValidationError"


def interpret(tree: ast.Module, results: Results) -> None:
    """Follow a program, and add its calls of SageMaker's clients to the results.

    Deeper nesting than Python's stack allows ends it early.
    """
    summary = Summary()
    try:
        about = syntax.FileFacts()
        about.visit(tree)
        if about.has_functions:
            _Interpreter(about, summary, Reporter(Results())).follow_module(tree)
        _Interpreter(about, summary, Reporter(results)).follow_module(tree)
    except RecursionError:
        return


class _Interpreter(Expressions):
    """Follows a program once."""

    def __init__(self, about: syntax.FileFacts, summary: Summary, reporter: Reporter) -> None:
        super().__init__(about, summary, reporter)
        self._returned: list[Value] = []
        self._left: list[State] = []
        """The states in which the rounds of a loop are left early."""

    # --- scopes ----------------------------------------------------------------------------------

    def follow_module(self, tree: ast.Module) -> None:
        """Follow a whole program."""
        self._follow_scope(Scope(tree, self.about.names[tree], None), State(), tree.body)

    def _follow_scope(self, scope: Scope, state: State, body: Sequence[ast.stmt]) -> None:
        """Follow the body of a scope, then the functions that it defines."""
        outer = (self.scope, self.state, self._left)
        self.scope, self.state, self._left = scope, state, []
        self._follow(body)
        scope.end = self.state
        self.scope, self.state, self._left = outer
        for node, of_class in scope.functions.items():
            self._follow_function(node, of_class, scope)

    def _follow_function(
        self, node: syntax.FunctionNode, of_class: Class | None, parent: Scope
    ) -> None:
        scope = Scope(node, self.about.names[node], parent, of_class)
        reporter = self.reporter
        outer = (self._returned, self.yielded, reporter.statement)
        silent, tolerant = reporter.silent, reporter.tolerant
        self._returned, self.yielded = [], []
        self.scope = scope
        state = State(self._parameters(node, of_class), Heap(parent.end.heap.records))
        self._follow_scope(scope, state, node.body)
        self.summary.returns[node] = self.summary.returned(self._returned)
        self.summary.yields[node] = self.summary.returned(self.yielded)
        self._returned, self.yielded, reporter.statement = outer
        reporter.silent, reporter.tolerant = silent, tolerant

    def _parameters(self, node: syntax.FunctionNode, of_class: Class | None) -> dict[str, Value]:
        every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        values = {argument.arg: self._parameter(argument) for argument in every}
        rests = (node.args.vararg, node.args.kwarg)
        values.update({rest.arg: UNKNOWN for rest in rests if rest is not None})
        decorators = {syntax.dotted(each) for each in node.decorator_list}
        if of_class is not None and every and "staticmethod" not in decorators:
            is_class = "classmethod" in decorators
            values[every[0].arg] = of_class if is_class else Instance(of_class)
        return values

    def _parameter(self, argument: ast.arg) -> Value:
        value: Value = UNKNOWN
        if argument.annotation is not None:
            value = self.annotated(argument.annotation)
        fixture = self.about.fixtures.get(argument.arg)
        if fixture is not None and isinstance(value, Unknown):
            return self.result_of(fixture)
        return value

    # --- statements ------------------------------------------------------------------------------

    def _follow(self, body: Sequence[ast.stmt]) -> None:
        for statement in body:
            if not self.state.alive:
                break
            outer, self.reporter.statement = self.reporter.statement, statement
            self.visit(statement)
            self.reporter.statement = outer

    def visit_Assign(self, node: ast.Assign) -> None:
        value = self.evaluate(node.value)
        for target in node.targets:
            self.store(target, value, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        value: Value = UNKNOWN if node.value is None else self.evaluate(node.value)
        if isinstance(value, Unknown):
            stated = self.annotated(node.annotation)
            value = value if isinstance(stated, Unknown) else stated
        if node.value is not None or not isinstance(value, Unknown):
            self.store(node.target, value, node.value or node.target)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        more = self.evaluate(node.value)
        before = self.evaluate(syntax.as_load(node.target))
        heap = self.state.heap
        if isinstance(before, Ref):
            if isinstance(node.op, ast.Add):
                containers.extend(heap, before, more)
            else:
                containers.update(heap, before, more)
        else:
            heap.forget(before)
            value = constants.calculated(node.op, before, more, node.value)
            self.store(node.target, value, node.value)

    def visit_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            if isinstance(target, ast.Subscript):
                owner, key = self.evaluate(target.value), self.evaluate(target.slice)
                containers.remove(self.state.heap, owner, key)
            elif isinstance(target, ast.Name):
                self.state.names.pop(target.id, None)

    def visit_If(self, node: ast.If) -> None:
        self.evaluate(node.test)
        before = self.state
        self.state = before.copy()
        self._follow(node.body)
        after, self.state = self.state, before
        self._follow(node.orelse)
        self.state = joined(after, self.state)

    def visit_For(self, node: _Loop) -> None:
        items: Value = UNKNOWN
        if isinstance(node, ast.While):
            self.evaluate(node.test)
        else:
            items = self.item_of(self.evaluate(node.iter))
        before = self.state
        once = self._first_round(node, items)
        entry = before.copy()
        for name in self.about.names[node].assigned:
            known, later = before.names.get(name), once.names.get(name, UNKNOWN)
            if known is not None and (later != known or isinstance(known, Const)):
                value = join_values(known, later, entry.heap)
                entry.names[name] = UNKNOWN if isinstance(value, (Choice, Const)) else value
        for number, record in before.heap.records.items():
            again = once.heap.records.get(number, record)
            if again is not record:
                entry.heap.records[number] = widened(record, again)
        outer, self._left = self._left, []
        self.state = entry.copy()
        self._round(node, items)
        after = joined(entry, self.state)
        for left in self._left:
            after = joined(after, left)
        self._left = outer
        self.state = after
        self._follow(node.orelse)

    visit_AsyncFor = visit_For
    visit_While = visit_For

    def _round(self, node: _Loop, items: Value) -> None:
        if not isinstance(node, ast.While):
            self.store(node.target, items, node.iter)
        self._follow(node.body)

    def _first_round(self, node: _Loop, items: Value) -> State:
        """Return the state after one round of a loop, without noting anything about it."""
        self.reporter.silent += 1
        before, left = self.state, self._left
        self.state, self._left = before.copy(), []
        self._round(node, items)
        once = self.state
        for each in self._left:
            once = joined(once, each)
        self.state, self._left = before, left
        self.reporter.silent -= 1
        return once

    def visit_Break(self, node: ast.Break) -> None:
        self._leave_round()

    def visit_Continue(self, node: ast.Continue) -> None:
        self._leave_round()

    def _leave_round(self) -> None:
        self._left.append(self.state.copy())
        self.state.alive = False

    def visit_Raise(self, node: ast.Raise) -> None:
        self.generic_visit(node)
        self.state.alive = False

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None:
            self._returned.append(self.evaluate(node.value))
        self.state.alive = False

    def visit_Try(self, node: ast.Try) -> None:
        caught = {name for each in node.handlers for name in syntax.names_in(each.type)}
        tolerates, silences = bool(caught & _KEY_ERRORS), _REFUSAL in caught
        self.reporter.tolerant += tolerates
        self.reporter.silent += silences
        interrupted = self.state.copy()
        for statement in node.body:
            self._follow([statement])
            if self.state.alive:
                interrupted = joined(interrupted, self.state.copy())
        self.reporter.tolerant -= tolerates
        self.reporter.silent -= silences
        for name in self.about.names[node].assigned:
            known = interrupted.names.get(name, UNKNOWN)
            if not isinstance(known, (Client, Module, Session)):
                interrupted.names[name] = UNKNOWN
        self._follow(node.orelse)
        after = self.state
        for handler in node.handlers:
            self.state = interrupted.copy()
            if handler.name:
                self.bind(handler.name, UNKNOWN)
            self._follow(handler.body)
            after = joined(after, self.state)
        goes_on = after.alive
        self.state = after if goes_on or not node.finalbody else interrupted
        self._follow(node.finalbody)
        self.state.alive = self.state.alive and goes_on

    visit_TryStar = visit_Try

    def visit_With(self, node: ast.With | ast.AsyncWith) -> None:
        expects = tolerates = False
        for item in node.items:
            value = self.evaluate(item.context_expr)
            if isinstance(item.context_expr, ast.Call):
                name = syntax.dotted(item.context_expr.func).rpartition(".")[2]
                expects |= name in _EXPECTS_ERROR
                errors = syntax.names_in(item.context_expr) & _KEY_ERRORS
                tolerates |= name == "suppress" and bool(errors)
            if item.optional_vars is not None:
                self.store(item.optional_vars, value, item.context_expr)
        self.reporter.silent += expects
        self.reporter.tolerant += tolerates
        self._follow(node.body)
        self.reporter.silent -= expects
        self.reporter.tolerant -= tolerates

    visit_AsyncWith = visit_With

    def visit_Match(self, node: ast.Match) -> None:
        self.state.heap.forget(self.evaluate(node.subject))
        before = self.state
        after = before.copy()
        for case in node.cases:
            self.state = before.copy()
            for pattern in ast.walk(case.pattern):
                for name in (getattr(pattern, "name", None), getattr(pattern, "rest", None)):
                    if isinstance(name, str):
                        self.bind(name, UNKNOWN)
            if case.guard is not None:
                self.evaluate(case.guard)
            self._follow(case.body)
            after = joined(after, self.state)
        self.state = after

    # --- definitions -----------------------------------------------------------------------------

    def visit_FunctionDef(self, node: syntax.FunctionNode) -> None:
        for each in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.evaluate(each)
        for decorator in node.decorator_list:
            self.evaluate(decorator)
        home = self.scope
        while home.is_class and home.parent is not None:
            home = home.parent
        home.functions[node] = self.scope.of_class if self.scope.is_class else None
        self.bind(node.name, Function(node, self.about.numbers[node]))

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        of = Class(node.name, self.about.numbers[node])
        self.summary.bases[of.number] = tuple(map(self.evaluate, node.bases))
        scope, names = self.scope, self.state.names
        self.scope, self.state.names = Scope(node, self.about.names[node], scope, of), {}
        self._follow(node.body)
        # a name that is bound twice may have either value
        self.summary.bodies[of.number] = {
            name: self.scope.bindings.get(name, value) for name, value in self.state.names.items()
        }
        self.state.alive = True
        self.scope, self.state.names = scope, names
        self.bind(node.name, of)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            root = alias.name.partition(".")[0]
            self.bind(alias.asname or root, Module(alias.name if alias.asname else root))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            separator = "" if module.endswith(".") else "."
            name = Module(f"{module}{separator}{alias.name}")
            self.bind(alias.asname or alias.name, name)
