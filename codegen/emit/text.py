"""Pieces of Python source text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sagemaker_typed.core.schema.descriptions import wrap

WIDTH = 100


def string(value: str) -> str:
    """A string literal, raw if that saves doubling every backslash."""
    raw = "\\" in value and value.isprintable() and not value.endswith("\\")
    if raw and '"' not in value:
        return f'r"{value}"'
    if raw and "'" not in value:
        return f"r'{value}'"
    return double_quoted(value)


def double_quoted(value: str) -> str:
    """An ordinary literal; invisible characters are escaped."""
    body = "".join(_character(c) for c in value)
    return f'"{body}"'


def _character(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else ascii(character)[1:-1]


def constant(value: object) -> str:
    """A literal of a string, number, boolean, ``None`` or tuple."""
    if isinstance(value, str):
        return string(value)
    if isinstance(value, tuple):
        return f"({', '.join(map(constant, value))}{',' if len(value) == 1 else ''})"
    return repr(value)


def call(
    name: str, arguments: Iterable[str] = (), keywords: Mapping[str, object] | None = None
) -> str:
    """A call; keywords that are ``None`` or ``False`` are left out."""
    stated = (
        f"{key}={constant(value)}"
        for key, value in (keywords or {}).items()
        if value is not None and value is not False
    )
    return f"{name}({', '.join((*arguments, *stated))})"


def docstring(paragraphs: Sequence[str], indent: int) -> str:
    """A wrapped docstring; its first line begins the first paragraph."""
    lines: list[str] = []
    for paragraph in paragraphs:
        if lines:
            lines.append("")
        lines.extend(wrap(paragraph, WIDTH - indent - (0 if lines else 3)))
    body = "\n".join(lines).replace('"""', r"\"\"\"")
    raw = "r" if "\\" in body else ""
    if body.endswith('"'):
        body += " "
    if len(lines) == 1 and len(body) + 6 + len(raw) + indent <= WIDTH:
        return f'{raw}"""{body}"""'
    padding = " " * indent
    text = "\n".join(f"{padding}{line}".rstrip() for line in body.split("\n")).lstrip()
    return f'{raw}"""{text}\n{padding}"""' if len(lines) > 1 else f'{raw}"""{text}"""'
