"""AutoML jobs of both versions: data, problem types, algorithms and metrics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from sagemaker_typed.rules._aws import number, whole
from sagemaker_typed.rules._rule import Source, Violation, prose, rule, superseded

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        AutoMLAlgorithmConfig,
        AutoMLCandidateGenerationConfig,
        AutoMLDataSplitConfig,
        AutoMLJobChannel,
        AutoMLJobConfig,
        AutoMLOutputDataConfig,
        AutoMLProblemTypeConfig,
        AutoMLS3DataSource,
        CandidateGenerationConfig,
        CreateAutoMLJobRequest,
        CreateAutoMLJobV2Request,
        ImageClassificationJobConfig,
        ModelDeployConfig,
        TabularJobConfig,
        TextClassificationJobConfig,
        TextGenerationJobConfig,
        TimeSeriesForecastingJobConfig,
    )

    Single: TypeAlias = (
        ImageClassificationJobConfig
        | TextClassificationJobConfig
        | TextGenerationJobConfig
        | TimeSeriesForecastingJobConfig
    )
    Moded: TypeAlias = AutoMLJobConfig | TabularJobConfig

V2 = "CreateAutoMLJobV2Request"
CSV_OR_PARQUET = frozenset({"text/csv;header=present", "x-application/vnd.amazon+parquet"})
IMAGES = frozenset({"image/png", "image/jpeg", "image/*"})


def _channels(request: CreateAutoMLJobV2Request) -> Iterator[tuple[str, AutoMLJobChannel]]:
    for index, channel in enumerate(request.auto_ml_job_input_data_config):
        yield f"AutoMLJobInputDataConfig[{index}]", channel


def _s3_type(channel: AutoMLJobChannel) -> str | None:
    return channel.data_source.s3_data_source.s3_data_type if channel.data_source else None


def _quoted(values: frozenset[str]) -> str:
    return " or ".join(map(repr, sorted(values)))


# Formats of the data


def _data_types(
    request: CreateAutoMLJobV2Request, problem: object, refused: frozenset[str]
) -> Iterator[Violation]:
    if problem is not None:
        for path, channel in _channels(request):
            if _s3_type(channel) in refused:
                yield Violation(
                    f"{path}.DataSource.S3DataSource.S3DataType",
                    expected=_quoted(frozenset({"S3Prefix", "ManifestFile"}) - refused),
                )


NOT_TABULAR = frozenset({"AugmentedManifestFile"})
NOT_PREFIX = frozenset({"AugmentedManifestFile", "ManifestFile"})


@rule(
    "auto-ml-job-v2/tabular-data-type",
    severity="warning",
    shape=V2,
    members=("AutoMLJobInputDataConfig", "AutoMLProblemTypeConfig.TabularJobConfig"),
    message="Tabular data must be an S3 prefix or a manifest.",
    source=Source("2023-11-29", 2000),
)
def tabular_data_type(request: CreateAutoMLJobV2Request) -> Iterator[Violation]:
    problem = request.auto_ml_problem_type_config
    yield from _data_types(request, problem.tabular_job_config, NOT_TABULAR)


@rule(
    "auto-ml-job-v2/text-classification-data-type",
    severity="warning",
    shape=V2,
    members=("AutoMLJobInputDataConfig", "AutoMLProblemTypeConfig.TextClassificationJobConfig"),
    message="Text to classify must be an S3 prefix.",
    source=Source("2023-11-29", 2004),
)
def text_classification_data_type(request: CreateAutoMLJobV2Request) -> Iterator[Violation]:
    problem = request.auto_ml_problem_type_config
    yield from _data_types(request, problem.text_classification_job_config, NOT_PREFIX)


@rule(
    "auto-ml-job-v2/forecasting-data-type",
    severity="warning",
    shape=V2,
    members=("AutoMLJobInputDataConfig", "AutoMLProblemTypeConfig.TimeSeriesForecastingJobConfig"),
    message="Time-series data must be an S3 prefix.",
    source=Source("2023-11-29", 2006),
)
def forecasting_data_type(request: CreateAutoMLJobV2Request) -> Iterator[Violation]:
    problem = request.auto_ml_problem_type_config
    yield from _data_types(request, problem.time_series_forecasting_job_config, NOT_PREFIX)


@rule(
    "auto-ml-job-v2/text-generation-data-type",
    severity="warning",
    shape=V2,
    members=("AutoMLJobInputDataConfig", "AutoMLProblemTypeConfig.TextGenerationJobConfig"),
    message="Data for text generation must be an S3 prefix.",
    source=Source("2023-11-29", 2008),
)
def text_generation_data_type(request: CreateAutoMLJobV2Request) -> Iterator[Violation]:
    problem = request.auto_ml_problem_type_config
    yield from _data_types(request, problem.text_generation_job_config, NOT_PREFIX)


def _content_types(
    request: CreateAutoMLJobV2Request, problem: object, allowed: frozenset[str]
) -> Iterator[Violation]:
    if problem is not None:
        for path, channel in _channels(request):
            if channel.content_type is not None and channel.content_type not in allowed:
                yield Violation(f"{path}.ContentType", expected=_quoted(allowed))


@rule(
    "auto-ml-job-v2/tabular-content-type",
    severity="warning",
    shape=V2,
    members=("AutoMLJobInputDataConfig", "AutoMLProblemTypeConfig.TabularJobConfig"),
    message="Tabular data must be CSV with a header, or Parquet.",
    source=Source("2023-11-29", 2026),
)
def tabular_content_type(request: CreateAutoMLJobV2Request) -> Iterator[Violation]:
    problem = request.auto_ml_problem_type_config
    yield from _content_types(request, problem.tabular_job_config, CSV_OR_PARQUET)


@rule(
    "auto-ml-job-v2/image-content-type",
    severity="warning",
    shape=V2,
    members=("AutoMLJobInputDataConfig", "AutoMLProblemTypeConfig.ImageClassificationJobConfig"),
    message="Images to classify must be PNG or JPEG.",
    source=Source("2023-11-29", 2028),
)
def image_content_type(request: CreateAutoMLJobV2Request) -> Iterator[Violation]:
    problem = request.auto_ml_problem_type_config
    yield from _content_types(request, problem.image_classification_job_config, IMAGES)


@rule(
    "auto-ml-job-v2/text-classification-content-type",
    severity="warning",
    shape=V2,
    members=("AutoMLJobInputDataConfig", "AutoMLProblemTypeConfig.TextClassificationJobConfig"),
    message="Text to classify must be CSV with a header, or Parquet.",
    source=Source("2023-11-29", 2030),
)
def text_classification_content_type(request: CreateAutoMLJobV2Request) -> Iterator[Violation]:
    problem = request.auto_ml_problem_type_config
    yield from _content_types(request, problem.text_classification_job_config, CSV_OR_PARQUET)


@rule(
    "auto-ml-job-v2/forecasting-content-type",
    severity="warning",
    shape=V2,
    members=("AutoMLJobInputDataConfig", "AutoMLProblemTypeConfig.TimeSeriesForecastingJobConfig"),
    message="Time-series data must be CSV with a header, or Parquet.",
    source=Source("2023-11-29", 2032),
)
def forecasting_content_type(request: CreateAutoMLJobV2Request) -> Iterator[Violation]:
    problem = request.auto_ml_problem_type_config
    yield from _content_types(request, problem.time_series_forecasting_job_config, CSV_OR_PARQUET)


@rule(
    "auto-ml-job-v2/text-generation-content-type",
    severity="warning",
    shape=V2,
    members=("AutoMLJobInputDataConfig", "AutoMLProblemTypeConfig.TextGenerationJobConfig"),
    message="Data for text generation must be CSV with a header, or Parquet.",
    source=Source("2023-11-29", 2034),
)
def text_generation_content_type(request: CreateAutoMLJobV2Request) -> Iterator[Violation]:
    problem = request.auto_ml_problem_type_config
    yield from _content_types(request, problem.text_generation_job_config, CSV_OR_PARQUET)


def _default_content_type(problem: AutoMLProblemTypeConfig) -> str:
    images = problem.image_classification_job_config is not None
    return "image/*" if images else "text/csv;header=present"


@rule(
    "auto-ml-job-v2/one-content-type",
    severity="warning",
    shape=V2,
    members=("AutoMLJobInputDataConfig", "AutoMLJobInputDataConfig[].ContentType"),
    message="Training and validation data must have the same content type.",
    source=Source("2023-11-29", 2016),
)
def one_content_type(request: CreateAutoMLJobV2Request) -> Iterator[Violation]:
    default = _default_content_type(request.auto_ml_problem_type_config)
    types = {channel.content_type or default for _, channel in _channels(request)}
    if len(types) > 1:
        yield Violation(
            *(f"{path}.ContentType" for path, _ in _channels(request)),
            expected=f"one content type, where {default!r} is the default",
        )


@rule(
    "auto-ml-job-v2/gzip-needs-tabular-data",
    severity="warning",
    shape=V2,
    members=("AutoMLJobInputDataConfig", "AutoMLJobInputDataConfig[].CompressionType"),
    message="Only tabular data can be compressed with Gzip.",
    source=Source("2023-11-29", 2038),
)
def gzip_needs_tabular_data(request: CreateAutoMLJobV2Request) -> Iterator[Violation]:
    if request.auto_ml_problem_type_config.tabular_job_config is None:
        for path, channel in _channels(request):
            if channel.compression_type == "Gzip":
                yield Violation(f"{path}.CompressionType", expected="'None' for other than tables")


@rule(
    "auto-ml-job-v2/gzip-needs-a-prefix",
    severity="warning",
    shape="AutoMLJobChannel",
    members=("CompressionType", "DataSource.S3DataSource.S3DataType"),
    message="Only data at an S3 prefix can be compressed with Gzip.",
    source=Source("2023-11-29", 2038),
)
def gzip_needs_a_prefix(channel: AutoMLJobChannel) -> Iterator[Violation]:
    if channel.compression_type == "Gzip" and _s3_type(channel) in NOT_PREFIX:
        yield Violation("CompressionType", "DataSource.S3DataSource.S3DataType")


@rule(
    "auto-ml-job-v2/channel-has-a-source",
    severity="warning",
    shape="AutoMLJobChannel",
    members="DataSource",
    message="A channel must have a DataSource.",
    source=Source("2023-11-29", 2042),
    always=True,
)
def channel_has_a_source(channel: AutoMLJobChannel) -> Iterator[Violation]:
    if channel.data_source is None:
        yield Violation("DataSource", expected="a data source")


@rule(
    "auto-ml-job/prefix-form",
    severity="warning",
    shape="AutoMLS3DataSource",
    members=("S3Uri", "S3DataType"),
    message="An S3 prefix must have a bucket and a folder or file after s3://.",
    source=Source("2023-11-29", 2052),
)
def prefix_form(source: AutoMLS3DataSource) -> Iterator[Violation]:
    _, scheme, rest = source.s3_uri.partition("s3://")
    if source.s3_data_type == "S3Prefix" and (not scheme or not rest.partition("/")[2]):
        yield Violation("S3Uri", expected="'s3://bucket/folder-or-file'")


@rule(
    "auto-ml-job/augmented-manifest-is-of-v2",
    severity="warning",
    shape="CreateAutoMLJobRequest",
    members=("InputDataConfig", "InputDataConfig[].DataSource.S3DataSource.S3DataType"),
    message="Only CreateAutoMLJobV2 supports augmented manifests.",
    source=Source("2023-11-29", 2056),
)
def augmented_manifest_is_of_v2(request: CreateAutoMLJobRequest) -> Iterator[Violation]:
    for index, channel in enumerate(request.input_data_config):
        source = channel.data_source
        if source is not None and source.s3_data_source.s3_data_type == "AugmentedManifestFile":
            yield Violation(
                f"InputDataConfig[{index}].DataSource.S3DataSource.S3DataType",
                expected="'S3Prefix' or 'ManifestFile'",
            )


@rule(
    "auto-ml-job/output-path-length",
    severity="warning",
    shape="AutoMLOutputDataConfig",
    members="S3OutputPath",
    message="S3OutputPath must be at most 512 characters long.",
    source=prose("AutoMLOutputDataConfig.S3OutputPath"),
)
def output_path_length(config: AutoMLOutputDataConfig) -> Iterator[Violation]:
    if len(config.s3_output_path) > 512:
        yield Violation("S3OutputPath", expected="at most 512 characters")


OUTPUT_PATH_LENGTH_ONCE = superseded(
    "auto-ml-job/output-path-of-128",
    severity="warning",
    shape="AutoMLOutputDataConfig",
    members="S3OutputPath",
    message="S3OutputPath must be at most 128 characters long.",
    source=Source("2023-11-29", 2078),
    by="the service model says 512: auto-ml-job/output-path-length",
)


# Splitting the data


@rule(
    "auto-ml-job-v2/no-split-for-forecasting",
    severity="warning",
    shape=V2,
    members=("DataSplitConfig", "AutoMLProblemTypeConfig.TimeSeriesForecastingJobConfig"),
    message="DataSplitConfig must not be set for time-series forecasting.",
    source=Source("2023-11-29", 2654),
)
def no_split_for_forecasting(request: CreateAutoMLJobV2Request) -> Iterator[Violation]:
    if request.auto_ml_problem_type_config.time_series_forecasting_job_config is not None:
        yield Violation("DataSplitConfig", expected="nothing for forecasting")


@rule(
    "auto-ml-job/validation-fraction",
    severity="warning",
    shape="AutoMLDataSplitConfig",
    members="ValidationFraction",
    message="ValidationFraction must be greater than 0 and less than 1.",
    source=Source("2023-11-29", 2658),
)
def validation_fraction(config: AutoMLDataSplitConfig) -> Iterator[Violation]:
    if config.validation_fraction in {0, 1}:
        yield Violation("ValidationFraction", expected="above 0 and below 1")


@rule(
    "auto-ml-job/validation-fraction-below-half",
    severity="advice",
    shape="AutoMLDataSplitConfig",
    members="ValidationFraction",
    message="ValidationFraction should be less than 0.5.",
    source=Source("2023-11-29", 2658),
)
def validation_fraction_below_half(config: AutoMLDataSplitConfig) -> Iterator[Violation]:
    if config.validation_fraction is not None and 0.5 <= config.validation_fraction < 1:
        yield Violation("ValidationFraction", expected="less than 0.5")


# Candidates and algorithms


@rule(
    "auto-ml-job-v2/one-candidate",
    severity="warning",
    shape=(
        "ImageClassificationJobConfig",
        "TextClassificationJobConfig",
        "TextGenerationJobConfig",
        "TimeSeriesForecastingJobConfig",
    ),
    members="CompletionCriteria.MaxCandidates",
    message="Only tabular jobs support more than one candidate.",
    source=Source("2023-11-29", 2102),
)
def one_candidate(config: Single) -> Iterator[Violation]:
    criteria = config.completion_criteria
    if criteria is not None and criteria.max_candidates not in {None, 1}:
        yield Violation("CompletionCriteria.MaxCandidates", expected="1")


def _candidates(
    config: Moded,
) -> AutoMLCandidateGenerationConfig | CandidateGenerationConfig | None:
    return config.candidate_generation_config


@rule(
    "auto-ml-job/no-algorithms-in-auto-mode",
    severity="warning",
    shape=("TabularJobConfig", "AutoMLJobConfig"),
    members=("Mode", "CandidateGenerationConfig.AlgorithmsConfig"),
    message="The mode AUTO does not support a choice of algorithms.",
    source=Source("2023-11-29", 2168),
)
def no_algorithms_in_auto_mode(config: Moded) -> Iterator[Violation]:
    candidates = _candidates(config)
    if config.mode == "AUTO" and candidates is not None and candidates.algorithms_config:
        yield Violation("CandidateGenerationConfig.AlgorithmsConfig", "Mode")


@rule(
    "auto-ml-job/one-choice-of-algorithms",
    severity="warning",
    shape=("CandidateGenerationConfig", "AutoMLCandidateGenerationConfig"),
    members="AlgorithmsConfig",
    message="AlgorithmsConfig must have one entry if it is set.",
    source=Source("2023-11-29", 2170),
)
def one_choice_of_algorithms(
    config: CandidateGenerationConfig | AutoMLCandidateGenerationConfig,
) -> Iterator[Violation]:
    if config.algorithms_config == ():
        yield Violation("AlgorithmsConfig", expected="one list of AutoMLAlgorithms")


OF_TABLES = frozenset(
    {
        "catboost", "extra-trees", "fastai", "lightgbm", "linear-learner", "mlp", "nn-torch",
        "randomforest", "xgboost",
    }
)  # fmt: skip
OF_SERIES = frozenset({"arima", "cnn-qr", "deepar", "ets", "npts", "prophet"})
OF_MODE: Mapping[str, frozenset[str]] = {
    "ENSEMBLING": OF_TABLES - {"mlp"},
    "HYPERPARAMETER_TUNING": frozenset({"linear-learner", "mlp", "xgboost"}),
}


def _unsuited(
    configs: tuple[AutoMLAlgorithmConfig, ...] | None, suited: frozenset[str]
) -> Iterator[Violation]:
    for at, config in enumerate(configs or ()):
        for index, algorithm in enumerate(config.auto_ml_algorithms):
            # An algorithm that this package does not know may suit any mode.
            if algorithm in OF_TABLES | OF_SERIES and algorithm not in suited:
                path = f"CandidateGenerationConfig.AlgorithmsConfig[{at}].AutoMLAlgorithms[{index}]"
                yield Violation(path, expected=_quoted(suited))


@rule(
    "auto-ml-job/algorithms-of-ensembling",
    severity="warning",
    shape=("TabularJobConfig", "AutoMLJobConfig"),
    members=("Mode", "CandidateGenerationConfig.AlgorithmsConfig[].AutoMLAlgorithms"),
    message="The mode ENSEMBLING supports eight algorithms.",
    source=Source("2023-11-29", 2190),
    also=(Source("2023-11-29", 2188),),
)
def algorithms_of_ensembling(config: Moded) -> Iterator[Violation]:
    candidates = _candidates(config)
    if config.mode == "ENSEMBLING" and candidates is not None:
        yield from _unsuited(candidates.algorithms_config, OF_MODE["ENSEMBLING"])


@rule(
    "auto-ml-job/algorithms-of-hyperparameter-tuning",
    severity="warning",
    shape=("TabularJobConfig", "AutoMLJobConfig"),
    members=("Mode", "CandidateGenerationConfig.AlgorithmsConfig[].AutoMLAlgorithms"),
    message="The mode HYPERPARAMETER_TUNING supports three algorithms.",
    source=Source("2023-11-29", 2208),
    also=(Source("2023-11-29", 2188),),
)
def algorithms_of_hyperparameter_tuning(config: Moded) -> Iterator[Violation]:
    candidates = _candidates(config)
    if config.mode == "HYPERPARAMETER_TUNING" and candidates is not None:
        yield from _unsuited(candidates.algorithms_config, OF_MODE["HYPERPARAMETER_TUNING"])


@rule(
    "auto-ml-job-v2/algorithms-of-forecasting",
    severity="warning",
    shape="TimeSeriesForecastingJobConfig",
    members="CandidateGenerationConfig.AlgorithmsConfig[].AutoMLAlgorithms",
    message="Time-series forecasting supports six algorithms.",
    source=prose("AutoMLAlgorithmConfig.AutoMLAlgorithms"),
)
def algorithms_of_forecasting(config: TimeSeriesForecastingJobConfig) -> Iterator[Violation]:
    candidates = config.candidate_generation_config
    if candidates is not None:
        yield from _unsuited(candidates.algorithms_config, OF_SERIES)


@rule(
    "auto-ml-job-v2/sample-weights-need-ensembling",
    severity="warning",
    shape="TabularJobConfig",
    members=("SampleWeightAttributeName", "Mode"),
    message="Only the mode ENSEMBLING, which AUTO may choose, supports sample weights.",
    source=Source("2023-11-29", 2294),
)
def sample_weights_need_ensembling(config: TabularJobConfig) -> Iterator[Violation]:
    if config.mode == "HYPERPARAMETER_TUNING":
        yield Violation("SampleWeightAttributeName", "Mode", expected="the mode ENSEMBLING")


@rule(
    "auto-ml-job/sample-weights-need-ensembling",
    severity="warning",
    shape="CreateAutoMLJobRequest",
    members=("InputDataConfig[].SampleWeightAttributeName", "AutoMLJobConfig.Mode"),
    message="Only the mode ENSEMBLING, which AUTO may choose, supports sample weights.",
    source=prose("AutoMLChannel.SampleWeightAttributeName"),
)
def sample_weights_of_v1_need_ensembling(request: CreateAutoMLJobRequest) -> Iterator[Violation]:
    config = request.auto_ml_job_config
    if config is not None and config.mode == "HYPERPARAMETER_TUNING":
        for index, channel in enumerate(request.input_data_config):
            if channel.sample_weight_attribute_name is not None:
                yield Violation(
                    f"InputDataConfig[{index}].SampleWeightAttributeName", "AutoMLJobConfig.Mode"
                )


@rule(
    "auto-ml-job/channels-share-types",
    severity="warning",
    shape="CreateAutoMLJobRequest",
    members=("InputDataConfig", "InputDataConfig[].TargetAttributeName"),
    message="Training and validation channels must have the same ContentType and "
    "TargetAttributeName.",
    source=prose("AutoMLChannel.ChannelType"),
)
def channels_share_types(request: CreateAutoMLJobRequest) -> Iterator[Violation]:
    channels = request.input_data_config
    default = "text/csv;header=present"
    if len({channel.content_type or default for channel in channels}) > 1:
        yield Violation(
            *(f"InputDataConfig[{index}].ContentType" for index in range(len(channels)))
        )
    if len({channel.target_attribute_name for channel in channels}) > 1:
        yield Violation(
            *(f"InputDataConfig[{index}].TargetAttributeName" for index in range(len(channels)))
        )


# Objectives


@rule(
    "auto-ml-job-v2/problem-type-with-objective",
    severity="warning",
    shape=V2,
    members=("AutoMLProblemTypeConfig.TabularJobConfig.ProblemType", "AutoMLJobObjective"),
    message="Tabular jobs need both ProblemType and AutoMLJobObjective, or neither.",
    source=Source("2023-11-29", 2582),
    also=(Source("2023-11-29", 2282),),
)
def problem_type_with_objective(request: CreateAutoMLJobV2Request) -> Iterator[Violation]:
    tabular = request.auto_ml_problem_type_config.tabular_job_config
    if tabular is not None and (
        (tabular.problem_type is None) != (request.auto_ml_job_objective is None)
    ):
        yield Violation(
            "AutoMLProblemTypeConfig.TabularJobConfig.ProblemType",
            "AutoMLJobObjective",
            expected="both, or neither",
        )


REGRESSION = frozenset({"MAE", "MSE", "R2", "RMSE"})
BINARY = frozenset({"Accuracy", "AUC", "BalancedAccuracy", "F1", "Precision", "Recall"})
MULTICLASS = frozenset({"Accuracy", "BalancedAccuracy", "F1macro", "PrecisionMacro", "RecallMacro"})
FORECASTING = frozenset({"RMSE", "AverageWeightedQuantileLoss", "MASE", "MAPE", "WAPE"})
METRICS = REGRESSION | BINARY | MULTICLASS | FORECASTING


def _unsuited_metric(
    request: CreateAutoMLJobRequest | CreateAutoMLJobV2Request, suited: frozenset[str]
) -> Iterator[Violation]:
    objective = request.auto_ml_job_objective
    if objective is not None and objective.metric_name in METRICS - suited:
        yield Violation("AutoMLJobObjective.MetricName", expected=_quoted(suited))


def _problem_type(request: CreateAutoMLJobRequest | CreateAutoMLJobV2Request) -> str | None:
    # The first version has it for the job, the second for its tabular problem.
    problem = getattr(request, "auto_ml_problem_type_config", None)
    tables = request if problem is None else problem.tabular_job_config
    problem_type: str | None = getattr(tables, "problem_type", None)
    return problem_type


@rule(
    "auto-ml-job/metrics-of-regression",
    severity="warning",
    shape=(V2, "CreateAutoMLJobRequest"),
    members=("AutoMLJobObjective", "AutoMLProblemTypeConfig.TabularJobConfig.ProblemType"),
    message="Regression supports four metrics.",
    source=Source("2023-11-29", 2596),
    note="2023-11-29 lists InferenceLatency too, which the enum no longer has",
)
def metrics_of_regression(
    request: CreateAutoMLJobRequest | CreateAutoMLJobV2Request,
) -> Iterator[Violation]:
    if _problem_type(request) == "Regression":
        yield from _unsuited_metric(request, REGRESSION)


@rule(
    "auto-ml-job/metrics-of-binary-classification",
    severity="warning",
    shape=(V2, "CreateAutoMLJobRequest"),
    members=("AutoMLJobObjective", "AutoMLProblemTypeConfig.TabularJobConfig.ProblemType"),
    message="Binary classification supports six metrics.",
    source=Source("2023-11-29", 2598),
    note="2023-11-29 lists InferenceLatency and LogLoss too, which the enum no longer has",
)
def metrics_of_binary_classification(
    request: CreateAutoMLJobRequest | CreateAutoMLJobV2Request,
) -> Iterator[Violation]:
    if _problem_type(request) == "BinaryClassification":
        yield from _unsuited_metric(request, BINARY)


@rule(
    "auto-ml-job/metrics-of-multiclass-classification",
    severity="warning",
    shape=(V2, "CreateAutoMLJobRequest"),
    members=("AutoMLJobObjective", "AutoMLProblemTypeConfig.TabularJobConfig.ProblemType"),
    message="Multiclass classification supports five metrics.",
    source=Source("2023-11-29", 2600),
    note="2023-11-29 lists InferenceLatency and LogLoss too, which the enum no longer has",
)
def metrics_of_multiclass_classification(
    request: CreateAutoMLJobRequest | CreateAutoMLJobV2Request,
) -> Iterator[Violation]:
    if _problem_type(request) == "MulticlassClassification":
        yield from _unsuited_metric(request, MULTICLASS)


@rule(
    "auto-ml-job-v2/metric-of-image-and-text-classification",
    severity="warning",
    shape=V2,
    members=("AutoMLJobObjective", "AutoMLProblemTypeConfig"),
    message="Image and text classification support only the metric Accuracy.",
    source=prose("AutoMLJobObjective.MetricName"),
)
def metric_of_image_and_text_classification(
    request: CreateAutoMLJobV2Request,
) -> Iterator[Violation]:
    problem = request.auto_ml_problem_type_config
    if problem.image_classification_job_config or problem.text_classification_job_config:
        yield from _unsuited_metric(request, frozenset({"Accuracy"}))


@rule(
    "auto-ml-job-v2/metrics-of-forecasting",
    severity="warning",
    shape=V2,
    members=("AutoMLJobObjective", "AutoMLProblemTypeConfig.TimeSeriesForecastingJobConfig"),
    message="Time-series forecasting supports five metrics.",
    source=prose("AutoMLJobObjective.MetricName"),
)
def metrics_of_forecasting(request: CreateAutoMLJobV2Request) -> Iterator[Violation]:
    if request.auto_ml_problem_type_config.time_series_forecasting_job_config is not None:
        yield from _unsuited_metric(request, FORECASTING)


@rule(
    "auto-ml-job-v2/no-objective-for-text-generation",
    severity="advice",
    shape=V2,
    members=("AutoMLJobObjective", "AutoMLProblemTypeConfig.TextGenerationJobConfig"),
    message="Text generation ignores AutoMLJobObjective: it minimizes the cross-entropy loss.",
    source=Source("2023-11-29", 2584),
)
def no_objective_for_text_generation(request: CreateAutoMLJobV2Request) -> Iterator[Violation]:
    if request.auto_ml_problem_type_config.text_generation_job_config is not None:
        yield Violation("AutoMLJobObjective", expected="nothing for text generation")


# Problem types


@rule(
    "auto-ml-job-v2/text-columns-differ",
    severity="warning",
    shape="TextClassificationJobConfig",
    members=("ContentColumn", "TargetLabelColumn"),
    message="ContentColumn and TargetLabelColumn must be different columns.",
    source=Source("2023-11-29", 2148),
    also=(Source("2023-11-29", 2152),),
)
def text_columns_differ(config: TextClassificationJobConfig) -> Iterator[Violation]:
    if config.content_column == config.target_label_column:
        yield Violation("ContentColumn", "TargetLabelColumn", expected="two columns")


@rule(
    "auto-ml-job-v2/forecast-horizon",
    severity="warning",
    shape="TimeSeriesForecastingJobConfig",
    members="ForecastHorizon",
    message="ForecastHorizon must be at most 500 time steps.",
    source=Source("2023-11-29", 2364),
)
def forecast_horizon(config: TimeSeriesForecastingJobConfig) -> Iterator[Violation]:
    if config.forecast_horizon > 500:
        yield Violation("ForecastHorizon", expected="at most 500, and a quarter of the dataset")


FILLS = frozenset({"zero", "value", "median", "mean", "min", "max"})
"""Methods of filling in values, other than at the front."""


def _fills(config: TimeSeriesForecastingJobConfig) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Yield the path, column and logic of each column whose missing values are filled in."""
    transformations = config.transformations
    for column, logic in ((transformations.filling if transformations else None) or {}).items():
        yield (
            f"Transformations.Filling[{column!r}]",
            column,
            {str(method): value for method, value in logic.items()},
        )


