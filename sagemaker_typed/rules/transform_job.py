"""Batch transform, as a job of its own and as one that validates a package."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._aws import ANY_KEY, has_local_storage, is_key
from sagemaker_typed.rules._rule import Source, Violation, prose, rule, superseded

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        CreateTransformJobRequest,
        TransformJobDefinition,
        TransformOutput,
        TransformResources,
        TransformS3DataSource,
    )


@rule(
    "transform-job/no-augmented-manifest",
    severity="warning",
    shape="TransformS3DataSource",
    members="S3DataType",
    message="Batch transform does not support augmented manifests.",
    source=Source("2019-09-25", 737),
    also=(Source("2019-09-25", 735),),
)
def no_augmented_manifest(source: TransformS3DataSource) -> Iterator[Violation]:
    if source.s3_data_type == "AugmentedManifestFile":
        yield Violation("S3DataType", expected="'S3Prefix' or 'ManifestFile'")


@rule(
    "transform-job/output-kms-key-format",
    severity="warning",
    shape="TransformOutput",
    members="KmsKeyId",
    message="KmsKeyId must be a key id, a key ARN, an alias or an alias ARN.",
    source=Source("2019-09-25", 787),
)
def output_kms_key_format(output: TransformOutput) -> Iterator[Violation]:
    if output.kms_key_id and not is_key(output.kms_key_id):
        yield Violation("KmsKeyId", expected=ANY_KEY)


@rule(
    "transform-job/volume-kms-key-format",
    severity="warning",
    shape="TransformResources",
    members="VolumeKmsKeyId",
    message="VolumeKmsKeyId must be a key id, a key ARN, an alias or an alias ARN.",
    source=prose("TransformResources.VolumeKmsKeyId"),
)
def volume_kms_key_format(resources: TransformResources) -> Iterator[Violation]:
    if resources.volume_kms_key_id and not is_key(resources.volume_kms_key_id):
        yield Violation("VolumeKmsKeyId", expected=ANY_KEY)


NO_ALIAS = superseded(
    "transform-job/volume-kms-key-is-no-alias",
    severity="warning",
    shape="TransformResources",
    members="VolumeKmsKeyId",
    message="VolumeKmsKeyId must be a key id or a key ARN.",
    source=Source("2019-09-25", 815),
    by="the service model lists aliases too: transform-job/volume-kms-key-format",
)


@rule(
    "transform-job/volume-kms-key-excludes-local-storage",
    severity="warning",
    shape="TransformResources",
    members=("VolumeKmsKeyId", "InstanceType"),
    message="VolumeKmsKeyId cannot be set for an instance type with local storage.",
    source=prose("TransformResources.VolumeKmsKeyId"),
)
def volume_kms_key_excludes_local_storage(resources: TransformResources) -> Iterator[Violation]:
    if resources.volume_kms_key_id and has_local_storage(resources.instance_type):
        yield Violation("VolumeKmsKeyId", "InstanceType")


@rule(
    "transform-job/at-most-100-instances",
    severity="warning",
    shape="TransformResources",
    members="InstanceCount",
    message="A transform job can use at most 100 instances.",
    source=prose("TransformResources.InstanceCount"),
)
def at_most_100_instances(resources: TransformResources) -> Iterator[Violation]:
    if resources.instance_count > 100:
        yield Violation("InstanceCount", expected="at most 100")


@rule(
    "transform-job/batches-need-splitting",
    severity="advice",
    shape="CreateTransformJobRequest",
    members=("BatchStrategy", "TransformInput.SplitType"),
    message="BatchStrategy has an effect only if SplitType splits the input into records.",
    source=prose("CreateTransformJobRequest.BatchStrategy"),
)
def batches_need_splitting(request: CreateTransformJobRequest) -> Iterator[Violation]:
    if request.transform_input.split_type in {None, "None"}:
        yield Violation(
            "TransformInput.SplitType", "BatchStrategy", expected="Line, RecordIO or TFRecord"
        )


@rule(
    "transform-job/validation-batches-need-splitting",
    severity="advice",
    shape="TransformJobDefinition",
    members=("BatchStrategy", "TransformInput.SplitType"),
    message="BatchStrategy has an effect only if SplitType splits the input into records.",
    source=Source("2019-09-25", 759),
)
def validation_batches_need_splitting(job: TransformJobDefinition) -> Iterator[Violation]:
    if job.transform_input.split_type in {None, "None"}:
        yield Violation(
            "TransformInput.SplitType", "BatchStrategy", expected="Line, RecordIO or TFRecord"
        )


@rule(
    "transform-job/payload-at-most-100-mb",
    severity="warning",
    shape="CreateTransformJobRequest",
    members="MaxPayloadInMB",
    message="MaxPayloadInMB must be at most 100.",
    source=prose("CreateTransformJobRequest.MaxPayloadInMB"),
)
def payload_at_most_100_mb(request: CreateTransformJobRequest) -> Iterator[Violation]:
    if request.max_payload_in_mb is not None and request.max_payload_in_mb > 100:
        yield Violation("MaxPayloadInMB", expected="at most 100")


@rule(
    "transform-job/payloads-at-once-at-most-100-mb",
    severity="warning",
    shape="CreateTransformJobRequest",
    members=("MaxConcurrentTransforms", "MaxPayloadInMB"),
    message="MaxConcurrentTransforms times MaxPayloadInMB must be at most 100.",
    source=prose("CreateTransformJobRequest.MaxPayloadInMB"),
)
def payloads_at_once_at_most_100_mb(request: CreateTransformJobRequest) -> Iterator[Violation]:
    at_once, size = request.max_concurrent_transforms, request.max_payload_in_mb
    if at_once is not None and size is not None and size <= 100 < at_once * size:
        yield Violation("MaxConcurrentTransforms", "MaxPayloadInMB", expected="a product of 100")
