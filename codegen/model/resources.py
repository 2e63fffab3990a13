"""Which resource each operation is about, read off the operations' names.

A verb is taken off each name (``CreateEndpointConfig``). What is made or begun is a resource, and
so is what can only be looked at; every other operation goes to the resource that its noun
mentions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from codegen.model import ir, naming
from codegen.overrides import rows

Words: TypeAlias = "tuple[str, ...]"

# A noun that one of these goes with is a thing of its own, not an aspect of another.
_MAKES = frozenset({"Create", "Import", "Register"})
# These begin something; it is a resource if it can be looked at afterwards.
_BEGINS = frozenset({"Start", "Run", "Submit", "Request"})
_LOOKS = frozenset({"Describe", "Get"})
# Before another verb these say how often, not what.
_BATCH = frozenset({"Batch", "Bulk", "Admin"})
# `InvokeWithResponseStream`: what follows the verb is no noun.
_MANNERS = frozenset({"Async", "By", "For", "With"})

# The order in which a person meets the operations of a resource.
_ORDER = (
    *("Create", "Register", "Import", "Add", "Put", "Start", "Run", "Submit", "Invoke", "Send"),
    *("Describe", "Get", "List", "Search", "Query", "Update", "Extend", "Retry"),
    *("Stop", "Cancel", "Deregister", "Remove", "Delete"),
)

# How a last word ends in the plural and in the singular.
_ENDINGS = (
    ("yses", "ysis"),
    ("ies", "y"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("sses", "ss"),
    ("xes", "x"),
    ("s", ""),
    ("es", ""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """The operations of a service, sorted by what they are about."""

    of: Mapping[str, str]  # the resource of each operation, as the name of a module
    related: Mapping[str, tuple[str, ...]]  # the other operations on that resource itself


def resources(service: ir.Service, fixed: Mapping[str, str] | None = None) -> Resources:
    """Decide the resource of every operation.

    ``fixed`` has the modules of exceptional operations; the default is the table ``layout``.
    """
    if fixed is None:
        table = rows("layout", "operations", service.name)
        fixed = {row["operation"]: row["module"] for row in table}
    split = {name: split_name(name) for name in service.operations}
    verbs: dict[Words, set[str]] = defaultdict(set)
    for verb, noun in split.values():
        verbs[noun].add(verb)
    singular = {noun: _singular(noun, verbs) for noun in verbs}
    for noun, one in singular.items():
        if one != noun:
            verbs[one] |= verbs[noun]
    known = _known(verbs, frozenset(singular.values()))
    of: dict[str, str] = {}
    itself: dict[str, list[str]] = defaultdict(list)
    for name, (verb, noun) in split.items():
        resource = _resource(singular[noun], known) or (verb,)
        of[name] = fixed.get(name) or module_name(resource)
        if module_name(singular[noun] or (verb,)) == of[name]:
            itself[of[name]].append(name)
    return Resources(
        of=of,
        related={
            name: in_order(other for other in itself[module] if other != name)
            for name, module in of.items()
        },
    )


def in_order(operations: Iterable[str]) -> tuple[str, ...]:
    """Operations in the order of a resource's life."""
    rank = {verb: n for n, verb in enumerate(_ORDER)}

    def place(name: str) -> tuple[int, str]:
        return rank.get(split_name(name)[0], len(rank)), name

    return tuple(sorted(operations, key=place))


def makes(operation: str) -> bool:
    """Whether an operation makes a resource."""
    return split_name(operation)[0] in _MAKES


def module_name(noun: Words) -> str:
    """The module of a resource: its noun in snake case."""
    return naming.field_name("".join(word[:1].upper() + word[1:] for word in noun))


def split_name(operation: str) -> tuple[str, Words]:
    """The verb of an operation and the words of its noun, without a version: ``JobV2``."""
    parts = camel_words(operation)
    if parts[0] in _BATCH and len(parts) > 2:
        parts = parts[1:]
    if len(parts) > 2 and re.fullmatch(r"[Vv]\d+", parts[-1]):
        parts = parts[:-1]
    verb, *noun = list(parts)
    if noun and noun[0] in _MANNERS:
        noun = []
    return verb, tuple(noun)


def camel_words(name: str) -> Words:
    """The words of a name, cut where the snake case of it is."""
    words: list[str] = []
    rest = name.replace("_", "")
    for word in naming.snake(name).split("_"):
        words.append(rest[: len(word)])
        rest = rest[len(word) :]
    return tuple(word for word in words if word) or (name,)


def _singular(noun: Words, verbs: Mapping[Words, set[str]]) -> Words:
    """The noun of one thing: ``CodeRepositories`` is ``CodeRepository``."""
    if not noun:
        return noun
    *head, last = noun
    candidates = [
        (*head, last.removesuffix(plural) + one)
        for plural, one in _ENDINGS
        if last.endswith(plural) and last != plural
    ]
    known = [candidate for candidate in candidates if candidate in verbs]
    if known:
        return known[0]
    # `CreateAlias`: what one can make or look at is one thing already.
    one_already = verbs[noun] & (_MAKES | _LOOKS) or last.endswith(("ss", "us", "is"))
    return noun if one_already or not candidates else candidates[0]


def _known(verbs: Mapping[Words, set[str]], nouns: frozenset[Words]) -> frozenset[Words]:
    """The nouns that are resources of their own."""
    certain = {
        noun
        for noun, used in verbs.items()
        if noun and (used & _MAKES or (used & _BEGINS and used & _LOOKS))
    }
    # What can be made and nothing else, of something that is made, is an aspect of that:
    # `CreatePresignedDomainUrl` is about a domain.
    made = {
        noun
        for noun in certain
        if len(verbs[noun]) > 1 or not any(_mentions(noun, other) for other in certain - {noun})
    }
    # What belongs to nothing that is made: first what can be looked at, then what is left over.
    for group in (
        {noun for noun, used in verbs.items() if noun and used & _LOOKS},
        {noun for noun in nouns if noun},
    ):
        free = {noun for noun in group if not any(_mentions(noun, other) for other in made)}
        made |= {noun for noun in free if not any(_begins(noun, o) for o in free - {noun})}
    return frozenset(made)


def _resource(noun: Words, known: frozenset[Words]) -> Words:
    """The resource that a noun is, begins with, ends with or mentions, in this order."""
    if noun in known:
        return noun
    for is_about in (_begins, _ends, _mentions):
        found = [other for other in known if is_about(noun, other)]
        if found:
            return max(found, key=lambda other: (len(other), other))
    return noun


def _begins(noun: Words, other: Words) -> bool:
    return noun[: len(other)] == other


def _ends(noun: Words, other: Words) -> bool:
    return noun[-len(other) :] == other


def _mentions(noun: Words, other: Words) -> bool:
    """Whether the words stand anywhere in it, a plural before a preposition included."""
    one = tuple(re.sub(r"(?<=[a-z]{2})s$", "", word) for word in noun)
    return any(
        words[at : at + len(other)] == other
        for words in (noun, one)
        for at in range(len(noun) - len(other) + 1)
    )
