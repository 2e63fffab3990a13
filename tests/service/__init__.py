"""A local service that replies from a script, over HTTP on a loopback port.

It plays failures that no stand-in for AWS plays: stale reads, throttling, responses that are not
JSON, connections that are cut, and responses that are lost after the work was done.
"""

from tests.service.replies import Body as Body
from tests.service.replies import Cut as Cut
from tests.service.replies import Fault as Fault
from tests.service.replies import Lost as Lost
from tests.service.replies import Raw as Raw
from tests.service.replies import RecordedRequest as RecordedRequest
from tests.service.replies import Reply as Reply
from tests.service.replies import Reset as Reset
from tests.service.replies import throttled as throttled
from tests.service.scenes import configuration_not_found as configuration_not_found
from tests.service.scenes import endpoint_not_found as endpoint_not_found
from tests.service.scenes import stale_configuration as stale_configuration
from tests.service.server import ANY as ANY
from tests.service.server import ScriptedService as ScriptedService
