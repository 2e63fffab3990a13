"""Endpoint configurations and the production variants in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._aws import ANY_KEY, has_local_storage, is_key
from sagemaker_typed.rules._rule import Source, Violation, prose, rule, superseded

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        AsyncInferenceNotificationConfig,
        CreateEndpointConfigRequest,
        DataCaptureConfig,
        EndpointInputConfiguration,
        MetricsConfig,
        MetricsEndpoint,
        PrefixAwareRoutingConfig,
        ProductionVariant,
        ProductionVariantCoreDumpConfig,
        ProductionVariantManagedInstanceScaling,
        ProductionVariantManagedInstanceScalingScaleInPolicy,
        ProductionVariantRoutingConfig,
        ProductionVariantServerlessConfig,
        ProductionVariantServerlessUpdateConfig,
        UpdateEndpointWeightsAndCapacitiesRequest,
    )

# Serverless variants


@rule(
    "endpoint-config/serverless-excludes-instance-type",
    severity="warning",
    shape="ProductionVariant",
    members=("ServerlessConfig", "InstanceType"),
    message="InstanceType cannot be set for a serverless variant.",
    source=Source("2023-11-29", 3858),
    also=(Source("2023-05-09", 234),),
)
def serverless_excludes_instance_type(variant: ProductionVariant) -> Iterator[Violation]:
    if variant.instance_type is not None:
        yield Violation("InstanceType")


@rule(
    "endpoint-config/serverless-excludes-instance-count",
    severity="warning",
    shape="ProductionVariant",
    members=("ServerlessConfig", "InitialInstanceCount"),
    message="InitialInstanceCount cannot be set for a serverless variant.",
    source=Source("2023-11-29", 3858),
    also=(Source("2023-05-09", 234),),
)
def serverless_excludes_instance_count(variant: ProductionVariant) -> Iterator[Violation]:
    if variant.initial_instance_count is not None:
        yield Violation("InitialInstanceCount")


@rule(
    "endpoint-config/serverless-excludes-volume",
    severity="warning",
    shape="ProductionVariant",
    members=("ServerlessConfig", "VolumeSizeInGB"),
    message="VolumeSizeInGB cannot be set for a serverless variant.",
    source=Source("2023-11-29", 3878),
    also=(Source("2023-05-09", 250),),
)
def serverless_excludes_volume(variant: ProductionVariant) -> Iterator[Violation]:
    if variant.volume_size_in_gb is not None:
        yield Violation("VolumeSizeInGB")


@rule(
    "endpoint-config/serverless-excludes-instance-scaling",
    severity="warning",
    shape="ProductionVariant",
    members=("ServerlessConfig", "ManagedInstanceScaling"),
    message="ManagedInstanceScaling cannot be set for a serverless variant.",
    source=Source("2023-11-29", 3894),
)
def serverless_excludes_instance_scaling(variant: ProductionVariant) -> Iterator[Violation]:
    if variant.managed_instance_scaling is not None:
        yield Violation("ManagedInstanceScaling")


@rule(
    "endpoint-config/serverless-memory-size",
    severity="warning",
    shape="ProductionVariantServerlessConfig",
    members="MemorySizeInMB",
    message="The memory of a serverless endpoint comes in steps of 1024 MB, from 1024 to 6144.",
    source=Source("2023-11-29", 3862),
    also=(Source("2023-05-09", 238),),
)
def serverless_memory_size(config: ProductionVariantServerlessConfig) -> Iterator[Violation]:
    if config.memory_size_in_mb not in range(1024, 6144 + 1, 1024):
        yield Violation("MemorySizeInMB", expected="1024, 2048, 3072, 4096, 5120 or 6144")


@rule(
    "endpoint-config/provisioned-within-max-concurrency",
    severity="warning",
    shape="ProductionVariantServerlessConfig",
    members=("ProvisionedConcurrency", "MaxConcurrency"),
    message="ProvisionedConcurrency must not exceed MaxConcurrency.",
    source=Source("2023-11-29", 3870),
    also=(Source("2023-05-09", 246),),
)
def provisioned_within_max_concurrency(
    config: ProductionVariantServerlessConfig,
) -> Iterator[Violation]:
    provisioned = config.provisioned_concurrency
    if provisioned is not None and provisioned > config.max_concurrency:
        yield Violation("ProvisionedConcurrency", "MaxConcurrency")


@rule(
    "endpoint/provisioned-within-max-concurrency",
    severity="warning",
    shape="ProductionVariantServerlessUpdateConfig",
    members=("ProvisionedConcurrency", "MaxConcurrency"),
    message="ProvisionedConcurrency must not exceed MaxConcurrency.",
    source=Source("2023-05-09", 2421),
)
def updated_provisioned_within_max_concurrency(
    config: ProductionVariantServerlessUpdateConfig,
) -> Iterator[Violation]:
    provisioned, most = config.provisioned_concurrency, config.max_concurrency
    if provisioned is not None and most is not None and provisioned > most:
        yield Violation("ProvisionedConcurrency", "MaxConcurrency")


@rule(
    "inference-recommendations-job/no-provisioned-concurrency",
    severity="warning",
    shape="EndpointInputConfiguration",
    members="ServerlessConfig.ProvisionedConcurrency",
    message="Inference Recommender does not support ProvisionedConcurrency.",
    source=Source("2023-11-29", 3874),
)
def recommender_takes_no_provisioned_concurrency(
    configuration: EndpointInputConfiguration,
) -> Iterator[Violation]:
    serverless = configuration.serverless_config
    if serverless is not None and serverless.provisioned_concurrency is not None:
        yield Violation("ServerlessConfig.ProvisionedConcurrency")


@rule(
    "endpoint/capacity-of-one-variant",
    severity="advice",  # the page describes what the operation is for; it obliges nobody
    shape="UpdateEndpointWeightsAndCapacitiesRequest",
    members="DesiredWeightsAndCapacities",
    message="One call changes the weights of several variants, or the capacity of one variant.",
    source=Source("2023-05-09", 2355),
)
def capacity_of_one_variant(
    request: UpdateEndpointWeightsAndCapacitiesRequest,
) -> Iterator[Violation]:
    resized = [
        f"DesiredWeightsAndCapacities[{index}].{member}"
        for index, variant in enumerate(request.desired_weights_and_capacities)
        for member, value in (
            ("DesiredInstanceCount", variant.desired_instance_count),
            ("ServerlessUpdateConfig", variant.serverless_update_config),
        )
        if value is not None
    ]
    if len({path.partition(".")[0] for path in resized}) > 1:
        yield Violation(*resized, expected="the capacity of one variant only")


# Variants with instances


@rule(
    "endpoint-config/scaling-minimum-within-maximum",
    severity="warning",
    shape="ProductionVariantManagedInstanceScaling",
    members=("MinInstanceCount", "MaxInstanceCount"),
    message="MinInstanceCount must not exceed MaxInstanceCount.",
    source=Source("2023-11-29", 3902),
    also=(Source("2023-11-29", 3906),),
)
def scaling_minimum_within_maximum(
    scaling: ProductionVariantManagedInstanceScaling,
) -> Iterator[Violation]:
    least, most = scaling.min_instance_count, scaling.max_instance_count
    if least is not None and most is not None and least > most:
        yield Violation("MinInstanceCount", "MaxInstanceCount")


@rule(
    "endpoint-config/no-elastic-inference",
    severity="warning",
    shape="ProductionVariant",
    members="AcceleratorType",
    message="AcceleratorType is no longer supported: Elastic Inference has ended.",
    source=prose("ProductionVariant.AcceleratorType"),
)
def no_elastic_inference(variant: ProductionVariant) -> Iterator[Violation]:
    del variant
    yield Violation("AcceleratorType")


@rule(
    "endpoint-config/one-partition-layout",
    severity="warning",
    shape="ProductionVariant",
    members="AcceleratorPartitionLayouts",
    message="AcceleratorPartitionLayouts must have a single layout.",
    source=prose("ProductionVariant.AcceleratorPartitionLayouts"),
)
def one_partition_layout(variant: ProductionVariant) -> Iterator[Violation]:
    if variant.accelerator_partition_layouts and len(variant.accelerator_partition_layouts) > 1:
        yield Violation("AcceleratorPartitionLayouts", expected="a single layout")


@rule(
    "endpoint-config/prefix-routing-only-when-chosen",
    severity="warning",
    shape="ProductionVariantRoutingConfig",
    members=("PrefixAwareRoutingConfig", "RoutingStrategy"),
    message="PrefixAwareRoutingConfig needs the routing strategy PREFIX_AWARE.",
    source=prose("ProductionVariantRoutingConfig.PrefixAwareRoutingConfig"),
)
def prefix_routing_only_when_chosen(config: ProductionVariantRoutingConfig) -> Iterator[Violation]:
    if config.routing_strategy in {"LEAST_OUTSTANDING_REQUESTS", "RANDOM", "KV_AWARE"}:
        yield Violation("RoutingStrategy", expected="PREFIX_AWARE, or no PrefixAwareRoutingConfig")


@rule(
    "endpoint-config/prefix-routing-needs-length",
    severity="warning",
    shape="ProductionVariantRoutingConfig",
    members=("RoutingStrategy", "PrefixAwareRoutingConfig.PrefixLength"),
    message="The routing strategy PREFIX_AWARE needs a PrefixLength.",
    source=prose("PrefixAwareRoutingConfig.PrefixLength"),
)
def prefix_routing_needs_length(config: ProductionVariantRoutingConfig) -> Iterator[Violation]:
    prefix: PrefixAwareRoutingConfig | None = config.prefix_aware_routing_config
    if config.routing_strategy == "PREFIX_AWARE" and (
        prefix is None or prefix.prefix_length is None
    ):
        yield Violation("PrefixAwareRoutingConfig.PrefixLength", expected="a length")


@rule(
    "endpoint-config/prefix-routing-needs-threshold",
    severity="warning",
    shape="ProductionVariantRoutingConfig",
    members=("RoutingStrategy", "PrefixAwareRoutingConfig.ConcurrencyThreshold"),
    message="The routing strategy PREFIX_AWARE needs a ConcurrencyThreshold.",
    source=prose("PrefixAwareRoutingConfig.ConcurrencyThreshold"),
)
def prefix_routing_needs_threshold(config: ProductionVariantRoutingConfig) -> Iterator[Violation]:
    prefix: PrefixAwareRoutingConfig | None = config.prefix_aware_routing_config
    if config.routing_strategy == "PREFIX_AWARE" and (
        prefix is None or prefix.concurrency_threshold is None
    ):
        yield Violation("PrefixAwareRoutingConfig.ConcurrencyThreshold", expected="a threshold")


@rule(
    "endpoint-config/consolidation-settings",
    severity="advice",
    shape="ProductionVariantManagedInstanceScalingScaleInPolicy",
    members=("Strategy", "MaximumStepSize", "CooldownInMinutes"),
    message="MaximumStepSize and CooldownInMinutes have no effect with the strategy IDLE_RELEASE.",
    source=prose("ProductionVariantManagedInstanceScalingScaleInPolicy.MaximumStepSize"),
    also=(prose("ProductionVariantManagedInstanceScalingScaleInPolicy.CooldownInMinutes"),),
)
def consolidation_settings(
    policy: ProductionVariantManagedInstanceScalingScaleInPolicy,
) -> Iterator[Violation]:
    if policy.strategy == "IDLE_RELEASE":
        if policy.maximum_step_size is not None:
            yield Violation("MaximumStepSize", "Strategy")
        if policy.cooldown_in_minutes is not None:
            yield Violation("CooldownInMinutes", "Strategy")


# The configuration as a whole


@rule(
    "endpoint-config/shadow-takes-one-production-variant",
    severity="warning",
    shape="CreateEndpointConfigRequest",
    members=("ShadowProductionVariants", "ProductionVariants"),
    message="ProductionVariants can have only one variant if there are shadow variants.",
    source=Source("2023-11-29", 4226),
    also=(Source("R", 85), Source("2023-05-09", 570)),
)
def shadow_takes_one_production_variant(
    request: CreateEndpointConfigRequest,
) -> Iterator[Violation]:
    if request.shadow_production_variants and len(request.production_variants) > 1:
        yield Violation("ProductionVariants", expected="one variant, as it has a shadow")


@rule(
    "endpoint-config/one-shadow-variant",
    severity="warning",
    shape="CreateEndpointConfigRequest",
    members="ShadowProductionVariants",
    message="ShadowProductionVariants can have only one variant.",
    source=Source("2023-11-29", 4226),
    also=(Source("R", 86), Source("2023-05-09", 570)),
)
def one_shadow_variant(request: CreateEndpointConfigRequest) -> Iterator[Violation]:
    if request.shadow_production_variants and len(request.shadow_production_variants) > 1:
        yield Violation("ShadowProductionVariants", expected="one variant")


@rule(
    "endpoint-config/weights-above-zero",
    severity="advice",
    shape="CreateEndpointConfigRequest",
    members="ProductionVariants",
    message="At least one variant needs a weight above 0: the weights are shares of their sum.",
    source=Source("2023-11-29", 3826),
    also=(
        Source("2023-05-09", 202),
        Source("2019-09-25", 940),
    ),
)
def weights_above_zero(request: CreateEndpointConfigRequest) -> Iterator[Violation]:
    weights = [variant.initial_variant_weight for variant in request.production_variants]
    if weights and all(weight == 0 for weight in weights):
        yield Violation(
            *(f"ProductionVariants[{index}].InitialVariantWeight" for index in range(len(weights))),
            expected="at least one weight above 0",
        )


@rule(
    "endpoint-config/kms-key-format",
    severity="warning",
    shape="CreateEndpointConfigRequest",
    members="KmsKeyId",
    message="KmsKeyId must be a key id, a key ARN, an alias or an alias ARN.",
    source=Source("2023-11-29", 4014),
    also=(Source("R", 56), Source("2023-05-09", 358)),
)
def kms_key_format(request: CreateEndpointConfigRequest) -> Iterator[Violation]:
    if request.kms_key_id and not is_key(request.kms_key_id):
        yield Violation("KmsKeyId", expected=ANY_KEY)


@rule(
    "endpoint-config/kms-key-leaves-local-storage",
    severity="advice",
    shape="CreateEndpointConfigRequest",
    members=("KmsKeyId", "ProductionVariants[].InstanceType"),
    message="KmsKeyId does not encrypt the local storage of an instance.",
    source=prose("CreateEndpointConfigInput.KmsKeyId"),
)
def kms_key_leaves_local_storage(request: CreateEndpointConfigRequest) -> Iterator[Violation]:
    for index, variant in enumerate(request.production_variants):
        if request.kms_key_id and has_local_storage(variant.instance_type):
            yield Violation(
                f"ProductionVariants[{index}].InstanceType",
                expected="an instance type without local storage, for all of it to be encrypted",
            )


KMS_KEY_EXCLUDES_NITRO = superseded(
    "endpoint-config/kms-key-excludes-nitro",
    severity="error",
    shape="CreateEndpointConfigRequest",
    members=("KmsKeyId", "ProductionVariants[].InstanceType"),
    message="The call fails if KmsKeyId is set and an instance is Nitro-based.",
    source=Source("2019-09-25", 976),
    by="narrowed in 2023-05-09 (line 372) to Nitro instances with local storage, which "
    "endpoint-config/kms-key-excludes-local-storage records",
)

KMS_KEY_EXCLUDES_LOCAL_STORAGE = superseded(
    "endpoint-config/kms-key-excludes-local-storage",
    severity="error",
    shape="CreateEndpointConfigRequest",
    members=("KmsKeyId", "ProductionVariants[].InstanceType"),
    message="The call fails if KmsKeyId is set and an instance has local storage.",
    source=Source("2023-11-29", 4028),
    also=(Source("R", 68), Source("2023-05-09", 372)),
    by="the service model takes the key and says that it leaves local storage alone: "
    "endpoint-config/kms-key-leaves-local-storage",
)


@rule(
    "endpoint-config/core-dump-kms-key-format",
    severity="warning",
    shape="ProductionVariantCoreDumpConfig",
    members="KmsKeyId",
    message="KmsKeyId must be a key id, a key ARN, an alias or an alias ARN.",
    source=Source("2023-11-29", 3842),
)
def core_dump_kms_key_format(config: ProductionVariantCoreDumpConfig) -> Iterator[Violation]:
    if config.kms_key_id and not is_key(config.kms_key_id):
        yield Violation("KmsKeyId", expected=ANY_KEY)


@rule(
    "endpoint-config/data-capture-kms-key-format",
    severity="warning",
    shape="DataCaptureConfig",
    members="KmsKeyId",
    message="KmsKeyId must be a key id, a key ARN, an alias or an alias ARN.",
    source=Source("2023-11-29", 3944),
    also=(Source("2023-05-09", 288),),
)
def data_capture_kms_key_format(config: DataCaptureConfig) -> Iterator[Violation]:
    if config.kms_key_id and not is_key(config.kms_key_id):
        yield Violation("KmsKeyId", expected=ANY_KEY)


@rule(
    "endpoint-config/response-in-success-topic",
    severity="advice",
    shape="AsyncInferenceNotificationConfig",
    members=("IncludeInferenceResponseIn", "SuccessTopic"),
    message="SUCCESS_NOTIFICATION_TOPIC has an effect only with a SuccessTopic.",
    source=Source("2023-11-29", 4068),
    also=(Source("2023-11-29", 4076), Source("2023-05-09", 412)),
)
def response_in_success_topic(config: AsyncInferenceNotificationConfig) -> Iterator[Violation]:
    topics = config.include_inference_response_in or ()
    if "SUCCESS_NOTIFICATION_TOPIC" in topics and config.success_topic is None:
        yield Violation("IncludeInferenceResponseIn", "SuccessTopic", expected="a SuccessTopic")


@rule(
    "endpoint-config/response-in-error-topic",
    severity="advice",
    shape="AsyncInferenceNotificationConfig",
    members=("IncludeInferenceResponseIn", "ErrorTopic"),
    message="ERROR_NOTIFICATION_TOPIC has an effect only with an ErrorTopic.",
    source=Source("2023-11-29", 4072),
    also=(Source("2023-11-29", 4076), Source("2023-05-09", 416)),
)
def response_in_error_topic(config: AsyncInferenceNotificationConfig) -> Iterator[Violation]:
    topics = config.include_inference_response_in or ()
    if "ERROR_NOTIFICATION_TOPIC" in topics and config.error_topic is None:
        yield Violation("IncludeInferenceResponseIn", "ErrorTopic", expected="an ErrorTopic")


@rule(
    "endpoint-config/cross-region-cap-excludes-serverless",
    severity="warning",
    shape="CreateEndpointConfigRequest",
    members=("CrossRegionTrafficConfig", "ProductionVariants[].ServerlessConfig"),
    message="CrossRegionTrafficConfig cannot be set with serverless variants.",
    source=prose("CreateEndpointConfigInput.CrossRegionTrafficConfig"),
)
def cross_region_cap_excludes_serverless(
    request: CreateEndpointConfigRequest,
) -> Iterator[Violation]:
    for index, variant in enumerate(request.production_variants):
        if variant.serverless_config is not None:
            yield Violation(
                "CrossRegionTrafficConfig", f"ProductionVariants[{index}].ServerlessConfig"
            )


@rule(
    "endpoint-config/cross-region-cap-excludes-async",
    severity="warning",
    shape="CreateEndpointConfigRequest",
    members=("CrossRegionTrafficConfig", "AsyncInferenceConfig"),
    message="CrossRegionTrafficConfig cannot be set with AsyncInferenceConfig.",
    source=prose("CreateEndpointConfigInput.CrossRegionTrafficConfig"),
)
def cross_region_cap_excludes_async(request: CreateEndpointConfigRequest) -> Iterator[Violation]:
    if request.async_inference_config is not None:
        yield Violation("CrossRegionTrafficConfig", "AsyncInferenceConfig")


@rule(
    "endpoint-config/metric-frequency",
    severity="warning",
    shape=("MetricsConfig", "MetricsEndpoint"),
    members="MetricPublishFrequencyInSeconds",
    message="MetricPublishFrequencyInSeconds must be one of seven intervals.",
    source=prose("MetricsConfig.MetricPublishFrequencyInSeconds"),
    also=(prose("MetricsEndpoint.MetricPublishFrequencyInSeconds"),),
)
def metric_frequency(config: MetricsConfig | MetricsEndpoint) -> Iterator[Violation]:
    if config.metric_publish_frequency_in_seconds not in {10, 30, 60, 120, 180, 240, 300}:
        yield Violation(
            "MetricPublishFrequencyInSeconds", expected="10, 30, 60, 120, 180, 240 or 300"
        )


# Members that were required

MODEL_NAME_REQUIRED = superseded(
    "endpoint-config/model-name-required",
    severity="warning",
    shape="ProductionVariant",
    members="ModelName",
    message="A variant must have a ModelName.",
    source=Source("2023-05-09", 188),
    by="optional since 2023-11-29 (line 3812): a variant may host inference components",
)

INSTANCE_COUNT_REQUIRED = superseded(
    "endpoint-config/instance-count-required",
    severity="warning",
    shape="ProductionVariant",
    members="InitialInstanceCount",
    message="A variant must have an InitialInstanceCount.",
    source=Source("2019-09-25", 930),
    by="optional since 2023-05-09 (line 192): a serverless variant has none",
)

INSTANCE_TYPE_REQUIRED = superseded(
    "endpoint-config/instance-type-required",
    severity="warning",
    shape="ProductionVariant",
    members="InstanceType",
    message="A variant must have an InstanceType.",
    source=Source("2019-09-25", 934),
    by="optional since 2023-05-09 (line 196): a serverless variant has none",
)
