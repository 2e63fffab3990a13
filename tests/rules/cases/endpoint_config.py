"""Endpoint configurations, their explainer, and the deployments of an endpoint."""

from __future__ import annotations

from tests.rules.cases import ALIAS, ALIAS_ARN, KEY, KEY_ARN, Case, Given, of

SERVERLESS = of(MemorySizeInMB=2048, MaxConcurrency=5)
MAIN = of(VariantName="main", ModelName="churn", InitialInstanceCount=2, InstanceType="ml.m5.large")


def variant(**more: object) -> Given:
    return of(VariantName="main", ModelName="churn", **more)


def config(*variants: Given, **more: object) -> Given:
    return of(EndpointConfigName="churn", ProductionVariants=list(variants or [MAIN]), **more)


def desired(name: str, **more: object) -> Given:
    return of(VariantName=name, **more)


def capture(**more: object) -> Given:
    return of(
        InitialSamplingPercentage=10,
        DestinationS3Uri="s3://b/",
        CaptureOptions=[of(CaptureMode="InputAndOutput")],
        **more,
    )


PREFIX = of(PrefixLength=2048, ConcurrencyThreshold=8)
TOPIC = "arn:aws:sns:us-west-2:111122223333:topic"
CAP = of(MaxInvocationsPerSecondPerInstance=10, MaxCrossRegionPercentPerEndpoint=20)
ASYNC = of(OutputConfig=of(S3OutputPath="s3://b/"))
SHADOW = of(
    VariantName="shadow", ModelName="new", InitialInstanceCount=1, InstanceType="ml.c5.large"
)
BASELINE = of(ShapBaselineConfig=of(ShapBaseline="1,2,3"))
TEXT = of(TextConfig=of(Language="en", Granularity="token"))


def traffic(kind: str, **more: object) -> Given:
    return of(Type=kind, WaitIntervalInSeconds=300, **more)


def percent(value: int) -> Given:
    return of(Type="CAPACITY_PERCENT", Value=value)


