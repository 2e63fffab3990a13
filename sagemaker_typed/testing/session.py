"""Boto3 sessions that read nothing of the machine: no credentials, no settings."""

from __future__ import annotations

import copy
import functools
import os
from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore.config import Config
from botocore.loaders import Loader
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
        self._core: Final = Session(session_vars=_SETTINGS)
        self._core.register_component("data_loader", _loader())
        retries: Any = {"mode": "legacy", "total_max_attempts": attempts}
        self._core.set_default_client_config(Config(retries=retries))
        self.session: Final[boto3.Session] = boto3.Session(
            aws_access_key_id="testing",
            aws_secret_access_key="testing",  # noqa: S106  # no secret
            region_name=region_name,
            botocore_session=self._core,
        )

    def operation_model(self, service: str, operation: str) -> OperationModel:
        """Return botocore's model of an operation."""
        return self._core.get_service_model(service).operation_model(operation)


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
