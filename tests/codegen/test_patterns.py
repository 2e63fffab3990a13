"""Patterns: every documented one is enforced by an engine that accepts what Java accepts."""

from __future__ import annotations

import re
import shutil
import subprocess
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import regex
from botocore.loaders import Loader
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic_core import SchemaValidator, core_schema

from codegen.model.java_regex import NotTranslatable, parse
from codegen.model.patterns import Enforced, NotEnforced, enforcement
from codegen.overrides import table

MODEL: dict[str, Any] = Loader().load_service_model("sagemaker", "service-2")
DOCUMENTED = sorted({shape["pattern"] for shape in MODEL["shapes"].values() if "pattern" in shape})
# Java's dialect in Python's words, for what SageMaker's patterns use of it.
PROPERTIES = {
    r"\p{L}": "a-zA-Zéß漢",
    r"\p{M}": "\u0301\u0308",
    r"\p{Z}": " \u00a0\u2003",
    r"\p{S}": "+$€",
    r"\p{N}": "0-9٣",
    r"\p{P}": "._!-",
    r"\p{Alnum}": "a-zA-Z0-9",
    r"\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF": " -~é漢\uffee\U0001f600",
}


SLOW = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)


def in_python(pattern: str) -> str:
    for property_, characters in PROPERTIES.items():
        pattern = pattern.replace(property_, characters)
    # the end of the string repeated up to 256 times is the end of the string
    return re.sub(r"\$\{\d+,\d+\}$", "$", pattern)