@rule(
    "auto-ml-job-v2/front-fill-is-none",
    severity="warning",
    shape="TimeSeriesForecastingJobConfig",
    members="Transformations.Filling",
    message="frontfill supports only 'none'.",
    source=Source("2023-11-29", 2382),
)
def front_fill_is_none(config: TimeSeriesForecastingJobConfig) -> Iterator[Violation]:
    for path, _, logic in _fills(config):
        if logic.get("frontfill", "none") != "none":
            yield Violation(f"{path}['frontfill']", expected="'none'")


@rule(
    "auto-ml-job-v2/front-fill-of-target",
    severity="warning",
    shape="TimeSeriesForecastingJobConfig",
    members=("Transformations.Filling", "TimeSeriesConfig.TargetAttributeName"),
    message="Only the target column supports frontfill.",
    source=Source("2023-11-29", 2382),
)
def front_fill_of_target(config: TimeSeriesForecastingJobConfig) -> Iterator[Violation]:
    target = config.time_series_config.target_attribute_name
    for path, column, logic in _fills(config):
        if "frontfill" in logic and column != target:
            yield Violation(f"{path}['frontfill']", expected=f"no front fill but of {target!r}")


@rule(
    "auto-ml-job-v2/fill-options",
    severity="warning",
    shape="TimeSeriesForecastingJobConfig",
    members="Transformations.Filling",
    message="middlefill, backfill and futurefill take one of six methods.",
    source=Source("2023-11-29", 2384),
    also=(Source("2023-11-29", 2386), Source("2023-11-29", 2388)),
)
def fill_options(config: TimeSeriesForecastingJobConfig) -> Iterator[Violation]:
    for path, _, logic in _fills(config):
        for method in ("middlefill", "backfill", "futurefill"):
            if method in logic and logic[method] not in FILLS:
                yield Violation(f"{path}[{method!r}]", expected=_quoted(FILLS))


