"""Check that docstrings, comments, messages and pages are in plain English.

``python tools/english.py [PATH ...]`` prints every place that breaks a rule below, and fails if
there is one. With paths, it reads only the files whose paths begin with one of them.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

KINDS = (".py", ".pyi", ".md", ".j2", ".toml", ".yml", "Makefile")
# Copies of what is checked elsewhere, and this file, which names what it forbids.
SKIPPED = ("tests/codegen/golden/", "tools/english.py")

OPENING = re.compile(r"(what|whether|where|who|whoever|whose|which|how)\b[^?]*$", re.IGNORECASE)
PHRASE = re.compile(
    r"\b(anew|such an? one|as ever|goes? on|whoever|(?:is|are|was) to be|there (?:is|are) none"
    r"|shortly|all the same|in vain|doors?|entrances?|answer(?:s|ed|ing)?|faults?)\b",
    re.IGNORECASE,
)
VAGUE_NAMES = frozenset({"made", "one", "told", "said", "held", "given", "found"})
LONGEST_SENTENCE = 30  # words; aim at 25

FENCE = re.compile(r"^( *)(```|~~~).*?^\1\2", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"``.+?``|`[^`]+`|\]\([^)]*\)|https?://\S+", re.DOTALL)
SENTENCE_END = re.compile(r"(?<=[.!?:])[\"')*_]*\s+|\n\s*\n|\n *(?=[-*|>#] |\d+\. |:param|>>>)|\|")
DIRECTIVE = re.compile(r"#!|# ?(type:|noqa|pyright:|pragma:|mypy:|ruff:|-\*-)")


def main() -> int:
    """Print every place that breaks a rule, and return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="*", default=[""], help="read only paths that begin so")
    chosen = tuple(parser.parse_args().paths)
    places = [
        f"{path}:{line}: {problem}"
        for path in sorted(set(files()))
        if path.startswith(chosen)
        for line, problem in sorted(set(problems(path)))
    ]
    print("\n".join(places) if places else "english: no place breaks a rule")
    return 1 if places else 0


def files() -> list[str]:
    """Return the paths of the files with prose that git tracks, or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    paths = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return [
        p for p in paths if p.endswith(KINDS) and not p.startswith(SKIPPED) and Path(p).exists()
    ]


def problems(path: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the description of each place that breaks a rule."""
    text = Path(path).read_text(encoding="utf-8")
    if path.endswith((".py", ".pyi")):
        tree = ast.parse(text)
        yield from vague_names(tree)
        for line, prose in comments(text):
            yield from sentences(line, prose)
        for node in ast.walk(tree):
            match node:
                case ast.Expr(value=ast.Constant(value=str(docstring))):
                    yield from sentences(node.lineno, docstring)
                case ast.Constant(value=str(message)) if " " in message and " | " not in message:
                    yield from phrases(node.lineno, message)
                case _:
                    pass
    elif path.endswith(".md"):
        yield from sentences(1, FENCE.sub(lambda block: "\n" * block[0].count("\n"), text))
    else:
        yield from phrases(1, text)


def vague_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield variables, parameters, functions and classes with a name that says nothing."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                pass
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                pass
            case ast.ClassDef(name=name) | ast.ExceptHandler(name=name) | ast.MatchAs(name=name):
                pass
            case _:
                continue
        if name in VAGUE_NAMES:
            yield node.lineno, f"name `{name}`"


def comments(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of each comment; lines below each other are one comment."""
    first, last, block = 0, 0, ""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and not DIRECTIVE.match(token.string):
            words = token.string.lstrip("#: ")
            follows = token.start[0] == last + 1 and not token.line[: token.start[1]].strip()
            if not follows:
                yield first, block
                first, block = token.start[0], ""
            last, block = token.start[0], f"{block}\n{words}"
    yield first, block


def sentences(line: int, text: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences that open wrongly or are too long, and the banned phrases."""
    yield from phrases(line, text)
    plain, start = unquoted(text), 0
    for end in [*SENTENCE_END.finditer(plain), None]:
        sentence = plain[start : end.start() if end else None]
        stripped = sentence.strip(" \n*_#->(\"'0123456789.")
        here = line + plain.count("\n", 0, start + len(sentence) - len(sentence.lstrip()))
        if OPENING.match(stripped):
            yield here, f"opens with {stripped.split()[0]!r}"
        if len(stripped.split()) > LONGEST_SENTENCE:
            yield here, f"a sentence of {len(stripped.split())} words"
        start = end.end() if end else 0


def phrases(line: int, text: str) -> Iterator[tuple[int, str]]:
    """Yield the banned phrases."""
    plain = unquoted(text)
    for match in PHRASE.finditer(plain):
        yield line + plain.count("\n", 0, match.start()), f"{match[0].lower()!r}"


def unquoted(text: str) -> str:
    """Return the text with `X` for each piece of code, and as many lines."""
    return CODE.sub(lambda code: "X" + "\n" * code[0].count("\n"), text)


if __name__ == "__main__":
    sys.exit(main())
