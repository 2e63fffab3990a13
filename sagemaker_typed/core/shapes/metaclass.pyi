"""The metaclass of shapes, for checkers.

Pydantic's metaclass makes each checker synthesize a constructor from the fields. A class of its own
that is no dataclass transform leaves the constructors of the stubs as they are written. Without the
hash, pyright would not pass a class of shapes as ``Hashable``.
"""

from pydantic._internal._model_construction import ModelMetaclass  # Pydantic exports no public name

class ShapeType(ModelMetaclass):
    def __hash__(self) -> int: ...
