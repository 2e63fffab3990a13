"""The reference: a page for each resource, with its operations, shapes and listed values.

The pages state facts in the words of ``codegen.emit.docs`` and of the kinds, never the service's
prose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from codegen.build import MAIN
from codegen.emit import docs, listings_and_waiters
from codegen.emit.context import EmitContext, Field, Target, emit_context, fields
from codegen.emit.kinds import Blob, Enum, List, Map, MemberKind, Number, String
from codegen.emit.scope import scope
from codegen.model import ir, naming
from codegen.model.classes import Class, Plan, named, plan
from codegen.model.layout import COMMON, ERRORS
from codegen.model.patterns import Enforced
from codegen.model.resources import in_order, resources
from codegen.site.markdown import Links, code, definitions, folded, heading, table
from sagemaker_typed import models, rules
from sagemaker_typed.cli.writers import as_python
from sagemaker_typed.rules import Rule
from sagemaker_typed.testing.examples import sample

_SHOWN_USERS = 8
_SHOWN_VALUES = 12
_GUIDE = "[when it fails](../when-it-fails.md)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferencePage:
    """A page of the site: its path below the folder ``reference``, its title and its text."""

    path: str
    title: str
    text: str
    operations: int
    classes: int
    enums: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A service, and the page that describes each of its names."""

    context: EmitContext
    pages: Mapping[str, str]  # by anchor: a class, an enum or an operation
    users: Mapping[str, Sequence[tuple[str, str]]]  # class and field that mention a class or enum
    listings: Mapping[str, listings_and_waiters.Method]  # by operation
    waits: Mapping[str, Sequence[listings_and_waiters.Method]]  # by operation
    rules: Mapping[str, Sequence[Rule]]  # by class

    @property
    def plan(self) -> Plan:
        return self.context.plan


def pages(service: ir.Service, target: Target, *, whole: str | None = None) -> list[ReferencePage]:
    """Return the pages of a service, by title; ``whole`` is the path if there is only one page."""
    class_plan = plan(service)
    about = resources(service)
    context = emit_context(class_plan, target)
    index = {
        **{name: about.of[name] for name in service.operations},
        **context.layout.models,
        **context.layout.enums,
    }
    book = _book(context, {name: whole or f"{module}.md" for name, module in index.items()})
    paths = sorted(set(book.pages.values()))
    return sorted(
        (_page(book, path, _title(context, path, whole)) for path in paths), key=lambda p: p.title
    )


def _title(context: EmitContext, path: str, whole: str | None) -> str:
    if whole:
        return context.service.full_name
    module = path.removesuffix(".md")
    fixed = {COMMON: "Common shapes", ERRORS: "Errors"}
    return fixed.get(module) or docs.title(module)


def _book(context: EmitContext, pages: Mapping[str, str]) -> Book:
    users: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for cls in context.plan.classes.values():
        names = naming.field_names(member.name for member in cls.structure.members)
        for member in cls.structure.members:
            for mentioned in named(context.service.shapes, [member.shape]):
                users[context.plan.class_of[mentioned]].append((cls.name, names[member.name]))
    listings: dict[str, listings_and_waiters.Method] = {}
    waits: dict[str, list[listings_and_waiters.Method]] = defaultdict(list)
    taken = {naming.method_name(name) for name in context.service.operations}
    for method in listings_and_waiters.methods(context.service):
        if method.name in taken:
            continue
        if method.name.startswith("iter_"):
            listings[method.operation] = method
        else:
            waits[method.operation].append(method)
    checked: dict[str, list[Rule]] = defaultdict(list)
    if context.service.name == MAIN.service:
        for rule in rules.ALL:
            for shape in rule.shapes if rule.active else ():
                checked[shape].append(rule)
    return Book(
        context=context, pages=pages, users=users, listings=listings, waits=waits, rules=checked
    )


def _page(book: Book, path: str, title: str) -> ReferencePage:
    here = {name for name, page in book.pages.items() if page == path}
    operations = in_order(name for name in here if name in book.context.service.operations)
    shapes = [cls for name in sorted(here) if (cls := _shape(book, name))]
    enums = [name for name in sorted(here) if name in book.plan.enums]
    links = Links(page=path, pages=book.pages)
    text = "\n\n".join(
        part
        for part in (
            f"# {title}",
            _intro(book, path, operations),
            *_operations(book, links, operations),
            *_shapes(book, links, shapes),
            *_enums(book, links, enums),
        )
        if part
    )
    classes = sum(name in book.plan.classes for name in here)
    return ReferencePage(
        path=path,
        title=title,
        text=f"{text}\n",
        operations=len(operations),
        classes=classes,
        enums=len(enums),
    )


def _shape(book: Book, name: str) -> Class | None:
    cls = book.plan.classes.get(name)
    return cls if cls is not None and cls.role == "shape" else None


