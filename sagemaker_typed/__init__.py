"""Amazon SageMaker from Python, typed and checked before the call.

Importing this package imports neither boto3 nor Pydantic nor any model: each name is loaded when
it is first used.
"""

from sagemaker_typed.core.lazy import lazy_getattr

TYPE_CHECKING = False  # as checkers know it; importing typing would take longer than all else here

if TYPE_CHECKING:
    from sagemaker_typed._api_model import API_MODEL as API_MODEL
    from sagemaker_typed._deploy.deployment import DeployConflict as DeployConflict
    from sagemaker_typed._deploy.deployment import DeployFailed as DeployFailed
    from sagemaker_typed._deploy.deployment import Deployment as Deployment
    from sagemaker_typed.client import SageMakerClient as SageMakerClient
    from sagemaker_typed.core.api_model import ApiModel as ApiModel
    from sagemaker_typed.core.errors import ServiceError as ServiceError
    from sagemaker_typed.core.errors import StreamBroken as StreamBroken
    from sagemaker_typed.core.operations.consistency import ConsistencyPolicy as ConsistencyPolicy
    from sagemaker_typed.core.operations.paging import Items as Items
    from sagemaker_typed.core.operations.paging import Pages as Pages
    from sagemaker_typed.core.operations.paging import RepeatedToken as RepeatedToken
    from sagemaker_typed.core.operations.waiting import StatusChange as StatusChange
    from sagemaker_typed.core.operations.waiting import WaitFailed as WaitFailed
    from sagemaker_typed.core.operations.waiting import WaitInterrupted as WaitInterrupted
    from sagemaker_typed.core.operations.waiting import WaitPolicy as WaitPolicy
    from sagemaker_typed.core.operations.waiting import WaitTimeout as WaitTimeout
    from sagemaker_typed.core.schema.enums import OpenEnum as OpenEnum
    from sagemaker_typed.core.schema.frozen import FrozenMap as FrozenMap
    from sagemaker_typed.core.shapes.response_metadata import ResponseMetadata as ResponseMetadata
    from sagemaker_typed.core.shapes.shape import PaginatedRequest as PaginatedRequest
    from sagemaker_typed.core.shapes.shape import Request as Request
    from sagemaker_typed.core.shapes.shape import Response as Response
    from sagemaker_typed.core.shapes.shape import Shape as Shape
    from sagemaker_typed.rules.policy import RulePolicy as RulePolicy

    from . import dicts as dicts
    from . import enums as enums
    from . import errors as errors
    from . import models as models

__version__ = "0.1.0"

__getattr__, __dir__ = lazy_getattr(
    __name__,
    {
        "API_MODEL": "_api_model",
        "ApiModel": "core.api_model",
        "ConsistencyPolicy": "core.operations.consistency",
        "DeployConflict": "_deploy.deployment",
        "DeployFailed": "_deploy.deployment",
        "Deployment": "_deploy.deployment",
        "FrozenMap": "core.schema.frozen",
        "Items": "core.operations.paging",
        "OpenEnum": "core.schema.enums",
        "Pages": "core.operations.paging",
        "PaginatedRequest": "core.shapes.shape",
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
