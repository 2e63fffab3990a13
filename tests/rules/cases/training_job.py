"""Training jobs, and jobs of other kinds that run on instances."""

from __future__ import annotations

from tests.rules.cases import ALIAS, IMAGE, KEY, KEY_ARN, ROLE, Case, Given, of

OUTPUT = of(S3OutputPath="s3://bucket/models")
RESOURCES = of(InstanceType="ml.c5.xlarge", InstanceCount=1, VolumeSizeInGB=30)
SECRET = "AKIA" + "IOSFODNN7EXAMPLE"
PLAN = "arn:aws:sagemaker:us-west-2:111122223333:training-plan/plan"


def channel(mode: str | None = None, s3: Given | None = None, **more: object) -> Given:
    source = of(S3DataType="S3Prefix", S3Uri="s3://bucket/data", **(s3 or {}))
    modes = of(InputMode=mode) if mode else {}
    return of(ChannelName="train", DataSource=of(S3DataSource=source), **modes, **more)


def augmented(mode: str | None = None) -> Given:
    source = of(S3DataType="AugmentedManifestFile", S3Uri="s3://bucket/m", AttributeNames=["a"])
    modes = of(InputMode=mode) if mode else {}
    return of(ChannelName="train", DataSource=of(S3DataSource=source), **modes)


def job(*channels: Given, mode: str = "File", **more: object) -> Given:
    arguments = of(
        TrainingJobName="job",
        RoleArn=ROLE,
        AlgorithmSpecification=of(TrainingImage=IMAGE, TrainingInputMode=mode),
        OutputDataConfig=OUTPUT,
        ResourceConfig=RESOURCES,
        StoppingCondition=of(MaxRuntimeInSeconds=3600),
    )
    return {**arguments, **(of(InputDataConfig=list(channels)) if channels else {}), **more}


def tuned_job(**more: object) -> Given:
    return (
        of(
            AlgorithmSpecification=of(TrainingImage=IMAGE, TrainingInputMode="File"),
            RoleArn=ROLE,
            OutputDataConfig=OUTPUT,
            ResourceConfig=RESOURCES,
            StoppingCondition=of(MaxRuntimeInSeconds=3600),
        )
        | more
    )


def validating_job(**more: object) -> Given:
    return (
        of(
            TrainingInputMode="File",
            InputDataConfig=[channel()],
            OutputDataConfig=OUTPUT,
            ResourceConfig=RESOURCES,
            StoppingCondition=of(MaxRuntimeInSeconds=3600),
        )
        | more
    )


WAITS = of(MaxRuntimeInSeconds=3600, MaxWaitTimeInSeconds=7200)


def resources(**more: object) -> Given:
    return of(InstanceType="ml.c5.xlarge", InstanceCount=1, VolumeSizeInGB=30) | more


def preferred(*counts: int | None, **more: object) -> Given:
    types = ("ml.g5.xlarge", "ml.g6.xlarge")
    return of(
        InstancePreferences=[
            of(InstanceType=name, **({} if count is None else {"InstanceCount": count}))
            for name, count in zip(types, counts, strict=True)
        ],
        **more,
    )


def names(*arguments: str) -> list[Given]:
    return [of(RuleConfigurationName=name, RuleEvaluatorImage=IMAGE) for name in arguments]


BASE_MODEL = "arn:aws:sagemaker:us-west-2:aws:hub-content/SageMakerPublicHub/Model/llama"
SERVERLESS = of(BaseModelArn=BASE_MODEL, JobType="FineTuning")


def transform(split: str | None = "Line", **more: object) -> Given:
    return of(
        TransformJobName="job",
        ModelName="churn",
        TransformInput=of(
            DataSource=of(S3DataSource=of(S3DataType="S3Prefix", S3Uri="s3://bucket/in")),
            **({} if split is None else {"SplitType": split}),
        ),
        TransformOutput=of(S3OutputPath="s3://bucket/out"),
        TransformResources=of(InstanceType="ml.m5.large", InstanceCount=1),
        **more,
    )


