"""Pipelines and their versions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from sagemaker_typed.core.schema.paths import write_path
from sagemaker_typed.rules import _pipeline_definition
from sagemaker_typed.rules._rule import Violation, prose, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        CreatePipelineRequest,
        DescribePipelineRequest,
        UpdatePipelineRequest,
    )

    Request: TypeAlias = CreatePipelineRequest | UpdatePipelineRequest

_MEMBER = "PipelineDefinition"
_SHAPES = ("CreatePipelineRequest", "UpdatePipelineRequest")
_SOURCE = prose("CreatePipelineRequest.PipelineDefinition")
_OF_UPDATE = (prose("UpdatePipelineRequest.PipelineDefinition"),)


def _violations(request: Request, kind: _pipeline_definition.Kind) -> Iterator[Violation]:
    """Yield the problems of one kind, with their places in the JSON of the definition."""
    for problem in _pipeline_definition.problems_of_text(request.pipeline_definition or ""):
        if problem.kind == kind:
            path = write_path((_MEMBER, *problem.path))
            yield Violation(path, expected=problem.text)


@rule(
    "pipeline/version-or-alias",
    severity="warning",
    shape="DescribePipelineRequest",
    members=("PipelineVersionId", "PipelineVersionAlias"),
    message="Give PipelineVersionId or PipelineVersionAlias, not both.",
    source=prose("DescribePipelineRequest.PipelineVersionId"),
    also=(prose("DescribePipelineRequest.PipelineVersionAlias"),),
)
def version_or_alias(request: DescribePipelineRequest) -> Iterator[Violation]:
    if request.pipeline_version_alias is not None:
        yield Violation("PipelineVersionId", "PipelineVersionAlias", expected="one of the two")


@rule(
    "pipeline/definition-is-json",
    severity="warning",
    shape=_SHAPES,
    members=_MEMBER,
    message="The definition must be a JSON object, as a string.",
    source=_SOURCE,
    also=_OF_UPDATE,
)
def definition_is_json(request: Request) -> Iterator[Violation]:
    return _violations(request, "json")


@rule(
    "pipeline/definition-structure",
    severity="warning",
    shape=_SHAPES,
    members=_MEMBER,
    message="The definition must have the documented structure.",
    source=_SOURCE,
    also=_OF_UPDATE,
)
def definition_structure(request: Request) -> Iterator[Violation]:
    return _violations(request, "structure")


@rule(
    "pipeline/step-arguments",
    severity="warning",
    shape=_SHAPES,
    members=_MEMBER,
    message="The arguments of a step must be the request of its job.",
    source=_SOURCE,
    also=_OF_UPDATE,
)
def step_arguments(request: Request) -> Iterator[Violation]:
    return _violations(request, "arguments")


@rule(
    "pipeline/definition-names-differ",
    severity="warning",
    shape=_SHAPES,
    members=_MEMBER,
    message="Names in a definition must differ.",
    source=_SOURCE,
    also=_OF_UPDATE,
)
def definition_names_differ(request: Request) -> Iterator[Violation]:
    return _violations(request, "names")


@rule(
    "pipeline/definition-references",
    severity="warning",
    shape=_SHAPES,
    members=_MEMBER,
    message="A reference must lead to a part of the definition.",
    source=_SOURCE,
    also=_OF_UPDATE,
)
def definition_references(request: Request) -> Iterator[Violation]:
    return _violations(request, "references")


@rule(
    "pipeline/definition-without-cycles",
    severity="warning",
    shape=_SHAPES,
    members=_MEMBER,
    message="Steps cannot wait for each other.",
    source=_SOURCE,
    also=_OF_UPDATE,
)
def definition_without_cycles(request: Request) -> Iterator[Violation]:
    return _violations(request, "cycles")


@rule(
    "pipeline/parameters-are-used",
    severity="advice",
    shape=_SHAPES,
    members=_MEMBER,
    message="A parameter without use has no effect.",
    source=_SOURCE,
    also=_OF_UPDATE,
)
def parameters_are_used(request: Request) -> Iterator[Violation]:
    return _violations(request, "unused")
