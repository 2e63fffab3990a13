"""A kit for tests of programs that use this package."""

from sagemaker_typed.testing.clock import Clock as Clock
from sagemaker_typed.testing.examples import example as example
from sagemaker_typed.testing.strategies import shapes as shapes
from sagemaker_typed.testing.local import LocalSageMaker as LocalSageMaker
from sagemaker_typed.testing.local import local_sagemaker as local_sagemaker
from sagemaker_typed.testing.recorded import Recorded as Recorded
from sagemaker_typed.testing.recorded import RequestChanged as RequestChanged
from sagemaker_typed.testing.recorded import UnusedRecording as UnusedRecording
from sagemaker_typed.testing.replies import Broken as Broken
from sagemaker_typed.testing.replies import Failure as Failure
from sagemaker_typed.testing.replies import Raw as Raw
from sagemaker_typed.testing.script import UnexpectedCall as UnexpectedCall
from sagemaker_typed.testing.script import UnusedReplies as UnusedReplies
from sagemaker_typed.testing.stubs import StubbedSageMaker as StubbedSageMaker
