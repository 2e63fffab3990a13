"""Whole processes, from their start to the response.

Each program ends with a line that reports the time of the response.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from benchmarks import programs, scenarios
from benchmarks.programs import Task

IMPORT = "import"
CREATE = "create"
DESCRIBE = "describe"

_REPORT = """
import time
cpu, at = time.process_time(), time.monotonic()
import json
from benchmarks.memory import peak_rss
print(json.dumps({"cpu": cpu, "at": at, "peak": peak_rss()}))
"""

_TASKS = {CREATE: Task(programs.CREATE, 1), DESCRIBE: Task(programs.DESCRIBE_JOB)}


def program(side: str, what: str) -> str:
    """Return the source; its argument is the address of the service."""
    return _PROGRAMS[side]()[what] + _REPORT


def _call(imports: str, client: str, line: str) -> str:
    return f"import sys\n{imports}\n{client}\nresponse = {line}\n"


@functools.cache
def _boto3() -> Mapping[str, str]:
    client = f"client = boto3.client('sagemaker', '{scenarios.REGION}', endpoint_url=sys.argv[1])"
    return {IMPORT: "import boto3\n"} | {
        what: _call("import boto3", client, programs.boto3(task)) for what, task in _TASKS.items()
    }


@functools.cache
def _ours() -> Mapping[str, str]:
    client = f"client = SageMakerClient(region_name='{scenarios.REGION}', endpoint_url=sys.argv[1])"
    calls = {}
    for what, task in _TASKS.items():
        line = programs.ours(task)
        models = ", ".join(sorted(programs.names(line)))
        imports = "from sagemaker_typed import SageMakerClient\n"
        if models:
            imports += f"from sagemaker_typed.models import {models}\n"
        calls[what] = _call(imports, client, line)
    return {IMPORT: "import sagemaker_typed\ndir(sagemaker_typed)\n"} | calls


@functools.cache
def _core() -> Mapping[str, str]:
    calls = {}
    for what, task in _TASKS.items():
        line = programs.sagemaker_core(task)
        resource = line.partition(".")[0]
        shapes = ", ".join(sorted(programs.names(line) - {resource}))
        imports = f"from sagemaker.core.resources import {resource}\n"
        if shapes:
            imports += f"from sagemaker.core.shapes import {shapes}\n"
        calls[what] = _call(imports, "", line)
    return {IMPORT: "import sagemaker.core.resources\n"} | calls


_PROGRAMS = {"boto3": _boto3, "ours": _ours, "core": _core}
