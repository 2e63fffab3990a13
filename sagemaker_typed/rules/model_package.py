"""Model packages with and without versions, and sources of model data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._aws import IMAGE_PATH, is_archive, is_image_path, repeated
from sagemaker_typed.rules._rule import Source, Violation, prose, rule, superseded

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        AdditionalInferenceSpecificationDefinition,
        CreateModelPackageRequest,
        ModelDataSource,
        ModelPackageContainerDefinition,
        S3ModelDataSource,
        SourceAlgorithm,
    )

# The model


@rule(
    "model-package/model-data-is-an-archive",
    severity="advice",
    shape="ModelPackageContainerDefinition",
    members="ModelDataUrl",
    message="ModelDataUrl should name a single .tar.gz archive.",
    source=Source("2019-09-25", 445),
    note="advice only, as for the artifacts of an inference component",
)
def model_data_is_an_archive(container: ModelPackageContainerDefinition) -> Iterator[Violation]:
    if container.model_data_url is not None and not is_archive(container.model_data_url):
        yield Violation("ModelDataUrl", expected="a path that ends with '.tar.gz'")


@rule(
    "model-package/image-path",
    severity="warning",
    shape="ModelPackageContainerDefinition",
    members="Image",
    message="Image must have a registry and a repository, and may have a tag or a digest.",
    source=Source("2019-09-25", 437),
)
def image_path(container: ModelPackageContainerDefinition) -> Iterator[Violation]:
    if container.image is not None and not is_image_path(container.image):
        yield Violation("Image", expected=IMAGE_PATH)


@rule(
    "model-package/source-model-data-is-an-archive",
    severity="advice",
    shape="SourceAlgorithm",
    members="ModelDataUrl",
    message="ModelDataUrl should name a single .tar.gz archive.",
    source=Source("2019-09-25", 1359),
    note="advice only, as for the artifacts of an inference component",
)
def source_model_data_is_an_archive(algorithm: SourceAlgorithm) -> Iterator[Violation]:
    if algorithm.model_data_url is not None and not is_archive(algorithm.model_data_url):
        yield Violation("ModelDataUrl", expected="a path that ends with '.tar.gz'")


@rule(
    "model-package/payload-is-an-archive",
    severity="warning",
    shape="CreateModelPackageRequest",
    members="SamplePayloadUrl",
    message="SamplePayloadUrl must name a single .tar.gz archive.",
    source=prose("CreateModelPackageInput.SamplePayloadUrl"),
)
def payload_is_an_archive(request: CreateModelPackageRequest) -> Iterator[Violation]:
    if request.sample_payload_url is not None and not is_archive(request.sample_payload_url):
        yield Violation("SamplePayloadUrl", expected="a path that ends with '.tar.gz'")


@rule(
    "model-data/some-source",
    severity="warning",
    shape="ModelDataSource",
    members="S3DataSource",
    message="Give a data source for the model data.",
    source=prose("ModelDataSource"),
    always=True,
)
def some_source(source: ModelDataSource) -> Iterator[Violation]:
    if source.s3_data_source is None:
        yield Violation("S3DataSource", expected="a data source")


@rule(
    "model-data/prefix-ends-with-slash",
    severity="warning",
    shape="S3ModelDataSource",
    members=("S3DataType", "S3Uri"),
    message="An S3 prefix of model data must end with a slash.",
    source=prose("S3ModelDataSource.S3DataType"),
)
def prefix_ends_with_slash(source: S3ModelDataSource) -> Iterator[Violation]:
    if source.s3_data_type == "S3Prefix" and not source.s3_uri.endswith("/"):
        yield Violation("S3Uri", expected="a slash at the end of the prefix")


# Versioned and unversioned


@rule(
    "model-package/name-or-group",
    severity="advice",
    shape="CreateModelPackageRequest",
    members=("ModelPackageName", "ModelPackageGroupName"),
    message="ModelPackageName does not apply to a package in a group.",
    source=prose("CreateModelPackageInput.ModelPackageName"),
    also=(prose("CreateModelPackageInput.ModelPackageGroupName"),),
)
def name_or_group(request: CreateModelPackageRequest) -> Iterator[Violation]:
    if request.model_package_group_name is not None:
        yield Violation("ModelPackageName", "ModelPackageGroupName", expected="one of the two")


@rule(
    "model-package/some-name-or-group",
    severity="warning",
    shape="CreateModelPackageRequest",
    members=("ModelPackageName", "ModelPackageGroupName"),
    message="Give ModelPackageName or ModelPackageGroupName.",
    source=prose("CreateModelPackageInput.ModelPackageName"),
    also=(prose("CreateModelPackageInput.ModelPackageGroupName"),),
    always=True,
)
def some_name_or_group(request: CreateModelPackageRequest) -> Iterator[Violation]:
    if request.model_package_name is None and request.model_package_group_name is None:
        yield Violation("ModelPackageName", "ModelPackageGroupName", expected="one of the two")


NAME_REQUIRED = superseded(
    "model-package/name-required",
    severity="warning",
    shape="CreateModelPackageRequest",
    members="ModelPackageName",
    message="ModelPackageName is required.",
    source=Source("2019-09-25", 1105),
    by="the service model knows packages that are versions of a group: model-package/name-or-group",
)


@rule(
    "model-package/no-tags-in-a-group",
    severity="warning",
    shape="CreateModelPackageRequest",
    members=("ModelPackageGroupName", "Tags"),
    message="A package in a group cannot have tags of its own: it uses those of the group.",
    source=prose("CreateModelPackageInput.Tags"),
)
def no_tags_in_a_group(request: CreateModelPackageRequest) -> Iterator[Violation]:
    if request.tags:
        yield Violation("ModelPackageGroupName", "Tags", expected="the tags on the group")


@rule(
    "model-package/marketplace-is-for-unversioned",
    severity="advice",
    shape="CreateModelPackageRequest",
    members=("CertifyForMarketplace", "ModelPackageGroupName"),
    message="CertifyForMarketplace does not apply to a package in a group.",
    source=prose("CreateModelPackageInput.CertifyForMarketplace"),
    note="advice only, for True: the service returns False for every package in a group",
)
def marketplace_is_for_unversioned(request: CreateModelPackageRequest) -> Iterator[Violation]:
    if request.certify_for_marketplace and request.model_package_group_name is not None:
        yield Violation("CertifyForMarketplace", "ModelPackageGroupName")


@rule(
    "model-package/approval-is-for-versions",
    severity="advice",
    shape="CreateModelPackageRequest",
    members=("ModelApprovalStatus", "ModelPackageGroupName"),
    message="ModelApprovalStatus does not apply to a package without a group.",
    source=prose("CreateModelPackageInput.ModelApprovalStatus"),
)
def approval_is_for_versions(request: CreateModelPackageRequest) -> Iterator[Violation]:
    if request.model_package_name is not None and request.model_package_group_name is None:
        yield Violation("ModelApprovalStatus", "ModelPackageGroupName")


@rule(
    "model-package/transform-types-of-unversioned",
    severity="warning",
    shape="CreateModelPackageRequest",
    members=("InferenceSpecification.SupportedTransformInstanceTypes", "ModelPackageGroupName"),
    message="A package without a group must list the instance types for transform jobs.",
    source=prose("InferenceSpecification.SupportedTransformInstanceTypes"),
)
def transform_types_of_unversioned(request: CreateModelPackageRequest) -> Iterator[Violation]:
    inference = request.inference_specification
    if (
        inference is not None
        and request.model_package_group_name is None
        and (not inference.supported_transform_instance_types)
    ):
        yield Violation(
            "InferenceSpecification.SupportedTransformInstanceTypes",
            expected="instance types, outside of a group",
        )


@rule(
    "model-package/real-time-types-of-unversioned",
    severity="warning",
    shape="CreateModelPackageRequest",
    members=(
        "InferenceSpecification.SupportedRealtimeInferenceInstanceTypes",
        "ModelPackageGroupName",
    ),
    message="A package without a group must list the instance types for real-time inference.",
    source=prose("InferenceSpecification.SupportedRealtimeInferenceInstanceTypes"),
)
def real_time_types_of_unversioned(request: CreateModelPackageRequest) -> Iterator[Violation]:
    inference = request.inference_specification
    if (
        inference is not None
        and request.model_package_group_name is None
        and (not inference.supported_realtime_inference_instance_types)
    ):
        yield Violation(
            "InferenceSpecification.SupportedRealtimeInferenceInstanceTypes",
            expected="instance types, outside of a group",
        )


@rule(
    "model-package/says-what-it-is-made-of",
    severity="advice",
    shape="CreateModelPackageRequest",
    members=("ModelPackageName", "InferenceSpecification", "SourceAlgorithmSpecification"),
    message="Give InferenceSpecification or SourceAlgorithmSpecification.",
    source=Source("2019-09-25", 1019),
)
def says_what_it_is_made_of(request: CreateModelPackageRequest) -> Iterator[Violation]:
    if (
        request.inference_specification is None
        and request.source_algorithm_specification is None
        and request.source_uri is None
    ):
        yield Violation(
            "InferenceSpecification", "SourceAlgorithmSpecification", expected="one of the two"
        )


@rule(
    "model-package/additional-names-differ",
    severity="warning",
    shape="AdditionalInferenceSpecificationDefinition",
    of_list=True,
    members="Name",
    message="Names of additional inference specifications must be unique.",
    source=prose("AdditionalInferenceSpecificationDefinition.Name"),
)
def additional_names_differ(
    specifications: tuple[AdditionalInferenceSpecificationDefinition, ...],
) -> Iterator[Violation]:
    for index in repeated(specification.name for specification in specifications):
        yield Violation(f"[{index}].Name", expected="a name that no other has")


TASKS = frozenset(
    {
        "IMAGE_CLASSIFICATION", "OBJECT_DETECTION", "TEXT_GENERATION", "IMAGE_SEGMENTATION",
        "FILL_MASK", "CLASSIFICATION", "REGRESSION", "OTHER",
    }
)  # fmt: skip


@rule(
    "model-package/task-for-recommender",
    severity="advice",
    shape="CreateModelPackageRequest",
    members="Task",
    message="Inference Recommender supports eight tasks.",
    source=prose("CreateModelPackageInput.Task"),
)
def task_for_recommender(request: CreateModelPackageRequest) -> Iterator[Violation]:
    if request.task not in TASKS:
        yield Violation("Task", expected=" or ".join(map(repr, sorted(TASKS))))
