"""The validators of a shape, built when they are first needed.

Building is the cold cost of a model, so a validator is built when it is first used, and the
validators of the shapes around it use it again. No lock is held: two threads may build the same
validator at once, and either result serves.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from pydantic_core import CoreSchema, SchemaValidator
from pydantic_core import core_schema as cs

from sagemaker_typed.core.validation import constructor, lenient, partial, strict
from sagemaker_typed.core.validation.schema_graph import SchemaGraph

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape


def _takes_use_prebuilt() -> bool:
    try:
        SchemaValidator(cs.any_schema(), _use_prebuilt=False)
    except TypeError:
        return False
    return True


# Some versions of Pydantic cannot leave the finished validator of a nested model alone. There,
# lenient validation would use the strict ones, so strict validators are not shared.
_CAN_SHARE = _takes_use_prebuilt()


class _ConstructorValidators(dict[type, Callable[..., object]]):
    """The validators of constructors by class, each built for the first instance.

    A dict look-up is faster than an attribute look-up through Pydantic's metaclass.
    """

    def __missing__(self, shape: type[AnyShape]) -> Callable[..., object]:
        schema = constructor.schema(shape, strict_validator)
        validate = self[shape] = _of_its_own(schema).validate_python
        return validate


constructor_validators = _ConstructorValidators()


def strict_validator(shape: type[AnyShape]) -> SchemaValidator:
    """Return the validator of ``from_boto`` and ``from_json``, which also explains refusals."""
    known = shape.__dict__.get("__pydantic_validator__")
    return known if type(known) is SchemaValidator else _build_strict(shape)


def lenient_validator(shape: type[AnyShape]) -> SchemaValidator:
    """Return the validator of ``from_service``."""
    known: SchemaValidator | None = shape.__dict__.get("__lenient_validator__")
    return _build_lenient(shape) if known is None else known


@cache
def partial_validator(shape: type[AnyShape]) -> SchemaValidator:
    """Return the strict validator of input that is known in part."""
    return _of_its_own(SchemaGraph(shape, partial.model).schema())


def core_schema(shape: type[AnyShape]) -> CoreSchema:
    """Return the whole strict core schema, for Pydantic's own use."""
    return SchemaGraph(shape, strict.model).schema()


def _build_strict(shape: type[AnyShape]) -> SchemaValidator:
    build = strict_validator if _CAN_SHARE else None
    graph = SchemaGraph(shape, strict.model, build_validator=build)
    validator = SchemaValidator(graph.schema())
    shape.__pydantic_validator__ = validator
    # pydantic-core shares the validator of a complete model only
    shape.__pydantic_complete__ = _CAN_SHARE
    return validator


def _build_lenient(shape: type[AnyShape]) -> SchemaValidator:
    validator = _of_its_own(SchemaGraph(shape, lenient.model).schema())
    shape.__lenient_validator__ = validator
    return validator


def _of_its_own(schema: CoreSchema) -> SchemaValidator:
    """Build a validator that uses none of the strict ones."""
    if _CAN_SHARE:
        return SchemaValidator(schema, _use_prebuilt=False)
    return SchemaValidator(schema)
