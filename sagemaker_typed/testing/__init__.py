"""A kit for tests of programs that use this package; each name is loaded when it is first used."""

from sagemaker_typed.core.lazy import lazy_getattr

__getattr__, __dir__ = lazy_getattr(
    __name__,
    {
        "Recorded": "recorded",
        "StubbedSageMaker": "stubs",
        "example": "examples",
        "local_sagemaker": "local",
        "shapes": "strategies",
    },
)
