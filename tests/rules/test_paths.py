"""Paths such as ``A[0]['k'].B`` are written and parsed in one notation."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagemaker_typed import models
from sagemaker_typed.core.schema import paths
from sagemaker_typed.core.schema.paths import Step

NAMES = st.from_regex(re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII), fullmatch=True)
STEPS = st.lists(
    st.builds(Step, NAMES, st.just(True))
    | st.builds(Step, st.text() | st.integers(0, 10**6), st.just(False))
)


@given(STEPS)
def test_a_path_is_parsed_as_it_was_written(steps: list[Step]) -> None:
    assert list(paths.parse(paths.write(steps))) == steps


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("", ()),
        ("ProductionVariants[0].InstanceType", ("ProductionVariants", 0, "InstanceType")),
        ("environment['a.b[0]'].c", ("environment", "a.b[0]", "c")),
        ("""HyperParameters["it's"]""", ("HyperParameters", "it's")),
        (r"Environment['it\'s \"x\"']", ("Environment", 'it\'s "x"')),
        (r"Environment['\n']", ("Environment", "\n")),
        ("[3].Name", (3, "Name")),
    ],
)
def test_a_location_is_what_pydantic_writes(path: str, location: paths.Location) -> None:
    assert paths.location(path) == location


@pytest.mark.parametrize("text", ["a[", "a[b]", "a]", "a['b]", "a..b", "."])
def test_other_text_is_no_path(text: str) -> None:
    with pytest.raises(ValueError, match="is not a path"):
        paths.parse(text)


def test_members_are_listed_without_their_items() -> None:
    assert paths.member_names("InputDataConfig[].DataSource['a.b'].S3[0]") == (
        "InputDataConfig",
        "DataSource",
        "S3",
    )


def test_a_place_touches_what_is_around_it_and_inside_of_it() -> None:
    assert paths.touches(("a", 0, "b"), [("a",)])
    assert paths.touches(("a",), [("a", 0, "b")])
    assert not paths.touches(("a", 1), [("a", 0, "b"), ("b",)])


def test_a_location_is_followed_in_both_spellings() -> None:
    config: Any = models.CreateEndpointConfigRequest
    for location in (
        ("ProductionVariants", 0, "InstanceType"),
        ("production_variants", 0, "instance_type"),
    ):
        steps = list(paths.locate(config, location))
        assert [step.documented for step in steps] == ["ProductionVariants", 0, "InstanceType"]
        assert [step.python for step in steps] == ["production_variants", 0, "instance_type"]
        assert [step.is_member for step in steps] == [True, False, True]
    (unknown,) = paths.locate(config, ("Nonsense",))
    assert (unknown.owner, unknown.member) == (config, None)
