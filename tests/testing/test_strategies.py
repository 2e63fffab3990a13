"""``shapes``: drawn values against strict validation, botocore and the rules.

Values of a few shapes are drawn. ``SHAPES=200 pytest tests/testing/test_strategies.py`` draws 200
values of every shape.
"""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from importlib import import_module
from typing import Any

import pytest
from botocore.validate import ParamValidator
from hypothesis import HealthCheck, assume, find, given, settings
from hypothesis import strategies as st

from sagemaker_typed import Response, RulePolicy, Shape, enums, models
from sagemaker_typed.runtime import models as runtime
from sagemaker_typed.testing import shapes
from tests.testing.boundaries import limits, reached
from tests.testing.packages import PACKAGES, documented, shapes_of
from tests.testing.test_examples import TOKEN, streams

ALL = "SHAPES" in os.environ
COUNT = int(os.environ.get("SHAPES", "25"))
DRAWN = [
    shape
    for package in PACKAGES
    for shape in shapes_of(package)[:: 1 if ALL else 1 + len(shapes_of(package)) // 8]
] + [
    models.CreateAutoMLJobV2Request,
    models.CreateEndpointConfigRequest,
    models.CreateTrainingJobRequest,
    models.SearchRequest,
    runtime.InvokeEndpointAsyncRequest,
]
each = pytest.mark.parametrize("shape", DRAWN, ids=lambda shape: shape.__name__)
many = settings(max_examples=COUNT, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.pinned  # an older botocore's validator knows fewer services and members
@each
def test_every_value_is_accepted(shape: type[Shape]) -> None:
    model = documented(shape)
    tokens = {
        name: TOKEN
        for name, m in getattr(model, "members", {}).items()
        if m.metadata.get("idempotencyToken")
    }
    policy = RulePolicy()

    @many
    @given(shapes(shape))
    def is_accepted(value: Shape) -> None:
        assert type(value) is shape
        sent = value.to_boto()
        assert shape.from_boto(sent).to_boto() == sent
        if model is not None:
            sent = {name: sent[name] for name in sent.keys() - streams(shape)}
            required = dict.fromkeys(streams(shape) & set(model.required_members), b"")
            report = ParamValidator().validate({**tokens, **sent}, model)
            problems = report.generate_report()
            assert all(f'"{name}"' in problems for name in required)
            assert problems.count("\n") + bool(problems) == len(required), problems
        if not isinstance(value, Response):
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                policy.check(value)

    is_accepted()


def test_values_reach_the_limits_of_their_members() -> None:
    wanted = reached_limits = 0
    for shape in DRAWN if ALL else DRAWN[::6]:
        seen: set[tuple[str, str]] = set()

        @settings(max_examples=max(100, COUNT), suppress_health_check=[HealthCheck.too_slow])
        @given(shapes(shape))
        def collect(value: Shape) -> None:
            seen.update(reached(value))  # noqa: B023  # called in this round

        collect()
        every = set(limits(shape))
        wanted += len(every)
        reached_limits += len(every & seen)
    assert reached_limits >= 0.95 * wanted > 50


def test_a_value_shrinks_to_the_smallest() -> None:
    request = find(
        shapes(models.CreateEndpointRequest),
        lambda value: any(tag.value == "" for tag in value.tags or ()),
        settings=settings(max_examples=1000, database=None),
    )
    assert request.to_boto().keys() == {"EndpointName", "EndpointConfigName", "Tags"}
    assert len(request.tags or ()) == 1


@pytest.mark.parametrize("kind", [enums.EndpointStatus, enums.ProductionVariantInstanceType])
def test_every_value_of_an_enum(kind: Any) -> None:
    seen = set()

    @settings(max_examples=1000)
    @given(shapes(kind))
    def collect(value: Any) -> None:
        seen.add(value)

    collect()
    assert len(seen) > 0.5 * len(kind)
    assert seen <= set(kind)


@given(st.data())
def test_recursive_shapes_end(data: st.DataObject) -> None:
    value = data.draw(shapes(models.SearchExpression))
    depth = 0
    inner: Any = [value]
    while inner := [sub for each in inner for sub in each.sub_expressions or ()]:
        depth += 1
    assume(depth)
    assert depth <= 4


def test_without_hypothesis_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    monkeypatch.delitem(sys.modules, "sagemaker_typed.testing.strategies")
    with pytest.raises(ImportError, match=r"pip install 'sagemaker-typed\[testing\]'"):
        import_module("sagemaker_typed.testing.strategies")


def test_only_shapes_and_enums_have_a_strategy() -> None:
    wrong: Any = dict
    with pytest.raises(TypeError, match=r"models\.ProductionVariant"):
        shapes(wrong)


FROM_TYPE = """
import sys
from hypothesis import given, settings, strategies as st
assert not [name for name in sys.modules if name.startswith(("sagemaker_typed.models", "pydantic"))]
from sagemaker_typed.models import ProductionVariant, Tag

class Team(Tag):
    pass

seen = []

@settings(database=None, max_examples=20)
@given(st.from_type(ProductionVariant), st.lists(st.from_type(Team), min_size=1))
def check(variant, teams):
    seen.append((variant, teams))

check()
assert len({variant.variant_name for variant, _ in seen}) > 3
assert {type(team) for _, teams in seen for team in teams} == {Team}
"""


@pytest.mark.parametrize("first", ["", "from sagemaker_typed.models import Tag\n"])
def test_a_type_is_registered_whichever_is_imported_first(first: str) -> None:
    code = first + (FROM_TYPE if not first else FROM_TYPE.replace("assert not", "[0] or"))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_polyfactory_builds_shapes() -> None:
    pydantic_factory = pytest.importorskip("polyfactory.factories.pydantic_factory")
    for shape in (models.DescribeEndpointResponse, models.VpcConfig, models.ResourceConfig):
        factory = pydantic_factory.ModelFactory.create_factory(shape)
        factory.seed_random(1)
        assert isinstance(factory.build(), shape)
