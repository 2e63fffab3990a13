"""The loggers of the package, one for each concern; silent until an application configures them.

Records have names of operations and of created resources, statuses, error codes, request ids,
durations and counts, and no other value of a request or response.
"""

from __future__ import annotations

import logging
from typing import Final

_root: Final = logging.getLogger("sagemaker_typed")
if not _root.handlers:
    # without a handler, Python prints warnings to stderr
    _root.addHandler(logging.NullHandler())

calls: Final = logging.getLogger("sagemaker_typed.calls")
"""Every call: operation, request id, HTTP status, attempts, duration."""

consistency: Final = logging.getLogger("sagemaker_typed.consistency")
"""Retries while a resource is not visible yet."""

defaults: Final = logging.getLogger("sagemaker_typed.defaults")
"""The members of each request that were filled in, and the place of each default."""

deploying: Final = logging.getLogger("sagemaker_typed.deploying")
lost_responses: Final = logging.getLogger("sagemaker_typed.lost_responses")
"""The outcome of create requests whose response was lost."""

paging: Final = logging.getLogger("sagemaker_typed.paging")
streams: Final = logging.getLogger("sagemaker_typed.streams")
waiting: Final = logging.getLogger("sagemaker_typed.waiting")
