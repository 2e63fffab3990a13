"""``python -m sagemaker_typed.doctor``, for a command that is not on the path."""

import sys

from sagemaker_typed.cli.main import main

if __name__ == "__main__":
    sys.exit(main(["doctor", *sys.argv[1:]]))
