"""The modules of shapes and operations, as a newcomer looks for them."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from codegen.model.classes import Plan, plan
from codegen.model.layout import Layout, layout
from codegen.model.resources import Resources, resources
from codegen.overrides import table
from codegen.sources import service_model


@cache
def laid_out(service: str) -> tuple[Plan, Resources, Layout]:
    planned = plan(service_model.installed(service))
    about = resources(planned.service)
    return planned, about, layout(planned, about.of)


@pytest.mark.parametrize(
    ("operation", "module"),
    [
        ("CreateEndpointConfig", "endpoint_config"),
        ("ListEndpointConfigs", "endpoint_config"),
        ("UpdateEndpointWeightsAndCapacities", "endpoint"),
        ("PutEndpointPolicy", "endpoint"),
        ("ListCodeRepositories", "code_repository"),
        ("BatchDescribeModelPackage", "model_package"),
        ("CreatePresignedDomainUrl", "domain"),
        ("CreateAutoMLJobV2", "auto_ml_job"),
        ("ListCandidatesForAutoMLJob", "auto_ml_job"),
        ("ListTrainingJobsForHyperParameterTuningJob", "hyper_parameter_tuning_job"),
        ("StartPipelineExecution", "pipeline_execution"),
        ("BatchAddClusterNodes", "cluster"),
        ("ListUltraServersByReservedCapacity", "reserved_capacity"),
        ("AddTags", "tag"),
        ("Search", "search"),
    ],
)
def test_an_operation_lives_with_its_resource(operation: str, module: str) -> None:
    planned, _, placed = laid_out("sagemaker")
    assert placed.models[planned.requests[operation]] == module
    if operation in planned.responses:
        assert placed.models[planned.responses[operation]] == module


@pytest.mark.parametrize(
    ("shape", "module"),
    [
        ("ProductionVariant", "endpoint_config"),
        ("ProductionVariantSummary", "endpoint"),
        ("ContainerDefinition", "model"),
        ("TrainingJob", "training_job"),  # only Search returns it, and Search owns nothing
        ("SearchRecord", "search"),
        ("Tag", "tag"),
        ("VpcConfig", "common"),
        ("ResourceInUse", "errors"),
        ("UserSettings", "user_profile"),
        ("AutoMLCandidate", "auto_ml_job"),
        ("ProcessingInput", "processing_job"),
    ],
)
def test_a_shape_lives_where_it_is_looked_for(shape: str, module: str) -> None:
    assert laid_out("sagemaker")[2].models[shape] == module


def test_what_one_resource_alone_leads_to_lives_with_it() -> None:
    planned, about, placed = laid_out("sagemaker")
    alone = 0
    for name, cls in planned.classes.items():
        uses = planned.uses.get(cls.documented or "", {})
        users = {about.of[operation] for names in uses.values() for operation in names}
        if not cls.operation and not cls.structure.exception and len(users - {"search"}) == 1:
            alone += 1
            assert placed.models[name] in users, name
    assert alone > 500


@pytest.mark.parametrize("service", ["sagemaker", "sagemaker-runtime", "lambda", "glue"])
def test_no_module_is_a_heap_and_few_are_crumbs(service: str) -> None:
    planned, _, placed = laid_out(service)
    assert placed.models.keys() == planned.classes.keys()
    assert placed.enums.keys() == planned.enums.keys()

    sizes = Counter(placed.models.values())
    members: Counter[str] = Counter()
    for name, module in placed.models.items():
        members[module] += len(planned.classes[name].structure.members)
    assert max(members.values()) < 1000
    assert sum(size == 1 for size in sizes.values()) <= 1
    assert sizes["common"] < len(planned.classes) / 20


def test_every_row_of_the_table_is_about_something_that_is_there() -> None:
    service = service_model.installed("sagemaker")
    modules = set(laid_out("sagemaker")[2].models.values())
    for row in table("layout")["operations"]:
        assert row["operation"] in service.operations
        assert row["module"] in modules
        assert row["reason"]
    for row in table("layout")["shapes"]:
        assert row["shape"] in service.shapes
        assert row["module"] in modules
        assert row["reason"]
