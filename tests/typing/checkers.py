"""The checkers, run once each over programs that use the package as it is installed."""

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
# The line after this comment is one that both checkers have to refuse, and no other.
WRONG: Final = re.compile(r"# wrong$")
BIN: Final = Path(sys.executable).parent


@dataclass(frozen=True)
class Remark:
    """What a checker says about a line."""

    line: int
    severity: str
    text: str
    rule: str

    def __str__(self) -> str:
        rule = f"  [{self.rule}]" if self.rule else ""
        # A message of several lines stays together.
        text = self.text.replace("\n", "\n    ").replace("\u00a0", " ")
        return f"{self.line}: {self.severity}: {text}{rule}"


def installed(folder: Path) -> Environment:
    """An environment with the wheel of this tree, and the dependencies that we have ourselves."""
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
    """What ``mypy --strict`` says, a program at a time."""
    names = _copied(folder)
    python = f"--python-executable={environment.python}"
    options = ["--strict", "--python-version=3.10", "--no-error-summary", "--config-file="]
    cache = f"--cache-dir={folder / 'cache'}"
    told = run([BIN / "mypy", *options, python, cache, "--output=json", *names], folder)
    found: dict[str, list[Remark]] = defaultdict(list)
    for line in told.output.splitlines():
        if not line.startswith("{"):
            raise RuntimeError(told.output)
        one = json.loads(line)
        for text in (one["message"], *(one["hint"] or "").split("\n")):
            if text:
                severity = one["severity"] if text is one["message"] else "note"
                code = one["code"] or ""
                remark = Remark(one["line"], severity, text, code if severity == "error" else "")
                found[one["file"]].append(remark)
    return {name: found[name] for name in names}


def basedpyright(environment: Environment, folder: Path) -> Mapping[str, Sequence[Remark]]:
    """What basedpyright says in its strict mode, a program at a time."""
    names = _copied(folder)
    settings = {"typeCheckingMode": "strict", "pythonVersion": "3.10", "include": names}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    python = f"--pythonpath={environment.python}"
    told = run([BIN / "basedpyright", python, "--outputjson"], folder)
    found: dict[str, list[Remark]] = defaultdict(list)
    for one in json.loads(told.output)["generalDiagnostics"]:
        line = one["range"]["start"]["line"] + 1
        remark = Remark(line, one["severity"], one["message"], one.get("rule", ""))
        found[Path(one["file"]).name].append(remark)
    return {name: sorted(found[name], key=lambda remark: remark.line) for name in names}


CHECKERS: Final[Mapping[str, Callable[[Environment, Path], Mapping[str, Sequence[Remark]]]]] = {
    "mypy": mypy,
    "basedpyright": basedpyright,
}


def programs() -> list[str]:
    """The names of the programs."""
    return sorted(path.name for path in PROGRAMS.glob("*.py"))


def expected(program: str, checker: str) -> Path:
    """Where the golden output stands."""
    return EXPECTED / f"{program.removesuffix('.py')}.{checker}.txt"


def written(remarks: Sequence[Remark]) -> str:
    """As the golden files have it."""
    return "".join(f"{remark}\n" for remark in remarks)


def refused(remarks: Sequence[Remark]) -> set[int]:
    """The lines with an error."""
    return {remark.line for remark in remarks if remark.severity == "error"}


def wrong(program: str) -> set[int]:
    """The lines that say of themselves that they are wrong."""
    lines = (PROGRAMS / program).read_text(encoding="utf-8").splitlines()
    return {number for number, line in enumerate(lines, 1) if WRONG.search(line)}


def _copied(folder: Path) -> list[str]:
    """The programs, outside this source tree."""
    names = programs()
    for name in names:
        (folder / name).write_bytes((PROGRAMS / name).read_bytes())
    return names
