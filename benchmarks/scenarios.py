"""The requests and responses of the benchmarks, as boto3's dicts.

Requests set every member that may be set together. Responses set every member. This module imports
none of the measured libraries.
"""

from __future__ import annotations

from typing import Any

ACCOUNT = "123456789012"
REGION = "eu-west-1"
KMS_KEY = "1234abcd-12ab-34cd-56ef-1234567890ab"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/service-role/AmazonSageMaker-ExecutionRole"
IMAGE = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/churn-training:2026-11"
MOMENT = 1_795_168_923.456


def arn(kind: str, name: str) -> str:
    """The ARN of a resource."""
    return f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:{kind}/{name}"


def small_variant(index: int) -> dict[str, Any]:
    """A production variant as a first program writes it."""
    return {
        "VariantName": f"variant-{index}",
        "ModelName": "churn",
        "InitialInstanceCount": 2,
        "InstanceType": "ml.m5.large",
        "InitialVariantWeight": 1.0,
    }


def full_variant(index: int) -> dict[str, Any]:
    """A production variant with every member that goes with pools of instances.

    But for two that sagemaker-core could not send: it does not know the one yet (partitions of
    accelerators), and misspells the other (``EnableSSMAccess``).
    """
    return {
        "VariantName": f"variant-{index}",
        "ModelName": "churn",
        "InstancePools": [
            {
                "InstanceType": f"ml.g5.{size}",
                "Priority": priority,
                "ModelNameOverride": f"churn-{size}",
            }
            for priority, size in enumerate(("xlarge", "2xlarge", "4xlarge"), 1)
        ],
        "VariantInstanceProvisionTimeoutInSeconds": 900,
        "InitialVariantWeight": 1.0,
        "CoreDumpConfig": {"DestinationS3Uri": "s3://b/dumps", "KmsKeyId": KMS_KEY},
        "VolumeSizeInGB": 64,
        "ModelDataDownloadTimeoutInSeconds": 900,
        "ContainerStartupHealthCheckTimeoutInSeconds": 900,
        "ManagedInstanceScaling": {
            "Status": "ENABLED",
            "MinInstanceCount": 1,
            "MaxInstanceCount": 4,
            "ScaleInPolicy": {
                "Strategy": "IDLE_RELEASE",
                "MaximumStepSize": 2,
                "CooldownInMinutes": 30,
            },
        },
        "RoutingConfig": {
            "RoutingStrategy": "PREFIX_AWARE",
            "PrefixAwareRoutingConfig": {"PrefixLength": 4096, "ConcurrencyThreshold": 16},
        },
        "InferenceAmiVersion": "al2-ami-sagemaker-inference-gpu-2",
        "CapacityReservationConfig": {
            "CapacityReservationPreference": "capacity-reservations-only",
            "MlReservationArn": arn("training-plan", "churn-plan"),
        },
    }


def endpoint_config(variants: list[dict[str, Any]]) -> dict[str, Any]:
    """An endpoint configuration."""
    return {"EndpointConfigName": "churn-2026-11", "ProductionVariants": variants}


def describe_endpoint_config() -> dict[str, Any]:
    """Return the description of that configuration, with one variant."""
    return endpoint_config([small_variant(0)]) | {
        "EndpointConfigArn": arn("endpoint-config", "churn-2026-11"),
        "CreationTime": MOMENT,
    }


def _channel(name: str) -> dict[str, Any]:
    return {
        "ChannelName": name,
        "DataSource": {
            "S3DataSource": {
                "S3DataType": "S3Prefix",
                "S3Uri": f"s3://churn-data/2026-11/{name}",
                "S3DataDistributionType": "FullyReplicated",
            }
        },
        "ContentType": "text/csv",
        "CompressionType": "None",
        "RecordWrapperType": "None",
        "InputMode": "File",
        "ShuffleConfig": {"Seed": 7},
    }


def _rule(name: str) -> dict[str, Any]:
    return {
        "RuleConfigurationName": name,
        "LocalPath": f"/opt/ml/processing/{name}",
        "S3OutputPath": f"s3://churn-debug/{name}",
        "RuleEvaluatorImage": IMAGE,
        "InstanceType": "ml.t3.medium",
        "VolumeSizeInGB": 10,
        "RuleParameters": {"rule_to_invoke": name, "patience": "5"},
    }


