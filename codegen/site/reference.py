"""The reference: a page for each resource, with what one can do, shapes and listed values.

Only facts, in the words of ``codegen.emit.docs`` and of the kinds: nothing here is the service's
prose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from codegen.build import MAIN
from codegen.emit import docs, listings_and_waiters
from codegen.emit.context import Field, Package, Target, fields, header
from codegen.emit.kinds import Blob, Enum, Homes, Kind, List, Map, Number, String
from codegen.emit.scope import scope
from codegen.model import ir, naming
from codegen.model.classes import Class, Plan, plan, targets
from codegen.model.layout import COMMON, ERRORS, layout
from codegen.model.patterns import Enforced
from codegen.model.resources import in_order, resources
from codegen.overrides import rows
from codegen.site.markdown import Links, code, definitions, folded, heading, table
from sagemaker_typed import models, rules
from sagemaker_typed.cli.skeleton import skeleton
from sagemaker_typed.cli.writers import as_python
from sagemaker_typed.rules import Rule

_SHOWN_USERS = 8
_SHOWN_VALUES = 12
_GUIDE = "[when it fails](../when-it-fails.md)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the site: its place below the folder ``reference``, its title and text."""

    path: str
    title: str
    text: str
    operations: int
    classes: int
    enums: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A service, and on which page each of its names is described."""

    made: Package
    pages: Mapping[str, str]  # by anchor: a class, an enum or an operation
    users: Mapping[str, Sequence[tuple[str, str]]]  # class and field that mention a class or enum
    listings: Mapping[str, listings_and_waiters.Method]  # by operation
    waits: Mapping[str, Sequence[listings_and_waiters.Method]]  # by operation
    rules: Mapping[str, Sequence[Rule]]  # by class

    @property
    def plan(self) -> Plan:
        return self.made.plan


def pages(service: ir.Service, target: Target, *, whole: str | None = None) -> list[Page]:
    """The pages of a service, by title; ``whole`` is the path where all of it is one page."""
    made = _package(service, target)
    about = resources(service)
    homes = {
        **{name: about.of[name] for name in service.operations},
        **made.layout.models,
        **made.layout.enums,
    }
    book = _book(made, {name: whole or f"{module}.md" for name, module in homes.items()})
    paths = sorted(set(book.pages.values()))
    return sorted(
        (_page(book, path, _title(made, path, whole)) for path in paths), key=lambda p: p.title
    )


def _package(service: ir.Service, target: Target) -> Package:
    planned = plan(service)
    about = resources(service)
    laid_out = layout(planned, about.of)
    return Package(
        target=target,
        plan=planned,
        layout=laid_out,
        homes=Homes(package=target.package, models=laid_out.models, enums=laid_out.enums),
        header=header(service),
        related=about.related,
    )


def _title(made: Package, path: str, whole: str | None) -> str:
    if whole:
        return made.service.full_name
    module = path.removesuffix(".md")
    fixed = {COMMON: "Common shapes", ERRORS: "Errors"}
    return fixed.get(module) or docs.title(module)


def _book(made: Package, pages: Mapping[str, str]) -> Book:
    users: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in made.plan.classes.values():
        names = naming.field_names(member.name for member in one.structure.members)
        for member in one.structure.members:
            for mentioned in _mentioned(made.service, member.shape):
                users[made.plan.class_of[mentioned]].append((one.name, names[member.name]))
    listings: dict[str, listings_and_waiters.Method] = {}
    waits: dict[str, list[listings_and_waiters.Method]] = defaultdict(list)
    taken = {naming.method_name(name) for name in made.service.operations}
    for method in listings_and_waiters.methods(made.service):
        if method.name in taken:
            continue
        if method.name.startswith("iter_"):
            listings[method.operation] = method
        else:
            waits[method.operation].append(method)
    checked: dict[str, list[Rule]] = defaultdict(list)
    if made.service.name == MAIN.service:
        for rule in rules.ALL:
            for shape in rule.shapes if rule.active else ():
                checked[shape].append(rule)
    return Book(made=made, pages=pages, users=users, listings=listings, waits=waits, rules=checked)


def _mentioned(service: ir.Service, name: str) -> Iterator[str]:
    """The structures and enums that a member holds, through lists and maps."""
    pending, seen = [name], set[str]()
    while pending:
        shape = service.shapes[pending.pop()]
        if shape.name in seen:
            continue
        seen.add(shape.name)
        if isinstance(shape, ir.Structure | ir.Enum):
            yield shape.name
        else:
            pending.extend(targets(shape))


def _page(book: Book, path: str, title: str) -> Page:
    here = {name for name, page in book.pages.items() if page == path}
    operations = in_order(name for name in here if name in book.made.service.operations)
    shapes = [one for name in sorted(here) if (one := _shape(book, name))]
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
    return Page(
        path=path,
        title=title,
        text=f"{text}\n",
        operations=len(operations),
        classes=classes,
        enums=len(enums),
    )


def _shape(book: Book, name: str) -> Class | None:
    one = book.plan.classes.get(name)
    return one if one is not None and one.role == "shape" else None


def _intro(book: Book, path: str, operations: Sequence[str]) -> str:
    package = book.made.name
    client = naming.client_name(book.made.service.service_id)
    if path == f"{ERRORS}.md":
        return f"What an error says; each is raised as a class of `{package}.errors`: {_GUIDE}."
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
    members = fields(book.made, book.plan.classes[book.plan.requests[name]])
    needed = [code(member.name) for member in members if member.required]
    said = [f"needs {', '.join(needed)}"] if needed else ["needs nothing"]
    if name in book.listings:
        said.append(f"page after page: `{book.listings[name].name}`")
    said += [f"until it is so: `{wait.name}`" for wait in book.waits.get(name, ())]
    return links.code(naming.method_name(name), name), ["; ".join(said)]


def _operation(book: Book, links: Links, name: str) -> Iterator[str]:
    operation = book.made.service.operations[name]
    method = naming.method_name(name)
    yield heading(3, method, name)
    # A search puts first what begins with the words that are looked for; said twice in a title,
    # they count less.
    answer = book.plan.responses.get(name)
    said = links.code(answer) if answer else "nothing"
    yield f"`{method}(...)` calls `{name}`, which answers {said}."
    if operation.deprecated:
        yield "Deprecated by the service."
    if book.made.service.name == MAIN.service:
        yield f"```python\n{_sample(book.plan.requests[name])}\n```"
    yield "\n".join(f"- {line}" for line in _about(book, links, operation))
    row = next(
        (r for r in rows("consistency", "reads", book.made.service.name) if r["operation"] == name),
        None,
    )
    if row:
        yield links.prose(docs.reads(row["member"], row["describe"]))
    request = book.plan.classes[book.plan.requests[name]]
    yield from _side(book, links, request, "Takes")
    if answer:
        yield from _side(book, links, book.plan.classes[answer], "Answers")


def _sample(request: str) -> str:
    """A call with what it needs, as ``sagemaker-typed skeleton`` writes it."""
    cls = getattr(models, request)
    program: str = as_python(cls, skeleton(cls, everything=False))
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
        yield f"Page after page: `{listing.name}`"
    for wait in book.waits.get(operation.name, ()):
        yield f"`{wait.name}`: {links.prose(wait.doc[0][0].lower() + wait.doc[0][1:])}"
    related = book.made.related[operation.name]
    if related:
        listed = [links.code(naming.method_name(other), other) for other in related]
        yield f"Related: {', '.join(listed)}"
    address = docs.link(book.made.service.name, operation.name)
    if address:
        yield f"[{operation.name} in AWS's reference]({address})"


def _side(book: Book, links: Links, one: Class, verb: str) -> Iterator[str]:
    """What an operation takes or answers."""
    documented = ""
    if one.documented and one.documented != one.name:
        documented = f", documented as `{one.documented}`"
    nothing = "" if one.structure.members else ": nothing"
    yield f"**{verb}** `{one.name}`{documented}{nothing}\n{{ #{one.name} .side }}"
    if one.structure.members:
        yield _members(book, links, one)
    yield from _rules(book, one)


def _rules(book: Book, one: Class) -> Iterator[str]:
    """What is checked of a shape besides the facts of its members."""
    found = book.rules.get(one.name, ())
    if found:
        items = [f"- {rule.message} *{rule.severity}*, `{rule.id}`" for rule in found]
        several = "a rule" if len(items) == 1 else f"{len(items)} rules"
        yield folded(f"Also checked: {several}", items)


# Shapes


def _shapes(book: Book, links: Links, shapes: Sequence[Class]) -> Iterator[str]:
    if not shapes:
        return
    yield heading(2, "Shapes", "shapes")
    for one in shapes:
        yield heading(3, one.name, one.name)
        yield from _about_shape(book, links, one)
        if one.structure.members:
            yield _members(book, links, one)
        else:
            yield "No members."
        yield from _rules(book, one)


def _about_shape(book: Book, links: Links, one: Class) -> Iterator[str]:
    documented = one.documented or one.name
    said, *more = [text for text in docs.shape(book.plan, one) if "://" not in text]
    own = f"``{one.name}``"
    facts = [said if said.startswith("``") else f"{own}: {said[0].lower()}{said[1:]}"]
    if one.structure.exception:
        facts.append(f"Raised as ``{book.made.name}.errors.{naming.class_name(documented)}``.")
    if documented != one.name:
        facts.append(f"Documented as ``{documented}``.")
    yield links.prose(" ".join([*facts, *more]), but=one.name)
    lines = [f"- {line}" for line in _where(book, links, one.name, documented)]
    if lines:
        yield "\n".join(lines)
    raised = sorted(
        operation.name
        for operation in book.made.service.operations.values()
        if documented in operation.errors
    )
    if raised:
        listed = [links.code(naming.method_name(name), name) for name in raised]
        if len(listed) <= _SHOWN_USERS:
            yield f"Raised by {', '.join(listed)}"
        else:
            yield folded(f"Raised by {len(listed)} operations", [", ".join(listed)])


def _where(book: Book, links: Links, name: str, documented: str) -> Iterator[str]:
    """Who holds a shape or enum, and where AWS describes it."""
    holders = sorted(set(book.users.get(name, ())) - {(name, "")})
    if holders:
        listed = [
            links.code(f"{holder}.{member}", holder) for holder, member in holders[:_SHOWN_USERS]
        ]
        more = len(holders) - len(listed)
        yield f"In {', '.join(listed)}{f' and {more} more' if more else ''}"
    if name in book.plan.classes:
        uses = book.plan.uses.get(documented, {})
        address = docs.link(book.made.service.name, documented)
        if address and (uses.keys() & {"input", "output"}):
            yield f"[{documented} in AWS's reference]({address})"


# Members


def _members(book: Book, links: Links, one: Class) -> str:
    return definitions(_member(book, links, member) for member in fields(book.made, one))


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
    facts = [links.annotation(member.kind.field(scope(()), book.made.homes))]
    if _says_more(member.kind):
        words = member.kind.words()
        if isinstance(member.kind, Enum):
            words = words.partition(", ")[2]  # the type has said which enum
        facts.append(f"{words[0].upper()}{links.prose(words[1:])}.")
    facts += [_pattern(pattern) for pattern in _long_patterns(member.kind)]
    return term, facts


def _mark(word: str) -> str:
    return f"*{word}*"


def _says_more(kind: Kind) -> bool:
    """Whether the words of a kind say more than its type."""
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


def _long_patterns(kind: Kind) -> Iterator[str]:
    """The patterns that the words of a kind count instead of showing."""
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
    # Nothing of a pattern may be taken for Markdown.
    shown = "".join(one if one.isalnum() else f"&#{ord(one)};" for one in pattern)
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
        lines = [f"- {line}" for line in _where(book, links, name, enum.name)]
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