def definition(split: Given) -> Given:
    job = transform(None)
    return of(
        BatchStrategy="MultiRecord",
        TransformInput=job["TransformInput"] | split,
        TransformOutput=job["TransformOutput"],
        TransformResources=job["TransformResources"],
    )


def cluster(**more: object) -> Given:
    return of(InstanceType="ml.m5.large", InstanceCount=1, VolumeSizeInGB=30) | more


def processing_preferences(*counts: int | None, **more: object) -> Given:
    return of(VolumeSizeInGB=30, **preferred(*counts), **more)


S3_INPUT = of(S3Uri="s3://bucket/in", S3DataType="S3Prefix")
S3_OUTPUT = of(S3Uri="s3://bucket/out", S3UploadMode="EndOfJob", LocalPath="/opt/ml/out")
ATHENA = of(
    Catalog="c",
    Database="d",
    QueryString="select 1",
    OutputS3Uri="s3://b/o",
    OutputFormat="PARQUET",
)
REDSHIFT = of(
    ClusterId="c",
    Database="d",
    DbUser="u",
    QueryString="select 1",
    ClusterRoleArn=ROLE,
    OutputS3Uri="s3://b/o",
    OutputFormat="PARQUET",
)


def tuning(strategy: str, **more: object) -> Given:
    return of(Strategy=strategy, ResourceLimits=of(MaxParallelTrainingJobs=1), **more)


def compilation(seconds: int) -> Given:
    return of(
        CompilationJobName="job",
        RoleArn=ROLE,
        OutputConfig=of(S3OutputLocation="s3://bucket/out", TargetDevice="ml_c5"),
        StoppingCondition=of(MaxRuntimeInSeconds=seconds),
    )