def training_job() -> dict[str, Any]:
    """A training job with every member that may be set together."""
    return {
        "TrainingJobName": "churn-2026-11-21",
        "HyperParameters": {f"parameter_{index}": str(index) for index in range(20)},
        "AlgorithmSpecification": {
            "TrainingImage": IMAGE,
            "TrainingInputMode": "File",
            "MetricDefinitions": [
                {"Name": f"validation:{name}", "Regex": f"{name}=([0-9.]+)"}
                for name in ("auc", "loss", "f1", "recall", "precision")
            ],
            "EnableSageMakerMetricsTimeSeries": True,
            "ContainerEntrypoint": ["python", "-m", "train"],
            "ContainerArguments": ["--epochs", "20", "--verbose"],
        },
        "RoleArn": ROLE,
        "InputDataConfig": [_channel(name) for name in ("train", "validation", "test")],
        "OutputDataConfig": {
            "KmsKeyId": KMS_KEY,
            "S3OutputPath": "s3://churn-models/2026-11",
            "CompressionType": "GZIP",
        },
        "ResourceConfig": {
            "InstanceType": "ml.m5.xlarge",
            "InstanceCount": 2,
            "VolumeSizeInGB": 100,
            "VolumeKmsKeyId": KMS_KEY,
            "KeepAlivePeriodInSeconds": 600,
        },
        "VpcConfig": {
            "SecurityGroupIds": ["sg-0123456789abcdef0", "sg-0123456789abcdef1"],
            "Subnets": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
        },
        "StoppingCondition": {"MaxRuntimeInSeconds": 86_400, "MaxPendingTimeInSeconds": 7_200},
        "Tags": [{"Key": f"team-{index}", "Value": "churn"} for index in range(10)],
        "EnableNetworkIsolation": False,
        "EnableInterContainerTrafficEncryption": True,
        "EnableManagedSpotTraining": False,
        "CheckpointConfig": {
            "S3Uri": "s3://churn-checkpoints/2026-11",
            "LocalPath": "/opt/ml/checkpoints",
        },
        "DebugHookConfig": {
            "LocalPath": "/opt/ml/output/tensors",
            "S3OutputPath": "s3://churn-debug/tensors",
            "HookParameters": {"save_interval": "100"},
            "CollectionConfigurations": [
                {"CollectionName": name, "CollectionParameters": {"save_histogram": "True"}}
                for name in ("weights", "gradients", "losses")
            ],
        },
        "DebugRuleConfigurations": [_rule(name) for name in ("VanishingGradient", "Overfit")],
        "TensorBoardOutputConfig": {
            "LocalPath": "/opt/ml/output/tensorboard",
            "S3OutputPath": "s3://churn-debug/tensorboard",
        },
        "ExperimentConfig": {
            "ExperimentName": "churn",
            "TrialName": "churn-2026-11",
            "TrialComponentDisplayName": "training",
            "RunName": "run-7",
        },
        "ProfilerConfig": {
            "S3OutputPath": "s3://churn-debug/profiler",
            "ProfilingIntervalInMilliseconds": 500,
            "ProfilingParameters": {"DataloaderProfilingConfig": '{"StartStep": 1}'},
            "DisableProfiler": False,
        },
        "ProfilerRuleConfigurations": [_rule(name) for name in ("ProfilerReport", "CPUBottleneck")],
        "Environment": {f"VARIABLE_{index}": f"value {index}" for index in range(10)},
        "RetryStrategy": {"MaximumRetryAttempts": 3},
        "RemoteDebugConfig": {"EnableRemoteDebug": True},
        "InfraCheckConfig": {"EnableInfraCheck": True},
        "SessionChainingConfig": {"EnableSessionTagChaining": False},
        "MlflowConfig": {
            "MlflowResourceArn": arn("mlflow-tracking-server", "churn"),
            "MlflowExperimentName": "churn",
            "MlflowRunName": "run-7",
        },
    }


