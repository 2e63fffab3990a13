"""``sagemaker-typed skeleton``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sagemaker_typed.cli.names import request_of
from sagemaker_typed.cli.writers import FORMATS
from sagemaker_typed.testing.examples import sample

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Write the skeleton of the operation's request."""
    request = request_of(arguments.operation)
    tree = sample(request, everything=arguments.all, items=1)
    sys.stdout.write(FORMATS[arguments.format](request, tree))
    return 0
