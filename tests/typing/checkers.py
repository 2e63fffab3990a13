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
from importlib.metadata import distribution
from pathlib import Path
from typing import Final, TypeAlias

from benchmarks.typing.environments import Environment, build_wheel
from benchmarks.typing.processes import run

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PROGRAMS: Final = Path(__file__).parent / "programs"
EXPECTED: Final = Path(__file__).parent / "expected"
# Each checker must refuse each line with this comment, and no other line.
WRONG: Final = re.compile(r"# wrong$")
# The line of ty, and that of zuban.
MESSAGE: Final = re.compile(
    r"^(?P<name>[^:\n]+\.py):(?P<line>\d+):(?:\d+:)? "
    r"(?P<severity>error|warning|info|note)(?:\[(?P<rule>[\w-]+)\]|:) (?P<text>.*)$",
    re.MULTILINE,
)
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


def installed_alone(folder: Path) -> Environment:
    """Create an environment with the wheel and the distributions that it requires, no others."""
    environment = installed(folder)
    (dependencies,) = environment.folder.rglob("dependencies.pth")
    packages = dependencies.parent
    dependencies.unlink()
    waiting, linked = ["boto3", "pydantic", "tenacity", "typing-extensions"], set[str]()
    while waiting:
        name = waiting.pop()
        if name in linked:
            continue
        linked.add(name)
        package = distribution(name)
        for part in {file.parts[0] for file in package.files or ()} - {"..", "__pycache__"}:
            (packages / part).symlink_to(Path(str(package.locate_file(part))))
        for requirement in package.requires or ():
            if "extra ==" not in requirement and "python_version <" not in requirement:
                waiting.append(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])
    return environment


def mypy(environment: Environment, folder: Path) -> Mapping[str, Sequence[Remark]]:
    """Run ``mypy --strict``, and return the messages by program."""
    return _mypy(environment, folder, "")


def _mypy(
    environment: Environment, folder: Path, configuration: Path | str
) -> Mapping[str, Sequence[Remark]]:
    names = _copied(folder)
    python = f"--python-executable={environment.python}"
    options = ["--strict", "--python-version=3.10", "--no-error-summary"]
    options.append(f"--config-file={configuration}")
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


def plugin(environment: Environment, folder: Path) -> Mapping[str, Sequence[Remark]]:
    """Run ``mypy --strict`` with Pydantic's plugin."""
    configuration = folder / "plugin.ini"
    configuration.write_text("[mypy]\nplugins = pydantic.mypy\n", encoding="utf-8")
    return _mypy(environment, folder, configuration)


def forbidding(environment: Environment, folder: Path) -> Mapping[str, Sequence[Remark]]:
    """Run ``mypy --strict`` with Pydantic's plugin and its strict settings."""
    configuration = folder / "forbidding.ini"
    settings = "[pydantic-mypy]\ninit_forbid_extra = true\ninit_typed = true\n"
    configuration.write_text(f"[mypy]\nplugins = pydantic.mypy\n{settings}", encoding="utf-8")
    return _mypy(environment, folder, configuration)


def pyrefly(environment: Environment, folder: Path) -> Mapping[str, Sequence[Remark]]:
    """Run pyrefly with its own defaults."""
    names = _copied(folder)
    (folder / "pyrefly.toml").write_text('python-version = "3.10"\n', encoding="utf-8")
    python = f"--python-interpreter-path={environment.python}"
    command = [BIN / "pyrefly", "check", python, "--output-format=json", *names]
    remarks: dict[str, list[Remark]] = defaultdict(list)
    # Its own log stands around the JSON.
    output = run(command, folder).output
    report, _ = json.JSONDecoder().raw_decode(output, output.index("{"))
    for message in report["errors"]:
        # The programs reveal types, and checkers know that function without an import.
        if message["name"] != "unimported-directive":
            text = message["concise_description"]
            remark = Remark(message["line"], message["severity"], text, message["name"])
            remarks[Path(message["path"]).name].append(remark)
    return {name: remarks[name] for name in names}


def ty(environment: Environment, folder: Path) -> Mapping[str, Sequence[Remark]]:
    """Run ty with its own defaults."""
    names = _copied(folder)
    options = ["--python-version=3.10", "--output-format=concise", f"--python={environment.folder}"]
    return _lines(run([BIN / "ty", "check", *options, *names], folder).output, names)


def zuban(environment: Environment, folder: Path) -> Mapping[str, Sequence[Remark]]:
    """Run zuban as mypy runs with ``--strict``."""
    names = _copied(folder)
    options = ["--strict", "--python-version=3.10", f"--python-executable={environment.python}"]
    return _lines(run([BIN / "zuban", "mypy", *options, *names], folder).output, names)


def _lines(output: str, names: Sequence[str]) -> Mapping[str, Sequence[Remark]]:
    """Read messages of one line each: place, severity, rule before or after the text."""
    remarks: dict[str, list[Remark]] = defaultdict(list)
    for match in MESSAGE.finditer(output):
        name, line, severity, rule, text = match.groups(default="")
        remarks[Path(name).name].append(Remark(int(line), severity, text, rule))
    return {name: remarks[name] for name in names}


Checker: TypeAlias = Callable[[Environment, Path], Mapping[str, Sequence[Remark]]]

# The words of the first two are golden; of all of them, the lines that they refuse.
WORDED: Final[Mapping[str, Checker]] = {"mypy": mypy, "basedpyright": basedpyright}
CHECKERS: Final[Mapping[str, Checker]] = {
    **WORDED,
    "mypy with Pydantic's plugin": plugin,
    "mypy with Pydantic's plugin, strict": forbidding,
    "pyrefly": pyrefly,
    "ty": ty,
    "zuban": zuban,
}


def limits(checker: str, program: str) -> set[int]:
    """Return the lines that a checker judges wrongly, for a reason in ``limits.toml``."""
    rows = tomllib.loads((Path(__file__).parent / "limits.toml").read_text("utf-8"))["limits"]
    lines = (PROGRAMS / program).read_text(encoding="utf-8").splitlines()
    return {
        lines.index(line) + 1
        for row in rows
        if row["checker"] == checker and row["program"] == program
        for line in row["lines"]
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
