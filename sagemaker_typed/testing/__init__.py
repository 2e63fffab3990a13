"""A kit for tests of programs that use this package; each name is loaded when it is first used."""

from sagemaker_typed.core.lazy import lazy_getattr

__getattr__, __dir__ = lazy_getattr(
    __name__,
    {
        "Broken": "replies",
        "Clock": "clock",
        "Failure": "replies",
        "LocalSageMaker": "local",
        "Raw": "replies",
        "Recorded": "recorded",
        "RequestChanged": "recorded",
        "StubbedSageMaker": "stubs",
        "UnexpectedCall": "script",
        "UnusedRecording": "recorded",
        "UnusedReplies": "script",
        "example": "examples",
        "local_sagemaker": "local",
        "shapes": "strategies",
    },
)