@rule(
    "auto-ml-job-v2/fill-value",
    severity="warning",
    shape="TimeSeriesForecastingJobConfig",
    members="Transformations.Filling",
    message="A fill with 'value' needs the value beside it.",
    source=Source("2023-11-29", 2390),
)
def fill_value(config: TimeSeriesForecastingJobConfig) -> Iterator[Violation]:
    for path, _, logic in _fills(config):
        for method in ("middlefill", "backfill", "futurefill"):
            if logic.get(method) == "value" and f"{method}_value" not in logic:
                yield Violation(f"{path}[{method!r}]", expected=f"{method}_value beside it")


@rule(
    "auto-ml-job-v2/aggregation-of-target",
    severity="warning",
    shape="TimeSeriesForecastingJobConfig",
    members=("Transformations.Aggregation", "TimeSeriesConfig.TargetAttributeName"),
    message="Only the target column supports aggregation.",
    source=Source("2023-11-29", 2408),
)
def aggregation_of_target(config: TimeSeriesForecastingJobConfig) -> Iterator[Violation]:
    target = config.time_series_config.target_attribute_name
    transformations = config.transformations
    for column in (transformations.aggregation if transformations else None) or ():
        if column != target:
            yield Violation(
                f"Transformations.Aggregation[{column!r}]", expected=f"{target!r} alone"
            )