def describe_training_job() -> dict[str, Any]:
    """Return the description of that job, with every member."""
    asked = training_job()
    del asked["Tags"], asked["SessionChainingConfig"]
    statuses = [
        {
            "RuleConfigurationName": name,
            "RuleEvaluationJobArn": arn("processing-job", name),
            "RuleEvaluationStatus": "NoIssuesFound",
            "StatusDetails": "no issues found in 20 steps",
            "LastModifiedTime": MOMENT,
        }
        for name in ("first", "second")
    ]
    return asked | {
        "TrainingJobArn": arn("training-job", "churn-2026-11-21"),
        "TuningJobArn": arn("hyper-parameter-tuning-job", "churn"),
        "LabelingJobArn": arn("labeling-job", "churn"),
        "AutoMLJobArn": arn("automl-job", "churn"),
        "ModelArtifacts": {"S3ModelArtifacts": "s3://churn-models/2026-11/model.tar.gz"},
        "TrainingJobStatus": "Completed",
        "SecondaryStatus": "Completed",
        "FailureReason": "none",
        "WarmPoolStatus": {
            "Status": "Available",
            "ResourceRetainedBillableTimeInSeconds": 60,
            "ReusedByJob": "churn-2026-11-22",
        },
        "CreationTime": MOMENT,
        "TrainingStartTime": MOMENT + 60,
        "TrainingEndTime": MOMENT + 7_200,
        "LastModifiedTime": MOMENT + 7_260,
        "SecondaryStatusTransitions": [
            {
                "Status": status,
                "StartTime": MOMENT + index * 60,
                "EndTime": MOMENT + index * 60 + 60,
                "StatusMessage": f"the job is {status}",
            }
            for index, status in enumerate(
                ("Starting", "Downloading", "Training", "Uploading", "Completed")
            )
        ],
        "FinalMetricDataList": [
            {"MetricName": f"validation:{name}", "Value": 0.875, "Timestamp": MOMENT}
            for name in ("auc", "loss", "f1", "recall", "precision")
        ],
        "TrainingTimeInSeconds": 7_140,
        "BillableTimeInSeconds": 7_140,
        "BillableTokenCount": 1_000_000,
        "DebugRuleEvaluationStatuses": statuses,
        "ProfilerRuleEvaluationStatuses": statuses,
        "ProfilingStatus": "Enabled",
        "ServerlessJobConfig": {
            "BaseModelArn": f"arn:aws:sagemaker:{REGION}:aws:hub-content/hub/Model/base/1.0.0",
            "AcceptEula": True,
            "JobType": "FineTuning",
            "CustomizationTechnique": "SFT",
            "Peft": "LORA",
            "EvaluationType": "LLMAJEvaluation",
            "EvaluatorArn": arn("evaluator", "churn"),
            "SequenceLength": "8K",
        },
        "MlflowDetails": {"MlflowExperimentId": "1", "MlflowRunId": "7"},
        "ProgressInfo": {
            "TotalStepCountPerEpoch": 100,
            "CurrentStep": 100,
            "CurrentEpoch": 20,
            "MaxEpoch": 20,
        },
        "ModelPackageConfig": {
            "ModelPackageGroupArn": arn("model-package-group", "churn"),
            "SourceModelPackageArn": arn("model-package", "churn/1"),
        },
        "OutputModelPackageArn": arn("model-package", "churn/2"),
    }


def describe_endpoint() -> dict[str, Any]:
    """Return a typical description of an endpoint in service."""
    return {
        "EndpointName": "churn",
        "EndpointArn": arn("endpoint", "churn"),
        "EndpointConfigName": "churn-2026-11",
        "ProductionVariants": [
            {
                "VariantName": "main",
                "DeployedImages": [
                    {
                        "SpecifiedImage": IMAGE,
                        "ResolvedImage": IMAGE,
                        "ResolutionTime": MOMENT,
                    }
                ],
                "CurrentWeight": 1.0,
                "DesiredWeight": 1.0,
                "CurrentInstanceCount": 2,
                "DesiredInstanceCount": 2,
            }
        ],
        "EndpointStatus": "InService",
        "CreationTime": MOMENT,
        "LastModifiedTime": MOMENT + 300,
    }


def endpoints_page(items: int, token: str | None) -> dict[str, Any]:
    """A page of endpoints."""
    page: dict[str, Any] = {
        "Endpoints": [
            {
                "EndpointName": f"endpoint-{index}",
                "EndpointArn": arn("endpoint", f"endpoint-{index}"),
                "CreationTime": MOMENT + index,
                "LastModifiedTime": MOMENT + index,
                "EndpointStatus": "InService",
            }
            for index in range(items)
        ]
    }
    return page | ({"NextToken": token} if token else {})


def training_jobs_page(start: int, items: int, token: str | None) -> dict[str, Any]:
    """A page of a long listing of training jobs."""
    page: dict[str, Any] = {
        "TrainingJobSummaries": [
            {
                "TrainingJobName": f"job-{index}",
                "TrainingJobArn": arn("training-job", f"job-{index}"),
                "CreationTime": MOMENT + index,
                "TrainingEndTime": MOMENT + index,
                "LastModifiedTime": MOMENT + index,
                "TrainingJobStatus": "Completed",
                "SecondaryStatus": "Completed",
                "WarmPoolStatus": {"Status": "Terminated"},
                "TrainingPlanArn": arn("training-plan", "plan"),
            }
            for index in range(start, start + items)
        ]
    }
    return page | ({"NextToken": token} if token else {})
