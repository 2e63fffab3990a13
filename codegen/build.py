"""From a service to the finished files of its package."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from codegen import bundled_model
from codegen.emit import runtime
from codegen.emit.context import Target
from codegen.emit.package import package
from codegen.format import formatted
from codegen.model import ir, naming
from codegen.model.patterns import NotEnforced, enforcement
from codegen.sources import service_model
from codegen.sources.json_text import read_bytes

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """A package of this repository that is generated from the pinned botocore."""

    service: str
    target: Target
    keeps_model: bool = False  # and has a service model of its own, for a quick start

    @property
    def folder(self) -> Path:
        return ROOT.joinpath(*self.target.package.split("."))


MAIN = Committed(
    service="sagemaker",
    target=Target(
        package="sagemaker_typed",
        has_handwritten_init=True,
        base=runtime.DEPLOYING_CLIENT,
    ),
    keeps_model=True,
)


def _sister(service: str) -> Committed:
    """The package of another of botocore's SageMaker services, named by what follows that word."""
    name = service.removeprefix("sagemaker").strip("-")
    if not service.startswith("sagemaker-"):  # one word in botocore; its id has capitals
        service_id = service_model.installed(service).service_id
        name = naming.snake(re.sub("(?i)^sagemaker", "", service_id))
    package = f"{MAIN.target.package}.{name.replace('-', '_')}"
    return Committed(service=service, target=Target(package=package))


COMMITTED = (
    MAIN,
    *(
        _sister(service)
        for service in service_model.installed_services()
        if service.startswith("sagemaker") and service != MAIN.service
    ),
)


def build(service: ir.Service, target: Target) -> dict[str, str]:
    """The files of the package, by path, as they are on disk."""
    return formatted(package(service, target), target.package)


def build_committed(one: Committed) -> dict[str, str]:
    """The files of a package of this repository."""
    service = service_model.installed(one.service)
    files = build(service, one.target)
    if one.keeps_model:
        path = service_model.installed_file(one.service)
        files[bundled_model.FILE] = bundled_model.trimmed(
            read_bytes(path),
            read_bytes(path.parents[2] / "endpoints.json"),
            botocore=service.source.version,
            where=str(path),
        )
    return files


def not_enforced(service: ir.Service) -> dict[str, str]:
    """The shapes whose pattern nothing checks, and why."""
    return {
        shape.name: found.reason
        for shape in service.shapes.values()
        if isinstance(shape, ir.Scalar)
        and shape.pattern is not None
        and isinstance(found := enforcement(shape.pattern), NotEnforced)
    }
