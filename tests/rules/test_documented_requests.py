"""No error and no warning is found in requests that the documents show, or say, to be valid.

The values are those that the five documents list (the line is theirs), combined as they allow.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sagemaker_typed import models, rules
from tests.rules.cases import ALIAS, ALIAS_ARN, IMAGE, KEY, KEY_ARN, ROLE, Given, of

KEYS = st.sampled_from([KEY, KEY_ARN, ALIAS, ALIAS_ARN])
"""2023-11-29:4016 to 4022: four ways to write a key."""
FEW = st.integers(1, 5)


def some(**members: st.SearchStrategy[object]) -> st.SearchStrategy[Given]:
    """A mapping with any choice of these members."""
    return st.fixed_dictionaries({}, optional=members)


def with_(
    first: st.SearchStrategy[Given], *rest: st.SearchStrategy[Given]
) -> st.SearchStrategy[Given]:
    """The members of all, the later ones counting."""
    return st.tuples(first, *rest).map(
        lambda parts: {key: value for part in parts for key, value in part.items()}
    )


def always(**members: object) -> st.SearchStrategy[Given]:
    return st.just(members)


def holds(shape: str, arguments: Given) -> None:
    assert rules.check(getattr(models, shape).from_boto(arguments)) == ()


# CreateEndpointConfig

serverless = st.integers(1, 200).flatmap(
    lambda most: with_(
        always(MaxConcurrency=most),
        # 2023-11-29:3862 and 3870
        st.sampled_from([1024, 2048, 3072, 4096, 5120, 6144]).map(lambda n: of(MemorySizeInMB=n)),
        some(ProvisionedConcurrency=st.integers(1, most)),
    )
)
variants = with_(
    always(VariantName="main"),
    some(
        ModelName=st.just("churn"),
        InitialVariantWeight=st.floats(0, 10, allow_nan=False),
        CoreDumpConfig=with_(always(DestinationS3Uri="s3://b/"), some(KmsKeyId=KEYS)),
    ),
    st.one_of(
        serverless.map(lambda config: of(ServerlessConfig=config)),
        with_(
            st.sampled_from(["ml.m5.large", "ml.g5.xlarge", "ml.c5d.large"]).map(
                lambda name: of(InstanceType=name)
            ),
            some(InitialInstanceCount=FEW, VolumeSizeInGB=st.integers(1, 512)),
            FEW.map(
                lambda n: of(ManagedInstanceScaling=of(MinInstanceCount=n, MaxInstanceCount=n + 1))
            ),
            st.sampled_from(["LEAST_OUTSTANDING_REQUESTS", "RANDOM"]).map(
                lambda name: of(RoutingConfig=of(RoutingStrategy=name))
            ),
        ),
    ),
)
explainers = with_(
    # 2023-11-29:4110, 4126, 4140, 4146 and 4178: the expressions, indices and types shown
    some(
        InferenceConfig=some(
            FeaturesAttribute=st.just("myfeatures"),
            ContentTemplate=st.just('{"myfeatures":$features}'),
            ProbabilityAttribute=st.just("probability"),
            LabelAttribute=st.just("labels"),
        )
    ),
    st.sampled_from(["text/csv", "application/jsonlines"]).map(
        lambda kind: of(ShapConfig=of(ShapBaselineConfig=of(MimeType=kind, ShapBaseline="1,2")))
    ),
)


@given(
    st.lists(variants, min_size=1, max_size=3),
    some(
        KmsKeyId=KEYS,
        Tags=st.just([of(Key="team", Value="churn"), of(Key="owner", Value="me")]),
        ExplainerConfig=explainers.map(lambda config: of(ClarifyExplainerConfig=config)),
        VpcConfig=always(SecurityGroupIds=["sg-0123abcd"], Subnets=["subnet-1"]),
        DataCaptureConfig=with_(
            always(
                InitialSamplingPercentage=100,
                DestinationS3Uri="s3://b/",
                CaptureOptions=[of(CaptureMode="Input"), of(CaptureMode="Output")],
            ),
            some(KmsKeyId=KEYS),
        ),
    ),
    st.booleans(),
)
def test_endpoint_configurations(several: list[Given], rest: Given, shadowed: bool) -> None:
    for index, variant in enumerate(several):
        variant["VariantName"] = f"v{index}"
    shadow = of(ShadowProductionVariants=[several[0]]) if shadowed else {}
    several = several[:1] if shadowed else several  # 2023-11-29:4226
    holds(
        "CreateEndpointConfigRequest",
        of(EndpointConfigName="churn", ProductionVariants=several, **rest, **shadow),
    )


# CreateTrainingJob

S3 = of(S3DataSource=of(S3DataType="S3Prefix", S3Uri="s3://bucketname/exampleprefix"))
MANIFEST = of(S3DataSource=of(S3DataType="ManifestFile", S3Uri="s3://bucketname/example.manifest"))
AUGMENTED = of(
    S3DataSource=of(
        S3DataType="AugmentedManifestFile", S3Uri="s3://bucketname/m", AttributeNames=["source-ref"]
    )
)
FILES = of(
    FileSystemDataSource=of(
        FileSystemId="fs-01234567",
        FileSystemAccessMode="ro",
        FileSystemType="EFS",
        DirectoryPath="/data",
    )
)
# 2023-11-29:5164, 5224 and 5230: channels of each mode
piped = with_(
    always(InputMode="Pipe"),
    st.sampled_from([S3, MANIFEST, AUGMENTED]).map(lambda source: of(DataSource=source)),
    some(
        CompressionType=st.sampled_from(["None", "Gzip"]),
        RecordWrapperType=st.sampled_from(["None", "RecordIO"]),
        ShuffleConfig=always(Seed=1),
    ),
)
filed = with_(
    always(InputMode="File"),
    st.sampled_from([S3, MANIFEST, FILES]).map(lambda source: of(DataSource=source)),
    some(CompressionType=st.just("None"), RecordWrapperType=st.just("None")),
)
# 2023-11-29:5320 and 5322: the families named, with the storage said of them
instances = st.one_of(
    with_(
        st.sampled_from(["ml.c5.xlarge", "ml.p2.xlarge"]).map(lambda t: of(InstanceType=t)),
        always(VolumeSizeInGB=30),
        some(VolumeKmsKeyId=st.sampled_from([KEY, KEY_ARN])),
    ),
    with_(
        st.sampled_from(["ml.p4d.24xlarge", "ml.g4dn.xlarge", "ml.g5.xlarge"]).map(
            lambda t: of(InstanceType=t)
        ),
        some(VolumeSizeInGB=st.just(30)),
    ),
)


@given(
    st.lists(st.one_of(piped, filed), min_size=1, max_size=3),
    instances,
    st.sampled_from(["Pipe", "File", "FastFile"]),
    st.integers(1, 28 * 24 * 3600),  # 2023-11-29:5408
    some(
        HyperParameters=st.just({"epochs": "10"}),
        ProfilerConfig=st.sampled_from([100, 200, 500, 1000, 5000, 60000]).map(
            lambda n: of(ProfilingIntervalInMilliseconds=n)
        ),
        DebugHookConfig=always(
            S3OutputPath="s3://b/",
            CollectionConfigurations=[
                of(CollectionName="losses", CollectionParameters={"save_histogram": "true"})
            ],
        ),
        RetryStrategy=always(MaximumRetryAttempts=3),
    ),
    st.booleans(),
)
def test_training_jobs(
    channels: list[Given], resources: Given, mode: str, seconds: int, rest: Given, spot: bool
) -> None:
    for index, channel in enumerate(channels):
        channel["ChannelName"] = f"channel-{index}"
    waits = of(MaxWaitTimeInSeconds=seconds) if spot else {}
    holds(
        "CreateTrainingJobRequest",
        of(
            TrainingJobName="job",
            RoleArn=ROLE,
            AlgorithmSpecification=of(TrainingImage=IMAGE, TrainingInputMode=mode),
            InputDataConfig=channels,
            OutputDataConfig=of(S3OutputPath="s3://bucket-name/key-name-prefix"),
            ResourceConfig=resources | of(InstanceCount=2),
            StoppingCondition=of(MaxRuntimeInSeconds=seconds, **waits),
            EnableManagedSpotTraining=spot,
            **rest,
        ),
    )


# CreateAutoMLJobV2

CSV = ["text/csv;header=present", "x-application/vnd.amazon+parquet"]
COLUMNS = of(
    TargetAttributeName="demand", TimestampAttributeName="time", ItemIdentifierAttributeName="item"
)
one_candidate = always(CompletionCriteria=of(MaxCandidates=1))
# 2023-11-29:2190 to 2214
chosen = st.one_of(
    always(Mode="AUTO"),
    always(
        Mode="ENSEMBLING",
        SampleWeightAttributeName="weight",
        CandidateGenerationConfig=of(
            AlgorithmsConfig=[of(AutoMLAlgorithms=["catboost", "extra-trees", "nn-torch"])]
        ),
    ),
    always(
        Mode="HYPERPARAMETER_TUNING",
        CandidateGenerationConfig=of(
            AlgorithmsConfig=[of(AutoMLAlgorithms=["linear-learner", "mlp", "xgboost"])]
        ),
    ),
)
# 2023-11-29:2346 to 2362, 2382 to 2390 and 2404
forecasts = with_(
    st.sampled_from(["1D", "15min", "59min", "23H", "6D", "4W", "11M", "1Y"]).map(
        lambda each: of(ForecastFrequency=each)
    ),
    st.integers(1, 500).map(lambda steps: of(ForecastHorizon=steps)),
    always(TimeSeriesConfig=COLUMNS),
    st.sampled_from(["zero", "median", "mean", "min", "max"]).map(
        lambda fill: of(
            Transformations=of(
                Filling={
                    "demand": {"frontfill": "none", "middlefill": fill},
                    "price": {"backfill": "value", "backfill_value": "2", "futurefill": fill},
                },
                Aggregation={"demand": "sum"},
            )
        )
    ),
)
# 2023-11-29:2000 to 2034, 2102 and 2500
problems = st.one_of(
    chosen.map(
        lambda mode: (
            of(TabularJobConfig=of(TargetAttributeName="y", **mode)),
            ["S3Prefix", "ManifestFile"],
            CSV,
        )
    ),
    one_candidate.map(
        lambda candidate: (
            of(ImageClassificationJobConfig=candidate),
            ["S3Prefix", "ManifestFile", "AugmentedManifestFile"],
            ["image/png", "image/jpeg", "image/*"],
        )
    ),
    one_candidate.map(
        lambda candidate: (
            of(
                TextClassificationJobConfig=of(
                    ContentColumn="text", TargetLabelColumn="label", **candidate
                )
            ),
            ["S3Prefix"],
            CSV,
        )
    ),
    forecasts.map(lambda each: (of(TimeSeriesForecastingJobConfig=each), ["S3Prefix"], CSV)),
    st.just(
        (
            of(
                TextGenerationJobConfig=of(
                    TextGenerationHyperParameters={
                        "epochCount": "5",
                        "learningRate": "0.5",
                        "batchSize": "32",
                        "learningRateWarmupSteps": "10",
                    }
                )
            ),
            ["S3Prefix"],
            CSV,
        )
    ),
)


@given(problems, st.data())
def test_auto_ml_jobs(problem: tuple[Given, list[str], list[str]], data: st.DataObject) -> None:
    config, s3_types, content_types = problem
    s3_type = data.draw(st.sampled_from(s3_types))
    channel = of(
        DataSource=of(S3DataSource=of(S3DataType=s3_type, S3Uri="s3://EXAMPLE-BUCKET/FOLDER")),
        ContentType=data.draw(st.sampled_from(content_types)),
    )
    tables = "TabularJobConfig" in config
    split = "TimeSeriesForecastingJobConfig" not in config and data.draw(st.booleans())
    holds(
        "CreateAutoMLJobV2Request",
        of(
            AutoMLJobName="job",
            AutoMLJobInputDataConfig=[
                channel | of(CompressionType="Gzip" if tables and s3_type == "S3Prefix" else "None")
            ],
            OutputDataConfig=of(S3OutputPath="s3://bucket/out"),
            AutoMLProblemTypeConfig=config,
            RoleArn=ROLE,
            ModelDeployConfig=data.draw(
                st.sampled_from(
                    [
                        of(AutoGenerateEndpointName=True),
                        of(AutoGenerateEndpointName=False, EndpointName="churn"),
                    ]
                )
            ),
            **(of(DataSplitConfig=of(ValidationFraction=0.2)) if split else {}),
        ),
    )


# Studio

SYSTEM = of(InstanceType="system")


@given(
    st.sampled_from(["PublicInternetOnly", "VpcOnly"]),
    st.booleans(),
    some(
        DefaultLandingUri=st.sampled_from(["studio::", "app:JupyterServer:"]),
        StudioWebPortal=st.just("ENABLED"),
        JupyterServerAppSettings=always(
            DefaultResourceSpec=SYSTEM,
            LifecycleConfigArns=[
                "arn:aws:sagemaker:us-west-2:111122223333:studio-lifecycle-config/s"
            ],
        ),
        SharingSettings=always(NotebookOutputOption="Allowed", S3OutputPath="s3://b/s"),
    ),
)
def test_domains(access: str, rstudio: bool, settings: Given) -> None:
    users = of(ExecutionRole=ROLE, SecurityGroups=["sg-1", "sg-2"]) | settings
    with_rstudio = of(
        DomainSettings=of(RStudioServerProDomainSettings=of(DomainExecutionRoleArn=ROLE)),
        AppSecurityGroupManagement="Service",
    )
    holds(
        "CreateDomainRequest",
        of(
            DomainName="domain",
            AuthMode="IAM",
            DefaultUserSettings=users,
            SubnetIds=["subnet-1"],
            VpcId="vpc-1",
            AppNetworkAccessType=access,
            **(with_rstudio if rstudio else {}),
        ),
    )
    holds(
        "CreateUserProfileRequest",
        of(DomainId="d-1", UserProfileName="me", UserSettings=users),
    )


# 2023-11-29:4482 to 4490
@given(
    st.sampled_from(["studio", "app:JupyterServer", "app:JupyterLab", "app:RStudioServerPro"]),
    st.sampled_from(["", "relative/path"]),
)
def test_presigned_urls(page: str, path: str) -> None:
    landing = f"{page}::{path}" if page == "studio" else f"{page}:{path}"
    holds(
        "CreatePresignedDomainUrlRequest",
        of(DomainId="d-1", UserProfileName="me", LandingUri=landing),
    )


@given(
    some(
        SubnetId=st.just("subnet-1"),
        AdditionalCodeRepositories=st.just(["a", "b", "c"]),
        KmsKeyId=KEYS,
        RootAccess=st.sampled_from(["Enabled", "Disabled"]),
        DirectInternetAccess=st.just("Enabled"),
    )
)
def test_notebook_instances(rest: Given) -> None:
    # 2023-05-26:128 and 151: with a subnet, security groups and no internet
    inside = (
        of(SecurityGroupIds=["sg-01234567"], DirectInternetAccess="Disabled")
        if "SubnetId" in rest
        else {}
    )
    holds(
        "CreateNotebookInstanceRequest",
        of(NotebookInstanceName="n", InstanceType="ml.inf1.xlarge", RoleArn=ROLE) | rest | inside,
    )


# Experiments, algorithms and packages


@given(st.integers(0, 100), st.integers(1, 30), some(KmsKey=KEYS))
def test_inference_experiments(percentage: int, days: int, rest: Given) -> None:
    infrastructure = of(
        InfrastructureType="RealTimeInference",
        RealTimeInferenceConfig=of(InstanceType="ml.p4d.24xlarge", InstanceCount=1),
    )
    holds(
        "CreateInferenceExperimentRequest",
        of(
            Name="experiment",
            Type="ShadowMode",
            RoleArn=ROLE,
            EndpointName="e",
            Schedule=of(
                StartTime="2023-06-01T00:00:00Z",
                EndTime=f"2023-06-{days:02}T12:00:00Z",
            ),
            ModelVariants=[
                of(ModelName="m", VariantName=name, InfrastructureConfig=infrastructure)
                for name in ("production", "shadow")
            ],
            ShadowModeConfig=of(
                SourceModelVariantName="production",
                ShadowModelVariants=[
                    of(ShadowModelVariantName="shadow", SamplingPercentage=percentage)
                ],
            ),
            **rest,
        ),
    )


RANGES = {
    "Integer": of(IntegerParameterRangeSpecification=of(MinValue="1", MaxValue="10")),
    "Continuous": of(ContinuousParameterRangeSpecification=of(MinValue="0.5", MaxValue="10")),
    "Categorical": of(CategoricalParameterRangeSpecification=of(Values=["1", "5"])),
}


@given(st.sampled_from(sorted(RANGES)), st.booleans(), st.booleans())
def test_algorithms(kind: str, required: bool, distributed: bool) -> None:
    known = of(IsRequired=True) if required else of(IsRequired=False, DefaultValue="5")
    holds(
        "CreateAlgorithmRequest",
        of(
            AlgorithmName="mine",
            TrainingSpecification=of(
                TrainingImage=IMAGE,
                SupportedTrainingInstanceTypes=["ml.g4dn.xlarge"],
                SupportsDistributedTraining=distributed,
                MetricDefinitions=[of(Name="loss", Regex="loss=(.*)")],
                SupportedTuningJobObjectiveMetrics=[of(Type="Minimize", MetricName="loss")],
                SupportedHyperParameters=[of(Name="p", Type=kind, Range=RANGES[kind], **known)],
                TrainingChannels=[
                    of(
                        Name="train",
                        SupportedContentTypes=["text/csv"],
                        SupportedInputModes=["File", "Pipe"],
                    )
                ],
            ),
        ),
    )


@given(st.booleans())
def test_model_packages(from_algorithm: bool) -> None:
    # 2019-09-25:1019, with all that was required then
    made_of = (
        of(
            SourceAlgorithmSpecification=of(
                SourceAlgorithms=[of(AlgorithmName="a", ModelDataUrl="s3://b/model.tar.gz")]
            )
        )
        if from_algorithm
        else of(
            InferenceSpecification=of(
                Containers=[of(Image=IMAGE, ModelDataUrl="s3://b/model.tar.gz")],
                SupportedTransformInstanceTypes=["ml.m4.xlarge"],
                SupportedRealtimeInferenceInstanceTypes=["ml.g4dn.xlarge"],
                SupportedContentTypes=["text/csv"],
                SupportedResponseMIMETypes=["text/csv"],
            )
        )
    )
    holds("CreateModelPackageRequest", of(ModelPackageName="package", **made_of))
