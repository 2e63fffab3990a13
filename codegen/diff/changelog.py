"""Write differences as CHANGELOG entries (Keep a Changelog), and choose the version step."""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias

from codegen.diff.service_diff import MemberDifference, ServiceDiff, Subject
from codegen.model import naming

Section: TypeAlias = Literal["Added", "Changed", "Deprecated", "Removed"]
Step: TypeAlias = Literal["major", "minor", "patch"]
Entries: TypeAlias = Mapping[str, Sequence[str]]

SECTIONS: Final = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
BREAKING: Final = "**Breaking:** "
UNRELEASED: Final = "## [Unreleased]"
_WIDTH: Final = 100
_LISTED: Final = 12  # names in one entry before the rest is counted

# A class or an enum of the package loses a name with these.
_TAKES_A_NAME: Final = ("member-removed", "value-removed")
_WORDING: Final[Mapping[str, tuple[Section, str]]] = {
    "operation-removed": ("Removed", "{subject}"),
    "key-value-added": ("Added", "{subject}: key {new}"),
    "response-removed": ("Changed", "{subject} returns nothing now"),
    "required-member-added": ("Changed", "{subject} is new and required"),
    "required-added": ("Changed", "{subject} is required now"),
    "required-removed": ("Changed", "{subject} is no longer required"),
    "union-added": ("Changed", "{subject} takes exactly one of its members now"),
    "union-removed": ("Changed", "{subject} no longer takes exactly one of its members"),
    "type-changed": ("Changed", "{subject}: type {old} is {new} now"),
    "min-tightened": ("Changed", "{subject}: minimum {old} is {new} now"),
    "min-loosened": ("Changed", "{subject}: minimum {old} is {new} now"),
    "max-tightened": ("Changed", "{subject}: maximum {old} is {new} now"),
    "max-loosened": ("Changed", "{subject}: maximum {old} is {new} now"),
    "pattern-tightened": ("Changed", "{subject}: a narrower pattern"),
    "pattern-loosened": ("Changed", "{subject}: a wider pattern"),
    "pattern-changed": ("Changed", "{subject}: another pattern"),
    "deprecated": ("Deprecated", "{subject}"),
}


def entries(diffs: Mapping[str, ServiceDiff]) -> dict[str, list[str]]:
    """Return the entries of each section, breaking ones first; ``diffs`` is keyed by client."""
    sections: dict[str, list[str]] = {section: [] for section in SECTIONS}
    for client, diff in diffs.items():
        for name, operation in diff.operations.items():
            if operation.status == "new":
                sections["Added"].append(_method(client, name))
        added = [a for operation in diff.operations.values() for a in operation.added]
        sections["Added"] += _names((a.subject, a.value) for a in added)
        removed = [
            (d.place.subject, str(d.old) if d.change == "value-removed" else None)
            for operation in diff.operations.values()
            for d in operation.other
            if d.change in _TAKES_A_NAME
        ]
        sections["Removed"] += (f"{BREAKING}{line}" for line in _names(removed))
        for section, entry in _differences(client, diff):
            sections[section].append(entry)
    return {
        section: sorted(
            (f"{line}." for line in lines), key=lambda line: not line.startswith(BREAKING)
        )
        for section, lines in sections.items()
        if lines
    }


