"""Find the resource of each operation from the operations' names.

An operation's name is a verb and a noun (``CreateEndpointConfig``). A noun is a resource if
operations create or start it, or if it can only be read. Every other operation belongs to the
resource that its noun mentions.
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

# A noun with one of these verbs is a thing of its own, not an aspect of another.
_MAKES = frozenset({"Create", "Import", "Register"})
# A noun with one of these verbs is a resource if it can be read afterwards.
_BEGINS = frozenset({"Start", "Run", "Submit", "Request"})
_LOOKS = frozenset({"Describe", "Get"})
# These words before another verb are about quantity, not about the noun.
_BATCH = frozenset({"Batch", "Bulk", "Admin"})
# `InvokeWithResponseStream`: the words behind the verb are no noun.
_MANNERS = frozenset({"Async", "By", "For", "With"})

# The order in which a person meets the operations of a resource.
_ORDER = (
    *("Create", "Register", "Import", "Add", "Put", "Start", "Run", "Submit", "Invoke", "Send"),
    *("Describe", "Get", "List", "Search", "Query", "Update", "Extend", "Retry"),
    *("Stop", "Cancel", "Deregister", "Remove", "Delete"),
)

# Endings of a last word, in the plural and in the singular.
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
    """The operations of a service, sorted by resource."""

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
    for plural, noun in singular.items():
        if noun != plural:
            verbs[noun] |= verbs[plural]
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
    """Return operations in the order of a resource's life."""
    rank = {verb: n for n, verb in enumerate(_ORDER)}

    def place(name: str) -> tuple[int, str]:
        return rank.get(split_name(name)[0], len(rank)), name

    return tuple(sorted(operations, key=place))


def makes(operation: str) -> bool:
    """Return whether an operation creates a resource."""
    return split_name(operation)[0] in _MAKES


def module_name(noun: Words) -> str:
    """Return the module of a resource: its noun in snake case."""
    return naming.field_name("".join(word[:1].upper() + word[1:] for word in noun))


def split_name(operation: str) -> tuple[str, Words]:
    """Return the verb of an operation and the words of its noun, without a version (``JobV2``)."""
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
    """Return the words of a name, cut at the underscores of its snake case."""
    words: list[str] = []
    rest = name.replace("_", "")
    for word in naming.snake(name).split("_"):
        words.append(rest[: len(word)])
        rest = rest[len(word) :]
    return tuple(word for word in words if word) or (name,)


def _singular(noun: Words, verbs: Mapping[Words, set[str]]) -> Words:
    """Return a noun in the singular: ``CodeRepository`` for ``CodeRepositories``."""
    if not noun:
        return noun
    *head, last = noun
    candidates = [
        (*head, last.removesuffix(plural) + singular)
        for plural, singular in _ENDINGS
        if last.endswith(plural) and last != plural
    ]
    known = [candidate for candidate in candidates if candidate in verbs]
    if known:
        return known[0]
    # `CreateAlias`: a noun that can be created or read is in the singular already.
    is_singular = verbs[noun] & (_MAKES | _LOOKS) or last.endswith(("ss", "us", "is"))
    return noun if is_singular or not candidates else candidates[0]


def _known(verbs: Mapping[Words, set[str]], nouns: frozenset[Words]) -> frozenset[Words]:
    """Return the nouns that are resources."""
    certain = {
        noun
        for noun, used in verbs.items()
        if noun and (used & _MAKES or (used & _BEGINS and used & _LOOKS))
    }
    # A noun that can only be created, and that mentions another such noun, is an aspect of the
    # other: `CreatePresignedDomainUrl` is about a domain.
    known = {
        noun
        for noun in certain
        if len(verbs[noun]) > 1 or not any(_mentions(noun, other) for other in certain - {noun})
    }
    # Nouns that mention none of these: first those that can be read, then the rest.
    for group in (
        {noun for noun, used in verbs.items() if noun and used & _LOOKS},
        {noun for noun in nouns if noun},
    ):
        free = {noun for noun in group if not any(_mentions(noun, other) for other in known)}
        known |= {noun for noun in free if not any(_begins(noun, o) for o in free - {noun})}
    return frozenset(known)


def _resource(noun: Words, known: frozenset[Words]) -> Words:
    """Return the resource that a noun is, begins with, ends with or mentions, in this order."""
    if noun in known:
        return noun
    for is_about in (_begins, _ends, _mentions):
        candidates = [other for other in known if is_about(noun, other)]
        if candidates:
            return max(candidates, key=lambda other: (len(other), other))
    return noun


def _begins(noun: Words, other: Words) -> bool:
    return noun[: len(other)] == other


def _ends(noun: Words, other: Words) -> bool:
    return noun[-len(other) :] == other


def _mentions(noun: Words, other: Words) -> bool:
    """Return whether the noun contains the other's words; a word of it may be in the plural."""
    singular = tuple(re.sub(r"(?<=[a-z]{2})s$", "", word) for word in noun)
    return any(
        words[at : at + len(other)] == other
        for words in (noun, singular)
        for at in range(len(noun) - len(other) + 1)
    )