CASES = (
    Case(
        "endpoint-config/serverless-excludes-instance-type",
        "ProductionVariant",
        variant(ServerlessConfig=SERVERLESS),
        variant(ServerlessConfig=SERVERLESS, InstanceType="ml.m5.large"),
    ),
    Case(
        "endpoint-config/serverless-excludes-instance-count",
        "ProductionVariant",
        variant(ServerlessConfig=SERVERLESS),
        variant(ServerlessConfig=SERVERLESS, InitialInstanceCount=1),
    ),
    Case(
        "endpoint-config/serverless-excludes-volume",
        "ProductionVariant",
        variant(ServerlessConfig=SERVERLESS),
        variant(ServerlessConfig=SERVERLESS, VolumeSizeInGB=30),
    ),
    Case(
        "endpoint-config/serverless-excludes-instance-scaling",
        "ProductionVariant",
        variant(ServerlessConfig=SERVERLESS),
        variant(ServerlessConfig=SERVERLESS, ManagedInstanceScaling=of(Status="ENABLED")),
    ),
    Case(
        "endpoint-config/serverless-memory-size",
        "ProductionVariantServerlessConfig",
        of(MemorySizeInMB=6144, MaxConcurrency=1),
        of(MemorySizeInMB=2000, MaxConcurrency=1),
    ),
    Case(
        "endpoint-config/provisioned-within-max-concurrency",
        "ProductionVariantServerlessConfig",
        of(MemorySizeInMB=1024, MaxConcurrency=5, ProvisionedConcurrency=5),
        of(MemorySizeInMB=1024, MaxConcurrency=5, ProvisionedConcurrency=6),
    ),
    Case(
        "endpoint/provisioned-within-max-concurrency",
        "ProductionVariantServerlessUpdateConfig",
        of(MaxConcurrency=5, ProvisionedConcurrency=5),
        of(MaxConcurrency=5, ProvisionedConcurrency=6),
    ),
    Case(
        "inference-recommendations-job/no-provisioned-concurrency",
        "EndpointInputConfiguration",
        of(ServerlessConfig=SERVERLESS),
        of(ServerlessConfig=of(**SERVERLESS, ProvisionedConcurrency=1)),
    ),
    Case(
        "endpoint/capacity-of-one-variant",
        "UpdateEndpointWeightsAndCapacitiesRequest",
        of(
            EndpointName="churn",
            DesiredWeightsAndCapacities=[
                desired("a", DesiredWeight=1.0, DesiredInstanceCount=2),
                desired("b", DesiredWeight=2.0),
            ],
        ),
        of(
            EndpointName="churn",
            DesiredWeightsAndCapacities=[
                desired("a", DesiredInstanceCount=2),
                desired("b", DesiredInstanceCount=3),
            ],
        ),
    ),
    Case(
        "endpoint-config/scaling-minimum-within-maximum",
        "ProductionVariantManagedInstanceScaling",
        of(MinInstanceCount=1, MaxInstanceCount=1),
        of(MinInstanceCount=2, MaxInstanceCount=1),
    ),
    Case(
        "endpoint-config/no-elastic-inference",
        "ProductionVariant",
        variant(InstanceType="ml.m5.large"),
        variant(InstanceType="ml.m5.large", AcceleratorType="ml.eia2.medium"),
    ),
    Case(
        "endpoint-config/one-partition-layout",
        "ProductionVariant",
        variant(AcceleratorPartitionLayouts=[of(AcceleratorPartitionTypes=["mig-3g.40gb"])]),
        variant(
            AcceleratorPartitionLayouts=[
                of(AcceleratorPartitionTypes=["mig-3g.40gb"]),
                of(AcceleratorPartitionTypes=["mig-4g.40gb"]),
            ]
        ),
    ),
    Case(
        "endpoint-config/prefix-routing-only-when-chosen",
        "ProductionVariantRoutingConfig",
        of(RoutingStrategy="PREFIX_AWARE", PrefixAwareRoutingConfig=PREFIX),
        of(RoutingStrategy="RANDOM", PrefixAwareRoutingConfig=PREFIX),
    ),
    Case(
        "endpoint-config/prefix-routing-needs-length",
        "ProductionVariantRoutingConfig",
        of(RoutingStrategy="PREFIX_AWARE", PrefixAwareRoutingConfig=PREFIX),
        of(RoutingStrategy="PREFIX_AWARE", PrefixAwareRoutingConfig=of(ConcurrencyThreshold=8)),
    ),
    Case(
        "endpoint-config/prefix-routing-needs-threshold",
        "ProductionVariantRoutingConfig",
        of(RoutingStrategy="RANDOM"),
        of(RoutingStrategy="PREFIX_AWARE", PrefixAwareRoutingConfig=of(PrefixLength=2048)),
    ),
    Case(
        "endpoint-config/consolidation-settings",
        "ProductionVariantManagedInstanceScalingScaleInPolicy",
        of(Strategy="CONSOLIDATION", MaximumStepSize=2, CooldownInMinutes=10),
        of(Strategy="IDLE_RELEASE", CooldownInMinutes=10),
    ),
    Case(
        "endpoint-config/shadow-takes-one-production-variant",
        "CreateEndpointConfigRequest",
        config(MAIN, ShadowProductionVariants=[SHADOW]),
        config(MAIN, of(**{**MAIN, "VariantName": "b"}), ShadowProductionVariants=[SHADOW]),
    ),
    Case(
        "endpoint-config/one-shadow-variant",
        "CreateEndpointConfigRequest",
        config(ShadowProductionVariants=[SHADOW]),
        config(ShadowProductionVariants=[SHADOW, of(**{**SHADOW, "VariantName": "b"})]),
    ),
    Case(
        "endpoint-config/weights-above-zero",
        "CreateEndpointConfigRequest",
        config(of(**MAIN, InitialVariantWeight=0.0), of(**SHADOW, InitialVariantWeight=1.0)),
        config(of(**MAIN, InitialVariantWeight=0.0)),
    ),
    Case(
        "endpoint-config/kms-key-format",
        "CreateEndpointConfigRequest",
        config(KmsKeyId=KEY),
        config(KmsKeyId="ExampleAlias"),
    ),
    Case(
        "endpoint-config/kms-key-leaves-local-storage",
        "CreateEndpointConfigRequest",
        config(KmsKeyId=ALIAS),
        config(variant(InstanceType="ml.g5.xlarge"), KmsKeyId=ALIAS),
    ),
    Case(
        "endpoint-config/core-dump-kms-key-format",
        "ProductionVariantCoreDumpConfig",
        of(DestinationS3Uri="s3://b/", KmsKeyId=KEY_ARN),
        of(DestinationS3Uri="s3://b/", KmsKeyId="key/1234abcd"),
    ),
    Case(
        "endpoint-config/data-capture-kms-key-format",
        "DataCaptureConfig",
        capture(KmsKeyId=ALIAS_ARN),
        capture(KmsKeyId="alias:ExampleAlias"),
    ),
    Case(
        "endpoint-config/response-in-success-topic",
        "AsyncInferenceNotificationConfig",
        of(IncludeInferenceResponseIn=["SUCCESS_NOTIFICATION_TOPIC"], SuccessTopic=TOPIC),
        of(IncludeInferenceResponseIn=["SUCCESS_NOTIFICATION_TOPIC"], ErrorTopic=TOPIC),
    ),
    Case(
        "endpoint-config/response-in-error-topic",
        "AsyncInferenceNotificationConfig",
        of(IncludeInferenceResponseIn=["ERROR_NOTIFICATION_TOPIC"], ErrorTopic=TOPIC),
        of(IncludeInferenceResponseIn=["ERROR_NOTIFICATION_TOPIC"], SuccessTopic=TOPIC),
    ),
    Case(
        "endpoint-config/cross-region-cap-excludes-serverless",
        "CreateEndpointConfigRequest",
        config(CrossRegionTrafficConfig=CAP),
        config(variant(ServerlessConfig=SERVERLESS), CrossRegionTrafficConfig=CAP),
    ),
    Case(
        "endpoint-config/cross-region-cap-excludes-async",
        "CreateEndpointConfigRequest",
        config(CrossRegionTrafficConfig=CAP),
        config(AsyncInferenceConfig=ASYNC, CrossRegionTrafficConfig=CAP),
    ),
    Case(
        "endpoint-config/metric-frequency",
        "MetricsConfig",
        of(MetricPublishFrequencyInSeconds=240),
        of(MetricPublishFrequencyInSeconds=90),
    ),
    # The explainer
    Case(
        "clarify-explainer/enable-explanations-expression",
        "ClarifyExplainerConfig",
        of(EnableExplanations="probability > `0.8`", ShapConfig=BASELINE),
        of(EnableExplanations="probability >", ShapConfig=BASELINE),
    ),
    Case(
        "clarify-explainer/features-expression",
        "ClarifyInferenceConfig",
        of(FeaturesAttribute="myfeatures"),
        of(FeaturesAttribute="my features"),
    ),
    Case(
        "clarify-explainer/probability-expression",
        "ClarifyInferenceConfig",
        of(ProbabilityAttribute="probability"),
        of(ProbabilityAttribute="probability["),
    ),
    Case(
        "clarify-explainer/label-expression",
        "ClarifyInferenceConfig",
        of(LabelAttribute="labels"),
        of(LabelAttribute="labels..first"),
    ),
    Case(
        "clarify-explainer/probability-index-or-attribute",
        "ClarifyInferenceConfig",
        of(ProbabilityIndex=1, LabelIndex=0),
        of(ProbabilityIndex=1, ProbabilityAttribute="probability"),
    ),
    Case(
        "clarify-explainer/probability-and-label-in-one-format",
        "ClarifyInferenceConfig",
        of(LabelIndex=0, ProbabilityIndex=1),
        of(LabelIndex=0, ProbabilityAttribute="probability"),
    ),
    Case(
        "clarify-explainer/text-among-feature-types",
        "ClarifyInferenceConfig",
        of(FeatureTypes=["text"]),
        of(FeatureTypes=["numerical", "categorical"]),
    ),
    Case(
        "clarify-explainer/feature-types-need-text-config",
        "ClarifyExplainerConfig",
        of(InferenceConfig=of(FeatureTypes=["text"]), ShapConfig=of(**BASELINE, **TEXT)),
        of(InferenceConfig=of(FeatureTypes=["text"]), ShapConfig=BASELINE),
    ),
    Case(
        "clarify-explainer/baseline-mime-type",
        "ClarifyShapBaselineConfig",
        of(ShapBaseline="1", MimeType="application/jsonlines"),
        of(ShapBaseline="1", MimeType="application/json"),
    ),
    Case(
        "clarify-explainer/one-baseline",
        "ClarifyShapBaselineConfig",
        of(ShapBaseline="1"),
        of(ShapBaseline="1", ShapBaselineUri="s3://b/baseline.csv"),
    ),
    Case(
        "clarify-explainer/some-baseline",
        "ClarifyShapBaselineConfig",
        of(ShapBaseline="1"),
        of(MimeType="text/csv"),
    ),
    # Deployments
    Case(
        "endpoint/one-update-policy",
        "DeploymentConfig",
        of(BlueGreenUpdatePolicy=of(TrafficRoutingConfiguration=traffic("ALL_AT_ONCE"))),
        of(
            BlueGreenUpdatePolicy=of(TrafficRoutingConfiguration=traffic("ALL_AT_ONCE")),
            RollingUpdatePolicy=of(MaximumBatchSize=percent(20), WaitIntervalInSeconds=300),
        ),
    ),
    Case(
        "endpoint/canary-at-most-half",
        "TrafficRoutingConfig",
        traffic("CANARY", CanarySize=percent(50)),
        traffic("CANARY", CanarySize=percent(51)),
    ),
    Case(
        "endpoint/linear-step-size",
        "TrafficRoutingConfig",
        traffic("LINEAR", LinearStepSize=percent(10)),
        traffic("LINEAR", LinearStepSize=percent(9)),
    ),
    Case(
        "endpoint/canary-needs-size",
        "TrafficRoutingConfig",
        traffic("CANARY", CanarySize=of(Type="INSTANCE_COUNT", Value=1)),
        traffic("CANARY"),
    ),
    Case(
        "endpoint/linear-needs-step-size",
        "TrafficRoutingConfig",
        traffic("ALL_AT_ONCE"),
        traffic("LINEAR"),
    ),
    Case(
        "endpoint/timeout-above-waits",
        "BlueGreenUpdatePolicy",
        of(
            TrafficRoutingConfiguration=traffic("ALL_AT_ONCE"),
            TerminationWaitInSeconds=300,
            MaximumExecutionTimeoutInSeconds=601,
        ),
        of(
            TrafficRoutingConfiguration=traffic("ALL_AT_ONCE"),
            TerminationWaitInSeconds=300,
            MaximumExecutionTimeoutInSeconds=600,
        ),
    ),
    Case(
        "endpoint/rolling-batch-size",
        "RollingUpdatePolicy",
        of(MaximumBatchSize=percent(5), WaitIntervalInSeconds=0),
        of(MaximumBatchSize=percent(60), WaitIntervalInSeconds=0),
    ),
    # Tags and VPCs
    Case(
        "tags/unique-keys",
        "AddTagsRequest",
        of(
            ResourceArn="arn:aws:sagemaker:us-west-2:111122223333:endpoint/e",
            Tags=[of(Key="team", Value="a"), of(Key="Team", Value="a")],
        ),
        of(
            ResourceArn="arn:aws:sagemaker:us-west-2:111122223333:endpoint/e",
            Tags=[of(Key="team", Value="a"), of(Key="team", Value="b")],
        ),
    ),
    Case(
        "vpc/security-group-id",
        "VpcConfig",
        of(SecurityGroupIds=["sg-0123456789abcdef0"], Subnets=["subnet-1"]),
        of(SecurityGroupIds=["default"], Subnets=["subnet-1"]),
    ),
    Case(
        "endpoint-config/metric-frequency",
        "MetricsEndpoint",
        of(MetricsEndpointPath="/metrics", MetricPublishFrequencyInSeconds=10),
        of(MetricsEndpointPath="/metrics", MetricPublishFrequencyInSeconds=15),
    ),
)
