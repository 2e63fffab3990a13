"""The rules that a client checks before it sends a request."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import InitErrorDetails

    from sagemaker_typed.core.shapes.shape import Shape
    from sagemaker_typed.rules import Finding, Severity


@dataclass(frozen=True, kw_only=True)
class RulePolicy:
    """The rules of ``sagemaker_typed.rules`` that a client checks before it sends a request.

    A broken rule of severity ``error`` refuses the request. A broken rule of another severity gives
    a ``RuleWarning``. ``off`` lists the ids of rules that are not checked, for a rule that the
    service has relaxed. Raises ``ValueError`` for an unknown id.
    """

    severities: Collection[Severity] = ("error", "warning")
    off: Collection[str] = ()

    def __post_init__(self) -> None:
        if self.off:
            self._findings(None)  # raises for an unknown id

    def check(self, request: Shape) -> None:
        """Warn of broken rules.

        Raises ``pydantic.ValidationError`` with every broken rule of severity ``error``.
        """
        findings = self._findings(request)
        if findings:
            self._report(type(request), findings)

    def explain(
        self, shape: type[Shape], members: Mapping[str, object], refusal: ValidationError
    ) -> ValidationError:
        """Add the broken rules of severity ``error`` to the refusal of a request."""
        from pydantic_core import ValidationError

        from sagemaker_typed.core.schema.paths import location, touches
        from sagemaker_typed.core.validation.strict import repeat

        errors = refusal.errors(include_url=False)
        refused = {error["loc"] for error in errors}
        broken = [
            _error(finding)
            for finding in self._findings(_readable(shape, members), of_refused=True)
            if finding.severity == "error"
            and not any(touches(location(path), refused) for path in finding.python_paths)
        ]
        return ValidationError.from_exception_data(shape.__name__, [*map(repeat, errors), *broken])

    def _findings(self, request: Shape | None, *, of_refused: bool = False) -> tuple[Finding, ...]:
        from sagemaker_typed.rules._checker import checker

        rules = checker(frozenset(self.severities), frozenset(self.off), of_refused=of_refused)
        return () if request is None else rules.check(request)

    def _report(self, shape: type[Shape], findings: tuple[Finding, ...]) -> None:
        refusals = [_error(finding) for finding in findings if finding.severity == "error"]
        for finding in findings:
            if finding.severity != "error":
                from sagemaker_typed.rules import RuleWarning

                message = f"{finding}{_hint(finding)}"
                warnings.warn(message, RuleWarning, stacklevel=_level_of_the_caller())
        if refusals:
            from pydantic_core import ValidationError

            raise ValidationError.from_exception_data(shape.__name__, refusals)


def _level_of_the_caller() -> int:
    """Return the ``stacklevel`` of the first frame outside of this package."""
    import inspect
    from pathlib import Path

    package = str(Path(__file__).parents[1])
    level, frame = 0, inspect.currentframe()
    while frame is not None and frame.f_code.co_filename.startswith(package):
        level, frame = level + 1, frame.f_back
    return level


def _readable(shape: type[Shape], members: Mapping[str, object]) -> Shape:
    """Read a refused request leniently, to check the rest of its members."""
    documented = {name: member.documented for name, member in shape.__members__.items()}
    return shape.from_service({documented.get(name, name): members[name] for name in members})


def _error(finding: Finding) -> InitErrorDetails:
    from pydantic_core import InitErrorDetails, PydanticCustomError

    from sagemaker_typed.core.schema.paths import location

    context = {
        "rule": finding.id,
        "severity": finding.severity,
        "documented_path": finding.paths[0] if finding.paths else "",
        "paths": list(finding.paths),
        "problem": f"{finding}{_hint(finding)}",
    }
    return InitErrorDetails(
        type=PydanticCustomError("rule", "{problem}", context),
        loc=location(finding.python_paths[0]) if finding.python_paths else (),
        input=", ".join(finding.values),
    )


def _hint(finding: Finding) -> str:
    return f"; RulePolicy(off=[{finding.id!r}]) turns this rule off"