def _hyperparameter(config: TextGenerationJobConfig, name: str) -> str | None:
    return (config.text_generation_hyper_parameters or {}).get(name)


def _whole_number(
    config: TextGenerationJobConfig, name: str, least: int, most: int
) -> Iterator[Violation]:
    text = _hyperparameter(config, name)
    if text is not None and whole(text) not in range(least, most + 1):
        yield Violation(
            f"TextGenerationHyperParameters[{name!r}]",
            expected=f"a whole number from '{least}' to '{most}'",
        )


@rule(
    "auto-ml-job-v2/epoch-count",
    severity="warning",
    shape="TextGenerationJobConfig",
    members="TextGenerationHyperParameters",
    message="epochCount must be from 1 to 10.",
    source=Source("2023-11-29", 2490),
)
def epoch_count(config: TextGenerationJobConfig) -> Iterator[Violation]:
    yield from _whole_number(config, "epochCount", 1, 10)


@rule(
    "auto-ml-job-v2/batch-size",
    severity="warning",
    shape="TextGenerationJobConfig",
    members="TextGenerationHyperParameters",
    message="batchSize must be from 1 to 64.",
    source=Source("2023-11-29", 2492),
)
def batch_size(config: TextGenerationJobConfig) -> Iterator[Violation]:
    yield from _whole_number(config, "batchSize", 1, 64)


