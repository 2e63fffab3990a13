"""Processing jobs: inputs, outputs and instances."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._aws import has_local_storage, repeated
from sagemaker_typed.rules._rule import Violation, prose, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        DatasetDefinition,
        ProcessingClusterConfig,
        ProcessingInput,
        ProcessingInstancePreference,
        ProcessingOutput,
    )


@rule(
    "processing-job/one-kind-of-input",
    severity="warning",
    shape="ProcessingInput",
    members=("S3Input", "DatasetDefinition"),
    message="Give exactly one of S3Input and DatasetDefinition.",
    source=prose("ProcessingInput"),
    always=True,
)
def one_kind_of_input(input_: ProcessingInput) -> Iterator[Violation]:
    if (input_.s3_input is None) == (input_.dataset_definition is None):
        yield Violation("S3Input", "DatasetDefinition", expected="one of the two")


@rule(
    "processing-job/one-kind-of-output",
    severity="warning",
    shape="ProcessingOutput",
    members=("S3Output", "FeatureStoreOutput"),
    message="Give exactly one of S3Output and FeatureStoreOutput.",
    source=prose("ProcessingOutput"),
    always=True,
)
def one_kind_of_output(output: ProcessingOutput) -> Iterator[Violation]:
    if (output.s3_output is None) == (output.feature_store_output is None):
        yield Violation("S3Output", "FeatureStoreOutput", expected="one of the two")


@rule(
    "processing-job/feature-store-output-is-app-managed",
    severity="warning",
    shape="ProcessingOutput",
    members=("FeatureStoreOutput", "AppManaged"),
    message="FeatureStoreOutput needs AppManaged.",
    source=prose("ProcessingOutput.FeatureStoreOutput"),
)
def feature_store_output_is_app_managed(output: ProcessingOutput) -> Iterator[Violation]:
    if not output.app_managed:
        yield Violation("FeatureStoreOutput", "AppManaged", expected="AppManaged True")


@rule(
    "processing-job/one-kind-of-dataset",
    severity="warning",
    shape="DatasetDefinition",
    members=("AthenaDatasetDefinition", "RedshiftDatasetDefinition"),
    message="Give exactly one of AthenaDatasetDefinition and RedshiftDatasetDefinition.",
    source=prose("DatasetDefinition"),
    always=True,
)
def one_kind_of_dataset(dataset: DatasetDefinition) -> Iterator[Violation]:
    if (dataset.athena_dataset_definition is None) == (dataset.redshift_dataset_definition is None):
        yield Violation(
            "AthenaDatasetDefinition", "RedshiftDatasetDefinition", expected="one of the two"
        )


@rule(
    "processing-job/dataset-has-a-path",
    severity="warning",
    shape="ProcessingInput",
    members=("DatasetDefinition", "DatasetDefinition.LocalPath", "AppManaged"),
    message="DatasetDefinition needs a LocalPath unless AppManaged is True.",
    source=prose("DatasetDefinition.LocalPath"),
)
def dataset_has_a_path(input_: ProcessingInput) -> Iterator[Violation]:
    dataset = input_.dataset_definition
    if dataset is not None and dataset.local_path is None and not input_.app_managed:
        yield Violation("DatasetDefinition.LocalPath", expected="a path, unless AppManaged is True")


@rule(
    "processing-job/volume-kms-key-excludes-local-storage",
    severity="warning",
    shape="ProcessingClusterConfig",
    members=("VolumeKmsKeyId", "InstanceType"),
    message="VolumeKmsKeyId cannot be set for an instance type with local storage.",
    source=prose("ProcessingClusterConfig.VolumeKmsKeyId"),
)
def volume_kms_key_excludes_local_storage(config: ProcessingClusterConfig) -> Iterator[Violation]:
    if config.volume_kms_key_id and has_local_storage(config.instance_type):
        yield Violation("VolumeKmsKeyId", "InstanceType")


@rule(
    "processing-job/preferences-exclude-instance-type",
    severity="warning",
    shape="ProcessingClusterConfig",
    members=("InstancePreferences", "InstanceType"),
    message="Give InstanceType or InstancePreferences, not both.",
    source=prose("ProcessingClusterConfig.InstancePreferences"),
)
def preferences_exclude_instance_type(config: ProcessingClusterConfig) -> Iterator[Violation]:
    if config.instance_type is not None:
        yield Violation("InstancePreferences", "InstanceType", expected="one of the two")


@rule(
    "processing-job/preferences-count-all-or-none",
    severity="error",
    shape="ProcessingClusterConfig",
    members=("InstancePreferences", "InstancePreferences[].InstanceCount"),
    message="Give InstanceCount for every preference or for none, not only for some.",
    source=prose("ProcessingInstancePreference.InstanceCount"),
)
def preferences_count_all_or_none(config: ProcessingClusterConfig) -> Iterator[Violation]:
    counts = [preference.instance_count for preference in config.instance_preferences or ()]
    if None in counts and any(count is not None for count in counts):
        yield Violation(
            *(f"InstancePreferences[{i}].InstanceCount" for i, n in enumerate(counts) if n is None)
        )


@rule(
    "processing-job/preferences-count-once",
    severity="error",
    shape="ProcessingClusterConfig",
    members=("InstancePreferences", "InstanceCount", "InstancePreferences[].InstanceCount"),
    message="Give InstanceCount for the job or for every preference, not for both.",
    source=prose("ProcessingInstancePreference.InstanceCount"),
)
def preferences_count_once(config: ProcessingClusterConfig) -> Iterator[Violation]:
    counted = [p.instance_count is not None for p in config.instance_preferences or ()]
    if config.instance_count is not None and any(counted):
        at = counted.index(True)
        yield Violation("InstanceCount", f"InstancePreferences[{at}].InstanceCount")


@rule(
    "processing-job/preferences-count-somewhere",
    severity="error",
    shape="ProcessingClusterConfig",
    members=("InstancePreferences", "InstanceCount", "InstancePreferences[].InstanceCount"),
    message="Give InstanceCount for the job or for every preference: it cannot be omitted.",
    source=prose("ProcessingInstancePreference.InstanceCount"),
)
def preferences_count_somewhere(config: ProcessingClusterConfig) -> Iterator[Violation]:
    preferences = config.instance_preferences or ()
    if config.instance_count is None and all(p.instance_count is None for p in preferences):
        yield Violation("InstanceCount", expected="a count, here or on every preferred type")


@rule(
    "processing-job/preferred-types-differ",
    severity="warning",
    shape="ProcessingInstancePreference",
    of_list=True,
    members="InstanceType",
    message="An instance type can appear only once in InstancePreferences.",
    source=prose("ProcessingInstancePreference.InstanceType"),
)
def preferred_types_differ(
    preferences: tuple[ProcessingInstancePreference, ...],
) -> Iterator[Violation]:
    for index in repeated(preference.instance_type for preference in preferences):
        yield Violation(f"[{index}].InstanceType", expected="a type that is not listed before")


@rule(
    "processing-job/selected-instances-are-answers",
    severity="error",
    shape="ProcessingClusterConfig",
    members=("SelectedInstanceType", "SelectedInstanceCount"),
    message="SelectedInstanceType and SelectedInstanceCount are read-only: a request must not set"
    " them.",
    source=prose("ProcessingClusterConfig.SelectedInstanceType"),
    also=(prose("ProcessingClusterConfig.SelectedInstanceCount"),),
    always=True,
)
def selected_instances_are_answers(config: ProcessingClusterConfig) -> Iterator[Violation]:
    if config.selected_instance_type is not None:
        yield Violation("SelectedInstanceType", expected="nothing in a request")
    if config.selected_instance_count is not None:
        yield Violation("SelectedInstanceCount", expected="nothing in a request")
