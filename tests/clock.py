"""The clock of the kit, under the name that older tests use."""

from sagemaker_typed.testing import Clock

__all__ = ["Clock"]
