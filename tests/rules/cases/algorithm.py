"""Algorithms, model packages, models, and resources with a rule or two."""

from __future__ import annotations

import json

from tests.rules.cases import IMAGE, ROLE, Case, Given, of

INTEGERS = of(IntegerParameterRangeSpecification=of(MinValue="1", MaxValue="10"))
NUMBERS = of(ContinuousParameterRangeSpecification=of(MinValue="0.1", MaxValue="1e2"))
CATEGORIES = of(CategoricalParameterRangeSpecification=of(Values=["a", "b"]))


def parameter(name: str = "depth", kind: str = "Integer", **more: object) -> Given:
    return of(Name=name, Type=kind, **more)


def source(**more: object) -> Given:
    return of(
        Name="train", SupportedContentTypes=["text/csv"], SupportedInputModes=["File"], **more
    )


def specification(**more: object) -> Given:
    return (
        of(
            TrainingImage=IMAGE,
            SupportedTrainingInstanceTypes=["ml.m5.xlarge"],
            TrainingChannels=[source()],
        )
        | more
    )


TRANSFORM = of(
    TransformInput=of(DataSource=of(S3DataSource=of(S3DataType="S3Prefix", S3Uri="s3://b/in"))),
    TransformOutput=of(S3OutputPath="s3://b/out"),
    TransformResources=of(InstanceType="ml.m5.large", InstanceCount=1),
)
INFERENCE = of(
    Containers=[of(Image=IMAGE)],
    SupportedTransformInstanceTypes=["ml.m5.large"],
    SupportedRealtimeInferenceInstanceTypes=["ml.m5.large"],
    SupportedContentTypes=["text/csv"],
    SupportedResponseMIMETypes=["text/csv"],
)


def algorithm(
    training: Given | None = None,
    instances: int = 1,
    instance_type: str = "ml.m5.xlarge",
    transform: Given | None = None,
    channel: Given | None = None,
    **more: object,
) -> Given:
    job = of(
        TrainingInputMode="File",
        InputDataConfig=[
            of(
                ChannelName="train",
                DataSource=of(S3DataSource=of(S3DataType="S3Prefix", S3Uri="s3://b/data")),
            )
            | (channel or {})
        ],
        OutputDataConfig=of(S3OutputPath="s3://b/models"),
        ResourceConfig=of(InstanceType=instance_type, InstanceCount=instances, VolumeSizeInGB=30),
        StoppingCondition=of(MaxRuntimeInSeconds=3600),
    )
    profile = of(ProfileName="profile", TrainingJobDefinition=job)
    profile |= of(TransformJobDefinition=transform) if transform else {}
    return of(
        AlgorithmName="mine",
        TrainingSpecification=specification(**(training or {})),
        ValidationSpecification=of(ValidationRole=ROLE, ValidationProfiles=[profile]),
        **more,
    )


def metrics(*names: str) -> Given:
    return of(MetricDefinitions=[of(Name=name, Regex="loss=(.*)") for name in names])


def objectives(*names: str) -> Given:
    return of(
        SupportedTuningJobObjectiveMetrics=[of(Type="Minimize", MetricName=name) for name in names]
    )


PIPE = of(SupportedInputModes=["File", "Pipe"])
GROUP = of(ModelPackageGroupName="group", InferenceSpecification=INFERENCE)
ALONE = of(ModelPackageName="package", InferenceSpecification=INFERENCE)


def additional(*names: str) -> Given:
    return of(
        AdditionalInferenceSpecifications=[
            of(Name=name, Containers=[of(Image=IMAGE)]) for name in names
        ]
    )


def without(arguments: Given, name: str) -> Given:
    return {key: value for key, value in arguments.items() if key != name}


CREDENTIALS = of(
    RepositoryAuthConfig=of(
        RepositoryCredentialsProviderArn="arn:aws:lambda:us-west-2:111122223333:function:f"
    )
)


def features(identifier: str) -> Given:
    return of(
        FeatureGroupName="group",
        RecordIdentifierFeatureName=identifier,
        EventTimeFeatureName="time",
        FeatureDefinitions=[
            of(FeatureName="id", FeatureType="String"),
            of(FeatureName="time", FeatureType="Fractional"),
        ],
    )


