"""Amazon SageMaker from Python, typed and checked before the call.

Importing this package imports neither boto3 nor Pydantic nor any model: each name is loaded when
it is first used.
"""

from sagemaker_typed.core.lazy import attach

TYPE_CHECKING = False  # as checkers know it; importing typing would take longer than all else here

if TYPE_CHECKING:
    from sagemaker_typed._api_model import API_MODEL as API_MODEL
    from sagemaker_typed.client import SageMakerClient as SageMakerClient
    from sagemaker_typed.core.api_model import ApiModel as ApiModel
    from sagemaker_typed.core.consistency import ConsistencyPolicy as ConsistencyPolicy
    from sagemaker_typed.core.deployment import DeployConflict as DeployConflict
    from sagemaker_typed.core.deployment import DeployFailed as DeployFailed
    from sagemaker_typed.core.deployment import Deployment as Deployment
    from sagemaker_typed.core.errors import ServiceError as ServiceError
    from sagemaker_typed.core.errors import StreamBroken as StreamBroken
    from sagemaker_typed.core.frozen import FrozenMap as FrozenMap
    from sagemaker_typed.core.metadata import ResponseMetadata as ResponseMetadata
    from sagemaker_typed.core.open_enum import OpenEnum as OpenEnum
    from sagemaker_typed.core.paging import Items as Items
    from sagemaker_typed.core.paging import Pages as Pages
    from sagemaker_typed.core.paging import RepeatedToken as RepeatedToken
    from sagemaker_typed.core.rule_policy import RulePolicy as RulePolicy
    from sagemaker_typed.core.shape import PaginatedRequest as PaginatedRequest
    from sagemaker_typed.core.shape import Request as Request
    from sagemaker_typed.core.shape import Response as Response
    from sagemaker_typed.core.shape import Shape as Shape
    from sagemaker_typed.core.waiting import StatusChange as StatusChange
    from sagemaker_typed.core.waiting import WaitFailed as WaitFailed
    from sagemaker_typed.core.waiting import WaitInterrupted as WaitInterrupted
    from sagemaker_typed.core.waiting import WaitPolicy as WaitPolicy
    from sagemaker_typed.core.waiting import WaitTimeout as WaitTimeout

    from . import dicts as dicts
    from . import enums as enums
    from . import errors as errors
    from . import models as models

__version__ = "0.1.0"

__getattr__, __dir__ = attach(
    __name__,
    {
        "API_MODEL": "_api_model",
        "ApiModel": "core.api_model",
        "ConsistencyPolicy": "core.consistency",
        "DeployConflict": "core.deployment",
        "DeployFailed": "core.deployment",
        "Deployment": "core.deployment",
        "FrozenMap": "core.frozen",
        "Items": "core.paging",
        "OpenEnum": "core.open_enum",
        "Pages": "core.paging",
        "PaginatedRequest": "core.shape",
        "RepeatedToken": "core.paging",
        "Request": "core.shape",
        "Response": "core.shape",
        "ResponseMetadata": "core.metadata",
        "RulePolicy": "core.rule_policy",
        "SageMakerClient": "client",
        "ServiceError": "core.errors",
        "Shape": "core.shape",
        "StatusChange": "core.waiting",
        "StreamBroken": "core.errors",
        "WaitFailed": "core.waiting",
        "WaitInterrupted": "core.waiting",
        "WaitPolicy": "core.waiting",
        "WaitTimeout": "core.waiting",
    },
    modules=("dicts", "enums", "errors", "models", "rules"),
)
