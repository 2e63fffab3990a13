"""Pydantic core schemas for a shape together with every shape inside it.

Pydantic would infer the same from annotations at some twenty times the cost; see
``docs/architecture.md``.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from pydantic_core import CoreSchema
from pydantic_core import core_schema as cs

from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_shape

if TYPE_CHECKING:
    from sagemaker_typed.core.shapes.shape import Shape

ModelSchema: TypeAlias = "Callable[[type[Shape], Closure, str | None], CoreSchema]"
"""One door's schema for a single shape, under a reference if it needs one.

What is inside it comes from the closure.
"""

Finish: TypeAlias = "Callable[[type[Shape]], object]"
"""Finishes the validator of a shape, so that the shapes around it can use it again."""


class Closure:
    """The core schemas of one shape and of every shape inside it.

    A shape that stands in one place is written there; one that stands in several, or inside
    itself, becomes a definition that the places refer to.
    """

    def __init__(
        self, root: type[Shape], model: ModelSchema, *, finish: Finish | None = None
    ) -> None:
        self.package = root.__package_name__
        self.root = root
        self._model = model
        # a recursive shape would wait for itself to be finished
        self._finish = None if finish is None or is_recursive(root) else finish
        self._definitions: dict[str, CoreSchema | None] = {}
        self._uses = Counter(() if self._finish else (root.__name__, *uses(root)))

    def schema(self) -> CoreSchema:
        """The schema of the root, with the definitions that it refers to."""
        schema = self._place(self.root)
        definitions = [made for made in self._definitions.values() if made is not None]
        return cs.definitions_schema(schema, definitions) if definitions else schema

    def structure(self, name: str) -> CoreSchema:
        """The schema for a place where the shape of this name stands."""
        shape = find_shape(self.package, name)
        if self._finish:
            self._finish(shape)
            # pydantic-core takes the finished validator of the class and never looks inside
            return cs.model_schema(shape, cs.any_schema())
        return self._place(shape)

    def _place(self, shape: type[Shape]) -> CoreSchema:
        name = shape.__name__
        if self._uses[name] < 2:
            return self._model(shape, self, None)
        if name not in self._definitions:
            self._definitions[name] = None  # under way: a recursive shape refers to itself
            self._definitions[name] = self._model(shape, self, _reference(shape))
        return cs.definition_reference_schema(_reference(shape))


def _reference(shape: type[Shape]) -> str:
    return f"{shape.__module__}.{shape.__qualname__}:{id(shape)}"


def structures_in(kind: facts.Kind) -> Iterator[str]:
    """The names of the structures that a member of this kind holds."""
    if isinstance(kind, facts.Structure):
        yield kind.name
    elif isinstance(kind, facts.List):
        yield from structures_in(kind.item)
    elif isinstance(kind, facts.Map):
        yield from structures_in(kind.value)


@functools.cache
def is_recursive(shape: type[Shape]) -> bool:
    """Whether a shape can stand somewhere inside itself."""
    return shape.__name__ in uses(shape)


def uses(root: type[Shape]) -> Iterator[str]:
    """The structures inside a shape, once for every place where one stands."""
    seen = {root.__name__}
    waiting = [root]
    while waiting:
        for member in waiting.pop().__members__.values():
            for name in structures_in(member.kind):
                shape = find_shape(root.__package_name__, name)
                yield shape.__name__
                if shape.__name__ not in seen:
                    seen.add(shape.__name__)
                    waiting.append(shape)