@rule(
    "auto-ml-job-v2/learning-rate",
    severity="warning",
    shape="TextGenerationJobConfig",
    members="TextGenerationHyperParameters",
    message="learningRate must be from 0 to 1.",
    source=Source("2023-11-29", 2494),
)
def learning_rate(config: TextGenerationJobConfig) -> Iterator[Violation]:
    text = _hyperparameter(config, "learningRate")
    if text is not None:
        rate = number(text)
        if rate is None or not 0 <= rate <= 1:
            yield Violation(
                "TextGenerationHyperParameters['learningRate']", expected="a number from '0' to '1'"
            )


@rule(
    "auto-ml-job-v2/learning-rate-warmup-steps",
    severity="warning",
    shape="TextGenerationJobConfig",
    members="TextGenerationHyperParameters",
    message="learningRateWarmupSteps must be from 0 to 250.",
    source=Source("2023-11-29", 2496),
)
def learning_rate_warmup_steps(config: TextGenerationJobConfig) -> Iterator[Violation]:
    yield from _whole_number(config, "learningRateWarmupSteps", 0, 250)


HYPERPARAMETERS = frozenset({"epochCount", "batchSize", "learningRate", "learningRateWarmupSteps"})


@rule(
    "auto-ml-job-v2/known-hyperparameters",
    severity="advice",
    shape="TextGenerationJobConfig",
    members="TextGenerationHyperParameters",
    message="Only four hyperparameters are documented for all base models.",
    source=Source("2023-11-29", 2488),
)
def known_hyperparameters(config: TextGenerationJobConfig) -> Iterator[Violation]:
    for name in config.text_generation_hyper_parameters or ():
        if name not in HYPERPARAMETERS:
            yield Violation(
                f"TextGenerationHyperParameters[{name!r}]", expected=_quoted(HYPERPARAMETERS)
            )


