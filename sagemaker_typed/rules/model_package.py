"""Model packages, versioned and not, and where model data is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._facts import IMAGE_PATH, is_archive, is_image_path, repeated
from sagemaker_typed.rules._rule import Breach, Source, prose, rule, superseded

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        AdditionalInferenceSpecificationDefinition,
        CreateModelPackageRequest,
        ModelDataSource,
        ModelPackageContainerDefinition,
        S3ModelDataSource,
        SourceAlgorithm,
    )

# Where the model is


@rule(
    "model-package/model-data-is-an-archive",
    grade="warning",
    shape="ModelPackageContainerDefinition",
    members="ModelDataUrl",
    says="Model artifacts are one gzip-compressed tar archive.",
    source=Source("2019-09-25", 445),
)
def model_data_is_an_archive(container: ModelPackageContainerDefinition) -> Iterator[Breach]:
    if container.model_data_url is not None and not is_archive(container.model_data_url):
        yield Breach("ModelDataUrl", expected="a path that ends with '.tar.gz'")


@rule(
    "model-package/image-path",
    grade="warning",
    shape="ModelPackageContainerDefinition",
    members="Image",
    says="The path of an image is its registry and its repository, and a tag or a digest.",
    source=Source("2019-09-25", 437),
)
def image_path(container: ModelPackageContainerDefinition) -> Iterator[Breach]:
    if container.image is not None and not is_image_path(container.image):
        yield Breach("Image", expected=IMAGE_PATH)


@rule(
    "model-package/source-model-data-is-an-archive",
    grade="warning",
    shape="SourceAlgorithm",
    members="ModelDataUrl",
    says="Model artifacts are one gzip-compressed tar archive.",
    source=Source("2019-09-25", 1359),
)
def source_model_data_is_an_archive(algorithm: SourceAlgorithm) -> Iterator[Breach]:
    if algorithm.model_data_url is not None and not is_archive(algorithm.model_data_url):
        yield Breach("ModelDataUrl", expected="a path that ends with '.tar.gz'")


@rule(
    "model-package/payload-is-an-archive",
    grade="warning",
    shape="CreateModelPackageRequest",
    members="SamplePayloadUrl",
    says="A sample payload is one gzip-compressed tar archive.",
    source=prose("CreateModelPackageInput.SamplePayloadUrl"),
)
def payload_is_an_archive(request: CreateModelPackageRequest) -> Iterator[Breach]:
    if request.sample_payload_url is not None and not is_archive(request.sample_payload_url):
        yield Breach("SamplePayloadUrl", expected="a path that ends with '.tar.gz'")


@rule(
    "model-data/some-source",
    grade="warning",
    shape="ModelDataSource",
    members="S3DataSource",
    says="Model data is in one place.",
    source=prose("ModelDataSource"),
    always=True,
)
def some_source(source: ModelDataSource) -> Iterator[Breach]:
    if source.s3_data_source is None:
        yield Breach("S3DataSource", expected="a data source")


@rule(
    "model-data/prefix-ends-with-slash",
    grade="warning",
    shape="S3ModelDataSource",
    members=("S3DataType", "S3Uri"),
    says="A prefix of model data ends with a slash.",
    source=prose("S3ModelDataSource.S3DataType"),
)
def prefix_ends_with_slash(source: S3ModelDataSource) -> Iterator[Breach]:
    if source.s3_data_type == "S3Prefix" and not source.s3_uri.endswith("/"):
        yield Breach("S3Uri", expected="a slash at the end of the prefix")


# Versioned and unversioned


@rule(
    "model-package/name-or-group",
    grade="warning",
    shape="CreateModelPackageRequest",
    members=("ModelPackageName", "ModelPackageGroupName"),
    says="A package has a name of its own, or is a version of its group.",
    source=prose("CreateModelPackageInput.ModelPackageName"),
    also=(prose("CreateModelPackageInput.ModelPackageGroupName"),),
)
def name_or_group(request: CreateModelPackageRequest) -> Iterator[Breach]:
    if request.model_package_group_name is not None:
        yield Breach("ModelPackageName", "ModelPackageGroupName", expected="one of the two")


@rule(
    "model-package/some-name-or-group",
    grade="warning",
    shape="CreateModelPackageRequest",
    members=("ModelPackageName", "ModelPackageGroupName"),
    says="A package has a name of its own, or a group.",
    source=prose("CreateModelPackageInput.ModelPackageName"),
    also=(prose("CreateModelPackageInput.ModelPackageGroupName"),),
    always=True,
)
def some_name_or_group(request: CreateModelPackageRequest) -> Iterator[Breach]:
    if request.model_package_name is None and request.model_package_group_name is None:
        yield Breach("ModelPackageName", "ModelPackageGroupName", expected="one of the two")


NAME_REQUIRED = superseded(
    "model-package/name-required",
    grade="warning",
    shape="CreateModelPackageRequest",
    members="ModelPackageName",
    says="Every package has a name.",
    source=Source("2019-09-25", 1105),
    by="the service model knows packages that are versions of a group: model-package/name-or-group",
)


@rule(
    "model-package/no-tags-in-a-group",
    grade="warning",
    shape="CreateModelPackageRequest",
    members=("ModelPackageGroupName", "Tags"),
    says="A version has the tags of its group, and none of its own.",
    source=prose("CreateModelPackageInput.Tags"),
)
def no_tags_in_a_group(request: CreateModelPackageRequest) -> Iterator[Breach]:
    if request.tags:
        yield Breach("ModelPackageGroupName", "Tags", expected="the tags on the group")


@rule(
    "model-package/marketplace-is-for-unversioned",
    grade="warning",
    shape="CreateModelPackageRequest",
    members=("CertifyForMarketplace", "ModelPackageGroupName"),
    says="Versions of a group are not certified for the Marketplace.",
    source=prose("CreateModelPackageInput.CertifyForMarketplace"),
)
def marketplace_is_for_unversioned(request: CreateModelPackageRequest) -> Iterator[Breach]:
    if request.model_package_group_name is not None:
        yield Breach("CertifyForMarketplace", "ModelPackageGroupName")


@rule(
    "model-package/approval-is-for-versions",
    grade="warning",
    shape="CreateModelPackageRequest",
    members=("ModelApprovalStatus", "ModelPackageGroupName"),
    says="Versions of a group are approved; other packages are not.",
    source=prose("CreateModelPackageInput.ModelApprovalStatus"),
)
def approval_is_for_versions(request: CreateModelPackageRequest) -> Iterator[Breach]:
    if request.model_package_name is not None and request.model_package_group_name is None:
        yield Breach("ModelApprovalStatus", "ModelPackageGroupName")


@rule(
    "model-package/transform-types-of-unversioned",
    grade="warning",
    shape="CreateModelPackageRequest",
    members=("InferenceSpecification.SupportedTransformInstanceTypes", "ModelPackageGroupName"),
    says="A package outside of a group lists the instance types for transform jobs.",
    source=prose("InferenceSpecification.SupportedTransformInstanceTypes"),
)
def transform_types_of_unversioned(request: CreateModelPackageRequest) -> Iterator[Breach]:
    inference = request.inference_specification
    if (
        inference is not None
        and request.model_package_group_name is None
        and (not inference.supported_transform_instance_types)
    ):
        yield Breach(
            "InferenceSpecification.SupportedTransformInstanceTypes",
            expected="instance types, outside of a group",
        )


@rule(
    "model-package/real-time-types-of-unversioned",
    grade="warning",
    shape="CreateModelPackageRequest",
    members=(
        "InferenceSpecification.SupportedRealtimeInferenceInstanceTypes",
        "ModelPackageGroupName",
    ),
    says="A package outside of a group lists the instance types for endpoints.",
    source=prose("InferenceSpecification.SupportedRealtimeInferenceInstanceTypes"),
)
def real_time_types_of_unversioned(request: CreateModelPackageRequest) -> Iterator[Breach]:
    inference = request.inference_specification
    if (
        inference is not None
        and request.model_package_group_name is None
        and (not inference.supported_realtime_inference_instance_types)
    ):
        yield Breach(
            "InferenceSpecification.SupportedRealtimeInferenceInstanceTypes",
            expected="instance types, outside of a group",
        )


@rule(
    "model-package/says-what-it-is-made-of",
    grade="advice",
    shape="CreateModelPackageRequest",
    members=("ModelPackageName", "InferenceSpecification", "SourceAlgorithmSpecification"),
    says="A package is made of a container, or of an algorithm.",
    source=Source("2019-09-25", 1019),
)
def says_what_it_is_made_of(request: CreateModelPackageRequest) -> Iterator[Breach]:
    if (
        request.inference_specification is None
        and request.source_algorithm_specification is None
        and request.source_uri is None
    ):
        yield Breach(
            "InferenceSpecification", "SourceAlgorithmSpecification", expected="one of the two"
        )


@rule(
    "model-package/additional-names-differ",
    grade="warning",
    shape="AdditionalInferenceSpecificationDefinition",
    of_list=True,
    members="Name",
    says="No two additional specifications have one name.",
    source=prose("AdditionalInferenceSpecificationDefinition.Name"),
)
def additional_names_differ(
    specifications: tuple[AdditionalInferenceSpecificationDefinition, ...],
) -> Iterator[Breach]:
    for index in repeated(specification.name for specification in specifications):
        yield Breach(f"[{index}].Name", expected="a name that no other has")


TASKS = frozenset(
    {
        "IMAGE_CLASSIFICATION", "OBJECT_DETECTION", "TEXT_GENERATION", "IMAGE_SEGMENTATION",
        "FILL_MASK", "CLASSIFICATION", "REGRESSION", "OTHER",
    }
)  # fmt: skip


@rule(
    "model-package/task-for-recommender",
    grade="advice",
    shape="CreateModelPackageRequest",
    members="Task",
    says="Inference Recommender knows eight tasks.",
    source=prose("CreateModelPackageInput.Task"),
)
def task_for_recommender(request: CreateModelPackageRequest) -> Iterator[Breach]:
    if request.task not in TASKS:
        yield Breach("Task", expected=" or ".join(map(repr, sorted(TASKS))))
