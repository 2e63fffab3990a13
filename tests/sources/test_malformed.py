"""Malformed pages: the error names the line, the column, the expected and the actual token."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codegen.commands.facts import to_json, to_text
from codegen.sources import page_service
from codegen.sources.loading import read_page
from codegen.sources.page import Page
from codegen.sources.scanner import PageError
from tests.sources.own_pages import FLATTENED, INDENTED, R

PAGES: Final = {"indented": INDENTED, "flattened": FLATTENED, "r": R}


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        (INDENTED, "Kind='apple'", "Kind=?'apple'", "expected a value, found '?'"),
        (INDENTED, "Kind='apple'|'pear'", "Kind='apple'|pear", "expected a quoted value"),
        (INDENTED, "    Age=123,\n", "    Age=123\n", "expected ',' or ')', found 'Height'"),
        (INDENTED, "Wet=True|False", "Wet=True|Untrue", "expected 'False', found 'Untrue'"),
        (INDENTED, "datetime(2015, 1, 1)", "datetime(x)", "expected ')', found 'x'"),
        (INDENTED, "'Leaves': [", "'Leaves' [", "expected ':', found '['"),
        (INDENTED, "'Leaves': [", "Leaves: [", "expected the quoted name of a member or '}'"),
        (INDENTED, "    Age=123", "    'Age'=123", "expected the name of a parameter or ')'"),
        (INDENTED, "    Age=123", "    Kind=123", "expected each member once ('Kind'"),
        (INDENTED, "'green'|'red',\n            ],", "'green'\n            },", "expected ']'"),
        (INDENTED, "{...}|[...]|123", "{...}|[...]|12", "expected '123', found '12'"),
        (INDENTED, "{'... recursive ...'}", "{'... recursive ...',}", "expected '}', found ','"),
        (INDENTED, "b'bytes'|file", "b'bytes'|disk", "expected 'file', found 'disk'"),
        (INDENTED, "StreamingBody()", "StreamingBody(1)", "expected ')', found '1'"),
        (INDENTED, "client.fell_tree(", "server.fell_tree(", "expected 'client.<operation>('"),
        (INDENTED, "client.fell_tree(", "client.fell_tree[", "expected '(', found '['"),
        (INDENTED, "Kind='apple'", "Kind='apple", "expected ',' or ')', found 'pear'"),
        (INDENTED, "FellTree (new)", "XTree (new)\nFellTree (new)", "expected 'Request Syntax'"),
        (INDENTED, "{'Can': {'Litres'", "{'Can' {'Litres'", "expected ':', ',' or '}', found '{'"),
        (INDENTED, "{'dry', 'wet'}", "{'dry': 'x', 'wet'}", "expected ':', found '}'"),
        (INDENTED, "{'dry', 'wet'}", "{'dry', 'wet': 'x'}", "expected ',' or '}', found ':'"),
        (INDENTED, "{'dry', 'wet'}", "{'dry', wet}", "expected a quoted string or '}'"),
        (INDENTED, "{'dry', 'wet'}", "dry", "expected a change: a quoted string, '{', '[' or '('"),
        (INDENTED, "'Names': ['string']}", "'Counts': ['string']}", "expected each member once"),
        (INDENTED, "'Names': ['string']}", "'Names': ['string'}", "expected ']', found '}'"),
        (INDENTED, "{'Counts': {'string': 'long'}, 'Names'", "{'Counts', 'Names'", "',' or '}'"),
        (FLATTENED, "{'Trees': {'State': {'dry'}}}", "{'Trees'}", "names members, found a set"),
        (R, "svc$plant_tree(", "svc.plant_tree(", "expected 'svc', found 'svc.plant_tree'"),
        (R, "svc$plant_tree(", "svc$(", "expected the name of an operation, found '('"),
        (R, "TRUE|FALSE", "TRUE|NA", "expected 'FALSE', found 'NA'"),
        (R, "orchard_plant_tree(Name", "orchard_fell_tree(Name", "expected 'orchard_plant_tree('"),
        (R, "orchard_plant_tree(Name", "orchard_plant_tree Name", "expected '(', found 'Name'"),
        (R, "PlantedAt)\n", "'PlantedAt')\n", "expected the name of a parameter or ')'"),
        (R, 'Labels = list(\n"string"\n)', 'Labels = list(\n"string", "x"\n)', "expected ')'"),
        (R, "Request syntax¶", "Something else", "expected a section 'Request syntax'"),
    ],
)
def test_where_and_what(text: str, old: str, new: str, expected: str) -> None:
    assert old in text
    broken = text.replace(old, new, 1)
    with pytest.raises(PageError) as caught:
        read_page(broken.encode(), "orchard.txt")
    fault = caught.value
    assert expected in str(fault)
    assert str(fault).startswith(f"orchard.txt:{fault.line}:{fault.column}: ")
    assert_inside(broken, fault)
    # At the change or after it, and before the next heading.
    assert fault.line >= broken[: broken.index(new)].count("\n") + 1 or "section" in expected


def assert_inside(text: str, fault: PageError) -> None:
    lines = text.split("\n")
    assert 1 <= fault.line <= len(lines)
    assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1


@pytest.mark.parametrize(
    ("content", "line", "column", "expected"),
    [
        (b"", 1, 1, "an API-changes page, an R reference page"),
        (b"hello\nworld\n", 1, 1, "an API-changes page has"),
        (b"\xff\xfe", 1, 1, "expected UTF-8 text"),
        (b"one\ntwo \xff", 2, 5, "expected UTF-8 text"),
        (b"2031/04/05 - X - 1 new api methods\n", 2, 1, "expected '<Operation> (new)'"),
    ],
)
def test_no_page_at_all(content: bytes, line: int, column: int, expected: str) -> None:
    with pytest.raises(PageError) as caught:
        read_page(content, "page")
    assert (caught.value.line, caught.value.column) == (line, column)
    assert expected in str(caught.value)


@pytest.mark.parametrize("opening", ["[", "{'A': ", "{'string': "])
def test_too_deep_is_a_fault_and_no_traceback(opening: str) -> None:
    broken = INDENTED.replace("Age=123", f"Age={opening * 5000}", 1)
    with pytest.raises(PageError, match="no more than 60 levels"):
        read_page(broken.encode(), "page")


@pytest.mark.parametrize("opening", ["[", "{'A': ", "("])
def test_too_deep_a_change_is_a_fault(opening: str) -> None:
    broken = INDENTED.replace("{'Counts': {'string'", f"{{'Counts': {opening * 5000}", 1)
    with pytest.raises(PageError, match=r"no more than 60 levels|expected"):
        read_page(broken.encode(), "page")


def outcome(content: bytes) -> Page | PageError:
    try:
        return read_page(content, "page")
    except PageError as fault:
        return fault


def read_or_fail(content: bytes) -> None:
    """Read any content; the result is a page, or an error with a place inside the content."""
    page = outcome(content)
    text = content.decode("utf-8-sig", "replace")
    if isinstance(page, PageError):
        assert page.line >= 1
        assert page.column >= 1
        if "UTF-8" not in str(page):
            assert_inside(text, page)
        return
    assert all(1 <= notice.line <= text.count("\n") + 1 for notice in page.notices)
    assert to_json(page)
    assert list(to_text(page))
    represented, _ = page_service.service(page)
    assert len(represented.operations) <= len(page.operations)


layouts = st.sampled_from(sorted(PAGES))
fuzz = settings(max_examples=150, deadline=None)


@fuzz
@given(layouts, st.data())
def test_cut_anywhere(layout: str, data: st.DataObject) -> None:
    content = PAGES[layout].encode()
    read_or_fail(content[: data.draw(st.integers(0, len(content)))])


@fuzz
@given(layouts, st.data())
def test_a_piece_is_missing(layout: str, data: st.DataObject) -> None:
    text = PAGES[layout]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 200)))
    read_or_fail((text[:start] + text[end:]).encode())


@fuzz
@given(layouts, st.randoms(use_true_random=False))
def test_lines_shuffled(layout: str, random: Random) -> None:
    lines = PAGES[layout].splitlines(keepends=True)
    random.shuffle(lines)
    read_or_fail("".join(lines).encode())


@fuzz
@given(layouts, st.randoms(use_true_random=False))
def test_blocks_shuffled(layout: str, random: Random) -> None:
    blocks = PAGES[layout].split("Syntax")
    random.shuffle(blocks)
    read_or_fail("Syntax".join([PAGES[layout][:200], *blocks]).encode())


@fuzz
@given(layouts, st.data())
def test_bytes_overwritten(layout: str, data: st.DataObject) -> None:
    content = bytearray(PAGES[layout].encode())
    places = st.integers(0, len(content) - 1)
    for place in data.draw(st.lists(places, min_size=1, max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    read_or_fail(bytes(content))


@fuzz
@given(layouts, st.data())
def test_marks_inserted(layout: str, data: st.DataObject) -> None:
    text = PAGES[layout]
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(text)))
        mark = data.draw(st.sampled_from([*"{}[](),:='\"|$.\\\n¶•", "'string'", "...", "None"]))
        text = text[:place] + mark + text[place:]
    read_or_fail(text.encode())


@fuzz
@given(st.binary(max_size=400))
def test_anything(content: bytes) -> None:
    read_or_fail(content)
    read_or_fail(b"2031/04/05 - X - 1 new api methods\n" + content)
    read_or_fail(b"x_y | R Documentation\nRequest syntax\n" + content)


@pytest.mark.parametrize("filler", [" ", "_", "a", "A", "{", "'", '"', ".", "(", "•", "- ", "\\"])
def test_long_runs_are_read_at_once(filler: str) -> None:
    """A reader that looks back over what it has read would not come to an end here."""
    run = filler * 200_000
    for text in (INDENTED, R):
        read_or_fail((run + "\n" + text + run).encode())
        read_or_fail(text.replace("'apple'", run, 1).encode())


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, 4), st.data())
def test_founding_pages_cut_and_torn(documents: Path, number: int, data: st.DataObject) -> None:
    (path,) = documents.glob(f"{number:03}_*.txt")
    content = path.read_bytes()
    places = st.integers(0, len(content))
    start, end = sorted((data.draw(places), data.draw(places)))
    read_or_fail(content[:start])
    read_or_fail(content[:start] + content[end:])
