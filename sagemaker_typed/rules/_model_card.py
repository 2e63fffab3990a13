"""Checks the JSON of a model card against its documented schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from sagemaker_typed.core.suggest import did_you_mean

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.paths import Location


@dataclass(frozen=True, slots=True)
class _List:
    item: Schema
    most: int | None = None


@dataclass(frozen=True, slots=True)
class _Object:
    members: Mapping[str, Schema]
    required: frozenset[str] = field(default_factory=frozenset)


Schema: TypeAlias = "type | tuple[type, ...] | frozenset[str] | _List | _Object"
"""A type, several types, listed values, a list, or an object."""

_NUMBER = (int, float)
_ANY = object


def _texts(*names: str) -> dict[str, Schema]:
    return dict.fromkeys(names, str)


_ENVIRONMENT = _Object({"container_image": _List(str, 15)})
_TRAINING_METRICS = _Object(
    {**_texts("name", "notes"), "value": _NUMBER}, frozenset({"name", "value"})
)
_HYPER_PARAMETERS = _Object({"name": str, "value": _ANY}, frozenset({"name", "value"}))
_METRIC = _Object(
    {
        **_texts("name", "notes"),
        "type": frozenset({"bar_chart", "boolean", "linear_graph", "matrix", "number", "string"}),
        "value": _ANY,
        "x_axis_name": _ANY,
        "y_axis_name": _ANY,
    },
    frozenset({"name", "type", "value"}),
)
_CARD = _Object(
    {
        "model_overview": _Object(
            {
                **_texts(
                    "algorithm_type",
                    "model_creator",
                    "model_description",
                    "model_id",
                    "model_name",
                    "model_owner",
                    "problem_type",
                ),
                "inference_environment": _ENVIRONMENT,
                "model_artifact": _List(str, 15),
                "model_version": _NUMBER,
            }
        ),
        "model_package_details": dict,
        "intended_uses": _Object(
            {
                **_texts(
                    "explanations_for_risk_rating",
                    "factors_affecting_model_efficiency",
                    "intended_uses",
                    "purpose_of_model",
                ),
                "risk_rating": frozenset({"High", "Low", "Medium", "Unknown"}),
            }
        ),
        "business_details": _Object(
            _texts("business_problem", "business_stakeholders", "line_of_business")
        ),
        "training_details": _Object(
            {
                "objective_function": _Object(
                    {
                        "function": _Object(
                            {
                                **_texts("condition", "facet"),
                                "function": frozenset({"Maximize", "Minimize"}),
                            }
                        ),
                        "notes": str,
                    }
                ),
                "training_job_details": _Object(
                    {
                        "hyper_parameters": _List(_HYPER_PARAMETERS, 100),
                        "training_arn": str,
                        "training_datasets": _List(str, 15),
                        "training_environment": _ENVIRONMENT,
                        "training_metrics": _List(_TRAINING_METRICS, 50),
                        "user_provided_hyper_parameters": _List(_HYPER_PARAMETERS, 100),
                        "user_provided_training_metrics": _List(_TRAINING_METRICS, 50),
                    }
                ),
                "training_observations": str,
            }
        ),
        "evaluation_details": _List(
            _Object(
                {
                    **_texts("evaluation_job_arn", "evaluation_observation", "name"),
                    "datasets": _List(str, 10),
                    "metadata": dict,
                    "metric_groups": _List(
                        _Object(
                            {"metric_data": _List(_METRIC), "name": str},
                            frozenset({"metric_data", "name"}),
                        )
                    ),
                },
                frozenset({"name"}),
            )
        ),
        "additional_information": _Object(
            {
                **_texts("caveats_and_recommendations", "ethical_considerations"),
                "custom_details": dict,
            }
        ),
    }
)

_NAMES: Mapping[object, str] = {
    dict: "an object",
    str: "a string",
    _NUMBER: "a number",
}


def problems(card: object) -> Iterator[tuple[Location, str]]:
    """Yield the places of problems in a card, each with a sentence."""
    return _problems(card, _CARD, ())


def _problems(value: Any, schema: Schema, path: Location) -> Iterator[tuple[Location, str]]:
    if value is None:  # SageMaker's Python SDK writes null for a part that is not set
        return
    match schema:
        case _Object():
            yield from _of_object(value, schema, path)
        case _List(item=item, most=most):
            if not isinstance(value, list):
                yield path, "expected a list"
                return
            if most is not None and len(value) > most:
                yield path, f"expected at most {most} items"
            for index, each in enumerate(value):
                yield from _problems(each, item, (*path, index))
        case frozenset():
            if not isinstance(value, str) or value not in schema:
                yield path, f"expected {', '.join(sorted(schema))}"
        case _:
            if not isinstance(value, schema) or (isinstance(value, bool) and schema == _NUMBER):
                yield path, f"expected {_NAMES[schema]}"


def _of_object(value: Any, schema: _Object, path: Location) -> Iterator[tuple[Location, str]]:
    if not isinstance(value, dict):
        yield path, "expected an object"
        return
    for name in sorted(schema.required - value.keys()):
        yield path, f"{name} is required, and missing"
    for name, item in value.items():
        inner = schema.members.get(name)
        if inner is not None:
            yield from _problems(item, inner, (*path, name))
        elif hint := did_you_mean(name, [each for each in schema.members if each not in value]):
            yield (*path, name), f"no key {name!r}{hint}"
