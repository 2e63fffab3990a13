"""Pydantic core schemas for a shape together with every shape inside it.

Pydantic would infer the same schemas from annotations at some twenty times the cost; see
``docs/architecture.md``.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from pydantic_core import CoreSchema
from pydantic_core import core_schema as cs

from sagemaker_typed.core.schema.lookup import definition_name, find_shape
from sagemaker_typed.core.schema.walk import nested_structures

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.protocols import AnyShape

ModelSchema: TypeAlias = "Callable[[type[AnyShape], SchemaGraph, str | None], CoreSchema]"
"""Makes the strict or the lenient schema of a single shape, under a reference if it needs one.

The graph supplies the schemas of the shapes inside.
"""

BuildValidator: TypeAlias = "Callable[[type[AnyShape]], object]"
"""Builds the validator of a shape, so that the shapes around it can share it."""


class SchemaGraph:
    """The core schemas of one shape and of every shape inside it.

    A shape that is used in one place is written there. A shape that is used in several places,
    or inside itself, becomes a definition that the places refer to.
    """

    def __init__(
        self,
        root: type[AnyShape],
        model: ModelSchema,
        *,
        build_validator: BuildValidator | None = None,
    ) -> None:
        self.package = root.__package_name__
        self.root = root
        self._model = model
        # a recursive shape would wait for its own validator
        shares = build_validator is not None and not is_recursive(root)
        self._build_validator = build_validator if shares else None
        self._definitions: dict[str, CoreSchema | None] = {}
        nested = () if shares else nested_structures(root)
        self._uses = Counter(shape.__name__ for shape in (root, *nested))

    def schema(self) -> CoreSchema:
        """Return the schema of the root, with the definitions that it refers to."""
        schema = self._schema_of(self.root)
        definitions = [each for each in self._definitions.values() if each is not None]
        return cs.definitions_schema(schema, definitions) if definitions else schema

    def structure(self, name: str) -> CoreSchema:
        """Return the schema for a place that holds the shape with this name."""
        shape = find_shape(self.package, name)
        if self._build_validator:
            self._build_validator(shape)
            # pydantic-core takes the finished validator of the class and never looks inside
            return cs.model_schema(shape, cs.any_schema())
        return self._schema_of(shape)

    def _schema_of(self, shape: type[AnyShape]) -> CoreSchema:
        name = shape.__name__
        if self._uses[name] < 2:
            return self._model(shape, self, None)
        if name not in self._definitions:
            self._definitions[name] = None  # in progress: a recursive shape refers to itself
            self._definitions[name] = self._model(shape, self, _reference(shape))
        return cs.definition_reference_schema(_reference(shape))


def _reference(shape: type[AnyShape]) -> str:
    # apart from the definition of the whole shape in a model of a user
    return f"{definition_name(shape)}:strict"


@functools.cache
def is_recursive(shape: type[AnyShape]) -> bool:
    """Return whether a shape can be nested inside itself."""
    return any(nested.__name__ == shape.__name__ for nested in nested_structures(shape))
