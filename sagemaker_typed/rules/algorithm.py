"""Algorithm resources: hyperparameters, channels, and the jobs that validate them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._aws import number, repeated, whole
from sagemaker_typed.rules._rule import Source, Violation, prose, rule, superseded

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        AlgorithmValidationProfile,
        Channel,
        ChannelSpecification,
        ContinuousParameterRangeSpecification,
        CreateAlgorithmRequest,
        HyperParameterSpecification,
        IntegerParameterRangeSpecification,
        TrainingJobDefinition,
        TrainingSpecification,
    )

# Hyperparameters


@rule(
    "algorithm/hyperparameter-names-differ",
    severity="warning",
    shape="HyperParameterSpecification",
    of_list=True,
    members="Name",
    message="Hyperparameter names must be unique.",
    source=Source("2019-09-25", 263),
)
def hyperparameter_names_differ(
    parameters: tuple[HyperParameterSpecification, ...],
) -> Iterator[Violation]:
    for index in repeated(parameter.name for parameter in parameters):
        yield Violation(f"[{index}].Name", expected="a name that no other has")


@rule(
    "algorithm/required-or-default",
    severity="warning",
    shape="HyperParameterSpecification",
    members=("DefaultValue", "IsRequired"),
    message="A hyperparameter with a default value must not be required.",
    source=Source("2019-09-25", 321),
)
def required_or_default(parameter: HyperParameterSpecification) -> Iterator[Violation]:
    if parameter.is_required:
        yield Violation("DefaultValue", "IsRequired", expected="one of the two")


@rule(
    "algorithm/range-of-the-type",
    severity="warning",
    shape="HyperParameterSpecification",
    members=("Range", "Type"),
    message="The range of a hyperparameter must match its type.",
    source=Source("2019-09-25", 279),
    also=(Source("2019-09-25", 291), Source("2019-09-25", 303)),
)
def range_of_the_type(parameter: HyperParameterSpecification) -> Iterator[Violation]:
    limits = parameter.range
    if limits is None:
        return
    for kind, value in (
        ("Integer", limits.integer_parameter_range_specification),
        ("Continuous", limits.continuous_parameter_range_specification),
        ("Categorical", limits.categorical_parameter_range_specification),
    ):
        if value is not None and parameter.type.is_listed and parameter.type != kind:
            yield Violation(
                f"Range.{kind}ParameterRangeSpecification", "Type", expected=f"the type {kind}"
            )


@rule(
    "algorithm/integer-range-of-integers",
    severity="warning",
    shape="IntegerParameterRangeSpecification",
    members=("MinValue", "MaxValue"),
    message="MinValue and MaxValue of an integer range must be integers.",
    source=Source("2019-09-25", 283),
    also=(Source("2019-09-25", 287),),
)
def integer_range_of_integers(limits: IntegerParameterRangeSpecification) -> Iterator[Violation]:
    if whole(limits.min_value) is None:
        yield Violation("MinValue", expected="an integer, as a string")
    if whole(limits.max_value) is None:
        yield Violation("MaxValue", expected="an integer, as a string")


@rule(
    "algorithm/integer-range-in-order",
    severity="warning",
    shape="IntegerParameterRangeSpecification",
    members=("MinValue", "MaxValue"),
    message="MinValue must not exceed MaxValue.",
    source=Source("2019-09-25", 283),
    also=(Source("2019-09-25", 287),),
)
def integer_range_in_order(limits: IntegerParameterRangeSpecification) -> Iterator[Violation]:
    least, most = whole(limits.min_value), whole(limits.max_value)
    if least is not None and most is not None and least > most:
        yield Violation("MinValue", "MaxValue")


@rule(
    "algorithm/continuous-range-of-numbers",
    severity="warning",
    shape="ContinuousParameterRangeSpecification",
    members=("MinValue", "MaxValue"),
    message="MinValue and MaxValue of a continuous range must be numbers.",
    source=Source("2019-09-25", 295),
    also=(Source("2019-09-25", 299),),
)
def continuous_range_of_numbers(
    limits: ContinuousParameterRangeSpecification,
) -> Iterator[Violation]:
    if number(limits.min_value) is None:
        yield Violation("MinValue", expected="a number, as a string")
    if number(limits.max_value) is None:
        yield Violation("MaxValue", expected="a number, as a string")


@rule(
    "algorithm/continuous-range-in-order",
    severity="warning",
    shape="ContinuousParameterRangeSpecification",
    members=("MinValue", "MaxValue"),
    message="MinValue must not exceed MaxValue.",
    source=Source("2019-09-25", 295),
    also=(Source("2019-09-25", 299),),
)
def continuous_range_in_order(limits: ContinuousParameterRangeSpecification) -> Iterator[Violation]:
    least, most = number(limits.min_value), number(limits.max_value)
    if least is not None and most is not None and least > most:
        yield Violation("MinValue", "MaxValue")


@rule(
    "algorithm/default-within-range",
    severity="warning",
    shape="HyperParameterSpecification",
    members=("DefaultValue", "Range"),
    message="The default value of a hyperparameter must be in its range.",
    source=Source("2019-09-25", 275),
    also=(Source("2019-09-25", 321),),
)
def default_within_range(parameter: HyperParameterSpecification) -> Iterator[Violation]:
    limits, default = parameter.range, parameter.default_value
    if limits is None or default is None:
        return
    for bounds in (
        limits.integer_parameter_range_specification,
        limits.continuous_parameter_range_specification,
    ):
        if bounds is not None:
            least, value, most = map(number, (bounds.min_value, default, bounds.max_value))
            if (
                least is not None
                and most is not None
                and least <= most
                and (value is None or not least <= value <= most)
            ):
                yield Violation("DefaultValue", expected=f"from {least:g} to {most:g}")
    categories = limits.categorical_parameter_range_specification
    if categories is not None and default not in categories.values:
        yield Violation("DefaultValue", expected="one of the categories")


@rule(
    "algorithm/tuning-needs-hyperparameters",
    severity="warning",
    shape="TrainingSpecification",
    members=("SupportedTuningJobObjectiveMetrics", "SupportedHyperParameters"),
    message="An algorithm that supports tuning must list its hyperparameters.",
    source=Source("2019-09-25", 255),
    also=(Source("2019-09-25", 393),),
)
def tuning_needs_hyperparameters(specification: TrainingSpecification) -> Iterator[Violation]:
    objectives = specification.supported_tuning_job_objective_metrics
    if objectives and not specification.supported_hyper_parameters:
        yield Violation("SupportedHyperParameters", expected="the hyperparameters, for tuning")


@rule(
    "algorithm/objectives-are-emitted",
    severity="warning",
    shape="TrainingSpecification",
    members=("SupportedTuningJobObjectiveMetrics", "MetricDefinitions"),
    message="An objective metric must be one of the metrics that the algorithm emits.",
    source=Source("2019-09-25", 393),
)
def objectives_are_emitted(specification: TrainingSpecification) -> Iterator[Violation]:
    emitted = {metric.name for metric in specification.metric_definitions or ()}
    for index, objective in enumerate(specification.supported_tuning_job_objective_metrics or ()):
        if emitted and objective.metric_name not in emitted:
            yield Violation(
                f"SupportedTuningJobObjectiveMetrics[{index}].MetricName",
                expected=" or ".join(map(repr, sorted(emitted))),
            )


@rule(
    "algorithm/channel-input-modes",
    severity="advice",
    shape="ChannelSpecification",
    members="SupportedInputModes",
    message="A channel of an algorithm supports the input modes File and Pipe.",
    source=Source("2019-09-25", 383),
    note="advice only: the enum has FastFile too, and the service returns it",
)
def channel_input_modes(channel: ChannelSpecification) -> Iterator[Violation]:
    for index, mode in enumerate(channel.supported_input_modes):
        if mode == "FastFile":
            yield Violation(f"SupportedInputModes[{index}]", expected="'File' or 'Pipe'")


# The jobs that validate an algorithm


def _profiles(
    request: CreateAlgorithmRequest,
) -> Iterator[tuple[str, AlgorithmValidationProfile]]:
    validation = request.validation_specification
    for index, profile in enumerate(validation.validation_profiles if validation else ()):
        yield f"ValidationSpecification.ValidationProfiles[{index}]", profile


@rule(
    "algorithm/one-instance-unless-distributed",
    severity="warning",
    shape="CreateAlgorithmRequest",
    members=("TrainingSpecification.SupportsDistributedTraining", "ValidationSpecification"),
    message="An algorithm without distributed training trains on one instance.",
    source=Source("2019-09-25", 331),
)
def one_instance_unless_distributed(request: CreateAlgorithmRequest) -> Iterator[Violation]:
    if request.training_specification.supports_distributed_training is False:
        for path, profile in _profiles(request):
            count = profile.training_job_definition.resource_config.instance_count
            if count is not None and count > 1:
                yield Violation(
                    f"{path}.TrainingJobDefinition.ResourceConfig.InstanceCount", expected="1"
                )


@rule(
    "algorithm/validated-on-a-supported-type",
    severity="advice",
    shape="CreateAlgorithmRequest",
    members=("ValidationSpecification", "TrainingSpecification.SupportedTrainingInstanceTypes"),
    message="A validation job should use a supported training instance type.",
    source=Source("2019-09-25", 325),
)
def validated_on_a_supported_type(request: CreateAlgorithmRequest) -> Iterator[Violation]:
    types = request.training_specification.supported_training_instance_types
    for path, profile in _profiles(request):
        used = profile.training_job_definition.resource_config.instance_type
        if used is not None and used not in types:
            yield Violation(
                f"{path}.TrainingJobDefinition.ResourceConfig.InstanceType",
                expected=" or ".join(map(repr, sorted(map(str, types)))),
            )


@rule(
    "algorithm/transform-validated-on-a-supported-type",
    severity="advice",
    shape="CreateAlgorithmRequest",
    members=("ValidationSpecification", "InferenceSpecification.SupportedTransformInstanceTypes"),
    message="A validation transform job should use a supported transform instance type.",
    source=Source("2019-09-25", 453),
)
def transform_validated_on_a_supported_type(request: CreateAlgorithmRequest) -> Iterator[Violation]:
    inference = request.inference_specification
    types = inference.supported_transform_instance_types if inference else None
    for path, profile in _profiles(request):
        transform = profile.transform_job_definition
        used = transform.transform_resources.instance_type if transform else None
        if types and used is not None and used not in types:
            yield Violation(
                f"{path}.TransformJobDefinition.TransformResources.InstanceType",
                expected=" or ".join(map(repr, sorted(map(str, types)))),
            )


@rule(
    "algorithm/validated-with-required-channels",
    severity="advice",
    shape="CreateAlgorithmRequest",
    members=("ValidationSpecification", "TrainingSpecification.TrainingChannels[].IsRequired"),
    message="A validation job should have every required channel of the algorithm.",
    source=Source("2019-09-25", 367),
)
def validated_with_required_channels(request: CreateAlgorithmRequest) -> Iterator[Violation]:
    required = {
        channel.name
        for channel in request.training_specification.training_channels
        if channel.is_required
    }
    for path, profile in _profiles(request):
        channels = profile.training_job_definition.input_data_config
        for name in sorted(required - {channel.channel_name for channel in channels}):
            yield Violation(
                f"{path}.TrainingJobDefinition.InputDataConfig", expected=f"a channel {name!r}"
            )


@rule(
    "algorithm/validated-with-required-hyperparameters",
    severity="advice",
    shape="CreateAlgorithmRequest",
    members=(
        "ValidationSpecification",
        "TrainingSpecification.SupportedHyperParameters[].IsRequired",
    ),
    message="A validation job should set every required hyperparameter of the algorithm.",
    source=Source("2019-09-25", 317),
)
def validated_with_required_hyperparameters(request: CreateAlgorithmRequest) -> Iterator[Violation]:
    required = {
        parameter.name
        for parameter in request.training_specification.supported_hyper_parameters or ()
        if parameter.is_required
    }
    for path, profile in _profiles(request):
        present = profile.training_job_definition.hyper_parameters or {}
        for name in sorted(required - set(present)):
            yield Violation(
                f"{path}.TrainingJobDefinition.HyperParameters",
                expected=f"the hyperparameter {name!r}",
            )


@rule(
    "algorithm/transform-validated-with-inference",
    severity="advice",
    shape="CreateAlgorithmRequest",
    members=("ValidationSpecification", "InferenceSpecification"),
    message="A validation transform job uses the InferenceSpecification, which is missing.",
    source=prose("TransformJobDefinition"),
)
def transform_validated_with_inference(request: CreateAlgorithmRequest) -> Iterator[Violation]:
    if request.inference_specification is None:
        for path, profile in _profiles(request):
            if profile.transform_job_definition is not None:
                yield Violation("InferenceSpecification", f"{path}.TransformJobDefinition")


def _validating_channels(
    request: CreateAlgorithmRequest,
) -> Iterator[tuple[str, Channel, TrainingJobDefinition]]:
    for path, profile in _profiles(request):
        job = profile.training_job_definition
        for index, channel in enumerate(job.input_data_config):
            yield f"{path}.TrainingJobDefinition.InputDataConfig[{index}]", channel, job


def _channels(request: CreateAlgorithmRequest) -> dict[str, ChannelSpecification]:
    return {channel.name: channel for channel in request.training_specification.training_channels}


@rule(
    "algorithm/validated-with-known-channels",
    severity="advice",
    shape="CreateAlgorithmRequest",
    members=("ValidationSpecification", "TrainingSpecification.TrainingChannels[].Name"),
    message="A validation job should use only the channels of the algorithm.",
    source=Source("2019-09-25", 351),
)
def validated_with_known_channels(request: CreateAlgorithmRequest) -> Iterator[Violation]:
    known = _channels(request)
    for path, channel, _ in _validating_channels(request):
        if channel.channel_name not in known:
            yield Violation(f"{path}.ChannelName", expected=" or ".join(map(repr, sorted(known))))


@rule(
    "algorithm/validated-in-a-supported-mode",
    severity="advice",
    shape="CreateAlgorithmRequest",
    members=(
        "ValidationSpecification",
        "TrainingSpecification.TrainingChannels[].SupportedInputModes",
    ),
    message="A validation job should read a channel in an input mode that the channel supports.",
    source=Source("2019-09-25", 383),
)
def validated_in_a_supported_mode(request: CreateAlgorithmRequest) -> Iterator[Violation]:
    known = _channels(request)
    for path, channel, job in _validating_channels(request):
        allowed = known.get(channel.channel_name)
        mode = channel.input_mode or job.training_input_mode
        if allowed is not None and mode not in allowed.supported_input_modes:
            yield Violation(
                f"{path}.InputMode",
                expected=" or ".join(map(repr, map(str, allowed.supported_input_modes))),
            )


@rule(
    "algorithm/validated-with-supported-content",
    severity="advice",
    shape="CreateAlgorithmRequest",
    members=(
        "ValidationSpecification",
        "TrainingSpecification.TrainingChannels[].SupportedContentTypes",
    ),
    message="A validation job should use a content type that the channel supports.",
    source=Source("2019-09-25", 371),
)
def validated_with_supported_content(request: CreateAlgorithmRequest) -> Iterator[Violation]:
    known = _channels(request)
    for path, channel, _ in _validating_channels(request):
        allowed = known.get(channel.channel_name)
        content = channel.content_type
        if allowed is not None and content and content not in allowed.supported_content_types:
            yield Violation(
                f"{path}.ContentType",
                expected=" or ".join(map(repr, allowed.supported_content_types)),
            )


@rule(
    "algorithm/validated-with-supported-compression",
    severity="advice",
    shape="CreateAlgorithmRequest",
    members=(
        "ValidationSpecification",
        "TrainingSpecification.TrainingChannels[].SupportedCompressionTypes",
    ),
    message="A validation job should use a compression type that the channel supports.",
    source=Source("2019-09-25", 377),
)
def validated_with_supported_compression(request: CreateAlgorithmRequest) -> Iterator[Violation]:
    known = _channels(request)
    for path, channel, _ in _validating_channels(request):
        allowed = known.get(channel.channel_name)
        types = allowed.supported_compression_types if allowed else None
        if types and channel.compression_type and channel.compression_type not in types:
            yield Violation(
                f"{path}.CompressionType", expected=" or ".join(map(repr, map(str, types)))
            )


INSTANCE_TYPES_REQUIRED = superseded(
    "algorithm/inference-instance-types-required",
    severity="warning",
    shape="InferenceSpecification",
    members=(
        "SupportedTransformInstanceTypes",
        "SupportedRealtimeInferenceInstanceTypes",
        "SupportedContentTypes",
        "SupportedResponseMIMETypes",
    ),
    message="An inference specification must list its instance types and content types.",
    source=Source("2019-09-25", 451),
    also=(Source("2019-09-25", 457), Source("2019-09-25", 469)),
    by="optional in the service model for versioned packages: "
    "model-package/transform-types-of-unversioned and model-package/real-time-types-of-unversioned",
)

DIGEST_IS_MD5 = superseded(
    "algorithm/image-digest-is-md5",
    severity="warning",
    shape="TrainingSpecification",
    members="TrainingImageDigest",
    message="TrainingImageDigest must be an MD5 hash.",
    source=Source("2019-09-25", 251),
    by="the service model's pattern is of SHA-256, which the types check",
)