def _names(things: Iterable[tuple[Subject, str | None]]) -> Iterator[str]:
    """Yield one entry for each class or enum, with the names that it gained or lost."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for subject, value in things:
        name = naming.field_name(subject.member or "") if value is None else value
        names[subject.owner].setdefault(f"`{name}`")
    for owner in sorted(names):
        yield f"`{naming.class_name(owner)}`: {_listed(names[owner])}"


def _differences(client: str, diff: ServiceDiff) -> Iterator[tuple[Section, str]]:
    """Yield the other changes: one entry for all subjects that changed in the same way."""
    alike: dict[tuple[Section, str, str, str, bool], dict[str, None]] = defaultdict(dict)
    broken = {_key(difference) for difference in diff.breaking}
    for operation in diff.operations.values():
        for difference in operation.other:
            if difference.change in _TAKES_A_NAME:
                continue
            section, words = _WORDING[difference.change]
            old, new = _fact(difference.old), _fact(difference.new)
            kind = section, words, old, new, _key(difference) in broken
            alike[kind].setdefault(_subject(client, difference))
    for (section, words, old, new, breaking), subjects in alike.items():
        entry = words.format(subject=_listed(subjects), old=old, new=new)
        yield section, f"{BREAKING if breaking else ''}{entry}"


def _key(difference: MemberDifference) -> tuple[Subject, str, object, object]:
    """Return the identity of a change, the same for every path that leads to it."""
    return difference.place.subject, difference.change, difference.old, difference.new


def _subject(client: str, difference: MemberDifference) -> str:
    subject = difference.place.subject
    if subject.member is not None:
        return f"`{naming.class_name(subject.owner)}.{naming.field_name(subject.member)}`"
    if difference.change in ("operation-removed", "response-removed", "deprecated"):
        return _method(client, subject.owner)
    return f"`{naming.class_name(subject.owner)}`"


def _method(client: str, operation: str) -> str:
    return f"`{client}.{naming.method_name(operation)}`"


def _fact(fact: object) -> str:
    return "none" if fact is None else f"`{fact}`"


def _listed(names: Iterable[str]) -> str:
    shown = list(names)
    more = len(shown) - _LISTED
    return ", ".join(shown[:_LISTED]) + (f" and {more} more" if more > 0 else "")


def merged(changelog: str, more: Entries) -> str:
    """Return the changelog with these entries added to its Unreleased section.

    Sections with breaking entries come first, and so do the breaking entries in them.
    """
    before, heading, rest = changelog.partition(UNRELEASED)
    if not heading:
        before, rest = _split_at_release(changelog)
        before = before.rstrip() + "\n\n"
    else:
        rest = rest.lstrip("\n")
    unreleased, released = _split_at_release(rest)
    intro, *blocks = re.split(r"^### ", unreleased, flags=re.MULTILINE)
    sections = {}
    for block in blocks:
        title, _, body = block.partition("\n")
        sections[title.strip()] = body.strip("\n").split("\n") if body.strip() else []
    for title, lines in more.items():
        there = sections.setdefault(title, [])
        wrapped = [_item(line) for line in lines]
        new = [line for item in wrapped for line in item if item[0] not in there]
        first = bool(new) and new[0].startswith(f"- {BREAKING}")
        sections[title] = [*new, *there] if first else [*there, *new]
    ordered = sorted(sections.items(), key=lambda section: _rank(*section))
    text = "".join(
        f"### {title}\n\n{body}\n\n" for title, lines in ordered if (body := "\n".join(lines))
    )
    parts = [f"{before}{UNRELEASED}", intro.strip(), text.strip(), released.strip()]
    return "\n\n".join(part for part in parts if part) + "\n"


def _split_at_release(text: str) -> tuple[str, str]:
    match = re.search(r"^(## |\[[^\]]+\]: )", text, re.MULTILINE)
    return (text, "") if match is None else (text[: match.start()], text[match.start() :])


def _item(line: str) -> list[str]:
    return textwrap.wrap(
        f"- {line}",
        _WIDTH,
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _rank(title: str, lines: Sequence[str]) -> tuple[bool, int]:
    breaks = any(line.startswith(f"- {BREAKING}") for line in lines)
    known = SECTIONS.index(title) if title in SECTIONS else len(SECTIONS)
    return not breaks, known


def step(sections: Entries) -> Step:
    """Return the version step that semantic versioning requires."""
    if any(line.startswith(BREAKING) for lines in sections.values() for line in lines):
        return "major"
    return "minor" if sections.get("Added") or sections.get("Deprecated") else "patch"


def next_version(version: str, wanted: Step) -> str:
    """Return the version after that step; before 1.0, a major step raises the minor number."""
    major, minor, patch = (int(part) for part in re.findall(r"\d+", version)[:3])
    if wanted == "patch":
        return f"{major}.{minor}.{patch + 1}"
    if wanted == "minor" or major == 0:
        return f"{major}.{minor + 1}.0"
    return f"{major + 1}.0.0"
