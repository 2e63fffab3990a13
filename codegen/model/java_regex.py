"""Translate Java's regular expressions for Pydantic's two engines, and for JSON Schema.

The service documents its patterns in Java's dialect. Some characters have other meanings
elsewhere: ``\\d`` and ``\\w`` are ASCII in Java, ``$`` matches before a last newline in Python, a
surrogate pair is one character, ``\\<`` is a word boundary in Rust. So a pattern is parsed and
written again with the same meaning. Parts that both dialects share keep their documented spelling.

JSON Schema has the regular expressions of ECMA-262 in Unicode mode. That mode refuses escapes of
characters that need none. Except for ``\\p``, Python's ``re`` reads what is written for ECMA.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

Dialect: TypeAlias = Literal["rust", "python", "ecma"]


class NotTranslatable(Exception):
    """The pattern has no equal in the other dialect; the message states the reason."""


@dataclass(frozen=True, slots=True)
class Character:
    code: int
    text: str


@dataclass(frozen=True, slots=True)
class Dot:
    pass


@dataclass(frozen=True, slots=True)
class Anchor:
    kind: str  # one of ^ $ A z Z b B


@dataclass(frozen=True, slots=True)
class Shorthand:
    letter: str  # one of d D w W s S h H v V


@dataclass(frozen=True, slots=True)
class Property:
    name: str
    negated: bool


@dataclass(frozen=True, slots=True)
class Range:
    low: Character
    high: Character


@dataclass(frozen=True, slots=True)
class Class:
    items: tuple[ClassItem, ...]
    negated: bool
    intersections: tuple[Class, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    opening: str  # "(", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?<name>", "(?i:"
    body: Node


@dataclass(frozen=True, slots=True)
class Backreference:
    name: str


@dataclass(frozen=True, slots=True)
class Repeat:
    node: Node
    quantifier: str  # greedy or lazy


@dataclass(frozen=True, slots=True)
class Sequence:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alternation:
    options: tuple[Node, ...]


ClassItem: TypeAlias = Character | Range | Shorthand | Property | Class
Node: TypeAlias = (
    Character
    | Dot
    | Anchor
    | Shorthand
    | Property
    | Class
    | Group
    | Backreference
    | Repeat
    | Sequence
    | Alternation
)

_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")
_ESCAPES = {"t": 9, "n": 10, "r": 13, "f": 12, "a": 7, "e": 27}
_QUANTIFIER = re.compile(r"([*+?]|\{\d+(?:,\d*)?\})([?+]?)")


def parse(pattern: str) -> Node:
    """Read a pattern as Java does."""
    reader = _Reader(pattern)
    node = reader.alternation()
    if reader.rest:
        raise NotTranslatable(f"unbalanced {reader.rest[0]!r}")
    return node


class _Reader:
    """A cursor over the pattern: recursive descent, one method for each rule of the grammar."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    @property
    def rest(self) -> str:
        return self.pattern[self.at :]

    def starts(self, text: str) -> bool:
        return self.pattern.startswith(text, self.at)

    def take(self, text: str) -> bool:
        if self.starts(text):
            self.at += len(text)
            return True
        return False

    def match(self, expression: re.Pattern[str] | str) -> re.Match[str] | None:
        match = re.compile(expression).match(self.pattern, self.at)
        if match:
            self.at = match.end()
        return match

    def alternation(self) -> Node:
        options = [self.sequence()]
        while self.take("|"):
            options.append(self.sequence())
        return options[0] if len(options) == 1 else Alternation(tuple(options))

    def sequence(self) -> Node:
        nodes: list[Node] = []
        while self.rest and not self.starts("|") and not self.starts(")"):
            if flags := self.match(r"\(\?([a-zA-Z-]+)\)"):
                # Flags apply up to the end of their group.
                nodes.append(Group(f"(?{_flags(flags[1])}:", self.alternation()))
                break
            nodes.append(self.repeated(self.atom()))
        return nodes[0] if len(nodes) == 1 else Sequence(tuple(nodes))

    def repeated(self, node: Node) -> Node:
        while match := self.match(_QUANTIFIER):
            if isinstance(node, Anchor):
                raise NotTranslatable(f"{match[0]!r} repeats a position, where no character is")
            if isinstance(node, Group) and node.opening in _LOOKS:
                # A repeated assertion is the same assertion; an optional one asserts nothing.
                if match[1][0] in "*?" or match[1].startswith("{0"):
                    node = Sequence(())
                continue
            # A possessive quantifier accepts a part of what the greedy one does.
            node = Repeat(node, match[1] + ("?" if match[2] == "?" else ""))
        return node

    def atom(self) -> Node:
        if self.starts("("):
            return self.group()
        if self.take("["):
            return self.character_class()
        if self.take("."):
            return Dot()
        if self.take("^"):
            return Anchor("^")
        if self.take("$"):
            return Anchor("$")
        if self.take("\\"):
            return self.escape()
        character = self.rest[0]
        if character in "*+?" or (character == "{" and not re.match(r"\{[^\d]", self.rest)):
            raise NotTranslatable(f"{character!r} repeats nothing")
        self.at += 1
        return Character(ord(character), character)

    def group(self) -> Node:
        match = self.match(r"\((?:\?(?:[:=!>]|<[=!]|<[A-Za-z]\w*>|[a-zA-Z-]+:))?")
        assert match
        opening = match[0]
        if opening == "(?>":
            # An atomic group accepts a part of what a plain one does.
            opening = "(?:"
        elif flags := re.fullmatch(r"\(\?([a-zA-Z-]+):", opening):
            opening = f"(?{_flags(flags[1])}:"
        body = self.alternation()
        if not self.take(")"):
            raise NotTranslatable("a group is not closed")
        return Group(opening, body)

    def escape(self) -> Node:
        if match := self.match(r"[AzZbB]"):
            return Anchor(match[0])
        if match := self.match(r"([1-9]\d*)|k<(\w+)>"):
            return Backreference(match[1] or match[2])
        if self.starts("R") or self.starts("X") or self.starts("G"):
            raise NotTranslatable(f"\\{self.rest[0]} exists in Java only")
        return self.class_escape()

    def class_escape(self) -> Character | Shorthand | Property:
        """Read the escape after a backslash, inside or outside of a class."""
        if match := self.match(r"[dDwWsShHvV]"):
            return Shorthand(match[0])
        if match := self.match(r"([pP])(?:\{(\^?)(\w+(?:=\w+)?)\}|(\w))"):
            negated = (match[1] == "P") != bool(match[2])
            return Property(match[3] or match[4], negated)
        if match := self.match(r"u([0-9A-Fa-f]{4})"):
            high = int(match[1], 16)
            if 0xD800 <= high < 0xDC00 and (low := self.match(r"\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")):
                code = 0x10000 + ((high - 0xD800) << 10) + (int(low[1], 16) - 0xDC00)
                return Character(code, "")
            return Character(high, f"\\u{match[1]}")
        if match := self.match(r"x([0-9A-Fa-f]{2})"):
            return Character(int(match[1], 16), f"\\x{match[1]}")
        if match := self.match(r"x\{([0-9A-Fa-f]+)\}"):
            return Character(int(match[1], 16), "")
        if match := self.match(r"0([0-3]?[0-7]{1,2})"):
            return Character(int(match[1], 8), "")
        if match := self.match(r"c(.)"):
            return Character(ord(match[1]) ^ 64, "")
        if match := self.match(r"[tnrfae]"):
            letter = match[0]
            return Character(_ESCAPES[letter], f"\\{letter}" if letter not in "ae" else "")
        if match := self.match(r"[^A-Za-z0-9]"):
            return Character(ord(match[0]), f"\\{match[0]}")
        raise NotTranslatable(f"\\{self.rest[:1]} is no escape of Java's")

    def character_class(self) -> Class:
        negated = self.take("^")
        items: list[ClassItem] = []
        intersections: list[Class] = []
        first = True
        while not self.starts("]") or first:
            if not self.rest:
                raise NotTranslatable("a character class is not closed")
            if self.take("&&"):
                intersections.append(self.intersected())
                break
            items.append(self.class_item())
            first = False
        if not self.take("]"):
            raise NotTranslatable("a character class is not closed")
        return Class(tuple(items), negated, tuple(intersections))

    def intersected(self) -> Class:
        items: list[ClassItem] = []
        intersections: list[Class] = []
        while self.rest and not self.starts("]"):
            if self.take("&&"):
                intersections.append(self.intersected())
                break
            items.append(self.class_item())
        return Class(tuple(items), negated=False, intersections=tuple(intersections))

    def class_item(self) -> ClassItem:
        if self.take("["):
            return self.character_class()
        low = self.class_character()
        if not isinstance(low, Character) or not re.match(r"-[^\]\[]", self.rest):
            return low
        start = self.at
        self.at += 1
        high = self.class_character()
        if not isinstance(high, Character):
            # `[a-\w]`: not a range, so the hyphen is itself.
            self.at = start
            return low
        if high.code < low.code:
            raise NotTranslatable(f"the range {low.text}-{high.text} is backwards")
        return Range(low, high)

    def class_character(self) -> Character | Shorthand | Property:
        if self.take("\\"):
            return self.class_escape()
        character = self.rest[0]
        self.at += 1
        return Character(ord(character), character)


