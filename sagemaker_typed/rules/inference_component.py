"""Inference components, and the resources they run with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._aws import is_archive
from sagemaker_typed.rules._rule import Source, Violation, prose, rule, superseded

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        CreateInferenceComponentRequest,
        InferenceComponentComputeResourceRequirements,
        InferenceComponentContainerSpecification,
        InferenceComponentRollingUpdatePolicy,
        InferenceComponentSpecification,
        UpdateInferenceComponentRequest,
    )


@rule(
    "inference-component/artifact-is-an-archive",
    severity="advice",
    shape="InferenceComponentContainerSpecification",
    members="ArtifactUrl",
    message="ArtifactUrl should name a single .tar.gz archive.",
    source=Source("2023-11-29", 1051),
    note="advice only: published requests that work name a prefix",
)
def artifact_is_an_archive(
    container: InferenceComponentContainerSpecification,
) -> Iterator[Violation]:
    if container.artifact_url is not None and not is_archive(container.artifact_url):
        yield Violation("ArtifactUrl", expected="a path that ends with '.tar.gz'")


@rule(
    "inference-component/memory-minimum-within-maximum",
    severity="warning",
    shape="InferenceComponentComputeResourceRequirements",
    members=("MaxMemoryRequiredInMb", "MinMemoryRequiredInMb"),
    message="MinMemoryRequiredInMb must not exceed MaxMemoryRequiredInMb.",
    source=Source("2023-11-29", 1087),
    also=(Source("2023-11-29", 1091),),
)
def memory_minimum_within_maximum(
    needs: InferenceComponentComputeResourceRequirements,
) -> Iterator[Violation]:
    most = needs.max_memory_required_in_mb
    if most is not None and needs.min_memory_required_in_mb > most:
        yield Violation("MinMemoryRequiredInMb", "MaxMemoryRequiredInMb")


@rule(
    "inference-component/one-device-for-a-partition",
    severity="warning",
    shape="InferenceComponentComputeResourceRequirements",
    members=("AcceleratorPartitionType", "NumberOfAcceleratorDevicesRequired"),
    message="NumberOfAcceleratorDevicesRequired must be 1 if AcceleratorPartitionType is set.",
    source=prose("InferenceComponentComputeResourceRequirements.AcceleratorPartitionType"),
)
def one_device_for_a_partition(
    needs: InferenceComponentComputeResourceRequirements,
) -> Iterator[Violation]:
    if needs.number_of_accelerator_devices_required != 1:
        yield Violation(
            "NumberOfAcceleratorDevicesRequired", "AcceleratorPartitionType", expected="1"
        )


@rule(
    "inference-component/one-kind-of-specification",
    severity="warning",
    shape=("CreateInferenceComponentRequest", "UpdateInferenceComponentRequest"),
    members=("Specifications", "Specification"),
    message="Give Specification or Specifications, not both.",
    source=prose("CreateInferenceComponentInput.Specifications"),
)
def one_kind_of_specification(
    request: CreateInferenceComponentRequest | UpdateInferenceComponentRequest,
) -> Iterator[Violation]:
    if request.specification is not None:
        yield Violation("Specifications", "Specification", expected="one of the two")


@rule(
    "inference-component/listed-specifications-have-types",
    severity="warning",
    shape="InferenceComponentSpecification",
    of_list=True,
    members="InstanceType",
    message="Each of several specifications needs an InstanceType.",
    source=prose("InferenceComponentSpecification.InstanceType"),
)
def listed_specifications_have_types(
    specifications: tuple[InferenceComponentSpecification, ...],
) -> Iterator[Violation]:
    if len(specifications) > 1:
        for index, specification in enumerate(specifications):
            if specification.instance_type is None:
                yield Violation(f"[{index}].InstanceType", expected="an instance type")


@rule(
    "inference-component/adapter-has-no-resources",
    severity="warning",
    shape="InferenceComponentSpecification",
    members=("BaseInferenceComponentName", "ComputeResourceRequirements"),
    message="An adapter must omit ComputeResourceRequirements: it uses those of its base "
    "component.",
    source=prose("InferenceComponentSpecification.ComputeResourceRequirements"),
)
def adapter_has_no_resources(specification: InferenceComponentSpecification) -> Iterator[Violation]:
    if specification.compute_resource_requirements is not None:
        yield Violation("BaseInferenceComponentName", "ComputeResourceRequirements")


@rule(
    "inference-component/adapter-has-artifacts",
    severity="warning",
    shape="InferenceComponentSpecification",
    members=("BaseInferenceComponentName", "Container.ArtifactUrl"),
    message="An adapter needs an ArtifactUrl in its Container.",
    source=prose("InferenceComponentSpecification.BaseInferenceComponentName"),
)
def adapter_has_artifacts(specification: InferenceComponentSpecification) -> Iterator[Violation]:
    if specification.container is None or specification.container.artifact_url is None:
        yield Violation(
            "Container", "BaseInferenceComponentName", expected="an ArtifactUrl for the adapter"
        )


@rule(
    "inference-component/rolling-batch-size",
    severity="warning",
    shape="InferenceComponentRollingUpdatePolicy",
    members="MaximumBatchSize",
    message="MaximumBatchSize must be from 5 to 50 percent of the copies.",
    source=prose("InferenceComponentRollingUpdatePolicy.MaximumBatchSize"),
)
def rolling_batch_size(policy: InferenceComponentRollingUpdatePolicy) -> Iterator[Violation]:
    size = policy.maximum_batch_size
    if size.type == "CAPACITY_PERCENT" and not 5 <= size.value <= 50:
        yield Violation("MaximumBatchSize.Value", expected="from 5 to 50 percent")


ENVIRONMENT_ENTRIES = superseded(
    "inference-component/environment-of-16",
    severity="warning",
    shape="InferenceComponentContainerSpecification",
    members="Environment",
    message="Environment must have at most 16 entries.",
    source=Source("2023-11-29", 1055),
    by="the service model allows 100 entries, which the types check; its prose still says 16",
)

VARIANT_REQUIRED = superseded(
    "inference-component/variant-required",
    severity="warning",
    shape="CreateInferenceComponentRequest",
    members=("VariantName", "Specification", "RuntimeConfig"),
    message="A component must have a VariantName, a Specification and a RuntimeConfig.",
    source=Source("2023-11-29", 1023),
    also=(Source("2023-11-29", 1033), Source("2023-11-29", 1099)),
    by="optional in the service model: an adapter has the variant and the copies of its base, and "
    "there may be several specifications",
)

RESOURCES_REQUIRED = superseded(
    "inference-component/resources-required",
    severity="warning",
    shape="InferenceComponentSpecification",
    members="ComputeResourceRequirements",
    message="A component must have ComputeResourceRequirements.",
    source=Source("2023-11-29", 1073),
    by="optional in the service model: inference-component/adapter-has-no-resources",
)
