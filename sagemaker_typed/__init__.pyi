"""Amazon SageMaker from Python, typed and checked before the call."""

from sagemaker_typed._api_model import API_MODEL as API_MODEL
from sagemaker_typed._deploy.deployment import DeployConflict as DeployConflict
from sagemaker_typed._deploy.deployment import DeployFailed as DeployFailed
from sagemaker_typed._deploy.deployment import Deployment as Deployment
from sagemaker_typed._deploy.removal import Removal as Removal
from sagemaker_typed.client import SageMakerClient as SageMakerClient
from sagemaker_typed.core.api_model import ApiModel as ApiModel
from sagemaker_typed.core.defaults.defaults import Defaults as Defaults
from sagemaker_typed.core.defaults.sources import InvalidDefaults as InvalidDefaults
from sagemaker_typed.core.errors import ServiceError as ServiceError
from sagemaker_typed.core.errors import StreamBroken as StreamBroken
from sagemaker_typed.core.operations.consistency import ConsistencyPolicy as ConsistencyPolicy
from sagemaker_typed.core.operations.log_lines import LogLine as LogLine
from sagemaker_typed.core.operations.log_lines import LogLines as LogLines
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
from . import rules as rules

__version__: str
