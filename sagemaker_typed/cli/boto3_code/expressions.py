"""Finds what is known of an expression."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sagemaker_typed.cli.boto3_code import boto3_calls, constants, containers, syntax
from sagemaker_typed.cli.boto3_code import names as known_names
from sagemaker_typed.cli.boto3_code.scopes import Scope, Summary, lasting
from sagemaker_typed.cli.boto3_code.services import SAGEMAKER
from sagemaker_typed.cli.boto3_code.values import (
    UNKNOWN,
    Class,
    Client,
    Const,
    DictRecord,
    Entry,
    Function,
    Heap,
    Hook,
    Instance,
    JsonText,
    ListRecord,
    Method,
    Module,
    OneOf,
    Other,
    Paginator,
    Part,
    Ref,
    Session,
    State,
    Unknown,
    Value,
    Waiter,
    join_values,
)
from sagemaker_typed.core.schema import facts

if TYPE_CHECKING:
    from sagemaker_typed.cli.boto3_code.results import Reporter

_MAX_DEPTH = 150
"""The deepest nesting of an expression that is followed."""

_HOOK_CLIENTS = frozenset({"async_conn", "conn"})
_HOOK_METHODS = frozenset({"get_async_conn", "get_conn"})
_HARMLESS = frozenset(
    [
        "all",
        "any",
        "bool",
        "enumerate",
        "id",
        "isinstance",
        "json.dumps",
        "len",
        "list",
        "max",
        "min",
        "pprint",
        "pprint.pprint",
        "print",
        "range",
        "repr",
        "set",
        "sorted",
        "str",
        "sum",
        "tuple",
        "type",
        "zip",
    ]
)
"""The functions that change none of their arguments."""
_LOGGING = frozenset(["critical", "debug", "error", "exception", "info", "log", "warn", "warning"])
_TYPES: dict[str, type] = {
    "bool": bool,
    "bytes": bytes,
    "float": float,
    "int": int,
    "json.dumps": str,
    "len": int,
    "repr": str,
    "str": str,
}
"""The types of the results of some functions."""
_STRING_METHODS = frozenset(["format", "join", "lower", "replace", "strip", "upper"])


class Expressions(ast.NodeVisitor):
    """Finds the values of expressions at one point of a program."""

    def __init__(self, about: syntax.FileFacts, summary: Summary, reporter: Reporter) -> None:
        self.about = about
        self.summary = summary
        self.reporter = reporter
        self.scope = Scope(ast.Module([], []), syntax.Names(), None)
        self.state = State()
        self.yielded: list[Value] = []
        self._depth = 0

    def evaluate(self, node: ast.expr) -> Value:
        """Return what is known of an expression."""
        if self._depth > _MAX_DEPTH:
            return UNKNOWN
        self._depth += 1
        try:
            value: Value = self.visit(node)
        finally:
            self._depth -= 1
        self.reporter.note(node, value)
        return value

    def generic_visit(self, node: ast.AST) -> Value:
        """Look for calls in an expression of which nothing is known."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.state.heap.forget(self.evaluate(child))
        return UNKNOWN

    # --- names -----------------------------------------------------------------------------------

    def bind(self, name: str, value: Value) -> None:
        """Bind a name of the scope."""
        scope = self.scope
        if name in scope.names.declared:
            self.summary.set_global(name, value)
        else:
            if name in scope.names.changed and self.state.heap.get(value) is not None:
                self.state.heap.forget(value)
                value = UNKNOWN
            known = scope.bindings.get(name)
            scope.bindings[name] = value if known is None else join_values(known, value, Heap())
        self.state.names[name] = value

    def load(self, name: str) -> Value:
        """Return the value of a name."""
        known = self.state.names.get(name)
        if known is not None:
            return known
        if name in self.scope.names.assigned and not self.scope.is_class:
            return UNKNOWN
        scope = self.scope.parent
        while scope is not None:
            if name in scope.bindings and not scope.is_class:
                value, stored = scope.bindings[name], self.summary.globals.get(name)
                if scope.parent is None and stored is not None:
                    return join_values(value, stored, Heap())
                return value
            scope = scope.parent
        return UNKNOWN

    def visit_Name(self, node: ast.Name) -> Value:
        value = self._guessed(node.id, self.load(node.id))
        return Unknown(str, node) if constants.is_blank(value) else value

    def _guessed(self, name: str, value: Value) -> Value:
        """Return a client for an unknown value whose name says so."""
        match value:
            case Unknown(type=None) | Method(owner=Unknown()):
                pass
            case Module(name=dotted) if "." in dotted and "client" in dotted.lower():
                name = dotted.rpartition(".")[2]  # imported from another file
            case _:
                return value
        service = None if self.about.uses_this_package else known_names.client_named(name)
        return value if service is None else Client(service, certain=False)

    def visit_Attribute(self, node: ast.Attribute) -> Value:
        owner = self.evaluate(node.value)
        name = node.attr
        match owner:
            case Module():
                return Module(f"{owner.name}.{name}")
            case Instance() | Class():
                value = self.summary.attribute(owner, name)
                if isinstance(value, Function) and syntax.is_property(value.node):
                    value = self.result_of(value.node)
                elif isinstance(value, Method):
                    value = self._attribute_of_hook(name)
                return self._guessed(name, value)
            case Hook():
                return self._attribute_of_hook(name)
            case Client():
                boto3_calls.check_method(self.reporter, node, owner)
            case Other():
                return owner
            case Unknown():
                guess = self._guessed(name, UNKNOWN)
                if isinstance(guess, Client):
                    return guess
            case _:
                pass
        return Method(owner, name)

    def _attribute_of_hook(self, name: str) -> Value:
        return Client(SAGEMAKER) if name in _HOOK_CLIENTS else Method(Hook(), name)

    # --- annotations -----------------------------------------------------------------------------

    def annotated(self, node: ast.expr) -> Value:
        """Return the value that an annotation states."""
        match node:
            case ast.Constant(value=str(text)):
                try:
                    return self.annotated(ast.parse(text, mode="eval").body)
                except (SyntaxError, ValueError, RecursionError, MemoryError):
                    return UNKNOWN
            case ast.Subscript(slice=inner) if syntax.dotted(node.value).endswith(
                ("Annotated", "ClassVar", "Final", "Optional")
            ):
                first = inner.elts[0] if isinstance(inner, ast.Tuple) and inner.elts else inner
                return self.annotated(first)
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                value = self.annotated(left)
                return self.annotated(right) if isinstance(value, Unknown) else value
            case ast.Name() | ast.Attribute():
                return self._annotated_name(node)
            case _:
                return UNKNOWN

    def _annotated_name(self, node: ast.Name | ast.Attribute) -> Value:
        self.reporter.silent += 1
        value = self.evaluate(node)
        self.reporter.silent -= 1
        if isinstance(value, Class):
            return Instance(value)
        is_imported = isinstance(value, Module)
        dotted = value.name if isinstance(value, Module) else syntax.dotted(node)
        if is_imported and dotted.partition(".")[0] in known_names.NO_CLIENTS:
            return Other()
        service = known_names.client_class(dotted)
        if service is not None and (is_imported or not self.about.uses_this_package):
            return Client(service)
        return Session() if dotted in known_names.SESSIONS else UNKNOWN

    # --- constants and containers ----------------------------------------------------------------

    def visit_Constant(self, node: ast.Constant) -> Value:
        return Const(node.value, node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> Value:
        text: str | None = ""
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                value = self.evaluate(part.value)
                plain = part.format_spec is None and part.conversion == -1
            else:
                value, plain = self.evaluate(part), True
            if (
                text is not None
                and plain
                and isinstance(value, Const)
                and type(value.value) in {str, int}
            ):
                text += str(value.value)
            else:
                text = None
        return Unknown(str, node) if text is None else Const(text, node)

    def visit_Dict(self, node: ast.Dict) -> Value:
        heap = self.state.heap
        entries: dict[Any, Entry] = {}
        is_open = False
        for key, item in zip(node.keys, node.values, strict=True):
            if key is None:
                is_open |= containers.merge(heap, entries, self.evaluate(item))
                continue
            name = containers.key_of(self.evaluate(key))
            value = self.evaluate(item)
            if name is not None:
                entries[name.value] = Entry(key, value, item)
            else:
                heap.forget(value)
                is_open = True
        return heap.new(DictRecord(entries, node, open=is_open))

    def visit_List(self, node: ast.List | ast.Tuple) -> Value:
        items: list[Value] = []
        nodes: list[ast.AST] = []
        is_open = False
        for each in node.elts:
            if not isinstance(each, ast.Starred):
                items.append(self.evaluate(each))
                nodes.append(each)
                continue
            record = self.state.heap.get(self.evaluate(each.value))
            if isinstance(record, ListRecord) and not record.open and not is_open:
                items += record.items
                nodes += record.nodes
            else:
                is_open = True
        return self.state.heap.new(ListRecord(tuple(items), tuple(nodes), node, open=is_open))

    visit_Tuple = visit_List

    def visit_Subscript(self, node: ast.Subscript) -> Value:
        owner, key = self.evaluate(node.value), self.evaluate(node.slice)
        if isinstance(owner, Module) and owner.name == "os.environ":
            return Unknown(str, node)
        if isinstance(owner, Part):
            return boto3_calls.item_of_response(self.reporter, owner, key, self.about.keys_set)
        return containers.get_item(self.state.heap, owner, key)

    def item_of(self, value: Value) -> Value:
        """Return an item of a value that is iterated over."""
        match value:
            case Paginator(pages=True):
                return boto3_calls.response(value.service, value.operation)
            case Part(kind=facts.List(item=kind)):
                return replace(value, kind=kind)
            case OneOf(items=owners):
                inner = (containers.items(self.state.heap.get(each)) for each in owners)
                return OneOf(tuple(item for items in inner for item in items))
            case _:
                pass
        record = self.state.heap.get(value)
        if not isinstance(record, ListRecord):
            return UNKNOWN
        items = record.items
        if items and not record.open and all(isinstance(item, Const) for item in items):
            result = items[0]
            for each in items[1:]:
                result = join_values(result, each, self.state.heap)
            return result
        if items and all(isinstance(item, Part) and item == items[0] for item in items):
            return items[0]
        return OneOf(items)

    # --- operators -------------------------------------------------------------------------------

    def visit_BinOp(self, node: ast.BinOp) -> Value:
        left, right = self.evaluate(node.left), self.evaluate(node.right)
        total = containers.added(self.state.heap, node.op, left, right, node)
        return constants.calculated(node.op, left, right, node) if total is None else total

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Value:
        value = self.evaluate(node.operand)
        if (
            isinstance(node.op, ast.USub)
            and isinstance(value, Const)
            and type(value.value) in {int, float}
        ):
            return Const(-value.value, node)
        return Unknown(bool, node) if isinstance(node.op, ast.Not) else UNKNOWN

    def visit_BoolOp(self, node: ast.BoolOp) -> Value:
        result, *others = map(self.evaluate, node.values)
        for value in others:
            result = join_values(result, value, self.state.heap)
        return result

    def visit_IfExp(self, node: ast.IfExp) -> Value:
        self.evaluate(node.test)
        first, second = self.evaluate(node.body), self.evaluate(node.orelse)
        return join_values(first, second, self.state.heap)

    def visit_Compare(self, node: ast.Compare) -> Value:
        for each in (node.left, *node.comparators):
            self.evaluate(each)
        return UNKNOWN

    def visit_Await(self, node: ast.Await) -> Value:
        return self.evaluate(node.value)

    def visit_Yield(self, node: ast.Yield) -> Value:
        if node.value is not None:
            value = self.evaluate(node.value)
            self.yielded.append(value)
            self.state.heap.forget(value)
        return UNKNOWN

    # --- comprehensions --------------------------------------------------------------------------

    def visit_ListComp(self, node: ast.ListComp | ast.GeneratorExp) -> Value:
        def item() -> Value:
            value = self.evaluate(node.elt)
            return self.state.heap.new(ListRecord((value,), (node.elt,), node, open=True))

        return self._comprehended(node.generators, item)

    visit_GeneratorExp = visit_ListComp

    def visit_SetComp(self, node: ast.SetComp) -> Value:
        self._comprehended(node.generators, lambda: self.evaluate(node.elt))
        return UNKNOWN

    def visit_DictComp(self, node: ast.DictComp) -> Value:
        def pair() -> Value:
            self.evaluate(node.key)
            self.state.heap.forget(self.evaluate(node.value))
            return self.state.heap.new(DictRecord({}, node, open=True))

        return self._comprehended(node.generators, pair)

    def _comprehended(
        self, generators: list[ast.comprehension], evaluate: Callable[[], Value]
    ) -> Value:
        before = dict(self.state.names)
        for generator in generators:
            items = self.item_of(self.evaluate(generator.iter))
            # these names have a scope of their own
            for name in syntax.names_in(generator.target):
                self.state.names[name] = UNKNOWN
            if isinstance(generator.target, ast.Name):
                self.state.names[generator.target.id] = items
            for condition in generator.ifs:
                self.evaluate(condition)
        value = evaluate()
        self.state.names = before
        return value

    def visit_Lambda(self, node: ast.Lambda) -> Value:
        before = dict(self.state.names)
        arguments = node.args
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            self.state.names[argument.arg] = UNKNOWN
        self.state.heap.forget(self.evaluate(node.body))
        self.state.names = before
        return UNKNOWN

    # --- calls -----------------------------------------------------------------------------------

    def visit_Call(self, node: ast.Call) -> Value:
        function = self.evaluate(node.func)
        arguments = [
            self.evaluate(each.value if isinstance(each, ast.Starred) else each)
            for each in node.args
        ]
        entries: dict[Any, Entry] = {}
        is_open = False
        for keyword in node.keywords:
            value = self.evaluate(keyword.value)
            if keyword.arg is not None:
                entries[keyword.arg] = Entry(keyword, value, keyword.value)
                continue
            record = self.state.heap.get(value)
            if isinstance(record, DictRecord):
                entries.update(record.entries)
                is_open |= record.open
            else:
                is_open = True
        keywords = DictRecord(entries, node, open=is_open)
        if isinstance(function, Method):
            result = self._call_method(function, node, arguments, keywords)
        else:
            result = self._call_function(function, node, arguments, keywords)
        return self._call_unknown(node, arguments, keywords) if result is None else result

    def _call_method(
        self, method: Method, node: ast.Call, arguments: list[Value], keywords: DictRecord
    ) -> Value | None:
        """Return the result of a method; ``None`` for one that nothing is known about."""
        name, heap, reporter = method.name, self.state.heap, self.reporter
        match method.owner:
            case Client() as client:
                return boto3_calls.call_client(
                    reporter, client, name, node, arguments, keywords, heap
                )
            case Paginator() as paginator:
                return boto3_calls.call_paginator(reporter, paginator, name, node, keywords, heap)
            case Waiter() as waiter:
                boto3_calls.call_waiter(reporter, waiter, name, node, keywords, heap)
                return UNKNOWN
            case Part() as part:
                keys = self.about.keys_set
                return boto3_calls.call_response(reporter, part, name, arguments, keys)
            case Hook() if name in _HOOK_METHODS:
                return Client(SAGEMAKER)
            case Ref() | OneOf() as container:
                return containers.call_method(heap, container, name, node, arguments, keywords)
            case Session() if name in known_names.CLIENT_METHODS:
                return boto3_calls.made_client(arguments, keywords, sure=True)
            case owner if name in known_names.CLIENT_METHODS:
                new = boto3_calls.made_client(arguments, keywords, sure=False)
                return new if isinstance(new, Client) else None
            case owner if name in _STRING_METHODS and constants.is_text(owner):
                return Unknown(str, node)
            case _:
                return None

    def _call_function(
        self, function: Value, node: ast.Call, arguments: list[Value], keywords: DictRecord
    ) -> Value | None:
        """Return the result of a function; ``None`` for one that nothing is known about."""
        match function:
            case Module(name=name):
                return self._call_imported(name, node, arguments, keywords)
            case Function(node=body):
                self._escape(arguments, keywords)
                return self.result_of(body)
            case Class() as of:
                self._escape(arguments, keywords)
                return Hook() if self.summary.is_hook(of) else Instance(of)
            case Other():
                return function
            case Unknown() if isinstance(node.func, ast.Name):
                return self._call_builtin(node.func.id, node, arguments, keywords)
            case _:
                return None

    def result_of(self, node: syntax.FunctionNode) -> Value:
        """Return what a function of the program returns or yields."""
        returned = self.summary.returns.get(node, UNKNOWN)
        if not isinstance(returned, Unknown):
            return returned
        yielded = self.summary.yields.get(node, UNKNOWN)
        if not isinstance(yielded, Unknown) or node.returns is None:
            return yielded
        stated = self.annotated(node.returns)
        return stated if isinstance(stated, (Client, Session)) else UNKNOWN

    def _call_imported(
        self, name: str, node: ast.Call, arguments: list[Value], keywords: DictRecord
    ) -> Value | None:
        root, last = name.partition(".")[0], name.rpartition(".")[2]
        if name in known_names.CLIENT_MAKERS:
            return boto3_calls.made_client(arguments, keywords, sure=True)
        if name in known_names.SESSIONS:
            return Session()
        if root in known_names.NO_CLIENTS:
            return Other()
        if last == known_names.HOOK_CLASS:
            return Hook()
        if name == "json.dumps" and arguments:
            text = containers.copied(self.state.heap, arguments[0], deep=True)
            return JsonText(text, node) if isinstance(text, Ref) else Unknown(str, node)
        if name in {"copy.copy", "copy.deepcopy"} and len(arguments) == 1:
            return containers.copied(self.state.heap, arguments[0], deep=last == "deepcopy")
        return None

    def _call_builtin(
        self, name: str, node: ast.Call, arguments: list[Value], keywords: DictRecord
    ) -> Value | None:
        heap = self.state.heap
        match name, arguments:
            case "dict", _:
                entries: dict[Any, Entry] = {}
                is_open = bool(arguments) and containers.merge(heap, entries, arguments[0])
                entries.update(keywords.entries)
                return heap.new(DictRecord(entries, node, open=is_open or keywords.open))
            case "list" | "tuple", []:
                return heap.new(ListRecord((), (), node))
            case "list" | "tuple", [Part() as part]:
                return part
            case "list" | "tuple", [Ref() as ref] if isinstance(heap.get(ref), ListRecord):
                return containers.copied(heap, ref, deep=False)
            case "getattr", [Client() as client, Const(value=str(attribute)), *_]:
                return Method(client, attribute)
            case _:
                return None

    def _call_unknown(self, node: ast.Call, arguments: list[Value], keywords: DictRecord) -> Value:
        dotted = syntax.dotted(node.func)
        last = dotted.rpartition(".")[2]
        if dotted in _TYPES:
            return Unknown(_TYPES[dotted], node)
        if dotted in _HARMLESS or (last in _LOGGING and "." in dotted):
            return UNKNOWN
        self._escape(arguments, keywords)
        if last in known_names.MOCKS:
            return Other()
        if last.lower().endswith("client") and "mock" not in dotted.lower():
            client = boto3_calls.made_client(arguments, keywords, sure=False)
            return replace(client, certain=False) if isinstance(client, Client) else UNKNOWN
        return UNKNOWN

    def _escape(self, arguments: list[Value], keywords: DictRecord) -> None:
        """Forget the contents of everything that a function may change."""
        for value in (*arguments, *(entry.value for entry in keywords.entries.values())):
            self.state.heap.forget(value)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> Value:
        value = self.evaluate(node.value)
        self.store(node.target, value, node.value)
        return value

    # --- assignments -----------------------------------------------------------------------------

    def store(self, target: ast.expr, value: Value, source: ast.expr) -> None:
        """Assign a value, which the expression ``source`` states, to a target."""
        match target:
            case ast.Name(id=name):
                self.bind(name, value)
                self.reporter.note(target, value)
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                self._unpack(targets, value, source)
            case ast.Starred(value=inner):
                self.store(inner, UNKNOWN, source)
            case ast.Subscript(value=inner, slice=key):
                owner, name_ = self.evaluate(inner), self.evaluate(key)
                containers.set_item(self.state.heap, owner, name_, key, value, source)
            case ast.Attribute(value=inner, attr=name):
                owner = self.evaluate(inner)
                self.state.heap.forget(value)
                if isinstance(owner, (Instance, Class)):
                    of = owner.of if isinstance(owner, Instance) else owner
                    self.summary.set_attribute(of, name, lasting(value))
            case _:
                self.evaluate(target)

    def _unpack(self, targets: list[ast.expr], value: Value, source: ast.expr) -> None:
        record = self.state.heap.get(value)
        values: list[Value] = [UNKNOWN] * len(targets)
        if isinstance(record, ListRecord) and not record.open:
            starred = any(isinstance(target, ast.Starred) for target in targets)
            if not starred and len(record.items) == len(targets):
                values = list(record.items)
        else:
            self.state.heap.forget(value)
        for target, item in zip(targets, values, strict=True):
            self.store(target, item, source)