CASES = (
    Case(
        "training-job/algorithm-name-or-image",
        "AlgorithmSpecification",
        of(AlgorithmName="mine", TrainingInputMode="File"),
        of(AlgorithmName="mine", TrainingImage=IMAGE, TrainingInputMode="File"),
    ),
    Case(
        "training-job/some-algorithm",
        "AlgorithmSpecification",
        of(TrainingImage=IMAGE, TrainingInputMode="File"),
        of(TrainingInputMode="File"),
    ),
    Case(
        "tuning-job/algorithm-name-or-image",
        "HyperParameterAlgorithmSpecification",
        of(AlgorithmName="mine", TrainingInputMode="File"),
        of(AlgorithmName="mine", TrainingImage=IMAGE, TrainingInputMode="File"),
    ),
    Case(
        "training-job/image-path",
        "AlgorithmSpecification",
        of(TrainingImage=f"{IMAGE}@sha256:{'0a' * 32}", TrainingInputMode="File"),
        of(TrainingImage="image", TrainingInputMode="File"),
    ),
    Case(
        "training-job/private-registry-through-vpc",
        "TrainingImageConfig",
        of(
            TrainingRepositoryAccessMode="Vpc",
            TrainingRepositoryAuthConfig=of(
                TrainingRepositoryCredentialsProviderArn="arn:aws:lambda:us-west-2:111122223333:function:f"
            ),
        ),
        of(
            TrainingRepositoryAccessMode="Platform",
            TrainingRepositoryAuthConfig=of(
                TrainingRepositoryCredentialsProviderArn="arn:aws:lambda:us-west-2:111122223333:function:f"
            ),
        ),
    ),
    Case(
        "training-job/augmented-manifest-needs-pipe",
        "CreateTrainingJobRequest",
        job(augmented("Pipe")),
        job(augmented(), mode="FastFile"),
    ),
    Case(
        "training-job/compression-needs-pipe",
        "CreateTrainingJobRequest",
        job(channel(CompressionType="Gzip"), mode="Pipe"),
        job(channel("File", CompressionType="Gzip"), mode="Pipe"),
    ),
    Case(
        "training-job/no-record-wrapper-in-file-mode",
        "CreateTrainingJobRequest",
        job(channel("Pipe", RecordWrapperType="RecordIO")),
        job(channel(RecordWrapperType="RecordIO")),
    ),
    Case(
        "training-job/known-instance-groups",
        "CreateTrainingJobRequest",
        job(
            channel(s3=of(InstanceGroupNames=["a"])),
            ResourceConfig=of(
                VolumeSizeInGB=30,
                InstanceGroups=[
                    of(InstanceType="ml.c5.xlarge", InstanceCount=1, InstanceGroupName="a")
                ],
            ),
        ),
        job(channel(s3=of(InstanceGroupNames=["a"]))),
    ),
    Case(
        "training-job/some-attribute-names",
        "S3DataSource",
        of(S3DataType="AugmentedManifestFile", S3Uri="s3://b/m", AttributeNames=["source-ref"]),
        of(S3DataType="AugmentedManifestFile", S3Uri="s3://b/m", AttributeNames=[]),
    ),
    Case(
        "training-job/attribute-names-of-augmented-manifest",
        "S3DataSource",
        of(S3DataType="AugmentedManifestFile", S3Uri="s3://b/m", AttributeNames=["source-ref"]),
        of(S3DataType="S3Prefix", S3Uri="s3://b/m", AttributeNames=["source-ref"]),
    ),
    Case(
        "training-job/no-secrets-in-hyperparameters",
        "CreateTrainingJobRequest",
        job(HyperParameters={"epochs": "10"}),
        job(HyperParameters={"key": SECRET}),
    ),
    Case(
        "training-job/no-secrets-in-environment",
        "CreateTrainingJobRequest",
        job(Environment={"LOG_LEVEL": "20"}),
        job(Environment={"AWS_ACCESS_KEY_ID": SECRET}),
    ),
    Case(
        "training-job/no-secrets-in-tags",
        "CreateTrainingJobRequest",
        job(Tags=[of(Key="team", Value="churn")]),
        job(Tags=[of(Key="team", Value=SECRET)]),
    ),
    Case(
        "training-job/output-kms-key-format",
        "OutputDataConfig",
        of(**OUTPUT, KmsKeyId=ALIAS),
        of(**OUTPUT, KmsKeyId="my-key"),
    ),
    Case(
        "training-job/no-kms-key-in-express-one-zone",
        "OutputDataConfig",
        of(S3OutputPath="s3://usual/models", KmsKeyId=KEY),
        of(S3OutputPath="s3://fast--usw2-az1--x-s3/models", KmsKeyId=KEY),
    ),
    Case(
        "training-job/volume-kms-key-excludes-local-storage",
        "ResourceConfig",
        resources(VolumeKmsKeyId=KEY),
        of(InstanceType="ml.g5.xlarge", InstanceCount=1, VolumeKmsKeyId=KEY),
    ),
    Case(
        "training-job/volume-kms-key-format",
        "ResourceConfig",
        resources(VolumeKmsKeyId=KEY_ARN),
        resources(VolumeKmsKeyId=ALIAS),
    ),
    Case(
        "training-job/ebs-needs-volume-size",
        "ResourceConfig",
        of(InstanceType="ml.p4d.24xlarge", InstanceCount=1),
        of(InstanceType="ml.c5.xlarge", InstanceCount=1),
    ),
    Case(
        "training-job/volume-size-leaves-local-storage",
        "ResourceConfig",
        of(InstanceType="ml.c5.xlarge", InstanceCount=1, VolumeSizeInGB=30),
        of(InstanceType="ml.g4dn.xlarge", InstanceCount=1, VolumeSizeInGB=30),
    ),
    Case(
        "training-job/preferences-exclude-instances",
        "ResourceConfig",
        preferred(1, 2),
        preferred(1, 2, InstanceType="ml.g5.xlarge"),
    ),
    Case(
        "training-job/preferences-exclude-spot",
        "CreateTrainingJobRequest",
        job(
            EnableManagedSpotTraining=True,
            StoppingCondition=of(MaxRuntimeInSeconds=3600, MaxWaitTimeInSeconds=3600),
        ),
        job(
            ResourceConfig=preferred(1, 2),
            EnableManagedSpotTraining=True,
            StoppingCondition=of(MaxRuntimeInSeconds=3600, MaxWaitTimeInSeconds=3600),
        ),
    ),
    Case(
        "training-job/preferences-count-all-or-none",
        "ResourceConfig",
        preferred(None, None, InstanceCount=1),
        preferred(1, None),
    ),
    Case(
        "training-job/preferences-count-once",
        "ResourceConfig",
        preferred(None, None, InstanceCount=1),
        preferred(1, 2, InstanceCount=1),
    ),
    Case(
        "training-job/preferences-count-somewhere",
        "ResourceConfig",
        preferred(1, 2),
        preferred(None, None),
    ),
    Case(
        "training-job/preferred-types-differ",
        "ResourceConfig",
        preferred(1, 1),
        of(InstancePreferences=[of(InstanceType="ml.g5.xlarge", InstanceCount=1)] * 2),
    ),
    Case(
        "training-job/plan-of-job-or-of-preference",
        "ResourceConfig",
        of(InstanceType="ml.p5.48xlarge", InstanceCount=1, TrainingPlanArn=PLAN),
        of(
            TrainingPlanArn=PLAN,
            InstancePreferences=[
                of(InstanceType="ml.g5.xlarge", InstanceCount=1, TrainingPlanArns=[PLAN])
            ],
        ),
    ),
    Case(
        "training-job/selected-instances-are-answers",
        "ResourceConfig",
        resources(),
        resources(SelectedInstanceType="ml.c5.xlarge", SelectedInstanceCount=1),
    ),
    Case(
        "training-job/at-most-28-days",
        "CreateTrainingJobRequest",
        job(StoppingCondition=of(MaxRuntimeInSeconds=2419200)),
        job(StoppingCondition=of(MaxRuntimeInSeconds=2419201)),
    ),
    Case(
        "training-job/wait-at-least-runtime",
        "StoppingCondition",
        of(MaxRuntimeInSeconds=3600, MaxWaitTimeInSeconds=3600),
        of(MaxRuntimeInSeconds=3600, MaxWaitTimeInSeconds=3599),
    ),
    Case(
        "training-job/wait-is-for-spot",
        "CreateTrainingJobRequest",
        job(
            StoppingCondition=of(MaxRuntimeInSeconds=3600, MaxWaitTimeInSeconds=7200),
            EnableManagedSpotTraining=True,
        ),
        job(StoppingCondition=of(MaxRuntimeInSeconds=3600, MaxWaitTimeInSeconds=7200)),
    ),
    Case(
        "training-job/spot-says-how-long-to-wait",
        "CreateTrainingJobRequest",
        job(EnableManagedSpotTraining=False),
        job(EnableManagedSpotTraining=True),
    ),
    Case(
        "training-job/pending-limit-is-for-accelerators",
        "CreateTrainingJobRequest",
        job(
            ResourceConfig=of(InstanceType="ml.trn1.2xlarge", InstanceCount=1),
            StoppingCondition=of(MaxPendingTimeInSeconds=7200),
        ),
        job(StoppingCondition=of(MaxPendingTimeInSeconds=7200)),
    ),
    Case(
        "training-job/collection-parameters",
        "CollectionConfiguration",
        of(CollectionParameters={"include_regex": "loss", "save_histogram": "true"}),
        of(CollectionParameters={"include": "loss"}),
    ),
    Case(
        "training-job/collection-names-differ",
        "DebugHookConfig",
        of(
            S3OutputPath="s3://b/",
            CollectionConfigurations=[of(CollectionName="losses"), of(CollectionName="weights")],
        ),
        of(
            S3OutputPath="s3://b/",
            CollectionConfigurations=[of(CollectionName="losses"), of(CollectionName="losses")],
        ),
    ),
    Case(
        "training-job/debug-rule-names-differ",
        "CreateTrainingJobRequest",
        job(DebugRuleConfigurations=names("a", "b")),
        job(DebugRuleConfigurations=names("a", "a")),
    ),
    Case(
        "training-job/profiler-rule-names-differ",
        "CreateTrainingJobRequest",
        job(ProfilerRuleConfigurations=names("a", "b")),
        job(ProfilerRuleConfigurations=names("a", "b", "a")),
    ),
    Case(
        "training-job/profiling-interval",
        "ProfilerConfig",
        of(ProfilingIntervalInMilliseconds=60000),
        of(ProfilingIntervalInMilliseconds=250),
    ),
    Case(
        "training-job/profiling-parameters",
        "ProfilerConfig",
        of(ProfilingParameters={"DataLoaderProfilingConfig": "{}"}),
        of(ProfilingParameters={"LoaderProfilingConfig": "{}"}),
    ),
    Case(
        "training-job/serverless-sizes-its-volume",
        "CreateTrainingJobRequest",
        job(ServerlessJobConfig=SERVERLESS, ResourceConfig={}),
        job(ServerlessJobConfig=SERVERLESS, ResourceConfig=of(VolumeSizeInGB=30)),
    ),
    Case(
        "training-job/evaluation-has-a-type",
        "ServerlessJobConfig",
        of(BaseModelArn=BASE_MODEL, JobType="Evaluation", EvaluationType="BenchmarkEvaluation"),
        of(BaseModelArn=BASE_MODEL, JobType="Evaluation"),
    ),
    Case(
        "training-job/sequence-length",
        "ServerlessJobConfig",
        of(**SERVERLESS, SequenceLength="1024K"),
        of(**SERVERLESS, SequenceLength="2048K"),
    ),
    # Transform jobs
    Case(
        "transform-job/no-augmented-manifest",
        "TransformS3DataSource",
        of(S3DataType="ManifestFile", S3Uri="s3://b/m"),
        of(S3DataType="AugmentedManifestFile", S3Uri="s3://b/m"),
    ),
    Case(
        "transform-job/output-kms-key-format",
        "TransformOutput",
        of(S3OutputPath="s3://b/", KmsKeyId=KEY_ARN),
        of(S3OutputPath="s3://b/", KmsKeyId="my-key"),
    ),
    Case(
        "transform-job/volume-kms-key-format",
        "TransformResources",
        of(InstanceType="ml.m5.large", InstanceCount=1, VolumeKmsKeyId=ALIAS),
        of(InstanceType="ml.m5.large", InstanceCount=1, VolumeKmsKeyId="my-key"),
    ),
    Case(
        "transform-job/volume-kms-key-excludes-local-storage",
        "TransformResources",
        of(InstanceType="ml.m5.large", InstanceCount=1, VolumeKmsKeyId=KEY),
        of(InstanceType="ml.g5.xlarge", InstanceCount=1, VolumeKmsKeyId=KEY),
    ),
    Case(
        "transform-job/at-most-100-instances",
        "TransformResources",
        of(InstanceType="ml.m5.large", InstanceCount=100),
        of(InstanceType="ml.m5.large", InstanceCount=101),
    ),
    Case(
        "transform-job/batches-need-splitting",
        "CreateTransformJobRequest",
        transform(BatchStrategy="MultiRecord"),
        transform(None, BatchStrategy="MultiRecord"),
    ),
    Case(
        "transform-job/payload-at-most-100-mb",
        "CreateTransformJobRequest",
        transform(MaxPayloadInMB=100),
        transform(MaxPayloadInMB=101),
    ),
    Case(
        "transform-job/payloads-at-once-at-most-100-mb",
        "CreateTransformJobRequest",
        transform(MaxConcurrentTransforms=4, MaxPayloadInMB=25),
        transform(MaxConcurrentTransforms=5, MaxPayloadInMB=25),
    ),
    # Processing jobs
    Case(
        "processing-job/one-kind-of-input",
        "ProcessingInput",
        of(InputName="in", S3Input=S3_INPUT),
        of(InputName="in"),
    ),
    Case(
        "processing-job/one-kind-of-output",
        "ProcessingOutput",
        of(OutputName="out", S3Output=S3_OUTPUT),
        of(OutputName="out"),
    ),
    Case(
        "processing-job/feature-store-output-is-app-managed",
        "ProcessingOutput",
        of(OutputName="out", AppManaged=True, FeatureStoreOutput=of(FeatureGroupName="g")),
        of(OutputName="out", FeatureStoreOutput=of(FeatureGroupName="g")),
    ),
    Case(
        "processing-job/one-kind-of-dataset",
        "DatasetDefinition",
        of(AthenaDatasetDefinition=ATHENA),
        of(AthenaDatasetDefinition=ATHENA, RedshiftDatasetDefinition=REDSHIFT),
    ),
    Case(
        "processing-job/dataset-has-a-path",
        "ProcessingInput",
        of(InputName="in", DatasetDefinition=of(AthenaDatasetDefinition=ATHENA, LocalPath="/in")),
        of(InputName="in", DatasetDefinition=of(AthenaDatasetDefinition=ATHENA)),
    ),
    Case(
        "processing-job/volume-kms-key-excludes-local-storage",
        "ProcessingClusterConfig",
        cluster(VolumeKmsKeyId=KEY),
        cluster(InstanceType="ml.g4dn.xlarge", VolumeKmsKeyId=KEY),
    ),
    Case(
        "processing-job/preferences-exclude-instance-type",
        "ProcessingClusterConfig",
        processing_preferences(1, 2),
        processing_preferences(1, 2, InstanceType="ml.g5.xlarge"),
    ),
    Case(
        "processing-job/preferences-count-all-or-none",
        "ProcessingClusterConfig",
        processing_preferences(1, 2),
        processing_preferences(None, 2),
    ),
    Case(
        "processing-job/preferences-count-once",
        "ProcessingClusterConfig",
        processing_preferences(None, None, InstanceCount=2),
        processing_preferences(1, 1, InstanceCount=2),
    ),
    Case(
        "processing-job/preferences-count-somewhere",
        "ProcessingClusterConfig",
        processing_preferences(None, None, InstanceCount=2),
        processing_preferences(None, None),
    ),
    Case(
        "processing-job/preferred-types-differ",
        "ProcessingClusterConfig",
        processing_preferences(1, 1),
        of(
            VolumeSizeInGB=30,
            InstancePreferences=[of(InstanceType="ml.g5.xlarge", InstanceCount=1)] * 2,
        ),
    ),
    Case(
        "processing-job/selected-instances-are-answers",
        "ProcessingClusterConfig",
        cluster(),
        cluster(SelectedInstanceCount=1),
    ),
    # Tuning and compilation jobs
    Case(
        "tuning-job/strategy-config-is-of-hyperband",
        "HyperParameterTuningJobConfig",
        tuning("Hyperband", StrategyConfig=of(HyperbandStrategyConfig=of(MaxResource=9))),
        tuning("Bayesian", StrategyConfig=of(HyperbandStrategyConfig=of(MaxResource=9))),
    ),
    Case(
        "tuning-job/hyperband-stops-early-by-itself",
        "HyperParameterTuningJobConfig",
        tuning("Bayesian", TrainingJobEarlyStoppingType="Auto"),
        tuning("Hyperband", TrainingJobEarlyStoppingType="Auto"),
    ),
    Case(
        "tuning-job/hyperband-minimum-within-maximum",
        "HyperbandStrategyConfig",
        of(MinResource=1, MaxResource=9),
        of(MinResource=10, MaxResource=9),
    ),
    Case(
        "tuning-job/hyperband-at-most-20000-epochs",
        "HyperbandStrategyConfig",
        of(MaxResource=20000),
        of(MaxResource=20001),
    ),
    Case(
        "tuning-job/instance-configs-stand-alone",
        "HyperParameterTuningResourceConfig",
        of(InstanceConfigs=[of(InstanceType="ml.m5.large", InstanceCount=1, VolumeSizeInGB=30)]),
        of(
            InstanceCount=1,
            InstanceConfigs=[of(InstanceType="ml.m5.large", InstanceCount=1, VolumeSizeInGB=30)],
        ),
    ),
    Case(
        "tuning-job/volume-kms-key-excludes-local-storage",
        "HyperParameterTuningResourceConfig",
        of(InstanceType="ml.m5.large", VolumeKmsKeyId=KEY),
        of(InstanceType="ml.r5d.large", VolumeKmsKeyId=KEY),
    ),
    Case(
        "compilation-job/start-with-900-seconds",
        "CreateCompilationJobRequest",
        compilation(900),
        compilation(600),
    ),
    Case(
        "compilation-job/device-or-platform",
        "OutputConfig",
        of(S3OutputLocation="s3://b/", TargetDevice="ml_c5"),
        of(
            S3OutputLocation="s3://b/",
            TargetDevice="ml_c5",
            TargetPlatform=of(Os="LINUX", Arch="X86_64"),
        ),
    ),
    Case(
        "compilation-job/some-target",
        "OutputConfig",
        of(S3OutputLocation="s3://b/", TargetPlatform=of(Os="LINUX", Arch="X86_64")),
        of(S3OutputLocation="s3://b/"),
    ),
    Case(
        "training-job/full-directory-path",
        "FileSystemDataSource",
        of(
            FileSystemId="fs-01234567",
            FileSystemAccessMode="ro",
            FileSystemType="EFS",
            DirectoryPath="/data",
        ),
        of(
            FileSystemId="fs-01234567",
            FileSystemAccessMode="ro",
            FileSystemType="EFS",
            DirectoryPath="data",
        ),
    ),
    Case(
        "training-job/placement-of-some-instances",
        "PlacementSpecification",
        of(InstanceCount=1),
        of(InstanceCount=0),
    ),
    Case(
        "transform-job/validation-batches-need-splitting",
        "TransformJobDefinition",
        definition(of(SplitType="Line")),
        definition({}),
    ),
    # The same of the jobs that tune and of those that validate
    *(
        Case(rule, shape, keeps(**kept), keeps(**broken))
        for shape, keeps in (
            ("HyperParameterTrainingJobDefinition", tuned_job),
            ("TrainingJobDefinition", validating_job),
        )
        for rule, kept, broken in (
            (
                "training-job/at-most-28-days",
                of(StoppingCondition=of(MaxRuntimeInSeconds=2419200)),
                of(StoppingCondition=of(MaxRuntimeInSeconds=2419201)),
            ),
            (
                "training-job/augmented-manifest-needs-pipe",
                of(InputDataConfig=[augmented("Pipe")]),
                of(InputDataConfig=[augmented()]),
            ),
            (
                "training-job/compression-needs-pipe",
                of(InputDataConfig=[channel("Pipe", CompressionType="Gzip")]),
                of(InputDataConfig=[channel(CompressionType="Gzip")]),
            ),
            (
                "training-job/known-instance-groups",
                of(InputDataConfig=[channel()]),
                of(InputDataConfig=[channel(s3=of(InstanceGroupNames=["a"]))]),
            ),
            (
                "training-job/no-record-wrapper-in-file-mode",
                of(InputDataConfig=[channel("Pipe", RecordWrapperType="RecordIO")]),
                of(InputDataConfig=[channel(RecordWrapperType="RecordIO")]),
            ),
        )
    ),
    Case(
        "training-job/wait-is-for-spot",
        "HyperParameterTrainingJobDefinition",
        tuned_job(EnableManagedSpotTraining=True, StoppingCondition=WAITS),
        tuned_job(StoppingCondition=WAITS),
    ),
    Case(
        "training-job/spot-says-how-long-to-wait",
        "HyperParameterTrainingJobDefinition",
        tuned_job(EnableManagedSpotTraining=True, StoppingCondition=WAITS),
        tuned_job(EnableManagedSpotTraining=True),
    ),
    Case(
        "training-job/profiling-interval",
        "ProfilerConfigForUpdate",
        of(ProfilingIntervalInMilliseconds=100),
        of(ProfilingIntervalInMilliseconds=0),
    ),
    Case(
        "training-job/profiling-parameters",
        "ProfilerConfigForUpdate",
        of(ProfilingParameters={"PythonProfilingConfig": "{}"}),
        of(ProfilingParameters={"python": "{}"}),
    ),
)