def _intro(book: Book, path: str, operations: Sequence[str]) -> str:
    package = book.context.name
    client = naming.client_name(book.context.service.service_id)
    if path == f"{ERRORS}.md":
        return f"Details of errors. Each error is a class of `{package}.errors`: {_GUIDE}."
    if not operations:
        return f"Shapes are in `{package}.models`, listed values in `{package}.enums`."
    example = f"from {package} import {client}\n\nclient = {client}()"
    return (
        f"```python\n{example}\n```\n\n"
        f"Shapes are in `{package}.models`, listed values in `{package}.enums`."
    )


# Operations


def _operations(book: Book, links: Links, operations: Sequence[str]) -> Iterator[str]:
    if not operations:
        return
    yield heading(2, "Operations", "operations")
    yield definitions(_row(book, links, name) for name in operations)
    for name in operations:
        yield from _operation(book, links, name)


def _row(book: Book, links: Links, name: str) -> tuple[str, list[str]]:
    members = fields(book.context, book.plan.classes[book.plan.requests[name]])
    needed = [code(member.name) for member in members if member.required]
    notes = [f"requires {', '.join(needed)}"] if needed else ["requires nothing"]
    if name in book.listings:
        notes.append(f"all pages: `{book.listings[name].name}`")
    notes += [f"waiter: `{wait.name}`" for wait in book.waits.get(name, ())]
    return links.code(naming.method_name(name), name), ["; ".join(notes)]


def _operation(book: Book, links: Links, name: str) -> Iterator[str]:
    operation = book.context.service.operations[name]
    method = naming.method_name(name)
    yield heading(3, method, name)
    # Search ranks a title lower if it repeats the words that were searched for.
    response = book.plan.responses.get(name)
    returns = links.code(response) if response else "an empty response"
    yield f"`{method}(...)` calls `{name}` and returns {returns}."
    if operation.deprecated:
        yield "Deprecated by the service."
    if book.context.service.name == MAIN.service:
        yield f"```python\n{_sample(book.plan.requests[name])}\n```"
    yield "\n".join(f"- {line}" for line in _about(book, links, operation))
    for paragraph in docs.prerequisite(book.context.service.name, name):
        yield links.prose(paragraph)
    request = book.plan.classes[book.plan.requests[name]]
    yield from _side(book, links, request, "Request")
    if response:
        yield from _side(book, links, book.plan.classes[response], "Response")


def _sample(request: str) -> str:
    """Return a call with its required members, as ``sagemaker-typed skeleton`` writes it."""
    cls = getattr(models, request)
    program: str = as_python(cls, sample(cls, items=1))
    before, _, call = program.partition("client = SageMakerClient()\n")
    imports = before.partition("\n")[2].strip()  # without the client's own
    call = call.removesuffix("print(response)\n").strip()
    return f"{imports}\n\n{call}" if imports else call


def _about(book: Book, links: Links, operation: ir.Operation) -> Iterator[str]:
    if operation.errors:
        raised = [links.code(book.plan.class_of[error]) for error in operation.errors]
        yield f"Raises: {', '.join(raised)}"
    if operation.name in book.listings:
        listing = book.listings[operation.name]
        yield f"ReferencePage after page: `{listing.name}`"
    for wait in book.waits.get(operation.name, ()):
        yield f"`{wait.name}`: {links.prose(wait.doc[0][0].lower() + wait.doc[0][1:])}"
    related = book.context.related[operation.name]
    if related:
        listed = [links.code(naming.method_name(other), other) for other in related]
        yield f"Related: {', '.join(listed)}"
    address = docs.link(book.context.service, operation.name)
    if address:
        yield f"[{operation.name} in AWS's reference]({address})"


def _side(book: Book, links: Links, cls: Class, verb: str) -> Iterator[str]:
    """Yield the section of a request or a response."""
    documented = ""
    if cls.documented and cls.documented != cls.name:
        documented = f", documented as `{cls.documented}`"
    nothing = "" if cls.structure.members else ": nothing"
    yield f"**{verb}** `{cls.name}`{documented}{nothing}\n{{ #{cls.name} .side }}"
    if cls.structure.members:
        yield _members(book, links, cls)
    yield from _rules(book, cls)


def _rules(book: Book, cls: Class) -> Iterator[str]:
    """Yield the rules about a shape."""
    rules = book.rules.get(cls.name, ())
    if rules:
        items = [f"- {rule.message} *{rule.severity}*, `{rule.id}`" for rule in rules]
        several = "a rule" if len(items) == 1 else f"{len(items)} rules"
        yield folded(f"Also checked: {several}", items)


# Shapes


def _shapes(book: Book, links: Links, shapes: Sequence[Class]) -> Iterator[str]:
    if not shapes:
        return
    yield heading(2, "Shapes", "shapes")
    for cls in shapes:
        yield heading(3, cls.name, cls.name)
        yield from _about_shape(book, links, cls)
        if cls.structure.members:
            yield _members(book, links, cls)
        else:
            yield "No members."
        yield from _rules(book, cls)


