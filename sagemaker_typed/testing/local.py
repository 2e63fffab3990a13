"""A local service with a state, for integration tests: moto's server on a loopback port."""

from __future__ import annotations

import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from sagemaker_typed.client import SageMakerClient
from sagemaker_typed.testing.clients import Clients, ClientT, on_clock
from sagemaker_typed.testing.clock import Clock
from sagemaker_typed.testing.operations import request_class
from sagemaker_typed.testing.session import REGION, Hermetic

if TYPE_CHECKING:
    import boto3

    from sagemaker_typed.testing._operations import OperationName
    from sagemaker_typed.testing.advancing import AdvancingStatuses

_HOST: Final = "127.0.0.1"


class LocalSageMaker:
    """A running local service, and clients of it. ``local_sagemaker`` starts it."""

    def __init__(self, url: str, application: AdvancingStatuses, region: str) -> None:
        self.url: Final[str] = url
        """The address of the service."""
        self.region_name: Final[str] = region
        self.clock: Final[Clock] = Clock()
        """The clock of the clients: it passes when a wait pauses."""
        self._application: Final = application
        self.session: Final[boto3.Session] = Hermetic(region, attempts=1).session
        """A boto3 session with credentials for it; give its clients ``url`` as ``endpoint_url``."""
        self._local: Final = Clients(
            lambda kind: on_clock(kind, self.clock, session=self.session, endpoint_url=self.url)
        )

    @property
    def client(self) -> SageMakerClient:
        """The client of SageMaker."""
        return self.client_of(SageMakerClient)

    def client_of(self, kind: type[ClientT]) -> ClientT:
        """Return the client of a service, such as ``SageMakerRuntimeClient``.

        Its waits take no time.
        """
        return self._local.client_of(kind)

    @property
    def environment(self) -> Mapping[str, str]:
        """Environment variables with which a program calls this service instead of AWS."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": self.region_name,
        }

    def statuses(self, operation: OperationName, /, *statuses: str, reason: str = "") -> None:
        """Set the statuses that an operation, such as ``"describe_endpoint"``, shows in turn.

        Every resource that is created later shows them, and keeps the last one. ``reason`` is the
        failure reason. Raises ``ValueError`` for a status that the service does not list.
        """
        if not statuses:
            raise ValueError("expected at least one status")
        name = request_class(operation).__operation__.name
        self._application.script(name, statuses, reason)

    def reset(self) -> None:
        """Delete all resources, and forget the statuses that were set."""
        from urllib.request import Request, urlopen

        reset = Request(f"{self.url}/moto-api/reset", method="POST")  # noqa: S310  # loopback
        with urlopen(reset, timeout=60):  # noqa: S310
            self._application.clear()

    def close(self) -> None:
        """Close the clients."""
        self._local.close()


@contextmanager
def local_sagemaker(*, polls: int = 1, region_name: str = REGION) -> Generator[LocalSageMaker]:
    """Start a local service on a free port, and stop it at the end.

    The service is moto's, and needs the extra ``local``. After a request that changes a resource,
    the next ``polls`` descriptions of the resource show that the change is under way. moto keeps
    its resources once for each process; they are deleted at the end.
    """
    if polls < 0:
        raise ValueError(f"polls is {polls}, expected 0 or more")
    try:
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
        from werkzeug.serving import WSGIRequestHandler, make_server
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "local_sagemaker() needs moto's server: pip install 'sagemaker-typed[local]'",
            name=error.name,
        ) from None
    from sagemaker_typed.testing.advancing import AdvancingStatuses

    class Quiet(WSGIRequestHandler):
        """Handles requests without a line in the log for each."""

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Log nothing."""

    application = AdvancingStatuses(DomainDispatcherApplication(create_backend_app), polls)
    app: Any = application
    server = make_server(_HOST, 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    local = LocalSageMaker(f"http://{_HOST}:{server.server_port}", application, region_name)
    try:
        yield local
    finally:
        local.reset()
        local.close()
        server.shutdown()
        thread.join()
        server.server_close()
