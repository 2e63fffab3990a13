"""Endpoint configurations and the production variants in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._facts import ANY_KEY, has_local_storage, is_key
from sagemaker_typed.rules._rule import Breach, Source, prose, rule, superseded

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
    grade="warning",
    shape="ProductionVariant",
    members=("ServerlessConfig", "InstanceType"),
    says="A serverless variant has no instance type: it stands in for instances.",
    source=Source("2023-11-29", 3858),
    also=(Source("2023-05-09", 234),),
)
def serverless_excludes_instance_type(variant: ProductionVariant) -> Iterator[Breach]:
    if variant.instance_type is not None:
        yield Breach("InstanceType")


@rule(
    "endpoint-config/serverless-excludes-instance-count",
    grade="warning",
    shape="ProductionVariant",
    members=("ServerlessConfig", "InitialInstanceCount"),
    says="A serverless variant has no instances to count: it stands in for them.",
    source=Source("2023-11-29", 3858),
    also=(Source("2023-05-09", 234),),
)
def serverless_excludes_instance_count(variant: ProductionVariant) -> Iterator[Breach]:
    if variant.initial_instance_count is not None:
        yield Breach("InitialInstanceCount")


@rule(
    "endpoint-config/serverless-excludes-volume",
    grade="warning",
    shape="ProductionVariant",
    members=("ServerlessConfig", "VolumeSizeInGB"),
    says="Volumes belong to instances, and a serverless variant has none.",
    source=Source("2023-11-29", 3878),
    also=(Source("2023-05-09", 250),),
)
def serverless_excludes_volume(variant: ProductionVariant) -> Iterator[Breach]:
    if variant.volume_size_in_gb is not None:
        yield Breach("VolumeSizeInGB")


@rule(
    "endpoint-config/serverless-excludes-instance-scaling",
    grade="warning",
    shape="ProductionVariant",
    members=("ServerlessConfig", "ManagedInstanceScaling"),
    says="Managed scaling is of a variant's instances, and a serverless one has none.",
    source=Source("2023-11-29", 3894),
)
def serverless_excludes_instance_scaling(variant: ProductionVariant) -> Iterator[Breach]:
    if variant.managed_instance_scaling is not None:
        yield Breach("ManagedInstanceScaling")


@rule(
    "endpoint-config/serverless-memory-size",
    grade="warning",
    shape="ProductionVariantServerlessConfig",
    members="MemorySizeInMB",
    says="The memory of a serverless endpoint comes in steps of 1024 MB, from 1024 to 6144.",
    source=Source("2023-11-29", 3862),
    also=(Source("2023-05-09", 238),),
)
def serverless_memory_size(config: ProductionVariantServerlessConfig) -> Iterator[Breach]:
    if config.memory_size_in_mb not in range(1024, 6144 + 1, 1024):
        yield Breach("MemorySizeInMB", expected="1024, 2048, 3072, 4096, 5120 or 6144")


@rule(
    "endpoint-config/provisioned-within-max-concurrency",
    grade="warning",
    shape="ProductionVariantServerlessConfig",
    members=("ProvisionedConcurrency", "MaxConcurrency"),
    says="No more concurrency is provisioned than the endpoint may reach.",
    source=Source("2023-11-29", 3870),
    also=(Source("2023-05-09", 246),),
)
def provisioned_within_max_concurrency(
    config: ProductionVariantServerlessConfig,
) -> Iterator[Breach]:
    provisioned = config.provisioned_concurrency
    if provisioned is not None and provisioned > config.max_concurrency:
        yield Breach("ProvisionedConcurrency", "MaxConcurrency")


@rule(
    "endpoint/provisioned-within-max-concurrency",
    grade="warning",
    shape="ProductionVariantServerlessUpdateConfig",
    members=("ProvisionedConcurrency", "MaxConcurrency"),
    says="No more concurrency is provisioned than the endpoint may reach.",
    source=Source("2023-05-09", 2421),
)
def updated_provisioned_within_max_concurrency(
    config: ProductionVariantServerlessUpdateConfig,
) -> Iterator[Breach]:
    provisioned, most = config.provisioned_concurrency, config.max_concurrency
    if provisioned is not None and most is not None and provisioned > most:
        yield Breach("ProvisionedConcurrency", "MaxConcurrency")


@rule(
    "inference-recommendations-job/no-provisioned-concurrency",
    grade="warning",
    shape="EndpointInputConfiguration",
    members="ServerlessConfig.ProvisionedConcurrency",
    says="Inference Recommender takes no provisioned concurrency for a serverless endpoint.",
    source=Source("2023-11-29", 3874),
)
def recommender_takes_no_provisioned_concurrency(
    configuration: EndpointInputConfiguration,
) -> Iterator[Breach]:
    serverless = configuration.serverless_config
    if serverless is not None and serverless.provisioned_concurrency is not None:
        yield Breach("ServerlessConfig.ProvisionedConcurrency")


@rule(
    "endpoint/capacity-of-one-variant",
    grade="advice",  # the page describes what the operation is for; it obliges nobody
    shape="UpdateEndpointWeightsAndCapacitiesRequest",
    members="DesiredWeightsAndCapacities",
    says="One call changes the weights of any number of variants, or the capacity of one.",
    source=Source("2023-05-09", 2355),
)
def capacity_of_one_variant(
    request: UpdateEndpointWeightsAndCapacitiesRequest,
) -> Iterator[Breach]:
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
        yield Breach(*resized, expected="the capacity of one variant only")


# Variants with instances


@rule(
    "endpoint-config/scaling-minimum-within-maximum",
    grade="warning",
    shape="ProductionVariantManagedInstanceScaling",
    members=("MinInstanceCount", "MaxInstanceCount"),
    says="The fewest instances that managed scaling keeps are no more than the most it makes.",
    source=Source("2023-11-29", 3902),
    also=(Source("2023-11-29", 3906),),
)
def scaling_minimum_within_maximum(
    scaling: ProductionVariantManagedInstanceScaling,
) -> Iterator[Breach]:
    least, most = scaling.min_instance_count, scaling.max_instance_count
    if least is not None and most is not None and least > most:
        yield Breach("MinInstanceCount", "MaxInstanceCount")


@rule(
    "endpoint-config/no-elastic-inference",
    grade="warning",
    shape="ProductionVariant",
    members="AcceleratorType",
    says="Elastic Inference has ended, and the parameter is supported no longer.",
    source=prose("ProductionVariant.AcceleratorType"),
)
def no_elastic_inference(variant: ProductionVariant) -> Iterator[Breach]:
    del variant
    yield Breach("AcceleratorType")


@rule(
    "endpoint-config/one-partition-layout",
    grade="warning",
    shape="ProductionVariant",
    members="AcceleratorPartitionLayouts",
    says="A variant has one partition layout, which holds for all of its accelerators.",
    source=prose("ProductionVariant.AcceleratorPartitionLayouts"),
)
def one_partition_layout(variant: ProductionVariant) -> Iterator[Breach]:
    if variant.accelerator_partition_layouts and len(variant.accelerator_partition_layouts) > 1:
        yield Breach("AcceleratorPartitionLayouts", expected="a single layout")


@rule(
    "endpoint-config/prefix-routing-only-when-chosen",
    grade="warning",
    shape="ProductionVariantRoutingConfig",
    members=("PrefixAwareRoutingConfig", "RoutingStrategy"),
    says="Prefix-aware routing is configured only where it is the strategy.",
    source=prose("ProductionVariantRoutingConfig.PrefixAwareRoutingConfig"),
)
def prefix_routing_only_when_chosen(config: ProductionVariantRoutingConfig) -> Iterator[Breach]:
    if config.routing_strategy in {"LEAST_OUTSTANDING_REQUESTS", "RANDOM", "KV_AWARE"}:
        yield Breach("RoutingStrategy", expected="PREFIX_AWARE, or no PrefixAwareRoutingConfig")


@rule(
    "endpoint-config/prefix-routing-needs-length",
    grade="warning",
    shape="ProductionVariantRoutingConfig",
    members=("RoutingStrategy", "PrefixAwareRoutingConfig.PrefixLength"),
    says="Prefix-aware routing needs the length of the prefix.",
    source=prose("PrefixAwareRoutingConfig.PrefixLength"),
)
def prefix_routing_needs_length(config: ProductionVariantRoutingConfig) -> Iterator[Breach]:
    prefix: PrefixAwareRoutingConfig | None = config.prefix_aware_routing_config
    if config.routing_strategy == "PREFIX_AWARE" and (
        prefix is None or prefix.prefix_length is None
    ):
        yield Breach("PrefixAwareRoutingConfig.PrefixLength", expected="a length")


@rule(
    "endpoint-config/prefix-routing-needs-threshold",
    grade="warning",
    shape="ProductionVariantRoutingConfig",
    members=("RoutingStrategy", "PrefixAwareRoutingConfig.ConcurrencyThreshold"),
    says="Prefix-aware routing needs the number of requests at which it goes elsewhere.",
    source=prose("PrefixAwareRoutingConfig.ConcurrencyThreshold"),
)
def prefix_routing_needs_threshold(config: ProductionVariantRoutingConfig) -> Iterator[Breach]:
    prefix: PrefixAwareRoutingConfig | None = config.prefix_aware_routing_config
    if config.routing_strategy == "PREFIX_AWARE" and (
        prefix is None or prefix.concurrency_threshold is None
    ):
        yield Breach("PrefixAwareRoutingConfig.ConcurrencyThreshold", expected="a threshold")


@rule(
    "endpoint-config/consolidation-settings",
    grade="advice",
    shape="ProductionVariantManagedInstanceScalingScaleInPolicy",
    members=("Strategy", "MaximumStepSize", "CooldownInMinutes"),
    says="Step size and cooldown are of consolidation; releasing idle instances has neither.",
    source=prose("ProductionVariantManagedInstanceScalingScaleInPolicy.MaximumStepSize"),
    also=(prose("ProductionVariantManagedInstanceScalingScaleInPolicy.CooldownInMinutes"),),
)
def consolidation_settings(
    policy: ProductionVariantManagedInstanceScalingScaleInPolicy,
) -> Iterator[Breach]:
    if policy.strategy == "IDLE_RELEASE":
        if policy.maximum_step_size is not None:
            yield Breach("MaximumStepSize", "Strategy")
        if policy.cooldown_in_minutes is not None:
            yield Breach("CooldownInMinutes", "Strategy")


# The configuration as a whole


@rule(
    "endpoint-config/shadow-takes-one-production-variant",
    grade="warning",
    shape="CreateEndpointConfigRequest",
    members=("ShadowProductionVariants", "ProductionVariants"),
    says="With shadow variants, there is one production variant.",
    source=Source("2023-11-29", 4226),
    also=(Source("R", 85), Source("2023-05-09", 570)),
)
def shadow_takes_one_production_variant(
    request: CreateEndpointConfigRequest,
) -> Iterator[Breach]:
    if request.shadow_production_variants and len(request.production_variants) > 1:
        yield Breach("ProductionVariants", expected="one variant, as it has a shadow")


@rule(
    "endpoint-config/one-shadow-variant",
    grade="warning",
    shape="CreateEndpointConfigRequest",
    members="ShadowProductionVariants",
    says="There is one shadow variant.",
    source=Source("2023-11-29", 4226),
    also=(Source("R", 86), Source("2023-05-09", 570)),
)
def one_shadow_variant(request: CreateEndpointConfigRequest) -> Iterator[Breach]:
    if request.shadow_production_variants and len(request.shadow_production_variants) > 1:
        yield Breach("ShadowProductionVariants", expected="one variant")


@rule(
    "endpoint-config/weights-above-zero",
    grade="advice",
    shape="CreateEndpointConfigRequest",
    members="ProductionVariants",
    says="A variant's traffic is its weight over the sum of all: that sum is above zero.",
    source=Source("2023-11-29", 3826),
    also=(
        Source("2023-05-09", 202),
        Source("2019-09-25", 940),
    ),
)
def weights_above_zero(request: CreateEndpointConfigRequest) -> Iterator[Breach]:
    weights = [variant.initial_variant_weight for variant in request.production_variants]
    if weights and all(weight == 0 for weight in weights):
        yield Breach(
            *(f"ProductionVariants[{index}].InitialVariantWeight" for index in range(len(weights))),
            expected="at least one weight above 0",
        )


@rule(
    "endpoint-config/kms-key-format",
    grade="warning",
    shape="CreateEndpointConfigRequest",
    members="KmsKeyId",
    says="The key of the endpoint's storage is a key, its ARN, an alias or the alias's ARN.",
    source=Source("2023-11-29", 4014),
    also=(Source("R", 56), Source("2023-05-09", 358)),
)
def kms_key_format(request: CreateEndpointConfigRequest) -> Iterator[Breach]:
    if request.kms_key_id is not None and not is_key(request.kms_key_id):
        yield Breach("KmsKeyId", expected=ANY_KEY)


@rule(
    "endpoint-config/kms-key-leaves-local-storage",
    grade="advice",
    shape="CreateEndpointConfigRequest",
    members=("KmsKeyId", "ProductionVariants[].InstanceType"),
    says="The key does not encrypt the local storage of an instance that has some.",
    source=prose("CreateEndpointConfigInput.KmsKeyId"),
)
def kms_key_leaves_local_storage(request: CreateEndpointConfigRequest) -> Iterator[Breach]:
    for index, variant in enumerate(request.production_variants):
        if has_local_storage(variant.instance_type):
            yield Breach(
                f"ProductionVariants[{index}].InstanceType",
                expected="an instance type without local storage, for all of it to be encrypted",
            )


KMS_KEY_EXCLUDES_NITRO = superseded(
    "endpoint-config/kms-key-excludes-nitro",
    grade="error",
    shape="CreateEndpointConfigRequest",
    members=("KmsKeyId", "ProductionVariants[].InstanceType"),
    says="The call fails with a key and any Nitro-based instance.",
    source=Source("2019-09-25", 976),
    by="narrowed in 2023-05-09 (line 372) to Nitro instances with local storage, which "
    "endpoint-config/kms-key-excludes-local-storage records",
)

KMS_KEY_EXCLUDES_LOCAL_STORAGE = superseded(
    "endpoint-config/kms-key-excludes-local-storage",
    grade="error",
    shape="CreateEndpointConfigRequest",
    members=("KmsKeyId", "ProductionVariants[].InstanceType"),
    says="The call fails with a key and an instance that has local storage.",
    source=Source("2023-11-29", 4028),
    also=(Source("R", 68), Source("2023-05-09", 372)),
    by="the service model takes the key and says that it leaves local storage alone: "
    "endpoint-config/kms-key-leaves-local-storage",
)


@rule(
    "endpoint-config/core-dump-kms-key-format",
    grade="warning",
    shape="ProductionVariantCoreDumpConfig",
    members="KmsKeyId",
    says="The key of a core dump is a key, its ARN, an alias or the alias's ARN.",
    source=Source("2023-11-29", 3842),
)
def core_dump_kms_key_format(config: ProductionVariantCoreDumpConfig) -> Iterator[Breach]:
    if config.kms_key_id is not None and not is_key(config.kms_key_id):
        yield Breach("KmsKeyId", expected=ANY_KEY)


@rule(
    "endpoint-config/data-capture-kms-key-format",
    grade="warning",
    shape="DataCaptureConfig",
    members="KmsKeyId",
    says="The key of captured data is a key, its ARN, an alias or the alias's ARN.",
    source=Source("2023-11-29", 3944),
    also=(Source("2023-05-09", 288),),
)
def data_capture_kms_key_format(config: DataCaptureConfig) -> Iterator[Breach]:
    if config.kms_key_id is not None and not is_key(config.kms_key_id):
        yield Breach("KmsKeyId", expected=ANY_KEY)


@rule(
    "endpoint-config/response-in-success-topic",
    grade="advice",
    shape="AsyncInferenceNotificationConfig",
    members=("IncludeInferenceResponseIn", "SuccessTopic"),
    says="An answer is included in the success notification only where there is such a topic.",
    source=Source("2023-11-29", 4068),
    also=(Source("2023-11-29", 4076), Source("2023-05-09", 412)),
)
def response_in_success_topic(config: AsyncInferenceNotificationConfig) -> Iterator[Breach]:
    topics = config.include_inference_response_in or ()
    if "SUCCESS_NOTIFICATION_TOPIC" in topics and config.success_topic is None:
        yield Breach("IncludeInferenceResponseIn", "SuccessTopic", expected="a SuccessTopic")


@rule(
    "endpoint-config/response-in-error-topic",
    grade="advice",
    shape="AsyncInferenceNotificationConfig",
    members=("IncludeInferenceResponseIn", "ErrorTopic"),
    says="An answer is included in the failure notification only where there is such a topic.",
    source=Source("2023-11-29", 4072),
    also=(Source("2023-11-29", 4076), Source("2023-05-09", 416)),
)
def response_in_error_topic(config: AsyncInferenceNotificationConfig) -> Iterator[Breach]:
    topics = config.include_inference_response_in or ()
    if "ERROR_NOTIFICATION_TOPIC" in topics and config.error_topic is None:
        yield Breach("IncludeInferenceResponseIn", "ErrorTopic", expected="an ErrorTopic")


@rule(
    "endpoint-config/cross-region-cap-excludes-serverless",
    grade="warning",
    shape="CreateEndpointConfigRequest",
    members=("CrossRegionTrafficConfig", "ProductionVariants[].ServerlessConfig"),
    says="The cap on traffic from other Regions is not for serverless variants.",
    source=prose("CreateEndpointConfigInput.CrossRegionTrafficConfig"),
)
def cross_region_cap_excludes_serverless(
    request: CreateEndpointConfigRequest,
) -> Iterator[Breach]:
    for index, variant in enumerate(request.production_variants):
        if variant.serverless_config is not None:
            yield Breach(
                "CrossRegionTrafficConfig", f"ProductionVariants[{index}].ServerlessConfig"
            )


@rule(
    "endpoint-config/cross-region-cap-excludes-async",
    grade="warning",
    shape="CreateEndpointConfigRequest",
    members=("CrossRegionTrafficConfig", "AsyncInferenceConfig"),
    says="The cap on traffic from other Regions is not for asynchronous inference.",
    source=prose("CreateEndpointConfigInput.CrossRegionTrafficConfig"),
)
def cross_region_cap_excludes_async(request: CreateEndpointConfigRequest) -> Iterator[Breach]:
    if request.async_inference_config is not None:
        yield Breach("CrossRegionTrafficConfig", "AsyncInferenceConfig")


@rule(
    "endpoint-config/metric-frequency",
    grade="warning",
    shape=("MetricsConfig", "MetricsEndpoint"),
    members="MetricPublishFrequencyInSeconds",
    says="Metrics are published at one of seven intervals.",
    source=prose("MetricsConfig.MetricPublishFrequencyInSeconds"),
    also=(prose("MetricsEndpoint.MetricPublishFrequencyInSeconds"),),
)
def metric_frequency(config: MetricsConfig | MetricsEndpoint) -> Iterator[Breach]:
    if config.metric_publish_frequency_in_seconds not in {10, 30, 60, 120, 180, 240, 300}:
        yield Breach("MetricPublishFrequencyInSeconds", expected="10, 30, 60, 120, 180, 240 or 300")


# What was required once

MODEL_NAME_REQUIRED = superseded(
    "endpoint-config/model-name-required",
    grade="warning",
    shape="ProductionVariant",
    members="ModelName",
    says="Every variant names a model.",
    source=Source("2023-05-09", 188),
    by="optional since 2023-11-29 (line 3812): a variant may host inference components",
)

INSTANCE_COUNT_REQUIRED = superseded(
    "endpoint-config/instance-count-required",
    grade="warning",
    shape="ProductionVariant",
    members="InitialInstanceCount",
    says="Every variant says how many instances it starts with.",
    source=Source("2019-09-25", 930),
    by="optional since 2023-05-09 (line 192): a serverless variant has none",
)

INSTANCE_TYPE_REQUIRED = superseded(
    "endpoint-config/instance-type-required",
    grade="warning",
    shape="ProductionVariant",
    members="InstanceType",
    says="Every variant names its instance type.",
    source=Source("2019-09-25", 934),
    by="optional since 2023-05-09 (line 196): a serverless variant has none",
)
