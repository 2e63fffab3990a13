"""One logger a concern, all below ``sagemaker_typed``, silent until an application listens.

What is written says which operation, how long and how often; never what was sent or answered.
"""

from __future__ import annotations

import logging
from typing import Final

_root: Final = logging.getLogger("sagemaker_typed")
if not _root.handlers:
    # Python would print warnings of a logger that nobody listens to.
    _root.addHandler(logging.NullHandler())

calls: Final = logging.getLogger("sagemaker_typed.calls")
"""Every call: operation, request id, HTTP status, attempts, duration."""

consistency: Final = logging.getLogger("sagemaker_typed.consistency")
"""Waiting for a resource that is not visible yet."""

deploying: Final = logging.getLogger("sagemaker_typed.deploying")
paging: Final = logging.getLogger("sagemaker_typed.paging")
settling: Final = logging.getLogger("sagemaker_typed.settling")
"""What became of a creation whose answer was lost."""

streams: Final = logging.getLogger("sagemaker_typed.streams")
waiting: Final = logging.getLogger("sagemaker_typed.waiting")
