"""Amazon SageMaker from Python, typed and checked before the call.

Importing this package imports neither boto3 nor Pydantic nor any model: each name is loaded when
it is first used.
"""

from sagemaker_typed.core.lazy import lazy_getattr

__version__ = "0.1.0"

__getattr__, __dir__ = lazy_getattr(
    __name__,
    {
        "API_MODEL": "_api_model",
        "ApiModel": "core.api_model",
        "ConsistencyPolicy": "core.operations.consistency",
        "Defaults": "core.defaults.defaults",
        "DeployConflict": "_deploy.deployment",
        "DeployFailed": "_deploy.deployment",
        "Deployment": "_deploy.deployment",
        "FrozenMap": "core.schema.frozen",
        "InvalidDefaults": "core.defaults.sources",
        "Items": "core.operations.paging",
        "LogLine": "core.operations.log_lines",
        "LogLines": "core.operations.log_lines",
        "OpenEnum": "core.schema.enums",
        "Pages": "core.operations.paging",
        "PaginatedRequest": "core.shapes.shape",
        "Removal": "_deploy.removal",
        "RepeatedToken": "core.operations.paging",
        "Request": "core.shapes.shape",
        "Response": "core.shapes.shape",
        "ResponseMetadata": "core.shapes.response_metadata",
        "RulePolicy": "rules.policy",
        "SageMakerClient": "client",
        "ServiceError": "core.errors",
        "Shape": "core.shapes.shape",
        "StatusChange": "core.operations.waiting",
        "StreamBroken": "core.errors",
        "WaitFailed": "core.operations.waiting",
        "WaitInterrupted": "core.operations.waiting",
        "WaitPolicy": "core.operations.waiting",
        "WaitTimeout": "core.operations.waiting",
    },
    modules=("dicts", "enums", "errors", "models", "rules"),
)
