"""JSON and YAML with places, against the standard library's JSON and PyYAML."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sagemaker_typed.core.files import json_reader, yaml_reader
from sagemaker_typed.core.files.parsed_file import ParsedFile, Position, Unreadable, line_and_column
from sagemaker_typed.core.schema.paths import Location

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
FINITE = SCALARS.filter(lambda value: value not in {float("inf"), float("-inf")})
VALUES = st.recursive(
    FINITE, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=6
)
OBJECTS = st.dictionaries(st.text(), VALUES)
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # as ours; they differ over tabs
INDENTS = st.sampled_from([None, 0, 1, 4, "\t"])


def places(
    value: Any, place: Position, path: Location = ()
) -> Iterator[tuple[Location, Any, Position]]:
    yield path, value, place
    if isinstance(value, dict):
        for key, item in value.items():
            yield from places(item, place.inside[key], (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from places(item, place.inside[index], (*path, index))


def attempt(text: str, read: Callable[[str], ParsedFile]) -> ParsedFile | Unreadable:
    """Read a text; an error has a position and one line."""
    try:
        return read(text)
    except Unreadable as error:
        refused = error
    assert 0 <= refused.offset <= len(text)
    assert "\n" not in refused.problem
    return refused


def refusal(
    text: str, read: Callable[[str], ParsedFile] = json_reader.read
) -> tuple[int, int, str]:
    with pytest.raises(Unreadable) as caught:
        read(text)
    return *line_and_column(caught.value.text, caught.value.offset), caught.value.problem


@given(value=OBJECTS, indent=INDENTS, ascii_only=st.booleans())
def test_json_is_read_as_json_reads_it(value: Any, indent: Any, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    document = json_reader.read(text)
    assert document.value == json.loads(text) == value
    for path, part, place in places(value, document.place):
        assert json.JSONDecoder().raw_decode(text, place.value)[0] == part
        if path and isinstance(path[-1], str):
            assert place.key is not None
            assert json.JSONDecoder().raw_decode(text, place.key)[0] == path[-1]


@given(value=OBJECTS, indent=INDENTS, data=st.data())
def test_json_is_refused_where_json_refuses_it(value: Any, indent: Any, data: Any) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 3)))
    inserted = data.draw(st.text(alphabet='{}[]",:\\/ 01e-.tfnaul\n\x00é', max_size=3))
    changed = text[:start] + inserted + text[end:]
    try:
        expected = json.loads(changed, parse_constant=_refuse)
    except ValueError:
        expected = None
    read = attempt(changed, json_reader.read)
    if isinstance(read, ParsedFile):
        assert read.value == expected
    else:
        assert not isinstance(expected, dict)


def _refuse(name: str) -> None:
    raise ValueError(name)


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("", 1, 1, "empty"),
        ("  \n\t ", 1, 1, "empty"),
        ("[]", 1, 1, "got a list"),
        ('"x"', 1, 1, "got a string"),
        ("null", 1, 1, "got null"),
        ("-12.5", 1, 1, "got a number"),
        ("hello", 1, 1, "not JSON"),
        ('{"a": 1,}', 1, 8, "','"),
        ('{"a": [1, 2,]}', 1, 12, "','"),
        ('{\n  "a": 1\n  "b": 2\n}', 3, 3, "expected ',' or '}'"),
        ('{"a" 1}', 1, 6, "':'"),
        ("{'a': 1}", 1, 2, "double quotes"),
        ("{\"a\": 'b'}", 1, 7, "double quotes"),
        ("{a: 1}", 1, 2, "double quotes"),
        ('{"a": True}', 1, 7, "expected true"),
        ('{"a": None}', 1, 7, "expected null"),
        ('{"a": NaN}', 1, 7, "no NaN"),
        ('{"a": 1} // why', 1, 10, "comment"),
        ('{ /* why */ "a": 1}', 1, 3, "comment"),
        ('{"a": 1} {"b": 2}', 1, 10, "end of the file"),
        ('{"a": "b', 1, 7, "does not end"),
        ('{"a": "b\n}', 1, 9, "closing quote"),
        (r'{"a": "C:\data"}', 1, 10, "\\"),
        (r'{"a": "\u12"}', 1, 9, "hexadecimal"),
        ('{"a": [1, {"b": 2}', 1, 19, "begins at 1:7"),
        ('{"a": ' + "9" * 5000 + "}", 1, 7, "too long"),
        ('{"a":' + "[" * 500, 1, 106, "levels"),
    ],
)
def test_json_says_what_is_wrong_and_where(text: str, line: int, column: int, says: str) -> None:
    at_line, at_column, problem = refusal(text)
    assert (at_line, at_column) == (line, column)
    assert says in problem


def test_a_key_given_twice_is_known_with_both_places() -> None:
    text = '{"a": {"b": 1,\n "c": 2,\n "b": 3}}'
    document = json_reader.read(text)
    (repeated,) = document.repeated
    assert repeated.path == ("a", "b")
    assert line_and_column(text, repeated.again) == (3, 2)
    assert line_and_column(text, repeated.first) == (1, 8)


@pytest.mark.parametrize(("break_"), ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_editors_do(break_: str) -> None:
    text = break_.join(["{", ' "é𝄞": [', "  ?"])
    assert refusal(text)[:2] == (3, 3)


@given(value=OBJECTS, flow=st.booleans(), quote=st.sampled_from("'\""))
def test_yaml_reads_what_pyyaml_writes(value: Any, flow: bool, quote: str) -> None:
    # Quoted and tagged: plain words differ between YAML 1.1, which PyYAML reads, and 1.2.
    text = yaml.safe_dump(value, default_flow_style=flow, default_style=quote, allow_unicode=True)
    if yaml.safe_load(text) != value:  # U+0085 and its like do not survive PyYAML itself
        return
    document = yaml_reader.read(text)
    assert document.value == value
    for _, part, place in places(value, document.place):
        if isinstance(part, str) and part.isascii() and part.isalpha():
            assert text[place.value :].startswith(f"{quote}{part}{quote}")


@given(st.text(alphabet="ab:-[]{},&*!|>'\"#%@`<\\\t \n0.~?é"))
def test_yaml_is_refused_where_pyyaml_refuses_it(text: str) -> None:
    try:
        yaml.load(text, Loader=LOADER)
    except yaml.YAMLError:
        readable = False
    except ValueError:  # a constructor of PyYAML's that is not ours
        return
    else:
        readable = True
    read = attempt(text, yaml_reader.read)
    assert readable or isinstance(read, Unreadable)


def value_of(text: str) -> Any:
    return yaml_reader.read(f"a: {text}\n").value["a"]


@pytest.mark.parametrize("word", ["no", "No", "on", "y", "yes", "OFF", "12:30:45", "1_000", "08a"])
def test_a_word_is_a_string_as_in_yaml_1_2(word: str) -> None:
    assert value_of(word) == word


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("true", True),
        ("False", False),
        ("017", 17),
        ("0o17", 15),
        ("0x1F", 31),
        ("-3", -3),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("-.INF", float("-inf")),
        ("'12'", "12"),
        ("!!str 12", "12"),
        ("!!int '12'", 12),
        ("!!binary aGk=", b"hi"),
        ("{b: [1, x]}", {"b": [1, "x"]}),
    ],
)
def test_scalars_of_yaml(text: str, value: object) -> None:
    read = value_of(text)
    assert read == value
    assert type(read) is type(value)


def test_aliases_and_merges() -> None:
    document = yaml_reader.read(
        "base: &base {x: 1, y: 2}\nalias: *base\nmerged:\n  <<: *base\n  y: 3\n"
    )
    assert document.value == {
        "base": {"x": 1, "y": 2},
        "alias": {"x": 1, "y": 2},
        "merged": {"x": 1, "y": 3},
    }
    assert document.repeated == ()


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("", 1, 1, "empty"),
        ("# nothing\n", 1, 1, "empty"),
        ("- a\n- b\n", 1, 1, "got a list"),
        ("hello", 1, 1, "got a single value"),
        ("a: 1\n---\nb: 2\n", 2, 1, "second document"),
        ("a:\n\t- b\n", 2, 1, "tab"),
        ("a: [1, 2\n", 2, 1, "']'"),
        ("a: b: c\n", 1, 5, "not allowed"),
        ("a: *b\n", 1, 4, "no anchor"),
        ("a: &b [*b]\n", 1, 8, "hold itself"),
        ("a: !!python/object:os.system x\n", 1, 4, "!!python/object:os.system"),
        ("1: 2\n", 1, 1, "in quotes"),
        ("[a]: 2\n", 1, 1, "string"),
        ("a: 2026-13-45\n", 1, 4, "not a moment"),
        ("a: !!binary '?'\n", 1, 4, "base64"),
        ("a: \x01\n", 1, 4, "is not allowed in it"),
    ],
)
def test_yaml_says_what_is_wrong_and_where(text: str, line: int, column: int, says: str) -> None:
    at_line, at_column, problem = refusal(text, yaml_reader.read)
    assert (at_line, at_column) == (line, column)
    assert says in problem


def test_aliases_that_stand_for_billions_are_refused() -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 20):
        levels.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]")
    assert "values" in refusal("\n".join(levels), yaml_reader.read)[2]


def test_aliases_that_nest_thousands_of_levels_are_refused() -> None:
    levels = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 2000))]
    assert "levels" in refusal("\n".join(levels), yaml_reader.read)[2]


def test_a_missing_member_is_missing_from_what_should_hold_it() -> None:
    text = '{"a": {"b": [{}]}}'
    document = json_reader.read(text)
    assert document.offset(("a", "b", 0, "c", "d")) == text.index("{}")
