"""Run each checker once over programs that use the installed package."""

from __future__ import annotations

import json
import re
import sys
import sysconfig
import venv
import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.typing.environments import Environment, build_wheel
from benchmarks.typing.processes import run

PROGRAMS: Final = Path(__file__).parent / "programs"
EXPECTED: Final = Path(__file__).parent / "expected"
# Both checkers must refuse each line with this comment, and no other line.
WRONG: Final = re.compile(r"# wrong$")
BIN: Final = Path(sys.executable).parent


@dataclass(frozen=True)
class Remark:
    """The message of a checker about a line."""

    line: int
    severity: str
    text: str
    rule: str

    def __str__(self) -> str:
        rule = f"  [{self.rule}]" if self.rule else ""
        # Indent the further lines of a message.
        text = self.text.replace("\n", "\n    ").replace("\u00a0", " ")
        return f"{self.line}: {self.severity}: {text}{rule}"


def installed(folder: Path) -> Environment:
    """Create an environment with the wheel of this tree and the dependencies of this Python."""
    environment = Environment(folder / "venv")
    venv.create(environment.folder, with_pip=False, symlinks=True)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = environment.folder / "lib" / version / "site-packages"
    wheels = folder / "wheel"
    wheels.mkdir()
    zipfile.ZipFile(build_wheel(wheels)).extractall(packages)
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return environment


def mypy(environment: Environment, folder: Path) -> Mapping[str, Sequence[Remark]]:
    """Run ``mypy --strict``, and return the messages by program."""
    names = _copied(folder)
    python = f"--python-executable={environment.python}"
    options = ["--strict", "--python-version=3.10", "--no-error-summary", "--config-file="]
    cache = f"--cache-dir={folder / 'cache'}"
    process = run([BIN / "mypy", *options, python, cache, "--output=json", *names], folder)
    remarks: dict[str, list[Remark]] = defaultdict(list)
    for line in process.output.splitlines():
        if not line.startswith("{"):
            raise RuntimeError(process.output)
        message = json.loads(line)
        for text in (message["message"], *(message["hint"] or "").split("\n")):
            if text:
                severity = message["severity"] if text is message["message"] else "note"
                code = (message["code"] or "") if severity == "error" else ""
                remarks[message["file"]].append(Remark(message["line"], severity, text, code))
    return {name: remarks[name] for name in names}


def basedpyright(environment: Environment, folder: Path) -> Mapping[str, Sequence[Remark]]:
    """Run basedpyright in its strict mode, and return the messages by program."""
    names = _copied(folder)
    settings = {"typeCheckingMode": "strict", "pythonVersion": "3.10", "include": names}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    python = f"--pythonpath={environment.python}"
    process = run([BIN / "basedpyright", python, "--outputjson"], folder)
    remarks: dict[str, list[Remark]] = defaultdict(list)
    for message in json.loads(process.output)["generalDiagnostics"]:
        line = message["range"]["start"]["line"] + 1
        remark = Remark(line, message["severity"], message["message"], message.get("rule", ""))
        remarks[Path(message["file"]).name].append(remark)
    return {name: sorted(remarks[name], key=lambda remark: remark.line) for name in names}


CHECKERS: Final[Mapping[str, Callable[[Environment, Path], Mapping[str, Sequence[Remark]]]]] = {
    "mypy": mypy,
    "basedpyright": basedpyright,
}


def programs() -> list[str]:
    """Return the names of the programs."""
    return sorted(path.name for path in PROGRAMS.glob("*.py"))


def expected(program: str, checker: str) -> Path:
    """Return the path of the expected output."""
    return EXPECTED / f"{program.removesuffix('.py')}.{checker}.txt"


def written(remarks: Sequence[Remark]) -> str:
    """Format messages as in the expected output."""
    return "".join(f"{remark}\n" for remark in remarks)


def refused(remarks: Sequence[Remark]) -> set[int]:
    """Return the lines with an error."""
    return {remark.line for remark in remarks if remark.severity == "error"}


def wrong(program: str) -> set[int]:
    """Return the lines that are marked as wrong."""
    lines = (PROGRAMS / program).read_text(encoding="utf-8").splitlines()
    return {number for number, line in enumerate(lines, 1) if WRONG.search(line)}


def _copied(folder: Path) -> list[str]:
    """Copy the programs to a folder outside this source tree."""
    names = programs()
    for name in names:
        (folder / name).write_bytes((PROGRAMS / name).read_bytes())
    return names
