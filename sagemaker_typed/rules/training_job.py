"""Training jobs: algorithm, channels, resources, limits and debugging."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from sagemaker_typed.rules._aws import (
    ANY_KEY,
    ID_OR_ARN,
    IMAGE_PATH,
    compiled,
    has_ebs_only,
    has_local_storage,
    has_no_accelerator,
    is_image_path,
    is_key,
    repeated,
)
from sagemaker_typed.rules._rule import Source, Violation, prose, rule, superseded

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        AlgorithmSpecification,
        Channel,
        CollectionConfiguration,
        CreateTrainingJobRequest,
        DebugRuleConfiguration,
        FileSystemDataSource,
        HyperParameterAlgorithmSpecification,
        HyperParameterTrainingJobDefinition,
        InstancePreference,
        OutputDataConfig,
        PlacementSpecification,
        ProfilerConfig,
        ProfilerConfigForUpdate,
        ProfilerRuleConfiguration,
        ResourceConfig,
        S3DataSource,
        ServerlessJobConfig,
        StoppingCondition,
        TrainingImageConfig,
        TrainingJobDefinition,
    )

    Job: TypeAlias = (
        CreateTrainingJobRequest | HyperParameterTrainingJobDefinition | TrainingJobDefinition
    )

JOBS = ("CreateTrainingJobRequest", "HyperParameterTrainingJobDefinition", "TrainingJobDefinition")
"""The shapes that describe the data and the resources of a training job."""

# The algorithm


@rule(
    "training-job/algorithm-name-or-image",
    severity="error",
    shape="AlgorithmSpecification",
    members=("AlgorithmName", "TrainingImage"),
    message="Give AlgorithmName or TrainingImage, not both: the job may fail.",
    source=Source("2023-11-29", 5038),
    also=(Source("2023-11-29", 5040),),
)
def algorithm_name_or_image(algorithm: AlgorithmSpecification) -> Iterator[Violation]:
    if algorithm.training_image is not None:
        yield Violation("AlgorithmName", "TrainingImage", expected="one of the two")


@rule(
    "training-job/some-algorithm",
    severity="error",
    shape="AlgorithmSpecification",
    members=("AlgorithmName", "TrainingImage"),
    message="Give AlgorithmName or TrainingImage: without one, the job may fail.",
    source=Source("2023-11-29", 5026),
    also=(Source("2023-11-29", 5040),),
    always=True,
)
def some_algorithm(algorithm: AlgorithmSpecification) -> Iterator[Violation]:
    if algorithm.algorithm_name is None and algorithm.training_image is None:
        yield Violation("AlgorithmName", "TrainingImage", expected="one of the two")


@rule(
    "tuning-job/algorithm-name-or-image",
    severity="warning",
    shape="HyperParameterAlgorithmSpecification",
    members=("AlgorithmName", "TrainingImage"),
    message="Give AlgorithmName or TrainingImage, not both.",
    source=prose("HyperParameterAlgorithmSpecification.AlgorithmName"),
)
def tuned_algorithm_name_or_image(
    algorithm: HyperParameterAlgorithmSpecification,
) -> Iterator[Violation]:
    if algorithm.training_image is not None:
        yield Violation("AlgorithmName", "TrainingImage", expected="one of the two")


@rule(
    "training-job/image-path",
    severity="warning",
    shape="AlgorithmSpecification",
    members="TrainingImage",
    message="TrainingImage must have a registry and a repository, and may have a tag or a digest.",
    source=Source("2023-11-29", 5022),
)
def image_path(algorithm: AlgorithmSpecification) -> Iterator[Violation]:
    image = algorithm.training_image
    if image is not None and not is_image_path(image):
        yield Violation("TrainingImage", expected=IMAGE_PATH)


@rule(
    "training-job/private-registry-through-vpc",
    severity="warning",
    shape="TrainingImageConfig",
    members=("TrainingRepositoryAuthConfig", "TrainingRepositoryAccessMode"),
    message="TrainingRepositoryAuthConfig needs the TrainingRepositoryAccessMode Vpc.",
    source=Source("2023-11-29", 5102),
    also=(Source("2023-11-29", 5106),),
)
def private_registry_through_vpc(config: TrainingImageConfig) -> Iterator[Violation]:
    if config.training_repository_access_mode == "Platform":
        yield Violation("TrainingRepositoryAccessMode", expected="'Vpc', for a private registry")


# The data


def _default_mode(job: Job) -> str | None:
    # The definition of a job that validates an algorithm has the mode of its own.
    algorithm = getattr(job, "algorithm_specification", job)
    mode: str | None = getattr(algorithm, "training_input_mode", None)
    return mode


def _channels(job: Job) -> Iterator[tuple[int, Channel, str | None]]:
    """Yield each channel with its index and its input mode."""
    mode = _default_mode(job)
    for index, channel in enumerate(job.input_data_config or ()):
        yield index, channel, channel.input_mode or mode


@rule(
    "training-job/augmented-manifest-needs-pipe",
    severity="warning",
    shape=JOBS,
    members=("InputDataConfig", "InputDataConfig[].DataSource.S3DataSource.S3DataType"),
    message="An augmented manifest needs the input mode Pipe.",
    source=Source("2023-11-29", 5164),
    also=(Source("2023-11-29", 5062), Source("2019-09-25", 545)),
)
def augmented_manifest_needs_pipe(job: Job) -> Iterator[Violation]:
    for index, channel, mode in _channels(job):
        s3 = channel.data_source.s3_data_source
        if s3 is not None and s3.s3_data_type == "AugmentedManifestFile" and mode in NOT_PIPE:
            yield Violation(
                f"InputDataConfig[{index}].DataSource.S3DataSource.S3DataType",
                f"InputDataConfig[{index}].InputMode",
                expected=f"the input mode Pipe; that of the channel is {mode}",
            )


NOT_PIPE = frozenset({"File", "FastFile"})


@rule(
    "training-job/compression-needs-pipe",
    severity="advice",
    shape=JOBS,
    members=("InputDataConfig", "InputDataConfig[].CompressionType"),
    message="CompressionType has an effect only in the input mode Pipe.",
    source=Source("2023-11-29", 5224),
    also=(Source("2019-09-25", 597),),
)
def compression_needs_pipe(job: Job) -> Iterator[Violation]:
    for index, channel, mode in _channels(job):
        if channel.compression_type not in {None, "None"} and mode in NOT_PIPE:
            yield Violation(
                f"InputDataConfig[{index}].CompressionType",
                expected=f"'None', or the input mode Pipe; that of the channel is {mode}",
            )


@rule(
    "training-job/no-record-wrapper-in-file-mode",
    severity="advice",
    shape=JOBS,
    members=("InputDataConfig", "InputDataConfig[].RecordWrapperType"),
    message="RecordWrapperType has no effect in the input mode File.",
    source=Source("2023-11-29", 5230),
    also=(Source("2019-09-25", 603),),
    note="advice only: the documentation asks to leave it out, and names no effect",
)
def no_record_wrapper_in_file_mode(job: Job) -> Iterator[Violation]:
    for index, channel, mode in _channels(job):
        if channel.record_wrapper_type not in {None, "None"} and mode == "File":
            yield Violation(
                f"InputDataConfig[{index}].RecordWrapperType", expected="'None' in File mode"
            )


@rule(
    "training-job/known-instance-groups",
    severity="warning",
    shape=JOBS,
    members=("InputDataConfig", "ResourceConfig.InstanceGroups"),
    message="InstanceGroupNames must name instance groups of ResourceConfig.",
    source=Source("2023-11-29", 5194),
)
def known_instance_groups(job: Job) -> Iterator[Violation]:
    resources = job.resource_config
    groups = (resources.instance_groups if resources else None) or ()
    known = {group.instance_group_name for group in groups}
    for index, channel, _ in _channels(job):
        s3 = channel.data_source.s3_data_source
        for at, name in enumerate((s3.instance_group_names if s3 else None) or ()):
            if name not in known:
                yield Violation(
                    f"InputDataConfig[{index}].DataSource.S3DataSource.InstanceGroupNames[{at}]",
                    expected=_one_of(known, "an instance group of ResourceConfig"),
                )


def _one_of(names: Iterable[str], otherwise: str) -> str:
    return " or ".join(map(repr, sorted(names))) or otherwise


@rule(
    "training-job/some-attribute-names",
    severity="warning",
    shape="S3DataSource",
    members="AttributeNames",
    message="An augmented manifest needs at least one attribute name.",
    source=Source("2023-11-29", 5188),
    also=(Source("2019-09-25", 567),),
)
def some_attribute_names(source: S3DataSource) -> Iterator[Violation]:
    if source.s3_data_type == "AugmentedManifestFile" and source.attribute_names == ():
        yield Violation("AttributeNames", expected="at least one name")


@rule(
    "training-job/attribute-names-of-augmented-manifest",
    severity="advice",
    shape="S3DataSource",
    members=("AttributeNames", "S3DataType"),
    message="AttributeNames has an effect only for an augmented manifest.",
    source=Source("2023-11-29", 5188),
    also=(Source("2019-09-25", 567),),
)
def attribute_names_of_augmented_manifest(source: S3DataSource) -> Iterator[Violation]:
    if source.s3_data_type in {"ManifestFile", "S3Prefix"}:
        yield Violation("AttributeNames", "S3DataType", expected="'AugmentedManifestFile'")


@rule(
    "training-job/full-directory-path",
    severity="warning",
    shape="FileSystemDataSource",
    members="DirectoryPath",
    message="DirectoryPath must be a full path.",
    source=Source("2023-11-29", 5216),
    also=(Source("2019-09-25", 589),),
)
def full_directory_path(source: FileSystemDataSource) -> Iterator[Violation]:
    if not source.directory_path.startswith("/"):
        yield Violation("DirectoryPath", expected="a path that starts with '/'")


# Secrets that others can read

_ACCESS_KEY = r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"


def _is_secret(text: str) -> bool:
    # The words first: hyperparameters may be long, and hardly any has one of them.
    return ("AKIA" in text or "ASIA" in text) and compiled(_ACCESS_KEY).search(text) is not None


def _secrets(values: Mapping[str, str] | None, member: str) -> Iterator[Violation]:
    if values and _is_secret("\n".join(values.values())):
        yield Violation(member, expected="no access key among the values", secret=True)


@rule(
    "training-job/no-secrets-in-hyperparameters",
    severity="warning",
    shape="CreateTrainingJobRequest",
    members="HyperParameters",
    message="HyperParameters must not hold credentials; AWS access key ids are detected.",
    source=Source("2023-11-29", 4783),
    also=(Source("2023-11-29", 5004), prose("CreateTrainingJobRequest.HyperParameters")),
    note="2023-11-29 states that such a request is rejected; the service model only forbids it",
)
def no_secrets_in_hyperparameters(request: CreateTrainingJobRequest) -> Iterator[Violation]:
    yield from _secrets(request.hyper_parameters, "HyperParameters")


@rule(
    "training-job/no-secrets-in-environment",
    severity="warning",
    shape="CreateTrainingJobRequest",
    members="Environment",
    message="Environment must not hold credentials; AWS access key ids are detected.",
    source=prose("CreateTrainingJobRequest.Environment"),
)
def no_secrets_in_environment(request: CreateTrainingJobRequest) -> Iterator[Violation]:
    yield from _secrets(request.environment, "Environment")


@rule(
    "training-job/no-secrets-in-tags",
    severity="warning",
    shape="CreateTrainingJobRequest",
    members="Tags",
    message="Tags must not hold credentials; AWS access key ids are detected.",
    source=prose("CreateTrainingJobRequest.Tags"),
)
def no_secrets_in_tags(request: CreateTrainingJobRequest) -> Iterator[Violation]:
    for index, tag in enumerate(request.tags or ()):
        if _is_secret(tag.value):
            yield Violation(f"Tags[{index}].Value", expected="no access key", secret=True)


# The output


@rule(
    "training-job/output-kms-key-format",
    severity="warning",
    shape="OutputDataConfig",
    members="KmsKeyId",
    message="KmsKeyId must be a key id, a key ARN, an alias or an alias ARN.",
    source=Source("2023-11-29", 5260),
    also=(Source("2019-09-25", 627),),
)
def output_kms_key_format(config: OutputDataConfig) -> Iterator[Violation]:
    if config.kms_key_id and not is_key(config.kms_key_id):
        yield Violation("KmsKeyId", expected=ANY_KEY)


@rule(
    "training-job/no-kms-key-in-express-one-zone",
    severity="warning",
    shape="OutputDataConfig",
    members=("KmsKeyId", "S3OutputPath"),
    message="KmsKeyId cannot be set for a bucket in S3 Express One Zone.",
    source=prose("OutputDataConfig.KmsKeyId"),
)
def no_kms_key_in_express_one_zone(config: OutputDataConfig) -> Iterator[Violation]:
    bucket = config.s3_output_path.partition("://")[2].partition("/")[0]
    if config.kms_key_id and bucket.endswith("--x-s3"):
        yield Violation("KmsKeyId", "S3OutputPath", expected="no key, or a bucket of another class")


# The resources


def _types(config: ResourceConfig) -> Iterator[tuple[str, str]]:
    if config.instance_type is not None:
        yield "InstanceType", config.instance_type
    for index, group in enumerate(config.instance_groups or ()):
        yield f"InstanceGroups[{index}].InstanceType", group.instance_type


@rule(
    "training-job/volume-kms-key-excludes-local-storage",
    severity="warning",
    shape="ResourceConfig",
    members=("VolumeKmsKeyId", "InstanceType"),
    message="VolumeKmsKeyId cannot be set for an instance type with local storage.",
    source=Source("2023-11-29", 5334),
)
def volume_kms_key_excludes_local_storage(config: ResourceConfig) -> Iterator[Violation]:
    for path, instance_type in _types(config):
        if config.volume_kms_key_id and has_local_storage(instance_type):
            yield Violation(
                "VolumeKmsKeyId", path, expected="no key, or a type without local storage"
            )


@rule(
    "training-job/volume-kms-key-format",
    severity="warning",
    shape="ResourceConfig",
    members="VolumeKmsKeyId",
    message="VolumeKmsKeyId must be a key id or a key ARN.",
    source=Source("2023-11-29", 5340),
    also=(Source("2019-09-25", 671),),
)
def volume_kms_key_format(config: ResourceConfig) -> Iterator[Violation]:
    if config.volume_kms_key_id and not is_key(config.volume_kms_key_id, alias=False):
        yield Violation("VolumeKmsKeyId", expected=ID_OR_ARN)


@rule(
    "training-job/ebs-needs-volume-size",
    severity="warning",
    shape="ResourceConfig",
    members=("InstanceType", "VolumeSizeInGB"),
    message="An instance type without local storage needs VolumeSizeInGB.",
    source=Source("2023-11-29", 5322),
    always=True,
)
def ebs_needs_volume_size(config: ResourceConfig) -> Iterator[Violation]:
    if config.volume_size_in_gb is None:
        for path, instance_type in _types(config):
            if has_ebs_only(instance_type):
                yield Violation(path, "VolumeSizeInGB", expected="a VolumeSizeInGB")


@rule(
    "training-job/volume-size-leaves-local-storage",
    severity="advice",
    shape="ResourceConfig",
    members=("VolumeSizeInGB", "InstanceType"),
    message="VolumeSizeInGB has no effect on an instance type with local storage.",
    source=Source("2023-11-29", 5320),
)
def volume_size_leaves_local_storage(config: ResourceConfig) -> Iterator[Violation]:
    if config.volume_size_in_gb:
        for path, instance_type in _types(config):
            if has_local_storage(instance_type):
                yield Violation("VolumeSizeInGB", path)


@rule(
    "training-job/preferences-exclude-instances",
    severity="warning",
    shape="ResourceConfig",
    members=("InstancePreferences", "InstanceType", "InstanceGroups", "InstancePlacementConfig"),
    message="InstancePreferences excludes InstanceType, InstanceGroups and "
    "InstancePlacementConfig.",
    source=prose("ResourceConfig.InstancePreferences"),
)
def preferences_exclude_instances(config: ResourceConfig) -> Iterator[Violation]:
    for member, value in (
        ("InstanceType", config.instance_type),
        ("InstanceGroups", config.instance_groups),
        ("InstancePlacementConfig", config.instance_placement_config),
    ):
        if value is not None:
            yield Violation("InstancePreferences", member, expected="one of the two")


@rule(
    "training-job/preferences-exclude-spot",
    severity="warning",
    shape="CreateTrainingJobRequest",
    members=("EnableManagedSpotTraining", "ResourceConfig.InstancePreferences"),
    message="InstancePreferences cannot be combined with managed spot training.",
    source=prose("ResourceConfig.InstancePreferences"),
)
def preferences_exclude_spot(request: CreateTrainingJobRequest) -> Iterator[Violation]:
    resources = request.resource_config
    if request.enable_managed_spot_training and resources and resources.instance_preferences:
        yield Violation("EnableManagedSpotTraining", "ResourceConfig.InstancePreferences")


@rule(
    "training-job/preferences-count-all-or-none",
    severity="error",
    shape="ResourceConfig",
    members=("InstancePreferences", "InstancePreferences[].InstanceCount"),
    message="Give InstanceCount for every preference or for none, not only for some.",
    source=prose("InstancePreference.InstanceCount"),
)
def preferences_count_all_or_none(config: ResourceConfig) -> Iterator[Violation]:
    counts = [preference.instance_count for preference in config.instance_preferences or ()]
    if None in counts and any(count is not None for count in counts):
        yield Violation(
            *(f"InstancePreferences[{i}].InstanceCount" for i, n in enumerate(counts) if n is None)
        )


@rule(
    "training-job/preferences-count-once",
    severity="error",
    shape="ResourceConfig",
    members=("InstancePreferences", "InstanceCount", "InstancePreferences[].InstanceCount"),
    message="Give InstanceCount for the job or for every preference, not for both.",
    source=prose("InstancePreference.InstanceCount"),
)
def preferences_count_once(config: ResourceConfig) -> Iterator[Violation]:
    counted = [p.instance_count is not None for p in config.instance_preferences or ()]
    if config.instance_count is not None and any(counted):
        at = counted.index(True)
        yield Violation("InstanceCount", f"InstancePreferences[{at}].InstanceCount")


@rule(
    "training-job/preferences-count-somewhere",
    severity="error",
    shape="ResourceConfig",
    members=("InstancePreferences", "InstanceCount", "InstancePreferences[].InstanceCount"),
    message="Give InstanceCount for the job or for every preference: it cannot be omitted.",
    source=prose("InstancePreference.InstanceCount"),
)
def preferences_count_somewhere(config: ResourceConfig) -> Iterator[Violation]:
    preferences = config.instance_preferences or ()
    if config.instance_count is None and all(p.instance_count is None for p in preferences):
        yield Violation("InstanceCount", expected="a count, here or on every preferred type")


@rule(
    "training-job/preferred-types-differ",
    severity="warning",
    shape="InstancePreference",
    of_list=True,
    members="InstanceType",
    message="An instance type can appear only once in InstancePreferences.",
    source=prose("InstancePreference.InstanceType"),
)
def preferred_types_differ(preferences: tuple[InstancePreference, ...]) -> Iterator[Violation]:
    for index in repeated(preference.instance_type for preference in preferences):
        yield Violation(f"[{index}].InstanceType", expected="a type that is not listed before")


@rule(
    "training-job/plan-of-job-or-of-preference",
    severity="warning",
    shape="ResourceConfig",
    members=("TrainingPlanArn", "InstancePreferences[].TrainingPlanArns"),
    message="Give TrainingPlanArn for the job or TrainingPlanArns for preferences, not both.",
    source=prose("InstancePreference.TrainingPlanArns"),
)
def plan_of_job_or_of_preference(config: ResourceConfig) -> Iterator[Violation]:
    for index, preference in enumerate(config.instance_preferences or ()):
        if preference.training_plan_arns:
            yield Violation("TrainingPlanArn", f"InstancePreferences[{index}].TrainingPlanArns")


@rule(
    "training-job/selected-instances-are-answers",
    severity="error",
    shape="ResourceConfig",
    members=("SelectedInstanceType", "SelectedInstanceCount"),
    message="SelectedInstanceType and SelectedInstanceCount are read-only: a request must not set"
    " them.",
    source=prose("ResourceConfig.SelectedInstanceType"),
    also=(prose("ResourceConfig.SelectedInstanceCount"),),
    always=True,
)
def selected_instances_are_answers(config: ResourceConfig) -> Iterator[Violation]:
    if config.selected_instance_type is not None:
        yield Violation("SelectedInstanceType", expected="nothing in a request")
    if config.selected_instance_count is not None:
        yield Violation("SelectedInstanceCount", expected="nothing in a request")


@rule(
    "training-job/placement-of-some-instances",
    severity="warning",
    shape="PlacementSpecification",
    members="InstanceCount",
    message="InstanceCount of a placement must be at least 1.",
    source=prose("PlacementSpecification.InstanceCount"),
)
def placement_of_some_instances(placement: PlacementSpecification) -> Iterator[Violation]:
    if placement.instance_count < 1:
        yield Violation("InstanceCount", expected="at least 1")


# Limits

DAY = 24 * 60 * 60


@rule(
    "training-job/at-most-28-days",
    severity="warning",
    shape=JOBS,
    members="StoppingCondition.MaxRuntimeInSeconds",
    message="A training job can run for at most 28 days.",
    source=Source("2023-11-29", 5408),
    also=(Source("2019-09-25", 685),),
)
def at_most_28_days(job: Job) -> Iterator[Violation]:
    condition = job.stopping_condition
    longest = condition.max_runtime_in_seconds if condition else None
    if longest is not None and longest > 28 * DAY:
        yield Violation("StoppingCondition.MaxRuntimeInSeconds", expected=f"at most {28 * DAY}")


@rule(
    "training-job/wait-at-least-runtime",
    severity="warning",
    shape="StoppingCondition",
    members=("MaxWaitTimeInSeconds", "MaxRuntimeInSeconds"),
    message="MaxWaitTimeInSeconds must be at least MaxRuntimeInSeconds.",
    source=Source("2023-11-29", 5414),
    also=(Source("2019-09-25", 689),),
)
def wait_at_least_runtime(condition: StoppingCondition) -> Iterator[Violation]:
    wait, runtime = condition.max_wait_time_in_seconds, condition.max_runtime_in_seconds
    if wait is not None and runtime is not None and wait < runtime:
        yield Violation(
            "MaxWaitTimeInSeconds", "MaxRuntimeInSeconds", expected=f"at least {runtime}"
        )


@rule(
    "training-job/wait-is-for-spot",
    severity="advice",
    shape=("CreateTrainingJobRequest", "HyperParameterTrainingJobDefinition"),
    members=("StoppingCondition.MaxWaitTimeInSeconds", "EnableManagedSpotTraining"),
    message="MaxWaitTimeInSeconds has an effect only with managed spot training.",
    source=Source("2023-11-29", 5414),
)
def wait_is_for_spot(
    job: CreateTrainingJobRequest | HyperParameterTrainingJobDefinition,
) -> Iterator[Violation]:
    condition = job.stopping_condition
    waits = condition is not None and condition.max_wait_time_in_seconds is not None
    if waits and not job.enable_managed_spot_training:
        yield Violation("StoppingCondition.MaxWaitTimeInSeconds", "EnableManagedSpotTraining")


@rule(
    "training-job/spot-says-how-long-to-wait",
    severity="advice",
    shape=("CreateTrainingJobRequest", "HyperParameterTrainingJobDefinition"),
    members=("EnableManagedSpotTraining", "StoppingCondition.MaxWaitTimeInSeconds"),
    message="Managed spot training should have MaxWaitTimeInSeconds, which includes the waiting "
    "time.",
    source=Source("2023-11-29", 4795),
)
def spot_says_how_long_to_wait(
    job: CreateTrainingJobRequest | HyperParameterTrainingJobDefinition,
) -> Iterator[Violation]:
    condition = job.stopping_condition
    waits = condition is not None and condition.max_wait_time_in_seconds is not None
    if job.enable_managed_spot_training and not waits:
        yield Violation("EnableManagedSpotTraining", "StoppingCondition")


@rule(
    "training-job/pending-limit-is-for-accelerators",
    severity="advice",
    shape="CreateTrainingJobRequest",
    members=("StoppingCondition.MaxPendingTimeInSeconds", "ResourceConfig.InstanceType"),
    message="MaxPendingTimeInSeconds has no effect on instances without an accelerator.",
    source=prose("StoppingCondition.MaxPendingTimeInSeconds"),
)
def pending_limit_is_for_accelerators(request: CreateTrainingJobRequest) -> Iterator[Violation]:
    condition, resources = request.stopping_condition, request.resource_config
    if condition is None or condition.max_pending_time_in_seconds is None or resources is None:
        return
    if resources.instance_type is not None and has_no_accelerator(resources.instance_type):
        yield Violation("StoppingCondition.MaxPendingTimeInSeconds", "ResourceConfig.InstanceType")


# Debugging and profiling

MODES = frozenset({"train", "eval", "predict", "global"})
"""Prefixes of a parameter that holds for one mode of the job only, such as ``train.``."""

# The documentation lists the first six; the service accepts and returns the others too.
COLLECTION_PARAMETERS = frozenset(
    {
        "name", "include_regex", "reduction_config", "save_config", "tensor_names",
        "save_histogram",
        "save_interval", "save_steps", "start_step", "end_step", "reductions",
    }
)  # fmt: skip


def _parameter(name: str) -> str:
    mode, _, parameter = name.partition(".")
    return parameter if mode in MODES else name


@rule(
    "training-job/collection-parameters",
    severity="advice",
    shape="CollectionConfiguration",
    members="CollectionParameters",
    message="A tensor collection should have only parameters that SageMaker Debugger reads.",
    source=Source("2023-11-29", 5526),
    note="advice only: the service accepts and returns more parameters than the documentation "
    "lists",
)
def collection_parameters(collection: CollectionConfiguration) -> Iterator[Violation]:
    for name in collection.collection_parameters or ():
        if _parameter(name) not in COLLECTION_PARAMETERS:
            yield Violation(
                f"CollectionParameters[{name!r}]", expected=_one_of(COLLECTION_PARAMETERS, "")
            )


@rule(
    "training-job/collection-names-differ",
    severity="warning",
    shape="CollectionConfiguration",
    of_list=True,
    members="CollectionName",
    message="Names of tensor collections must be unique.",
    source=Source("2023-11-29", 5522),
)
def collection_names_differ(
    collections: tuple[CollectionConfiguration, ...],
) -> Iterator[Violation]:
    for index in repeated(collection.collection_name for collection in collections):
        yield Violation(f"[{index}].CollectionName", expected="a name that no other has")


@rule(
    "training-job/debug-rule-names-differ",
    severity="warning",
    shape="DebugRuleConfiguration",
    of_list=True,
    members="RuleConfigurationName",
    message="Names of debugging rules must be unique.",
    source=Source("2023-11-29", 5546),
)
def debug_rule_names_differ(rules: tuple[DebugRuleConfiguration, ...]) -> Iterator[Violation]:
    for index in repeated(each.rule_configuration_name for each in rules):
        yield Violation(f"[{index}].RuleConfigurationName", expected="a name that no other has")


@rule(
    "training-job/profiler-rule-names-differ",
    severity="warning",
    shape="ProfilerRuleConfiguration",
    of_list=True,
    members="RuleConfigurationName",
    message="Names of profiling rules must be unique.",
    source=Source("2023-11-29", 5658),
)
def profiler_rule_names_differ(rules: tuple[ProfilerRuleConfiguration, ...]) -> Iterator[Violation]:
    for index in repeated(each.rule_configuration_name for each in rules):
        yield Violation(f"[{index}].RuleConfigurationName", expected="a name that no other has")


@rule(
    "training-job/profiling-interval",
    severity="warning",
    shape=("ProfilerConfig", "ProfilerConfigForUpdate"),
    members="ProfilingIntervalInMilliseconds",
    message="ProfilingIntervalInMilliseconds must be one of six intervals.",
    source=Source("2023-11-29", 5630),
)
def profiling_interval(config: ProfilerConfig | ProfilerConfigForUpdate) -> Iterator[Violation]:
    if config.profiling_interval_in_milliseconds not in {100, 200, 500, 1000, 5000, 60000}:
        yield Violation(
            "ProfilingIntervalInMilliseconds", expected="100, 200, 500, 1000, 5000 or 60000"
        )


PROFILING_PARAMETERS = frozenset(
    {
        "DetailedProfilingConfig",
        "PythonProfilingConfig",
        # the documentation and the SageMaker Python SDK spell it differently
        "DataLoaderProfilingConfig",
        "DataloaderProfilingConfig",
    }
)


@rule(
    "training-job/profiling-parameters",
    severity="advice",
    shape=("ProfilerConfig", "ProfilerConfigForUpdate"),
    members="ProfilingParameters",
    message="ProfilingParameters should have only the documented configurations.",
    source=Source("2023-11-29", 5634),
    note="advice only: the three are called available, not the only ones",
)
def profiling_parameters(config: ProfilerConfig | ProfilerConfigForUpdate) -> Iterator[Violation]:
    for name in config.profiling_parameters or ():
        if name not in PROFILING_PARAMETERS:
            yield Violation(
                f"ProfilingParameters[{name!r}]", expected=_one_of(PROFILING_PARAMETERS, "")
            )


# Serverless jobs


@rule(
    "training-job/serverless-sizes-its-volume",
    severity="advice",
    shape="CreateTrainingJobRequest",
    members=("ServerlessJobConfig", "ResourceConfig.VolumeSizeInGB"),
    message="VolumeSizeInGB has no effect: the service sizes the volume of a serverless job.",
    source=prose("ResourceConfig.VolumeSizeInGB"),
    note="advice only: the service may return the size that it chose",
)
def serverless_sizes_its_volume(request: CreateTrainingJobRequest) -> Iterator[Violation]:
    resources = request.resource_config
    if resources is not None and resources.volume_size_in_gb is not None:
        yield Violation("ResourceConfig.VolumeSizeInGB", expected="nothing for a serverless job")


@rule(
    "training-job/evaluation-has-a-type",
    severity="warning",
    shape="ServerlessJobConfig",
    members=("JobType", "EvaluationType"),
    message="A job of type Evaluation needs an EvaluationType.",
    source=prose("ServerlessJobConfig.EvaluationType"),
)
def evaluation_has_a_type(config: ServerlessJobConfig) -> Iterator[Violation]:
    if config.job_type == "Evaluation" and config.evaluation_type is None:
        yield Violation("EvaluationType", expected="a type of evaluation")


@rule(
    "training-job/sequence-length",
    severity="warning",
    shape="ServerlessJobConfig",
    members="SequenceLength",
    message="SequenceLength must be from 1K to 1024K.",
    source=prose("ServerlessJobConfig.SequenceLength"),
)
def sequence_length(config: ServerlessJobConfig) -> Iterator[Violation]:
    length = (config.sequence_length or "").removesuffix("K")
    if length.isdecimal() and not 1 <= int(length) <= 1024:
        yield Violation("SequenceLength", expected="from '1K' to '1024K'")


# Superseded

HYPERPARAMETER_LENGTH = superseded(
    "training-job/hyperparameter-length",
    severity="warning",
    shape="CreateTrainingJobRequest",
    members="HyperParameters",
    message="The value of a hyperparameter must be at most 256 characters long.",
    source=Source("2023-11-29", 5000),
    by="the service model allows 2500 characters, which the types check",
)

VOLUME_SIZE_REQUIRED = superseded(
    "training-job/volume-size-required",
    severity="warning",
    shape="ResourceConfig",
    members="VolumeSizeInGB",
    message="VolumeSizeInGB is required.",
    source=Source("2023-11-29", 5314),
    by="optional in the service model: instances with local storage and serverless jobs have none; "
    "training-job/ebs-needs-volume-size is what is left",
)

ALGORITHM_REQUIRED = superseded(
    "training-job/algorithm-required",
    severity="warning",
    shape="CreateTrainingJobRequest",
    members=("AlgorithmSpecification", "ResourceConfig", "StoppingCondition"),
    message="A training job must have an algorithm, resources and a stopping condition.",
    source=Source("2023-11-29", 5016),
    also=(Source("2023-11-29", 5288), Source("2023-11-29", 5396)),
    by="optional in the service model: a serverless job has none of the three",
)

P4DE_PREVIEW = superseded(
    "training-job/p4de-preview",
    severity="warning",
    shape="ResourceConfig",
    members="InstanceType",
    message="P4de instances are in preview, in two Regions.",
    source=Source("2023-11-29", 5300),
    by="the service model no longer mentions a preview",
)