# Deployment and compute


@rule(
    "auto-ml-job/generated-endpoint-name",
    severity="error",
    shape="ModelDeployConfig",
    members=("AutoGenerateEndpointName", "EndpointName"),
    message="EndpointName must not be set with AutoGenerateEndpointName: the service returns HTTP"
    " 400.",
    source=Source("2023-11-29", 2632),
    also=(Source("2023-11-29", 2640),),
)
def generated_endpoint_name(config: ModelDeployConfig) -> Iterator[Violation]:
    if config.auto_generate_endpoint_name and config.endpoint_name is not None:
        yield Violation("AutoGenerateEndpointName", "EndpointName", expected="one of the two")


@rule(
    "auto-ml-job/given-endpoint-name",
    severity="error",
    shape="ModelDeployConfig",
    members=("AutoGenerateEndpointName", "EndpointName"),
    message="EndpointName is required if AutoGenerateEndpointName is False: the service returns "
    "HTTP 400.",
    source=Source("2023-11-29", 2640),
    note="checked only if AutoGenerateEndpointName is set to False, not if it is omitted",
)
def given_endpoint_name(config: ModelDeployConfig) -> Iterator[Violation]:
    if config.auto_generate_endpoint_name is False and config.endpoint_name is None:
        yield Violation("AutoGenerateEndpointName", "EndpointName", expected="an EndpointName")


@rule(
    "auto-ml-job-v2/compute-config-is-of-canvas",
    severity="warning",
    shape=V2,
    members="AutoMLComputeConfig",
    message="Only SageMaker Canvas can use AutoMLComputeConfig.",
    source=prose("AutoMLComputeConfig"),
)
def compute_config_is_of_canvas(request: CreateAutoMLJobV2Request) -> Iterator[Violation]:
    del request
    yield Violation("AutoMLComputeConfig", expected="nothing, outside of Canvas")
