"""A kit for tests of programs that use this package."""

from sagemaker_typed.testing.examples import example as example
from sagemaker_typed.testing.strategies import shapes as shapes
