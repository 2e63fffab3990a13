"""``python -m sagemaker_typed.cli``, where the command itself is not on the path."""

import sys

from sagemaker_typed.cli.main import main

sys.exit(main())