def matching(pattern: str) -> st.SearchStrategy[str]:
    """Strings that match a pattern as a whole, which text that can be sent."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # Python would read `[[` otherwise one day
        whole = re.compile(in_python(pattern), re.ASCII)
    # A limit on the length, looked at ahead, would leave hypothesis without examples.
    drawn = re.compile(re.sub(r"^\(\?=\.\{1,\d+\}\$\)", "", whole.pattern), re.ASCII)
    return st.from_regex(drawn, fullmatch=True).filter(
        lambda text: (
            bool(whole.fullmatch(text))
            # Java's line terminators are more than Python's; a full match ends at the end
            and not re.search(r"[\r\x85\u2028\u2029\ud800-\udfff]", text)
            and not text.endswith("\n")
        )
    )


def enforced(pattern: str) -> Enforced:
    result = enforcement(pattern)
    assert isinstance(result, Enforced)
    return result


def accepts(pattern: Enforced) -> Callable[[str], bool]:
    """Return a check of whole strings, as the runtime does it."""
    if pattern.engine == "python":
        compiled = re.compile(pattern.pattern)
        return lambda text: compiled.fullmatch(text) is not None
    validator = SchemaValidator(
        core_schema.str_schema(
            pattern=f"^(?:{pattern.pattern})$", min_length=pattern.min, max_length=pattern.max
        )
    )
    return validator.isinstance_python


def test_none_of_the_documented_patterns_is_dropped() -> None:
    results = [enforcement(pattern) for pattern in DOCUMENTED]

    assert len(DOCUMENTED) == 257
    assert not [result for result in results if isinstance(result, NotEnforced)]
    python = [
        d
        for d, result in zip(DOCUMENTED, results, strict=True)
        if getattr(result, "engine", "") == "python"
    ]
    assert python == [pattern for pattern in DOCUMENTED if re.search(r"\(\?<?[=!]", pattern)]


def test_the_table_holds_what_is_documented_and_cannot_be_right() -> None:
    rows = table("patterns")["patterns"]

    assert {row["pattern"] for row in rows} <= set(DOCUMENTED)
    for row in rows:
        assert row["reason"]
        with pytest.raises(NotTranslatable):
            parse(row["pattern"])


@pytest.mark.parametrize("pattern", DOCUMENTED)
def test_a_string_that_matches_is_accepted(pattern: str) -> None:
    accepted = accepts(enforced(pattern))

    @settings(max_examples=10, suppress_health_check=SLOW)
    @given(matching(pattern))
    def is_accepted(text: str) -> None:
        assert accepted(text), text

    is_accepted()


# A second reading of the same patterns, by an engine that knows Unicode's properties.
UNICODE = [p for p in DOCUMENTED if re.search(r"\\p\{[A-Z]\}", p) and "${" not in p]


@pytest.mark.parametrize("pattern", UNICODE)
@given(text=st.text(max_size=8))
def test_unicode_properties_mean_what_they_mean_elsewhere(pattern: str, text: str) -> None:
    assert accepts(enforced(pattern))(text) == bool(regex.fullmatch(pattern, text))


@pytest.mark.parametrize(
    ("pattern", "accepted", "refused"),
    [
        # ASCII only, as in Java
        (r"\d+", ["12"], ["٣", "a", ""]),
        (r"\w+", ["a_1"], ["é", "-"]),
        (r"[\w-]+", ["a-b"], ["é"]),
        (r"\S+", ["é", "a\u00a0b"], ["a b", ""]),
        (r"[\S]+", ["é"], [" "]),
        (r"[^\s]+", ["é"], ["\t"]),
        (r"[^\S]+", [" \t"], ["a"]),
        (r"[\s\S]*", ["", "a\n\U0001f600"], []),
        (r"[\W]", ["é", "-"], ["a"]),
        (r"a\b.b", ["a b"], ["aab"]),
        # the whole string, and no newline beyond its end
        ("[a-z]+", ["abc"], ["abc\n", "a1", "1a", ""]),
        ("^[a-z]+$", ["abc"], ["abc\n", "\nabc"]),
        ("a|bc", ["a", "bc"], ["ac", "abc"]),
        (r"\A[a-z]\z", ["a"], ["a\n"]),
        (r"(?!x$)[a-z]*", ["a", "xy"], ["x", "a\n"]),
        ("(?=.{1,3}$)[a-z]*", ["abc"], ["abcd", ""]),
        # classes
        ("[]a]", ["]", "a"], ["b"]),
        ("[a-z&&[^b]]", ["a"], ["b"]),
        ("[a[bc]]", ["b"], ["d", "["]),
        ("[a-c-e]+", ["a-e"], ["d"]),
        (r"[\d-x]+", ["1-x"], ["y"]),
        ("[~~&]+", ["~&"], ["-"]),
        ("[+--]+", ["+,-"], ["."]),
        (r"[\<\>]", ["<"], ["\\"]),
        # escapes
        (r"\<\>\_\/", ["<>_/"], ["\\<"]),
        (r"\x41\u0042\x{43}\0104", ["ABCD"], ["abcd"]),
        ("[\\uD83D\\uDE00]", ["\U0001f600"], ["a"]),
        (r"[ -\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF]", ["a", "\U0001f600"], ["\uffff"]),
        (r"[\u0000-\uFFFF]", ["a", "\uffff"], ["\U0001f600"]),
        # classes of characters by name
        (r"\p{Alnum}+", ["a1"], ["é"]),
        (r"\p{L}+", ["aé漢"], ["1"]),
        (r"\P{L}+", ["1-"], ["é"]),
        (r"[\p{L}\p{N}]+", ["aé1٣"], ["-"]),
        (r"[^\p{L}]+", ["1"], ["é"]),
        (r"\p{IsAlphabetic}", ["é"], ["1"]),
        # quantifiers that are Java's
        ("a++b", ["aab"], ["b"]),
        ("(?>a*)b", ["aab"], ["a"]),
        ("(?:a{1,2}){2}", ["aaaa", "aa"], ["a"]),
        (r"(?!\.)+[^/]+", ["a"], [".a", ""]),
        # flags, named groups, references
        ("(?i)true|FALSE", ["TRUE", "false"], ["tru"]),
        ("(?s).", ["\n"], [""]),
        ("(?<x>a)b", ["ab"], ["b"]),
        (r"(.)\1", ["aa"], ["ab"]),
        # too big for Rust's engine as it stands
        (r"[\p{L}\p{M}\p{Z}\p{N}\p{P}]{2,2000}", ["é " * 1000], ["a", "é " * 1001, "€€"]),
    ],
)
def test_java_is_read_as_java(pattern: str, accepted: list[str], refused: list[str]) -> None:
    matches = accepts(enforced(pattern))
    assert [text for text in accepted if not matches(text)] == []
    assert [text for text in refused if matches(text)] == []


@pytest.mark.parametrize("pattern", DOCUMENTED)
def test_ecma_matches_the_same_strings(pattern: str) -> None:
    regress = pytest.importorskip("regress")
    result = enforced(pattern)
    ecma = regress.Regex(f"^(?:{result.ecma or result.pattern})$", "u")

    @settings(max_examples=10, suppress_health_check=SLOW)
    @given(matching(pattern), st.characters(exclude_characters="\r\x85\u2028\u2029"))
    def is_the_same(text: str, more: str) -> None:
        assert ecma.find(text)
        other = text + more
        if len(other) > 30 and re.search(r"\)[*+{]", pattern):
            return  # regress backtracks: to refuse a long string, it may take hours
        if result.max is None or len(other) <= result.max:
            assert (ecma.find(other) is not None) == accepts(result)(other), other

    is_the_same()


@pytest.mark.parametrize(
    ("pattern", "ecma"),
    [
        (r"\A\_\@\-[\-\_]\Z", r"^_@-[\-_]$"),
        (r"(?<x>a)\k<x>\b", r"(?<x>a)\k<x>\b"),
        (r"\p{IsLatin}\p{IsAlphabetic}", r"[\p{Script=Latin}]\p{Alphabetic}"),
        (r"[\D.]", "[\\x00-/:-\U0010ffff.]"),
        ("[a-z&&[^b]]", ""),
        ("(?i)a", ""),
    ],
)
def test_what_ecma_writes_otherwise(pattern: str, ecma: str) -> None:
    assert enforced(pattern).ecma in (ecma, None if enforced(pattern).pattern == ecma else ecma)


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("a${1,3}", "repeats a position"),
        ("(a", "not closed"),
        ("[a", "not closed"),
        ("a)", "unbalanced"),
        ("*a", "repeats nothing"),
        ("[z-a]", "backwards"),
        (r"\Q.\E", "no escape of Java's"),
        (r"\R", "Java only"),
        ("(?x)a", "Java only"),
        (r"\p{InGreek}", "Java only"),
        (r"(?!a)\p{L}", "looks around"),
    ],
)
def test_what_has_no_equal_says_why(pattern: str, reason: str) -> None:
    result = enforcement(pattern)
    assert isinstance(result, NotEnforced)
    assert reason in result.reason


JAVA = """
import java.util.regex.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.io.*;
public class Matches {
  public static void main(String[] arguments) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line; (line = in.readLine()) != null; ) {
      String[] parts = line.split(" ", -1);
      try {
        Patient text = new Patient(text(parts[1]));
        System.out.println(Pattern.compile(text(parts[0])).matcher(text).matches());
      } catch (IllegalStateException tried) {
        System.out.println("unknown");
      }
    }
  }
  // Some of the patterns backtrack for ever: after a million looks at a character it is enough.
  static class Patient implements CharSequence {
    final String text;
    int looks = 0;
    Patient(String text) { this.text = text; }
    public int length() { return text.length(); }
    public String toString() { return text; }
    public CharSequence subSequence(int from, int to) { return text.subSequence(from, to); }
    public char charAt(int at) {
      if (++looks > 1000000) throw new IllegalStateException();
      return text.charAt(at);
    }
  }
  static String text(String hex) {
    byte[] bytes = new byte[hex.length() / 2];
    for (int i = 0; i < bytes.length; i++)
      bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
"""
PIECES = st.text(st.sampled_from("abzAZ059-_./:@ +=,\t\n\ré٣\u2028\U0001f600"), max_size=6)


def strings_for(pattern: str) -> list[str]:
    """Return strings that match, strings that almost match, and unrelated strings."""
    strings: list[str] = []

    @settings(max_examples=4, suppress_health_check=SLOW)
    @given(matching(pattern), PIECES)
    def collect(text: str, piece: str) -> None:
        strings.extend((text, text + piece, piece + text, piece, text[:-1]))

    collect()
    return list(dict.fromkeys(strings))


@pytest.mark.skipif(not shutil.which("java"), reason="Java says what Java accepts")
def test_nothing_is_refused_that_java_accepts(tmp_path: Path) -> None:
    asked = [(p, text) for p in DOCUMENTED if "${" not in p for text in strings_for(p)[:40]]
    (tmp_path / "Matches.java").write_text(JAVA)
    answers = subprocess.run(
        ["java", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8", "Matches.java"],
        cwd=tmp_path,
        input="".join(f"{p.encode().hex()} {text.encode().hex()}\n" for p, text in asked),
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    ).stdout.split()

    assert len(answers) == len(asked) > 2000
    accepted = [case for case, answer in zip(asked, answers, strict=True) if answer == "true"]
    assert len(accepted) > 500
    assert [
        (pattern, text) for pattern, text in accepted if not accepts(enforced(pattern))(text)
    ] == []
