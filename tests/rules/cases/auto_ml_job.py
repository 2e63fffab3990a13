"""AutoML jobs of both versions."""

from __future__ import annotations

from tests.rules.cases import ROLE, Case, Given, of

CSV = "text/csv;header=present"
PARQUET = "x-application/vnd.amazon+parquet"


def channel(s3_type: str = "S3Prefix", **more: object) -> Given:
    source = of(S3DataSource=of(S3DataType=s3_type, S3Uri="s3://bucket/folder"))
    return of(DataSource=source) | more


def job(problem: Given, *channels: Given, **more: object) -> Given:
    return of(
        AutoMLJobName="job",
        AutoMLJobInputDataConfig=list(channels or [channel()]),
        OutputDataConfig=of(S3OutputPath="s3://bucket/out"),
        AutoMLProblemTypeConfig=problem,
        RoleArn=ROLE,
        **more,
    )


def old_job(*channels: Given, **more: object) -> Given:
    return of(
        AutoMLJobName="job",
        InputDataConfig=[of(TargetAttributeName="y") | each for each in channels or (channel(),)],
        OutputDataConfig=of(S3OutputPath="s3://bucket/out"),
        RoleArn=ROLE,
        **more,
    )


def tables(**more: object) -> Given:
    return of(TabularJobConfig=of(TargetAttributeName="y") | more)


def series(**more: object) -> Given:
    columns = of(
        TargetAttributeName="demand",
        TimestampAttributeName="time",
        ItemIdentifierAttributeName="item",
    )
    return of(ForecastFrequency="1D", ForecastHorizon=30, TimeSeriesConfig=columns) | more


def forecast(**more: object) -> Given:
    return of(TimeSeriesForecastingJobConfig=series(**more))


def filling(column: str, **logic: str) -> Given:
    return series(Transformations=of(Filling={column: logic}))


def algorithms(*names: str) -> Given:
    return of(AlgorithmsConfig=[of(AutoMLAlgorithms=list(names))])


def tuned(**hyperparameters: str) -> Given:
    return of(TextGenerationHyperParameters=hyperparameters)


IMAGES = of(ImageClassificationJobConfig={})
TEXTS = of(TextClassificationJobConfig=of(ContentColumn="text", TargetLabelColumn="label"))
GENERATION = of(TextGenerationJobConfig=of(BaseModelName="Falcon7BInstruct"))


def objective(metric: str) -> Given:
    return of(AutoMLJobObjective=of(MetricName=metric))


