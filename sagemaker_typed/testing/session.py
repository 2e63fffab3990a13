"""Boto3 sessions that read nothing of the machine: no credentials, no settings."""

from __future__ import annotations

import copy
import functools
import os
from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore import __version__
from botocore.config import Config
from botocore.exceptions import UnknownServiceError
from botocore.loaders import Loader
from botocore.model import OperationNotFoundError
from botocore.session import Session
from typing_extensions import override

if TYPE_CHECKING:
    from botocore.model import OperationModel

REGION: Final = "eu-west-1"
_UNSET: Final = (None, None, None, None)
_EMPTY_FILE: Final = (None, None, os.devnull, None)
_SETTINGS: Final = {
    "ca_bundle": _UNSET,
    "config_file": _EMPTY_FILE,
    "credentials_file": _EMPTY_FILE,
    "ignore_configured_endpoint_urls": (None, None, True, None),
    "profile": _UNSET,
    "use_dualstack_endpoint": _UNSET,
    "use_fips_endpoint": _UNSET,
}
"""Settings of botocore: name in a file, name in the environment, default, conversion."""

_AT_ONCE: Final = 1e-9
"""Seconds; botocore refuses a pause of zero."""


class Hermetic:
    """A boto3 session, and the botocore session below it.

    Its credentials are accepted by no service. ``attempts`` is the number of boto3's attempts of
    a call, which follow each other at once.
    """

    def __init__(self, region_name: str, attempts: int) -> None:
        self._region: Final = region_name
        self._retries: Final[Any] = {"mode": "legacy", "total_max_attempts": attempts}
        self._core: Final = self._prepared(Session(session_vars=_SETTINGS), Config)
        self.session: Final[boto3.Session] = boto3.Session(
            aws_access_key_id="testing",
            aws_secret_access_key="testing",  # noqa: S106  # no secret
            region_name=region_name,
            botocore_session=self._core,
        )

    def asynchronous(self) -> Any:
        """Return a new session of aiobotocore with the same settings."""
        from aiobotocore.config import AioConfig  # pyright: ignore[reportMissingImports]
        from aiobotocore.session import AioSession  # pyright: ignore[reportMissingImports]

        session = self._prepared(AioSession(session_vars=_SETTINGS), AioConfig)
        session.set_credentials("testing", "testing")
        session.set_config_variable("region", self._region)
        return session

    def _prepared(self, session: Any, settings: type[Config]) -> Any:
        session.register_component("data_loader", _loader())
        session.set_default_client_config(settings(retries=self._retries))
        return session

    def operation_model(self, service: str, operation: str) -> OperationModel:
        """Return botocore's model of an operation, which an old botocore may lack."""
        try:
            model: OperationModel = self._core.get_service_model(service).operation_model(operation)
        except (UnknownServiceError, OperationNotFoundError):
            raise NotImplementedError(
                f"the installed botocore {__version__} does not know {operation} of {service}; a"
                f" newer boto3 does: pip install --upgrade boto3"
            ) from None
        return model


class _WithoutPauses(Loader):
    """The data of botocore, with retries that follow at once."""

    @override
    def load_data(self, name: str) -> Any:
        data = super().load_data(name)
        if name != "_retry":
            return data
        policies = copy.deepcopy(data)
        policies["retry"]["__default__"]["delay"]["base"] = _AT_ONCE
        return policies


@functools.cache
def _loader() -> Loader:
    """Return the loader of all sessions, which keeps the service models that it has read."""
    return _WithoutPauses()
