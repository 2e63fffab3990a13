"""No rule above advice breaks on a request that repeats what the service returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import boto3
import pytest
from botocore import xform_name
from moto import mock_aws

from sagemaker_typed import models, rules
from tests.rules.cases import IMAGE, ROLE, Case, Given, of
from tests.rules.test_rules import CASES

TRAINING = of(
    TrainingJobName="job",
    AlgorithmSpecification=of(
        TrainingImage=IMAGE,
        TrainingInputMode="File",
        MetricDefinitions=[of(Name="loss", Regex="loss=(.*)")],
        EnableSageMakerMetricsTimeSeries=True,
    ),
    RoleArn=ROLE,
    InputDataConfig=[
        of(
            ChannelName="train",
            DataSource=of(
                S3DataSource=of(
                    S3DataType="S3Prefix",
                    S3Uri="s3://bucket/train",
                    S3DataDistributionType="FullyReplicated",
                    AttributeNames=[],
                )
            ),
            CompressionType="None",
            RecordWrapperType="None",
        )
    ],
    OutputDataConfig=of(KmsKeyId="", S3OutputPath="s3://bucket/out", CompressionType="GZIP"),
    ResourceConfig=of(
        InstanceType="ml.g5.xlarge", InstanceCount=1, VolumeSizeInGB=30, VolumeKmsKeyId=""
    ),
    StoppingCondition=of(MaxRuntimeInSeconds=86400),
    EnableManagedSpotTraining=False,
    DebugHookConfig=of(
        S3OutputPath="s3://bucket/debug",
        CollectionConfigurations=[
            of(
                CollectionName="gradients",
                CollectionParameters={
                    "save_interval": "100",
                    "train.save_interval": "50",
                    "eval.save_steps": "1,2",
                    "start_step": "0",
                    "end_step": "200",
                    "reductions": "min,max",
                },
            )
        ],
    ),
    ProfilerConfig=of(
        S3OutputPath="s3://bucket/profile",
        ProfilingIntervalInMilliseconds=500,
        ProfilingParameters={
            "DataloaderProfilingConfig": "{}",
            "DetailedProfilingConfig": "{}",
        },
    ),
)
VARIANT = of(VariantName="v", ModelName="m", InitialVariantWeight=1.0)
PACKAGE = of(
    InferenceSpecification=of(
        Containers=[of(Image=IMAGE, ModelDataUrl="s3://bucket/model/")],
        SupportedContentTypes=["text/csv"],
        SupportedResponseMIMETypes=["text/csv"],
    ),
    CertifyForMarketplace=False,
    ModelApprovalStatus="PendingManualApproval",
)

RESPONSES: list[tuple[str, Given]] = [
    ("CreateTrainingJob", TRAINING),
    (
        "CreateTrainingJob",  # serverless
        of(
            TrainingJobName="job",
            RoleArn=ROLE,
            OutputDataConfig=of(S3OutputPath="s3://bucket/out"),
            ResourceConfig=of(VolumeSizeInGB=500),
            ServerlessJobConfig=of(BaseModelArn="arn:aws:sagemaker:x", JobType="FineTuning"),
        ),
    ),
    (
        "CreateProcessingJob",
        of(
            ProcessingJobName="job",
            RoleArn=ROLE,
            AppSpecification=of(ImageUri=IMAGE),
            ProcessingInputs=[
                of(
                    InputName="code",
                    AppManaged=False,
                    S3Input=of(S3Uri="s3://b/c", LocalPath="/opt/ml/c", S3DataType="S3Prefix"),
                )
            ],
            ProcessingOutputConfig=of(
                Outputs=[
                    of(
                        OutputName="out",
                        AppManaged=False,
                        S3Output=of(S3Uri="s3://b/o", S3UploadMode="EndOfJob"),
                    )
                ],
                KmsKeyId="",
            ),
            ProcessingResources=of(
                ClusterConfig=of(
                    InstanceCount=1,
                    InstanceType="ml.g5.xlarge",
                    VolumeSizeInGB=30,
                    VolumeKmsKeyId="",
                )
            ),
        ),
    ),
    (
        "CreateTransformJob",
        of(
            TransformJobName="job",
            ModelName="m",
            MaxConcurrentTransforms=0,
            MaxPayloadInMB=6,
            BatchStrategy="MultiRecord",
            TransformInput=of(
                DataSource=of(S3DataSource=of(S3DataType="S3Prefix", S3Uri="s3://b/i")),
                CompressionType="None",
                SplitType="None",
            ),
            TransformOutput=of(S3OutputPath="s3://b/o", AssembleWith="None", KmsKeyId=""),
            TransformResources=of(InstanceType="ml.g5.xlarge", InstanceCount=1, VolumeKmsKeyId=""),
        ),
    ),
    (
        "CreateEndpointConfig",
        of(
            EndpointConfigName="c",
            ProductionVariants=[VARIANT | of(InitialInstanceCount=1, InstanceType="ml.g5.xlarge")],
            KmsKeyId="",
            DataCaptureConfig=of(
                EnableCapture=True,
                InitialSamplingPercentage=100,
                DestinationS3Uri="s3://b/c",
                KmsKeyId="",
                CaptureOptions=[of(CaptureMode="Input")],
            ),
        ),
    ),
    (
        "CreateEndpointConfig",
        of(
            EndpointConfigName="c",
            ProductionVariants=[
                VARIANT | of(ServerlessConfig=of(MemorySizeInMB=2048, MaxConcurrency=5))
            ],
        ),
    ),
    (
        "CreateModelPackage",
        PACKAGE | of(ModelPackageName="package", ModelPackageGroupName="group"),
    ),
    (
        "CreateModelPackage",
        of(
            ModelPackageName="package",
            CertifyForMarketplace=True,
            ModelApprovalStatus="Approved",
            InferenceSpecification=PACKAGE["InferenceSpecification"]
            | of(
                SupportedTransformInstanceTypes=["ml.m5.xlarge"],
                SupportedRealtimeInferenceInstanceTypes=["ml.m5.xlarge"],
            ),
        ),
    ),
    (
        "CreateInferenceComponent",
        of(
            InferenceComponentName="adapter",
            EndpointName="e",
            Specification=of(
                BaseInferenceComponentName="base",
                Container=of(ArtifactUrl="s3://b/adapters/one/"),
            ),
        ),
    ),
    (
        "CreateAlgorithm",
        of(
            AlgorithmName="a",
            TrainingSpecification=of(
                TrainingImage=IMAGE,
                SupportedTrainingInstanceTypes=["ml.m5.xlarge"],
                TrainingChannels=[
                    of(
                        Name="train",
                        SupportedContentTypes=["text/csv"],
                        SupportedInputModes=["File", "FastFile"],
                    )
                ],
            ),
        ),
    ),
    (
        "CreateNotebookInstance",
        of(
            NotebookInstanceName="n",
            InstanceType="ml.t3.medium",
            RoleArn=ROLE,
            KmsKeyId="",
            DirectInternetAccess="Enabled",
            AcceleratorTypes=[],
            AdditionalCodeRepositories=[],
        ),
    ),
    (
        "CreateDomain",
        of(
            DomainName="d",
            AuthMode="IAM",
            DefaultUserSettings=of(
                ExecutionRole=ROLE,
                SharingSettings=of(NotebookOutputOption="Disabled", S3KmsKeyId=""),
                JupyterServerAppSettings=of(
                    DefaultResourceSpec=of(InstanceType="system"), LifecycleConfigArns=[]
                ),
                DefaultLandingUri="studio::",
                StudioWebPortal="ENABLED",
                AutoMountHomeEFS="Enabled",
            ),
            HomeEfsFileSystemKmsKeyId="",
            KmsKeyId="",
            AppNetworkAccessType="PublicInternetOnly",
            SubnetIds=["subnet-1"],
            VpcId="vpc-1",
        ),
    ),
]

SINGLE = of(
    TrainingImage=IMAGE, TrainingInputMode="File", MetricDefinitions=[of(Name="l", Regex="(.*)")]
)
RESPONSES.extend(
    [
        (
            "CreateHyperParameterTuningJob",
            of(
                HyperParameterTuningJobName="tuning",
                HyperParameterTuningJobConfig=of(
                    Strategy="Bayesian",
                    HyperParameterTuningJobObjective=of(Type="Minimize", MetricName="l"),
                    ResourceLimits=of(MaxNumberOfTrainingJobs=4, MaxParallelTrainingJobs=2),
                    TrainingJobEarlyStoppingType="Off",
                ),
                TrainingJobDefinition=of(
                    AlgorithmSpecification=SINGLE,
                    RoleArn=ROLE,
                    InputDataConfig=TRAINING["InputDataConfig"],
                    OutputDataConfig=of(KmsKeyId="", S3OutputPath="s3://bucket/out"),
                    ResourceConfig=of(
                        InstanceType="ml.p4d.24xlarge",
                        InstanceCount=1,
                        VolumeSizeInGB=30,
                        VolumeKmsKeyId="",
                    ),
                    StoppingCondition=of(MaxRuntimeInSeconds=3600),
                    EnableNetworkIsolation=False,
                    EnableManagedSpotTraining=False,
                ),
            ),
        ),
        (
            "CreateAutoMLJobV2",
            of(
                AutoMLJobName="auto",
                AutoMLJobInputDataConfig=[
                    of(
                        ChannelType="training",
                        ContentType="text/csv;header=present",
                        CompressionType="None",
                        DataSource=of(S3DataSource=of(S3DataType="S3Prefix", S3Uri="s3://b/train")),
                    )
                ],
                OutputDataConfig=of(S3OutputPath="s3://b/out", KmsKeyId=""),
                RoleArn=ROLE,
                AutoMLProblemTypeConfig=of(
                    TextClassificationJobConfig=of(
                        CompletionCriteria=of(MaxCandidates=1),
                        ContentColumn="text",
                        TargetLabelColumn="label",
                    )
                ),
                AutoMLJobObjective=of(MetricName="Accuracy"),
                ModelDeployConfig=of(AutoGenerateEndpointName=True),
                DataSplitConfig=of(ValidationFraction=0.2),
            ),
        ),
        (
            "CreateModel",
            of(
                ModelName="m",
                ExecutionRoleArn=ROLE,
                Containers=[
                    of(ContainerHostname="first", Image=IMAGE, Mode="SingleModel", Environment={}),
                    of(
                        ContainerHostname="second",
                        Image=IMAGE,
                        ModelDataUrl="s3://b/model.tar.gz",
                        ModelDataSource=of(
                            S3DataSource=of(
                                S3Uri="s3://b/model.tar.gz",
                                S3DataType="S3Object",
                                CompressionType="Gzip",
                            )
                        ),
                    ),
                ],
                VpcConfig=of(SecurityGroupIds=["sg-1"], Subnets=["subnet-1"]),
            ),
        ),
        (
            "CreateFeatureGroup",
            of(
                FeatureGroupName="f",
                RecordIdentifierFeatureName="id",
                EventTimeFeatureName="time",
                FeatureDefinitions=[
                    of(FeatureName="id", FeatureType="Integral"),
                    of(FeatureName="time", FeatureType="Fractional"),
                ],
                OnlineStoreConfig=of(EnableOnlineStore=True, SecurityConfig=of(KmsKeyId="")),
            ),
        ),
        (
            "CreateApp",
            of(
                DomainId="d-1",
                UserProfileName="me",
                AppType="JupyterServer",
                AppName="default",
                ResourceSpec=of(
                    InstanceType="system",
                    SageMakerImageArn="arn:aws:sagemaker:us-west-2:236514542706:image/jupyter-server-3",
                ),
            ),
        ),
        (
            "CreateUserProfile",
            of(
                DomainId="d-1",
                UserProfileName="me",
                UserSettings=of(ExecutionRole=ROLE, AutoMountHomeEFS="DefaultAsDomain"),
            ),
        ),
        (
            "CreateCompilationJob",
            of(
                CompilationJobName="c",
                RoleArn=ROLE,
                InputConfig=of(S3Uri="s3://b/m.tar.gz", Framework="PYTORCH", DataInputConfig="{}"),
                OutputConfig=of(S3OutputLocation="s3://b/o", TargetDevice="ml_c5", KmsKeyId=""),
                StoppingCondition=of(MaxRuntimeInSeconds=900),
            ),
        ),
        (
            "CreateMonitoringSchedule",
            of(
                MonitoringScheduleName="s",
                MonitoringScheduleConfig=of(
                    ScheduleConfig=of(ScheduleExpression="cron(0 * ? * * *)"),
                    MonitoringJobDefinitionName="definition",
                    MonitoringType="DataQuality",
                ),
            ),
        ),
        (
            "CreateEndpoint",
            of(
                EndpointName="e",
                EndpointConfigName="c",
                DeploymentConfig=of(
                    BlueGreenUpdatePolicy=of(
                        TrafficRoutingConfiguration=of(
                            Type="CANARY",
                            WaitIntervalInSeconds=300,
                            CanarySize=of(Type="CAPACITY_PERCENT", Value=50),
                        ),
                        TerminationWaitInSeconds=0,
                        MaximumExecutionTimeoutInSeconds=1800,
                    )
                ),
            ),
        ),
    ]
)


def repeated(operation: str, response: Mapping[str, Any]) -> Any:
    """The request that repeats a response: its members that the request has too."""
    shape = getattr(models, f"{operation}Request")
    documented = {member.documented for member in shape.__members__.values()}
    return shape.from_service({key: response[key] for key in response if key in documented})


@pytest.mark.parametrize(("operation", "response"), RESPONSES)
def test_repeating_a_response_breaks_no_rule(operation: str, response: Given) -> None:
    assert rules.check(repeated(operation, response)) == ()


def test_only_members_documented_as_read_only_have_to_be_left_out() -> None:
    resources = of(
        InstancePreferences=[of(InstanceType="ml.m5.xlarge")],
        InstanceCount=1,
        VolumeSizeInGB=30,
        SelectedInstanceType="ml.m5.xlarge",
        SelectedInstanceCount=1,
    )
    findings = rules.check(repeated("CreateTrainingJob", TRAINING | of(ResourceConfig=resources)))
    assert [finding.id for finding in findings] == [
        "training-job/selected-instances-are-answers"
    ] * 2
    assert {path for finding in findings for path in finding.paths} == {
        "ResourceConfig.SelectedInstanceType",
        "ResourceConfig.SelectedInstanceCount",
    }


ROUND_TRIPS = [
    case
    for case in CASES
    if case.shape.removesuffix("Request")
    in {
        "CreateEndpointConfig",
        "CreateModel",
        "CreateModelCard",
        "CreateModelPackage",
        "CreateNotebookInstance",
        "CreateTrainingJob",
        "CreateTransformJob",
    }
]


@pytest.mark.pinned
@pytest.mark.parametrize("case", ROUND_TRIPS, ids=lambda case: case.id)
def test_creating_and_describing_at_moto_breaks_no_rule(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    operation = case.shape.removesuffix("Request")
    with mock_aws():
        client = boto3.client("sagemaker", region_name="us-east-1")
        create_prerequisites(client, case.keeps)
        created = getattr(client, xform_name(operation))(**case.keeps)
        describe = operation.replace("Create", "Describe")
        shape = client.meta.service_model.operation_model(describe).input_shape
        assert shape is not None
        names = {
            name: case.keeps.get(name) or created[f"{name[:-4]}Arn"]
            for name in shape.required_members
        }
        response = getattr(client, xform_name(describe))(**names)
    assert rules.check(repeated(operation, response)) == ()


def create_prerequisites(client: Any, request: Given) -> None:
    if group := request.get("ModelPackageGroupName"):
        client.create_model_package_group(
            ModelPackageGroupName=group, ModelPackageGroupDescription="a group"
        )
    for variant in request.get("ProductionVariants", []):
        if "ModelName" in variant:
            client.create_model(
                ModelName=variant["ModelName"],
                ExecutionRoleArn=ROLE,
                PrimaryContainer=of(Image=IMAGE),
            )


# Keys


def with_empty_keys(value: Any) -> Any:
    """A request with an empty string for every KMS key in it."""
    if isinstance(value, list):
        return [with_empty_keys(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: "" if "KmsKey" in name and isinstance(item, str) else with_empty_keys(item)
        for name, item in value.items()
    }


KEYED = [case for case in CASES if "kms" in case.id and with_empty_keys(case.breaks) != case.breaks]


@pytest.mark.parametrize("case", KEYED, ids=lambda case: f"{case.id}-{case.shape}")
def test_an_empty_key_id_is_no_key(case: Case) -> None:
    request = getattr(models, case.shape).from_boto(with_empty_keys(case.breaks))
    severities: tuple[rules.Severity, ...] = ("error", "warning", "advice")
    assert rules.check(request, severities=severities) == ()


def test_every_rule_about_a_key_is_tried_with_an_empty_one() -> None:
    about_keys = {rule.id for rule in rules.ALL if rule.active and "kms" in rule.id}
    assert {case.id for case in KEYED} == about_keys


# Rules that warned of published requests that work


def severity_of(shape: str, request: Given) -> dict[str, str]:
    severities: tuple[rules.Severity, ...] = ("error", "warning", "advice")
    broken = rules.check(getattr(models, shape).from_boto(request), severities=severities)
    return {finding.id: finding.severity for finding in broken}


def test_unknown_collection_parameters_are_advice() -> None:
    assert severity_of(
        "CollectionConfiguration",
        of(CollectionName="c", CollectionParameters={"global.include_regex": "x", "other": "1"}),
    ) == {"training-job/collection-parameters": "advice"}


@pytest.mark.parametrize("spelling", ["DataLoaderProfilingConfig", "DataloaderProfilingConfig"])
def test_both_spellings_of_a_profiling_parameter_are_known(spelling: str) -> None:
    assert severity_of("ProfilerConfig", of(ProfilingParameters={spelling: "{}"})) == {}


def test_only_a_certified_package_in_a_group_is_advised_against() -> None:
    inference = PACKAGE["InferenceSpecification"]
    group = of(
        ModelPackageGroupName="g",
        InferenceSpecification=inference | of(Containers=[of(Image=IMAGE)]),
    )
    marketplace = {"model-package/marketplace-is-for-unversioned": "advice"}
    assert severity_of("CreateModelPackageRequest", group | of(CertifyForMarketplace=False)) == {}
    assert (
        severity_of("CreateModelPackageRequest", group | of(CertifyForMarketplace=True))
        == marketplace
    )


ADVICE = [
    "algorithm/channel-input-modes",
    "clarify-explainer/feature-types-need-text-config",
    "cluster/idle-window-needs-strategy",
    "inference-component/artifact-is-an-archive",
    "model-package/approval-is-for-versions",
    "model-package/marketplace-is-for-unversioned",
    "model-package/model-data-is-an-archive",
    "model-package/name-or-group",
    "model-package/source-model-data-is-an-archive",
    "training-job/collection-parameters",
    "training-job/compression-needs-pipe",
    "training-job/no-record-wrapper-in-file-mode",
    "training-job/profiling-parameters",
    "training-job/serverless-sizes-its-volume",
    "transform-job/batches-need-splitting",
    "transform-job/validation-batches-need-splitting",
]


@pytest.mark.parametrize("rule", ADVICE)
def test_a_member_without_effect_is_advice(rule: str) -> None:
    assert rules.get(rule).severity == "advice"


# Secrets

SECRET = "hunter2-hunter2"


HIDING: list[tuple[str, Given]] = [
    ("NotebookInstanceLifecycleHook", of(Content=f"#!/bin/sh\nexport TOKEN={SECRET}")),
    (
        "CreateStudioLifecycleConfigRequest",
        of(
            StudioLifecycleConfigName="s",
            StudioLifecycleConfigAppType="JupyterLab",
            StudioLifecycleConfigContent=f"#!/bin/sh -- {SECRET}",
        ),
    ),
    (
        "CollectionConfiguration",
        of(CollectionName="c", CollectionParameters={"other": SECRET}),
    ),
    (
        "TextGenerationJobConfig",
        of(TextGenerationHyperParameters={"token": SECRET, "epochCount": SECRET}),
    ),
]


@pytest.mark.parametrize(("shape", "request_"), HIDING)
def test_messages_hide_values_that_may_be_secrets(shape: str, request_: Given) -> None:
    severities: tuple[rules.Severity, ...] = ("error", "warning", "advice")
    findings = rules.check(getattr(models, shape).from_boto(request_), severities=severities)
    assert findings
    assert not any(SECRET in repr(finding) or SECRET in str(finding) for finding in findings)
    assert {value for finding in findings for value in finding.values} == {"hidden"}


def test_messages_show_values_that_are_no_secrets() -> None:
    (finding,) = rules.check(
        models.TransformOutput.from_boto(of(S3OutputPath="s3://b", KmsKeyId="ExampleAlias")),
    )
    assert finding.values == ("'ExampleAlias'",)