CASES = (
    Case(
        "auto-ml-job-v2/tabular-data-type",
        "CreateAutoMLJobV2Request",
        job(tables(), channel("ManifestFile")),
        job(tables(), channel("AugmentedManifestFile")),
    ),
    Case(
        "auto-ml-job-v2/text-classification-data-type",
        "CreateAutoMLJobV2Request",
        job(TEXTS),
        job(TEXTS, channel("ManifestFile")),
    ),
    Case(
        "auto-ml-job-v2/forecasting-data-type",
        "CreateAutoMLJobV2Request",
        job(forecast()),
        job(forecast(), channel("ManifestFile")),
    ),
    Case(
        "auto-ml-job-v2/text-generation-data-type",
        "CreateAutoMLJobV2Request",
        job(GENERATION),
        job(GENERATION, channel("AugmentedManifestFile")),
    ),
    Case(
        "auto-ml-job-v2/tabular-content-type",
        "CreateAutoMLJobV2Request",
        job(tables(), channel(ContentType=PARQUET)),
        job(tables(), channel(ContentType="text/csv")),
    ),
    Case(
        "auto-ml-job-v2/image-content-type",
        "CreateAutoMLJobV2Request",
        job(IMAGES, channel("AugmentedManifestFile", ContentType="image/*")),
        job(IMAGES, channel(ContentType="image/gif")),
    ),
    Case(
        "auto-ml-job-v2/text-classification-content-type",
        "CreateAutoMLJobV2Request",
        job(TEXTS, channel(ContentType=CSV)),
        job(TEXTS, channel(ContentType="text/plain")),
    ),
    Case(
        "auto-ml-job-v2/forecasting-content-type",
        "CreateAutoMLJobV2Request",
        job(forecast(), channel(ContentType=PARQUET)),
        job(forecast(), channel(ContentType="application/json")),
    ),
    Case(
        "auto-ml-job-v2/text-generation-content-type",
        "CreateAutoMLJobV2Request",
        job(GENERATION, channel(ContentType=CSV)),
        job(GENERATION, channel(ContentType="application/jsonlines")),
    ),
    Case(
        "auto-ml-job-v2/one-content-type",
        "CreateAutoMLJobV2Request",
        job(tables(), channel(), channel(ChannelType="validation", ContentType=CSV)),
        job(tables(), channel(), channel(ChannelType="validation", ContentType=PARQUET)),
    ),
    Case(
        "auto-ml-job-v2/gzip-needs-tabular-data",
        "CreateAutoMLJobV2Request",
        job(tables(), channel(CompressionType="Gzip")),
        job(TEXTS, channel(CompressionType="Gzip")),
    ),
    Case(
        "auto-ml-job-v2/gzip-needs-a-prefix",
        "AutoMLJobChannel",
        channel(CompressionType="Gzip"),
        channel("ManifestFile", CompressionType="Gzip"),
    ),
    Case(
        "auto-ml-job-v2/channel-has-a-source",
        "AutoMLJobChannel",
        channel(),
        of(ChannelType="training"),
    ),
    Case(
        "auto-ml-job/prefix-form",
        "AutoMLS3DataSource",
        of(S3DataType="S3Prefix", S3Uri="s3://bucket/file.csv"),
        of(S3DataType="S3Prefix", S3Uri="https://bucket/file.csv"),
    ),
    Case(
        "auto-ml-job/augmented-manifest-is-of-v2",
        "CreateAutoMLJobRequest",
        old_job(channel("ManifestFile")),
        old_job(channel("AugmentedManifestFile")),
    ),
    Case(
        "auto-ml-job/output-path-length",
        "AutoMLOutputDataConfig",
        of(S3OutputPath="s3://bucket/".ljust(512, "x")),
        of(S3OutputPath="s3://bucket/".ljust(513, "x")),
    ),
    Case(
        "auto-ml-job-v2/no-split-for-forecasting",
        "CreateAutoMLJobV2Request",
        job(tables(), DataSplitConfig=of(ValidationFraction=0.2)),
        job(forecast(), DataSplitConfig=of(ValidationFraction=0.2)),
    ),
    Case(
        "auto-ml-job/validation-fraction",
        "AutoMLDataSplitConfig",
        of(ValidationFraction=0.01),
        of(ValidationFraction=1.0),
    ),
    Case(
        "auto-ml-job/validation-fraction-below-half",
        "AutoMLDataSplitConfig",
        of(ValidationFraction=0.49),
        of(ValidationFraction=0.5),
    ),
    Case(
        "auto-ml-job-v2/one-candidate",
        "TextGenerationJobConfig",
        of(CompletionCriteria=of(MaxCandidates=1)),
        of(CompletionCriteria=of(MaxCandidates=2)),
    ),
    Case(
        "auto-ml-job/no-algorithms-in-auto-mode",
        "TabularJobConfig",
        of(TargetAttributeName="y", Mode="AUTO"),
        of(TargetAttributeName="y", Mode="AUTO", CandidateGenerationConfig=algorithms("xgboost")),
    ),
    Case(
        "auto-ml-job/one-choice-of-algorithms",
        "CandidateGenerationConfig",
        algorithms(),
        of(AlgorithmsConfig=[]),
    ),
    Case(
        "auto-ml-job/algorithms-of-ensembling",
        "AutoMLJobConfig",
        of(Mode="ENSEMBLING", CandidateGenerationConfig=algorithms("catboost", "xgboost")),
        of(Mode="ENSEMBLING", CandidateGenerationConfig=algorithms("xgboost", "mlp")),
    ),
    Case(
        "auto-ml-job/algorithms-of-hyperparameter-tuning",
        "AutoMLJobConfig",
        of(Mode="HYPERPARAMETER_TUNING", CandidateGenerationConfig=algorithms("mlp")),
        of(Mode="HYPERPARAMETER_TUNING", CandidateGenerationConfig=algorithms("fastai")),
    ),
    Case(
        "auto-ml-job-v2/algorithms-of-forecasting",
        "TimeSeriesForecastingJobConfig",
        series(CandidateGenerationConfig=algorithms("prophet", "ets")),
        series(CandidateGenerationConfig=algorithms("xgboost")),
    ),
    Case(
        "auto-ml-job-v2/sample-weights-need-ensembling",
        "TabularJobConfig",
        of(TargetAttributeName="y", Mode="ENSEMBLING", SampleWeightAttributeName="w"),
        of(TargetAttributeName="y", Mode="HYPERPARAMETER_TUNING", SampleWeightAttributeName="w"),
    ),
    Case(
        "auto-ml-job/sample-weights-need-ensembling",
        "CreateAutoMLJobRequest",
        old_job(channel(SampleWeightAttributeName="w"), AutoMLJobConfig=of(Mode="AUTO")),
        old_job(
            channel(SampleWeightAttributeName="w"),
            AutoMLJobConfig=of(Mode="HYPERPARAMETER_TUNING"),
        ),
    ),
    Case(
        "auto-ml-job/channels-share-types",
        "CreateAutoMLJobRequest",
        old_job(channel(), channel(ChannelType="validation", ContentType=CSV)),
        old_job(channel(), channel(ChannelType="validation", TargetAttributeName="z")),
    ),
    Case(
        "auto-ml-job-v2/problem-type-with-objective",
        "CreateAutoMLJobV2Request",
        job(tables(ProblemType="Regression"), **objective("MSE")),
        job(tables(ProblemType="Regression")),
    ),
    Case(
        "auto-ml-job/metrics-of-regression",
        "CreateAutoMLJobV2Request",
        job(tables(ProblemType="Regression"), **objective("R2")),
        job(tables(ProblemType="Regression"), **objective("F1")),
    ),
    Case(
        "auto-ml-job/metrics-of-binary-classification",
        "CreateAutoMLJobRequest",
        old_job(ProblemType="BinaryClassification", **objective("AUC")),
        old_job(ProblemType="BinaryClassification", **objective("F1macro")),
    ),
    Case(
        "auto-ml-job/metrics-of-multiclass-classification",
        "CreateAutoMLJobV2Request",
        job(tables(ProblemType="MulticlassClassification"), **objective("PrecisionMacro")),
        job(tables(ProblemType="MulticlassClassification"), **objective("Precision")),
    ),
    Case(
        "auto-ml-job-v2/metric-of-image-and-text-classification",
        "CreateAutoMLJobV2Request",
        job(IMAGES, **objective("Accuracy")),
        job(TEXTS, **objective("F1")),
    ),
    Case(
        "auto-ml-job-v2/metrics-of-forecasting",
        "CreateAutoMLJobV2Request",
        job(forecast(), **objective("AverageWeightedQuantileLoss")),
        job(forecast(), **objective("MSE")),
    ),
    Case(
        "auto-ml-job-v2/no-objective-for-text-generation",
        "CreateAutoMLJobV2Request",
        job(GENERATION),
        job(GENERATION, **objective("Accuracy")),
    ),
    Case(
        "auto-ml-job-v2/text-columns-differ",
        "TextClassificationJobConfig",
        of(ContentColumn="text", TargetLabelColumn="label"),
        of(ContentColumn="text", TargetLabelColumn="text"),
    ),
    Case(
        "auto-ml-job-v2/forecast-horizon",
        "TimeSeriesForecastingJobConfig",
        series(ForecastHorizon=500),
        series(ForecastHorizon=501),
    ),
    Case(
        "auto-ml-job-v2/front-fill-is-none",
        "TimeSeriesForecastingJobConfig",
        filling("demand", frontfill="none"),
        filling("demand", frontfill="zero"),
    ),
    Case(
        "auto-ml-job-v2/front-fill-of-target",
        "TimeSeriesForecastingJobConfig",
        filling("price", backfill="mean"),
        filling("price", frontfill="none"),
    ),
    Case(
        "auto-ml-job-v2/fill-options",
        "TimeSeriesForecastingJobConfig",
        filling("price", middlefill="zero", backfill="median", futurefill="max"),
        filling("price", middlefill="none"),
    ),
    Case(
        "auto-ml-job-v2/fill-value",
        "TimeSeriesForecastingJobConfig",
        filling("price", backfill="value", backfill_value="2"),
        filling("price", backfill="value", middlefill_value="2"),
    ),
    Case(
        "auto-ml-job-v2/aggregation-of-target",
        "TimeSeriesForecastingJobConfig",
        series(Transformations=of(Aggregation={"demand": "avg"})),
        series(Transformations=of(Aggregation={"price": "avg"})),
    ),
    Case(
        "auto-ml-job-v2/epoch-count",
        "TextGenerationJobConfig",
        tuned(epochCount="10"),
        tuned(epochCount="11"),
    ),
    Case(
        "auto-ml-job-v2/batch-size",
        "TextGenerationJobConfig",
        tuned(batchSize="32"),
        tuned(batchSize="3.5"),
    ),
    Case(
        "auto-ml-job-v2/learning-rate",
        "TextGenerationJobConfig",
        tuned(learningRate="0.00005"),
        tuned(learningRate="1.5"),
    ),
    Case(
        "auto-ml-job-v2/learning-rate-warmup-steps",
        "TextGenerationJobConfig",
        tuned(learningRateWarmupSteps="0"),
        tuned(learningRateWarmupSteps="251"),
    ),
    Case(
        "auto-ml-job/generated-endpoint-name",
        "ModelDeployConfig",
        of(AutoGenerateEndpointName=True),
        of(AutoGenerateEndpointName=True, EndpointName="churn"),
    ),
    Case(
        "auto-ml-job/given-endpoint-name",
        "ModelDeployConfig",
        of(AutoGenerateEndpointName=False, EndpointName="churn"),
        of(AutoGenerateEndpointName=False),
    ),
    Case(
        "auto-ml-job-v2/compute-config-is-of-canvas",
        "CreateAutoMLJobV2Request",
        job(tables()),
        job(tables(), AutoMLComputeConfig={}),
    ),
    Case(
        "auto-ml-job-v2/known-hyperparameters",
        "TextGenerationJobConfig",
        tuned(epochCount="5", learningRate="0.5", batchSize="32", learningRateWarmupSteps="10"),
        tuned(epochs="5"),
    ),
    # The same of other problems and of the other version
    *(
        Case(
            "auto-ml-job-v2/one-candidate",
            shape,
            arguments | of(CompletionCriteria=of(MaxCandidates=1)),
            arguments | of(CompletionCriteria=of(MaxCandidates=2)),
        )
        for shape, arguments in (
            ("ImageClassificationJobConfig", {}),
            ("TextClassificationJobConfig", TEXTS["TextClassificationJobConfig"]),
            ("TimeSeriesForecastingJobConfig", series()),
        )
    ),
    *(
        Case(
            f"auto-ml-job/algorithms-of-{mode.lower().replace('_', '-')}",
            "TabularJobConfig",
            of(TargetAttributeName="y", Mode=mode, CandidateGenerationConfig=algorithms("xgboost")),
            of(TargetAttributeName="y", Mode=mode, CandidateGenerationConfig=algorithms("ets")),
        )
        for mode in ("ENSEMBLING", "HYPERPARAMETER_TUNING")
    ),
    Case(
        "auto-ml-job/metrics-of-binary-classification",
        "CreateAutoMLJobV2Request",
        job(tables(ProblemType="BinaryClassification"), **objective("Recall")),
        job(tables(ProblemType="BinaryClassification"), **objective("MAE")),
    ),
    Case(
        "auto-ml-job/metrics-of-multiclass-classification",
        "CreateAutoMLJobRequest",
        old_job(ProblemType="MulticlassClassification", **objective("F1macro")),
        old_job(ProblemType="MulticlassClassification", **objective("AUC")),
    ),
    Case(
        "auto-ml-job/metrics-of-regression",
        "CreateAutoMLJobRequest",
        old_job(ProblemType="Regression", **objective("RMSE")),
        old_job(ProblemType="Regression", **objective("WAPE")),
    ),
    Case(
        "auto-ml-job/no-algorithms-in-auto-mode",
        "AutoMLJobConfig",
        of(Mode="AUTO", CandidateGenerationConfig={}),
        of(Mode="AUTO", CandidateGenerationConfig=algorithms("xgboost")),
    ),
    Case(
        "auto-ml-job/one-choice-of-algorithms",
        "AutoMLCandidateGenerationConfig",
        algorithms("xgboost"),
        of(AlgorithmsConfig=[]),
    ),
)
