"""A service of our own that answers from a script, over real HTTP on a loopback port.

It plays what no stand-in for AWS plays: stale reads, throttling, answers that are not JSON,
connections that are cut, work that was done though its answer never came.
"""

from tests.service.answers import Answer as Answer
from tests.service.answers import Body as Body
from tests.service.answers import Cut as Cut
from tests.service.answers import Fault as Fault
from tests.service.answers import Lost as Lost
from tests.service.answers import Raw as Raw
from tests.service.answers import RecordedRequest as RecordedRequest
from tests.service.answers import Reset as Reset
from tests.service.answers import throttled as throttled
from tests.service.scenes import configuration_not_found as configuration_not_found
from tests.service.scenes import endpoint_not_found as endpoint_not_found
from tests.service.scenes import stale_configuration as stale_configuration
from tests.service.server import ANY as ANY
from tests.service.server import ScriptedService as ScriptedService
