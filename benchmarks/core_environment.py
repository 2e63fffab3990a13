"""The environment of sagemaker-core, which has some fifty dependencies."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Callable, Mapping

from benchmarks.processes import ROOT

REQUIREMENT = "sagemaker-core==2.27.0"
_FOLDER = ROOT / ".bench" / REQUIREMENT.replace("==", "-")
_ASK = "import importlib.metadata as m\nfor n in {names!r}: print(n, m.version(n))"


def python(say: Callable[[str], None]) -> str | None:
    """Return the Python of that environment, or ``None`` if it cannot be created."""
    interpreter = _FOLDER / "bin" / "python"
    done = _FOLDER / "installed"
    if done.exists():
        return str(interpreter)
    say(f"installing {REQUIREMENT} (some 450 MB, once) into {_FOLDER.relative_to(ROOT)}")
    venv.create(_FOLDER, with_pip=True, clear=True)
    pip = [str(interpreter), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    ended = subprocess.run(  # our own program
        [*pip, REQUIREMENT], capture_output=True, text=True, check=False
    )
    if ended.returncode:
        say(f"it cannot be installed, so its column stays empty: {_last(ended.stderr)}")
        return None
    done.touch()
    return str(interpreter)


def versions(python: str = sys.executable, *names: str) -> Mapping[str, str]:
    """Return the versions of distributions in an environment."""
    ended = subprocess.run(  # our own program
        [python, "-c", _ASK.format(names=names)], capture_output=True, text=True, check=True
    )
    return dict(line.split() for line in ended.stdout.splitlines())


def _last(text: str) -> str:
    return text.strip().rpartition("\n")[2]