def _flags(flags: str) -> str:
    if set(flags) - set("ims-"):
        raise NotTranslatable(f"the flags {flags!r} exist in Java only")
    return flags


def write(node: Node, dialect: Dialect) -> str:
    """Return the pattern in another dialect."""
    return _Writer(dialect).node(node, top=True)


# The characters of a shorthand, as the inside of a class; Java's are ASCII.
_SHORTHANDS = {
    "d": "0-9",
    "w": "0-9A-Za-z_",
    "s": r"\t\n\x0B\f\r ",
    "h": r" \t\xA0\u1680\u180E\u2000-\u200A\u202F\u205F\u3000",
    "v": r"\n\x0B\f\r\x85\u2028\u2029",
}
# Java's POSIX classes, which are ASCII, and its own names for classes of Unicode.
_POSIX = {
    "Lower": "a-z",
    "Upper": "A-Z",
    "ASCII": r"\x00-\x7F",
    "Alpha": "A-Za-z",
    "Digit": "0-9",
    "Alnum": "0-9A-Za-z",
    "Punct": r"!-/:-@\[-`{-~",
    "Graph": "!-~",
    "Print": " -~",
    "Blank": r" \t",
    "Cntrl": r"\x00-\x1F\x7F",
    "XDigit": "0-9A-Fa-f",
    "Space": _SHORTHANDS["s"],
    "L1": r"\x00-\xFF",
}
_UNICODE = {
    "IsAlphabetic": "Alphabetic",
    "IsIdeographic": "Ideographic",
    "IsLetter": "L",
    "IsLowercase": "Lowercase",
    "IsUppercase": "Uppercase",
    "IsTitlecase": "Lt",
    "IsPunctuation": "P",
    "IsControl": "Cc",
    "IsWhite_Space": "White_Space",
    "IsWhitespace": "White_Space",
    "IsDigit": "Nd",
    "LD": r"\p{L}\p{Nd}",
    "all": r"\x{0}-\x{10FFFF}",
}
_CATEGORY = re.compile(r"(?:L[ulCtmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfosn]?)")