def _about_shape(book: Book, links: Links, cls: Class) -> Iterator[str]:
    documented = cls.documented or cls.name
    first, *more = docs.shape(book.plan, cls)
    own = f"``{cls.name}``"
    facts = [first if first.startswith("``") else f"{own}: {first[0].lower()}{first[1:]}"]
    if cls.structure.exception:
        facts.append(f"Raised as ``{book.context.name}.errors.{naming.class_name(documented)}``.")
    if documented != cls.name:
        facts.append(f"Documented as ``{documented}``.")
    yield links.prose(" ".join([*facts, *more]), but=cls.name)
    lines = [f"- {line}" for line in _uses(book, links, cls.name, documented)]
    if lines:
        yield "\n".join(lines)
    raised = sorted(
        operation.name
        for operation in book.context.service.operations.values()
        if documented in operation.errors
    )
    if raised:
        listed = [links.code(naming.method_name(name), name) for name in raised]
        if len(listed) <= _SHOWN_USERS:
            yield f"Raised by {', '.join(listed)}"
        else:
            yield folded(f"Raised by {len(listed)} operations", [", ".join(listed)])


def _uses(book: Book, links: Links, name: str, documented: str) -> Iterator[str]:
    """Yield the members that hold a shape or enum, and the link to AWS's page about it."""
    holders = sorted(set(book.users.get(name, ())) - {(name, "")})
    if holders:
        listed = [
            links.code(f"{holder}.{member}", holder) for holder, member in holders[:_SHOWN_USERS]
        ]
        more = len(holders) - len(listed)
        yield f"Used in {', '.join(listed)}{f' and {more} more' if more else ''}"
    if name in book.plan.classes:
        uses = book.plan.uses.get(documented, {})
        address = docs.link(book.context.service, documented)
        if address and (uses.keys() & {"input", "output"}):
            yield f"[{documented} in AWS's reference]({address})"


# Members


def _members(book: Book, links: Links, cls: Class) -> str:
    return definitions(_member(book, links, member) for member in fields(book.context, cls))


def _member(book: Book, links: Links, member: Field) -> tuple[str, list[str]]:
    marks = [
        word
        for word, holds in (
            ("required", member.required),
            ("deprecated", member.deprecated),
            ("filled in by boto3", member.token),
        )
        if holds
    ]
    term = " ".join([f"`{member.name}`", f"<small>{member.documented}</small>", *map(_mark, marks)])
    facts = [links.annotation(member.kind.field(scope(()), book.context.index))]
    if _says_more(member.kind):
        words = member.kind.words()
        if isinstance(member.kind, Enum):
            words = words.partition(", ")[2]  # the type names the enum already
        facts.append(f"{words[0].upper()}{links.prose(words[1:])}.")
    facts += [_pattern(pattern) for pattern in _long_patterns(member.kind)]
    return term, facts


def _mark(word: str) -> str:
    return f"*{word}*"


def _says_more(kind: MemberKind) -> bool:
    """Return whether the words of a kind say more than its type."""
    match kind:
        case Enum():
            return True
        case String(min=low, max=high, enforced=enforced):
            return (low, high, enforced) != (None, None, None)
        case Number(min=low, max=high) | Blob(min=low, max=high):
            return (low, high) != (None, None)
        case List(min=low, max=high, item=item):
            return (low, high) != (None, None) or _says_more(item)
        case Map(min=low, max=high, key=key, value=value):
            return (low, high) != (None, None) or _says_more(key) or _says_more(value)
        case _:
            return False


def _long_patterns(kind: MemberKind) -> Iterator[str]:
    """Yield the patterns that the words of a kind do not show in full."""
    match kind:
        case String(enforced=Enforced(pattern=pattern)):
            if code(pattern) not in kind.words().replace("``", "`"):
                yield pattern
        case List(item=item):
            yield from _long_patterns(item)
        case Map(key=key, value=value):
            yield from _long_patterns(key)
            yield from _long_patterns(value)
        case _:
            return


def _pattern(pattern: str) -> str:
    # Escape everything that Markdown could interpret.
    shown = "".join(c if c.isalnum() else f"&#{ord(c)};" for c in pattern)
    return f"<details><summary>the pattern</summary><code>{shown}</code></details>"


# Listed values


def _enums(book: Book, links: Links, enums: Iterable[str]) -> Iterator[str]:
    listed = list(enums)
    if not listed:
        return
    yield heading(2, "Listed values", "listed-values")
    for name in listed:
        enum = book.plan.enums[name]
        yield heading(3, name, name)
        values = "value" if len(enum.values) == 1 else "values"
        yield f"`{name}`: {len(enum.values)} listed {values}."
        lines = [f"- {line}" for line in _uses(book, links, name, enum.name)]
        if lines:
            yield "\n".join(lines)
        yield _values(name, enum.values)


def _values(name: str, values: Sequence[str]) -> str:
    members = naming.enum_member_names(values)
    rows = [(code(value), code(members[value])) for value in values]
    shown = table(["Value", "Member"], rows)
    if len(values) <= _SHOWN_VALUES:
        return shown
    return folded(f"{len(values)} values of {name}", shown.splitlines())
