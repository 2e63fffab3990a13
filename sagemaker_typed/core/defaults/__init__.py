"""Defaults of a team: members that a client fills into its requests."""

from typing import Final

ENVIRONMENT: Final = "SAGEMAKER_TYPED_DEFAULTS"
"""The variable with the files of defaults, or with ``find``, for clients whose program names none."""