class _Writer:
    def __init__(self, dialect: Dialect) -> None:
        self.rust = dialect == "rust"
        self.ecma = dialect == "ecma"

    def node(self, node: Node, *, top: bool = False) -> str:
        match node:
            case Sequence():
                return "".join(self.node(part, top=top) for part in node.nodes)
            case Alternation():
                return "|".join(self.node(option, top=top) for option in node.options)
            case Repeat():
                return self.repeat(node)
            case Group():
                return self.group(node, top=top)
            case Anchor():
                return self.anchor(node, top=top)
            case Dot():
                return "."
            case Character():
                return self.literal(node, special=r".^$|()[]{}*+?\\")
            case Shorthand() | Property():
                return self.one_of(node)
            case Class():
                return self.character_class(node)
            case Backreference():
                return self.backreference(node)

    def backreference(self, node: Backreference) -> str:
        if self.rust:
            raise NotTranslatable("refers back to a group")
        if node.name.isdigit():
            return f"\\{node.name}"
        return f"\\k<{node.name}>" if self.ecma else f"(?P={node.name})"

    def repeat(self, node: Repeat) -> str:
        inner = self.node(node.node)
        if isinstance(node.node, Repeat) and not self.rust:
            # Python allows no quantifier on a quantifier.
            inner = f"(?:{inner})"
        return inner + node.quantifier

    def group(self, node: Group, *, top: bool) -> str:
        look = node.opening in _LOOKS
        if look and self.rust:
            raise NotTranslatable("looks around")
        opening = node.opening
        if self.ecma and re.match(r"\(\?[a-z-]", opening):
            raise NotTranslatable("flags are new in ECMA-262")
        if opening.startswith("(?<") and not look and not self.ecma:
            opening = opening.replace("(?<", "(?P<")
        return f"{opening}{self.node(node.body, top=top and not look)})"

    def anchor(self, node: Anchor, *, top: bool) -> str:
        match node.kind:
            case "^" | "$":
                # In Python, as in Java, `$` also matches before a last newline; here the whole
                # string must match, so no newline can be left.
                return node.kind
            case "A":
                return "^" if self.ecma else r"\A"
            case "b" | "B" if self.ecma:
                return f"\\{node.kind}"
            case _ if self.ecma:
                return "$"
            case "b" | "B":
                return f"(?-u:\\{node.kind})" if self.rust else f"(?a:\\{node.kind})"
            case "Z" if not top:
                return "$"
            case _:
                return r"\z" if self.rust else r"\Z"

    def one_of(self, node: Shorthand | Property) -> str:
        inside, negated = self.inside(node)
        if re.fullmatch(r"\\p\{\w+\}", inside):
            return inside.replace("p", "P", 1) if negated else inside
        return f"[{'^' if negated else ''}{inside}]"

    def inside(self, node: Shorthand | Property) -> tuple[str, bool]:
        """Return the inside of a class, and whether the class is its complement."""
        if isinstance(node, Shorthand):
            return _SHORTHANDS[node.letter.lower()], node.letter.isupper()
        if node.name in _POSIX:
            return _POSIX[node.name], node.negated
        if not self.rust and not self.ecma:
            raise NotTranslatable(f"\\p{{{node.name}}} in a pattern that looks around")
        if node.name == "L1" or node.name in _UNICODE:
            name = _UNICODE[node.name]
            return (name if name.startswith("\\") else f"\\p{{{name}}}"), node.negated
        name = node.name.removeprefix("Is").rpartition("=")[2]
        if node.name.startswith("In") or not (
            _CATEGORY.fullmatch(name) or re.fullmatch(r"[A-Z][a-z_]+", name)
        ):
            raise NotTranslatable(f"\\p{{{node.name}}} exists in Java only")
        if self.ecma and not _CATEGORY.fullmatch(name):
            name = f"Script={name}"
        return f"\\p{{{name}}}", node.negated

    def character_class(self, node: Class) -> str:
        if node.intersections and not self.rust:
            raise NotTranslatable("a class and another class in one")
        letters = {item.letter for item in node.items if isinstance(item, Shorthand)}
        if any({letter, letter.upper()} <= letters for letter in "dwshv"):
            inside = r"\s\S"  # any character at all
        elif (only := self.only_complement(node)) is not None:
            return f"[{'' if node.negated else '^'}{only}]"
        else:
            last = len(node.items) - 1
            inside = "".join(
                # A hyphen at either end is itself, and usually documented there.
                "-"
                if item == Character(45, "-") and at in (0, last) and not node.intersections
                else self.class_item(item)
                for at, item in enumerate(node.items)
            )
        for other in node.intersections:
            inside += f"&&{self.character_class(other)}"
        if not inside:
            # The class has only surrogates, which no text that can be sent contains.
            return r"[\s\S]" if node.negated else r"[^\s\S]"
        return f"[{'^' if node.negated else ''}{self.undoubled(inside)}]"

    def only_complement(self, node: Class) -> str | None:
        r"""Return the characters that ``[\S]`` excludes; ``None`` for any other class."""
        if len(node.items) != 1 or node.intersections:
            return None
        item = node.items[0]
        if not isinstance(item, Shorthand | Property):
            return None
        inside, negated = self.inside(item)
        return inside if negated else None

    def undoubled(self, inside: str) -> str:
        """Escape doubled characters, which would be operators; ``&&`` is written elsewhere."""
        if self.ecma:
            return inside
        return re.sub(r"(?<!\\)([~&-])\1(?!\[)", r"\1\\\1", inside)

    def class_item(self, item: ClassItem) -> str:
        match item:
            case Character():
                return "" if 0xD800 <= item.code <= 0xDFFF else self.class_literal(item)
            case Range():
                return self.class_range(item)
            case Class():
                if not self.rust:
                    if item.negated or item.intersections:
                        raise NotTranslatable("a complement in a class")
                    return "".join(self.class_item(inner) for inner in item.items)
                return self.character_class(item)
            case Shorthand() | Property():
                inside, negated = self.inside(item)
                if not negated:
                    return inside
                if re.fullmatch(r"\\p\{\w+\}", inside):
                    return inside.replace("p", "P", 1)
                if self.rust:
                    return f"[^{inside}]"
                if isinstance(item, Shorthand) and item.letter in "DWS":
                    return self.last(_NEGATED[item.letter])
                raise NotTranslatable("a complement in a class")

    def class_range(self, item: Range) -> str:
        # Unpaired surrogates cannot be sent: a range over them becomes the two ranges around them.
        spans = [(item.low, item.high)]
        if item.low.code < 0xD800 <= item.high.code:
            spans = [(item.low, Character(0xD7FF, "")), (Character(0xE000, ""), item.high)]
        spans = [
            (
                low if not 0xD800 <= low.code <= 0xDFFF else Character(0xE000, ""),
                high if not 0xD800 <= high.code <= 0xDFFF else Character(0xD7FF, ""),
            )
            for low, high in spans
        ]
        return "".join(
            f"{self.class_literal(low)}-{self.class_literal(high)}"
            for low, high in spans
            if low.code <= high.code
        )

    def last(self, inside: str) -> str:
        """Write the last character as itself, where its escape depends on the engine."""
        return inside.replace(r"\U0010FFFF", "\U0010ffff") if self.ecma else inside

    def class_literal(self, node: Character) -> str:
        return self.literal(node, special="[]\\^-" if self.rust else "[]\\^-|")

    def literal(self, node: Character, special: str) -> str:
        character = chr(node.code)
        if 0xD800 <= node.code <= 0xDFFF:
            raise NotTranslatable("an unpaired surrogate outside of a class")
        if node.text == character:
            keep = character not in special
        elif node.text == f"\\{character}":
            allowed = character in "^$\\.*+?()[]{}|/-" and (character != "-" or "-" in special)
            keep = allowed if self.ecma else character not in "<>" and character.isascii()
        else:
            keep = bool(node.text)
        if keep:
            return node.text
        if character in special:
            return f"\\{character}"
        if 32 <= node.code < 127:
            return character
        if node.code < 256:
            return f"\\x{node.code:02X}"
        if node.code < 0x10000:
            return f"\\u{node.code:04X}"
        return character if self.ecma else f"\\U{node.code:08X}"


_NEGATED = {
    "D": r"\x00-/:-\U0010FFFF",
    "W": r"\x00-/:-@\[-^`{-\U0010FFFF",
    "S": r"\x00-\x08\x0E-\x1F!-\U0010FFFF",
}


def counted_class(node: Node) -> tuple[Node, int, int] | None:
    """Return class and count of a pattern like ``[a-z]{1,9}``; ``None`` for any other pattern."""
    nodes = [
        part
        for part in (node.nodes if isinstance(node, Sequence) else (node,))
        if not (isinstance(part, Anchor) and part.kind in "^$Az")
    ]
    if len(nodes) != 1 or not isinstance(repeat := nodes[0], Repeat):
        return None
    count = re.fullmatch(r"\{(\d+),(\d+)\}", repeat.quantifier)
    if count is None or not isinstance(repeat.node, Class | Shorthand | Property):
        return None
    return Repeat(repeat.node, "*"), int(count[1]), int(count[2])
