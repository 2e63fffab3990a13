"""``python -m sagemaker_typed.cli``, for a command that is not on the path."""

import sys

from sagemaker_typed.cli.main import main

sys.exit(main())
