"""Without aiobotocore: a clear error, and nothing of it is imported."""

from __future__ import annotations

import subprocess
import sys

HIDDEN = "import sys; sys.modules['aiobotocore'] = None\n"


def run(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def test_the_error_names_the_extra() -> None:
    for module in ("sagemaker_typed.aio", "sagemaker_typed.aio.runtime"):
        assert "pip install 'sagemaker-typed[async]'" in run(f"{HIDDEN}import {module}")


def test_the_synchronous_client_imports_nothing_asynchronous() -> None:
    program = (
        "import sys, sagemaker_typed\n"
        "sagemaker_typed.SageMakerClient(region_name='eu-west-1')\n"
        "print([name for name in sys.modules if name.startswith(('aiobotocore', 'aiohttp')) "
        "or name in ('sagemaker_typed.aio', 'sagemaker_typed.core.client.async_base')])"
    )
    assert run(program).strip() == "[]"
