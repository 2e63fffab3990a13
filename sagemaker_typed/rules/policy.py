"""Which of the documented rules a client checks before it sends."""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import InitErrorDetails, ValidationError

    from sagemaker_typed.core.shapes.shape import Shape
    from sagemaker_typed.rules import Finding, Severity

_INDEX_OR_NAME = r"\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|([^.\[\]]+)"


@dataclass(frozen=True, kw_only=True)
class RulePolicy:
    """Which rules of ``sagemaker_typed.rules`` hold for a client.

    A broken rule of severity ``error`` refuses the request, one of another severity is a
    ``RuleWarning``. The service may relax a rule before this package does: ``off`` names the ids
    that are not to be checked. Raises ``ValueError`` for an id that there is not.
    """

    severities: Collection[Severity] = ("error", "warning")
    off: Collection[str] = ()

    def __post_init__(self) -> None:
        if self.off:
            self._findings(None)

    def check(self, request: Shape) -> None:
        """Refuse a request that breaks a rule, or warn of it.

        Raises ``pydantic.ValidationError`` with every broken rule of severity ``error``.
        """
        findings = self._findings(request)
        if findings:
            self._report(type(request), findings)

    def explain(
        self, shape: type[Shape], members: Mapping[str, object], refusal: ValidationError
    ) -> ValidationError:
        """The refusal of a request together with the rules that what was given breaks."""
        from pydantic_core import ValidationError

        from sagemaker_typed.core.validation.messages import repeat

        faults = refusal.errors(include_url=False)
        places = {fault["loc"] for fault in faults}
        findings = self._findings(_readable(shape, members), of_refused=True)
        told = [
            _told(finding)
            for finding in findings
            if finding.severity == "error" and not _touches(finding, places)
        ]
        return ValidationError.from_exception_data(shape.__name__, [*map(repeat, faults), *told])

    def _findings(self, request: Shape | None, *, of_refused: bool = False) -> tuple[Finding, ...]:
        from sagemaker_typed.rules._checker import checker

        made = checker(frozenset(self.severities), frozenset(self.off), of_refused=of_refused)
        return () if request is None else made.check(request)

    def _report(self, shape: type[Shape], findings: tuple[Finding, ...]) -> None:
        refusals = [_told(finding) for finding in findings if finding.severity == "error"]
        for finding in findings:
            if finding.severity != "error":
                from sagemaker_typed.rules import RuleWarning

                message = f"{finding}{_hint(finding)}"
                warnings.warn(message, RuleWarning, stacklevel=_level_of_the_caller())
        if refusals:
            from pydantic_core import ValidationError

            raise ValidationError.from_exception_data(shape.__name__, refusals)


def _level_of_the_caller() -> int:
    """The ``stacklevel`` of the first frame that is not this package's."""
    import inspect
    from pathlib import Path

    package = str(Path(__file__).parents[1])
    level, frame = 0, inspect.currentframe()
    while frame is not None and frame.f_code.co_filename.startswith(package):
        level, frame = level + 1, frame.f_back
    return level


def _readable(shape: type[Shape], members: Mapping[str, object]) -> Shape:
    """As much of a refused request as can be made out."""
    documented = {name: member.documented for name, member in shape.__members__.items()}
    return shape.from_service({documented.get(name, name): members[name] for name in members})


def _told(finding: Finding) -> InitErrorDetails:
    from pydantic_core import InitErrorDetails, PydanticCustomError

    context = {
        "rule": finding.id,
        "severity": finding.severity,
        "documented_path": finding.paths[0] if finding.paths else "",
        "paths": list(finding.paths),
        "problem": f"{finding}{_hint(finding)}",
    }
    return InitErrorDetails(
        type=PydanticCustomError("rule", "{problem}", context),
        loc=_location(finding.python_paths[0]) if finding.python_paths else (),
        input=", ".join(finding.values),
    )


def _hint(finding: Finding) -> str:
    return f"; RulePolicy(off=[{finding.id!r}]) turns this rule off"


def _touches(finding: Finding, places: Collection[tuple[int | str, ...]]) -> bool:
    """Whether a rule compares what was refused already."""
    compared = [_location(path) for path in finding.python_paths]
    return any(
        place[: len(path)] == path or path[: len(place)] == place
        for place in places
        for path in compared
    )


def _location(path: str) -> tuple[int | str, ...]:
    """``a[0].b`` as Pydantic writes it: ``("a", 0, "b")``."""
    return tuple(
        int(index) if index else key or name
        for index, key, name in re.findall(_INDEX_OR_NAME, path)
    )
