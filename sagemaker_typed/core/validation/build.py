"""The validators of a shape, built when they are first needed.

Building is the cold cost of a model, so nothing is built that is not used, and what was built for
a shape is used again by the shapes around it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from pydantic_core import CoreSchema, SchemaValidator
from pydantic_core import core_schema as cs

from sagemaker_typed.core.gc_pause import collector_paused
from sagemaker_typed.core.validation import constructor, lenient, strict
from sagemaker_typed.core.validation.schema_graph import SchemaGraph

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape


def _takes_use_prebuilt() -> bool:
    try:
        SchemaValidator(cs.any_schema(), _use_prebuilt=False)
    except TypeError:
        return False
    return True


# Since Pydantic 2.13 a validator can be told to leave the finished validator of a nested model
# alone. Before, the lenient door would pick up the strict ones, so there they are not offered.
_CAN_SHARE = _takes_use_prebuilt()

building = threading.RLock()


class _ConstructorValidators(dict[type, Callable[..., object]]):
    """What a constructor calls, by the class, built for the first of its instances.

    It is found here sooner than on the class, whose metaclass, Pydantic's, has a say in that.
    """

    def __missing__(self, shape: type[AnyShape]) -> Callable[..., object]:
        with building, collector_paused:
            schema = constructor.schema(shape, strict_validator)
            validate = self[shape] = _of_its_own(schema).validate_python
        return validate


constructor_validators = _ConstructorValidators()


def strict_validator(shape: type[AnyShape]) -> SchemaValidator:
    """The validator behind ``from_boto`` and ``from_json``, and what says why."""
    made = shape.__dict__.get("__pydantic_validator__")
    return made if type(made) is SchemaValidator else _build_strict(shape)


def lenient_validator(shape: type[AnyShape]) -> SchemaValidator:
    """The validator behind ``from_service``."""
    made: SchemaValidator | None = shape.__dict__.get("__lenient_validator__")
    return _build_lenient(shape) if made is None else made


def core_schema(shape: type[AnyShape]) -> CoreSchema:
    """The strict core schema in full, for whatever Pydantic makes of it."""
    return SchemaGraph(shape, strict.model).schema()


def _build_strict(shape: type[AnyShape]) -> SchemaValidator:
    with building, collector_paused:
        made = shape.__dict__.get("__pydantic_validator__")
        if type(made) is SchemaValidator:
            return made
        build = strict_validator if _CAN_SHARE else None
        graph = SchemaGraph(shape, strict.model, build_validator=build)
        validator = SchemaValidator(graph.schema())
        shape.__pydantic_validator__ = validator
        # pydantic-core shares the validator of a complete model only
        shape.__pydantic_complete__ = _CAN_SHARE
        return validator


def _build_lenient(shape: type[AnyShape]) -> SchemaValidator:
    with building, collector_paused:
        validator = _of_its_own(SchemaGraph(shape, lenient.model).schema())
        shape.__lenient_validator__ = validator
        return validator


def _of_its_own(schema: CoreSchema) -> SchemaValidator:
    """A validator in which nothing of the strict ones is used again."""
    if _CAN_SHARE:
        return SchemaValidator(schema, _use_prebuilt=False)
    return SchemaValidator(schema)