CARD = {
    "model_overview": {
        "model_name": "churn",
        "model_version": 1,
        "model_artifact": ["s3://bucket/model.tar.gz"],
        "inference_environment": {"container_image": ["image:1"]},
    },
    "intended_uses": {"purpose_of_model": "to call customers", "risk_rating": "Low"},
    "business_details": {"line_of_business": "growth"},
    "training_details": {
        "objective_function": {"function": {"function": "Minimize", "facet": "Loss"}},
        "training_job_details": {
            "training_metrics": [{"name": "rmse", "value": 0.1}],
            "hyper_parameters": [{"name": "depth", "value": "3"}],
        },
    },
    "evaluation_details": [
        {
            "name": "holdout",
            "datasets": ["s3://bucket/holdout"],
            "metadata": {"any": "thing"},
            "metric_groups": [
                {
                    "name": "errors",
                    "metric_data": [
                        {"name": "rmse", "type": "number", "value": 0.2},
                        {"name": "roc", "type": "linear_graph", "value": [[0, 1]]},
                    ],
                }
            ],
        }
    ],
    "additional_information": {"custom_details": {"any": "thing"}},
    "brand_new_part": 1,
}


CASES = (
    Case(
        "algorithm/hyperparameter-names-differ",
        "TrainingSpecification",
        specification(SupportedHyperParameters=[parameter("depth"), parameter("width")]),
        specification(SupportedHyperParameters=[parameter("depth"), parameter("depth")]),
    ),
    Case(
        "algorithm/required-or-default",
        "HyperParameterSpecification",
        parameter(DefaultValue="3", IsRequired=False),
        parameter(DefaultValue="3", IsRequired=True),
    ),
    Case(
        "algorithm/range-of-the-type",
        "HyperParameterSpecification",
        parameter(kind="Continuous", Range=NUMBERS),
        parameter(kind="Continuous", Range=INTEGERS),
    ),
    Case(
        "algorithm/integer-range-of-integers",
        "IntegerParameterRangeSpecification",
        of(MinValue="-1", MaxValue="1"),
        of(MinValue="-1", MaxValue="1.5"),
    ),
    Case(
        "algorithm/integer-range-in-order",
        "IntegerParameterRangeSpecification",
        of(MinValue="9", MaxValue="10"),
        of(MinValue="10", MaxValue="9"),
    ),
    Case(
        "algorithm/continuous-range-of-numbers",
        "ContinuousParameterRangeSpecification",
        of(MinValue="0.1", MaxValue="1e-1"),
        of(MinValue="0,1", MaxValue="1"),
    ),
    Case(
        "algorithm/continuous-range-in-order",
        "ContinuousParameterRangeSpecification",
        of(MinValue="9", MaxValue="10"),
        of(MinValue="1", MaxValue="0.1"),
    ),
    Case(
        "algorithm/default-within-range",
        "HyperParameterSpecification",
        parameter(kind="Categorical", DefaultValue="b", Range=CATEGORIES),
        parameter(DefaultValue="11", Range=INTEGERS),
    ),
    Case(
        "algorithm/tuning-needs-hyperparameters",
        "TrainingSpecification",
        specification(SupportedHyperParameters=[parameter()], **objectives("loss")),
        specification(**objectives("loss")),
    ),
    Case(
        "algorithm/objectives-are-emitted",
        "TrainingSpecification",
        specification(
            SupportedHyperParameters=[parameter()], **metrics("loss"), **objectives("loss")
        ),
        specification(
            SupportedHyperParameters=[parameter()], **metrics("loss"), **objectives("accuracy")
        ),
    ),
    Case(
        "algorithm/channel-input-modes",
        "ChannelSpecification",
        source() | of(SupportedInputModes=["File", "Pipe"]),
        source() | of(SupportedInputModes=["File", "FastFile"]),
    ),
    Case(
        "algorithm/one-instance-unless-distributed",
        "CreateAlgorithmRequest",
        algorithm(of(SupportsDistributedTraining=True), instances=2),
        algorithm(of(SupportsDistributedTraining=False), instances=2),
    ),
    Case(
        "algorithm/validated-on-a-supported-type",
        "CreateAlgorithmRequest",
        algorithm(),
        algorithm(instance_type="ml.c5.xlarge"),
    ),
    Case(
        "algorithm/transform-validated-on-a-supported-type",
        "CreateAlgorithmRequest",
        algorithm(transform=TRANSFORM, InferenceSpecification=INFERENCE),
        algorithm(
            transform=TRANSFORM,
            InferenceSpecification=INFERENCE | of(SupportedTransformInstanceTypes=["ml.c5.xlarge"]),
        ),
    ),
    Case(
        "algorithm/validated-with-required-channels",
        "CreateAlgorithmRequest",
        algorithm(of(TrainingChannels=[source(IsRequired=True)])),
        algorithm(of(TrainingChannels=[source(), source(IsRequired=True) | of(Name="labels")])),
    ),
    Case(
        "algorithm/validated-with-required-hyperparameters",
        "CreateAlgorithmRequest",
        algorithm(of(SupportedHyperParameters=[parameter(IsRequired=False)])),
        algorithm(of(SupportedHyperParameters=[parameter(IsRequired=True)])),
    ),
    # Model packages
    Case(
        "model-package/model-data-is-an-archive",
        "ModelPackageContainerDefinition",
        of(Image=IMAGE, ModelDataUrl="s3://bucket/model.tar.gz"),
        of(Image=IMAGE, ModelDataUrl="s3://bucket/model/"),
    ),
    Case(
        "model-package/image-path",
        "ModelPackageContainerDefinition",
        of(Image=IMAGE),
        of(Image="image:latest"),
    ),
    Case(
        "model-package/source-model-data-is-an-archive",
        "SourceAlgorithm",
        of(AlgorithmName="mine", ModelDataUrl="s3://bucket/model.tar.gz"),
        of(AlgorithmName="mine", ModelDataUrl="s3://bucket/model.tar"),
    ),
    Case(
        "model-package/payload-is-an-archive",
        "CreateModelPackageRequest",
        GROUP | of(SamplePayloadUrl="s3://bucket/payload.tar.gz"),
        GROUP | of(SamplePayloadUrl="s3://bucket/payload.json"),
    ),
    Case(
        "model-data/some-source",
        "ModelDataSource",
        of(S3DataSource=of(S3Uri="s3://b/m", S3DataType="S3Object", CompressionType="Gzip")),
        {},
    ),
    Case(
        "model-data/prefix-ends-with-slash",
        "S3ModelDataSource",
        of(S3Uri="s3://bucket/model/", S3DataType="S3Prefix", CompressionType="None"),
        of(S3Uri="s3://bucket/model", S3DataType="S3Prefix", CompressionType="None"),
    ),
    Case(
        "model-package/name-or-group",
        "CreateModelPackageRequest",
        ALONE,
        GROUP | of(ModelPackageName="package"),
    ),
    Case(
        "model-package/some-name-or-group",
        "CreateModelPackageRequest",
        ALONE,
        of(InferenceSpecification=INFERENCE),
    ),
    Case(
        "model-package/no-tags-in-a-group",
        "CreateModelPackageRequest",
        GROUP,
        GROUP | of(Tags=[of(Key="team", Value="churn")]),
    ),
    Case(
        "model-package/marketplace-is-for-unversioned",
        "CreateModelPackageRequest",
        ALONE | of(CertifyForMarketplace=True),
        GROUP | of(CertifyForMarketplace=True),
    ),
    Case(
        "model-package/approval-is-for-versions",
        "CreateModelPackageRequest",
        GROUP | of(ModelApprovalStatus="Approved"),
        ALONE | of(ModelApprovalStatus="Approved"),
    ),
    Case(
        "model-package/transform-types-of-unversioned",
        "CreateModelPackageRequest",
        GROUP | of(InferenceSpecification=of(Containers=[of(Image=IMAGE)])),
        ALONE | of(InferenceSpecification=without(INFERENCE, "SupportedTransformInstanceTypes")),
    ),
    Case(
        "model-package/real-time-types-of-unversioned",
        "CreateModelPackageRequest",
        ALONE,
        ALONE
        | of(InferenceSpecification=without(INFERENCE, "SupportedRealtimeInferenceInstanceTypes")),
    ),
    Case(
        "model-package/says-what-it-is-made-of",
        "CreateModelPackageRequest",
        of(
            ModelPackageName="package",
            SourceAlgorithmSpecification=of(SourceAlgorithms=[of(AlgorithmName="mine")]),
        ),
        of(ModelPackageName="package"),
    ),
    Case(
        "model-package/additional-names-differ",
        "CreateModelPackageRequest",
        GROUP | additional("a", "b"),
        GROUP | additional("a", "a"),
    ),
    Case(
        "model-package/task-for-recommender",
        "CreateModelPackageRequest",
        GROUP | of(Task="OTHER"),
        GROUP | of(Task="FORECASTING"),
    ),
    # Models
    Case(
        "model/all-containers-have-a-host-name",
        "CreateModelRequest",
        of(
            ModelName="m",
            Containers=[
                of(Image=IMAGE, ContainerHostname="a"),
                of(Image=IMAGE, ContainerHostname="b"),
            ],
        ),
        of(ModelName="m", Containers=[of(Image=IMAGE, ContainerHostname="a"), of(Image=IMAGE)]),
    ),
    Case("model/image-path", "ContainerDefinition", of(Image=IMAGE), of(Image="image")),
    Case(
        "model/registry-credentials-need-vpc",
        "ImageConfig",
        of(RepositoryAccessMode="Vpc") | CREDENTIALS,
        of(RepositoryAccessMode="Platform") | CREDENTIALS,
    ),
    # Other resources
    Case(
        "feature-group/record-identifier-is-a-feature",
        "CreateFeatureGroupRequest",
        features("id"),
        features("key"),
    ),
    Case(
        "labeling-job/some-data-source",
        "LabelingJobDataSource",
        of(SnsDataSource=of(SnsTopicArn="arn:aws:sns:us-west-2:111122223333:topic")),
        {},
    ),
    Case(
        "search/some-condition",
        "SearchExpression",
        of(SubExpressions=[of(Filters=[of(Name="TrainingJobName", Value="job")])]),
        of(SubExpressions=[of(Operator="And")]),
    ),
    Case(
        "monitoring-schedule/one-time-needs-window",
        "ScheduleConfig",
        of(ScheduleExpression="NOW", DataAnalysisStartTime="-PT5H", DataAnalysisEndTime="-PT1H"),
        of(ScheduleExpression="NOW", DataAnalysisStartTime="-PT5H"),
    ),
    Case(
        "pipeline/version-or-alias",
        "DescribePipelineRequest",
        of(PipelineName="p", PipelineVersionId=1),
        of(PipelineName="p", PipelineVersionId=1, PipelineVersionAlias="stable"),
    ),
    Case(
        "trial-component/string-or-number",
        "TrialComponentParameterValue",
        of(StringValue="one"),
        of(NumberValue=1.0, StringValue="one"),
    ),
    Case(
        "algorithm/transform-validated-with-inference",
        "CreateAlgorithmRequest",
        algorithm(),
        algorithm(transform=TRANSFORM),
    ),
    Case(
        "algorithm/validated-with-known-channels",
        "CreateAlgorithmRequest",
        algorithm(),
        algorithm(channel=of(ChannelName="test")),
    ),
    Case(
        "algorithm/validated-in-a-supported-mode",
        "CreateAlgorithmRequest",
        algorithm(channel=of(InputMode="File")),
        algorithm(channel=of(InputMode="Pipe")),
    ),
    Case(
        "algorithm/validated-with-supported-content",
        "CreateAlgorithmRequest",
        algorithm(channel=of(ContentType="text/csv")),
        algorithm(channel=of(ContentType="application/json")),
    ),
    Case(
        "algorithm/validated-with-supported-compression",
        "CreateAlgorithmRequest",
        algorithm(
            of(TrainingChannels=[source(SupportedCompressionTypes=["None", "Gzip"]) | PIPE]),
            channel=of(InputMode="Pipe", CompressionType="Gzip"),
        ),
        algorithm(
            of(TrainingChannels=[source(SupportedCompressionTypes=["None"]) | PIPE]),
            channel=of(InputMode="Pipe", CompressionType="Gzip"),
        ),
    ),
    Case(
        "model-card/content-is-json",
        "CreateModelCardRequest",
        of(ModelCardName="card", ModelCardStatus="Draft", Content='{"model_overview": {}}'),
        of(ModelCardName="card", ModelCardStatus="Draft", Content="model overview"),
    ),
    Case(
        "model-package/card-content-is-json",
        "ModelPackageModelCard",
        of(ModelCardContent="{}", ModelCardStatus="Draft"),
        of(ModelCardContent="[]", ModelCardStatus="Draft"),
    ),
    Case(
        "model-card/content-is-json",
        "UpdateModelCardRequest",
        of(ModelCardName="card", Content="{}"),
        of(ModelCardName="card", Content="{"),
    ),
    Case(
        "model-card/content-follows-schema",
        "CreateModelCardRequest",
        of(ModelCardName="card", ModelCardStatus="Draft", Content=json.dumps(CARD)),
        of(
            ModelCardName="card",
            ModelCardStatus="Draft",
            Content=json.dumps({**CARD, "intended_uses": {"risk_rating": "Hihg"}}),
        ),
    ),
    Case(
        "model-card/content-follows-schema",
        "UpdateModelCardRequest",
        of(ModelCardName="card", Content=json.dumps({"model_overview": None})),
        of(ModelCardName="card", Content=json.dumps({"model_overvew": {}})),
    ),
    Case(
        "model-package/card-content-follows-schema",
        "ModelPackageModelCard",
        of(ModelCardContent=json.dumps(CARD), ModelCardStatus="Draft"),
        of(
            ModelCardContent=json.dumps({"evaluation_details": [{"datasets": ["s3://b/c"]}]}),
            ModelCardStatus="Draft",
        ),
    ),
)
