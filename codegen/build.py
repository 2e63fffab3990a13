"""Build the files of a package, and of every package of this repository."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from codegen import bundled_model
from codegen.emit import rules_index, rules_page, runtime, runtime_tables, testing_operations
from codegen.emit.aio import aio
from codegen.emit.context import Target
from codegen.emit.package import package
from codegen.emit.runtime_stubs import runtime_stubs
from codegen.format import formatted
from codegen.model import ir, naming
from codegen.model.classes import plan
from codegen.model.patterns import NotEnforced, enforcement
from codegen.sources import service_model
from codegen.sources.json_text import read_bytes
from codegen.table_checks import check_tables

ROOT = Path(__file__).parent.parent
STUBS = ROOT / "stubs" / "sagemaker_typed"
"""The wheel has these beside their sources. Here they are apart, so our checks see the sources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """A package of this repository, generated from the pinned botocore."""

    service: str
    target: Target

    @property
    def folder(self) -> Path:
        return ROOT.joinpath(*self.target.package.split("."))


MAIN = Committed(
    service="sagemaker",
    target=Target(
        package="sagemaker_typed",
        has_handwritten_init=True,
        base=runtime.DEPLOYING_CLIENT,
        async_base=runtime.ASYNC_DEPLOYING_CLIENT,
    ),
)


def _other_service(service: str) -> Committed:
    """Return the package of another service, named after the words behind ``sagemaker``."""
    name = service.removeprefix("sagemaker").strip("-")
    if not service.startswith("sagemaker-"):  # one word in botocore; its id has capitals
        service_id = service_model.installed(service).service_id
        name = naming.snake(re.sub("(?i)^sagemaker", "", service_id))
    package = f"{MAIN.target.package}.{name.replace('-', '_')}"
    return Committed(service=service, target=Target(package=package, origin=runtime.ORIGIN))


COMMITTED = (
    MAIN,
    *(
        _other_service(service)
        for service in service_model.installed_services()
        if service.startswith("sagemaker") and service != MAIN.service
    ),
)


def build(service: ir.Service, target: Target) -> dict[str, str]:
    """Return the formatted files of a package, by path."""
    return formatted(package(service, target), target.package)


def build_committed() -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield every folder of this repository with generated files, and those files by path."""
    services = {each.service: service_model.installed(each.service) for each in COMMITTED}
    check_tables(services)
    packages = {each.folder: build(services[each.service], each.target) for each in COMMITTED}
    packages[MAIN.folder] |= _main_files(services) | _asynchronous(services)
    yield from packages.items()
    yield STUBS, _stubs_of_the_runtime(packages)
    yield ROOT / "docs", {rules_page.FILE: rules_page.rules_page(plan(services[MAIN.service]))}


def _asynchronous(services: Mapping[str, ir.Service]) -> dict[str, str]:
    """Return the asynchronous clients: ``client`` of SageMaker, and one module for each package."""
    files: dict[str, str] = {}
    for each in COMMITTED:
        name = "client" if each is MAIN else each.folder.name
        files |= aio(services[each.service], each.target, f"aio/{name}.py")
    return formatted(files, MAIN.target.package)


def _main_files(services: Mapping[str, ir.Service]) -> dict[str, str]:
    """Return the files that only the main package has: model, tables and two indexes."""
    service = services[MAIN.service]
    source = service_model.installed_file(service.name)
    version = service.source.version
    model = bundled_model.path(service.name, source.parent.name, version)
    indexes = {
        rules_index.FILE: rules_index.rules_index(plan(service)),
        testing_operations.FILE: testing_operations.testing_operations(
            {each.target.package: services[each.service] for each in COMMITTED}
        ),
    }
    return {
        model: bundled_model.trimmed(read_bytes(source), str(source)),
        **runtime_tables.runtime_tables(service),
        **formatted(indexes, MAIN.target.package),
    }


def _stubs_of_the_runtime(packages: Mapping[Path, Mapping[str, str]]) -> dict[str, str]:
    """Return the stubs of the runtime's modules that the types of these packages reach."""
    generated = {
        folder / path: text for folder, files in packages.items() for path, text in files.items()
    }
    stubs = runtime_stubs(MAIN.folder, generated)
    return formatted(stubs, MAIN.target.package)


def not_enforced(service: ir.Service) -> dict[str, str]:
    """Return the shapes whose pattern is not checked, with the reason."""
    return {
        shape.name: result.reason
        for shape in service.shapes.values()
        if isinstance(shape, ir.Scalar)
        and shape.pattern is not None
        and isinstance(result := enforcement(shape.pattern), NotEnforced)
    }
