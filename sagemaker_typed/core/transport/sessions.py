"""Making a boto3 client of our own, without reading what no call needs.

The session, its credentials, configuration and handlers are used as ``session.client()`` would use
them, and stay as they are. Only two files are read in another way: the service model without its
prose and shape by shape, and of the endpoints those of this service alone. Where the program has
data of its own for the service, or boto3 knows a newer API than this package, all is boto3's.
"""

from __future__ import annotations

import copy
import functools
import importlib.util
import inspect
import json
import os
import re
import struct
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

from sagemaker_typed.core.transport.connections import keeping_more

if TYPE_CHECKING:
    import boto3
    from botocore.client import BaseClient

MODEL_FILE = "_service_model.txt"
"""Where a generated package keeps its service model, if it does."""


def create_client(
    service: str,
    package: str,
    *,
    session: boto3.Session | None,
    profile_name: str | None,
    **options: Any,
) -> BaseClient:
    """Make what ``session.client(service, **options)`` makes, quicker.

    Without a session it is that of the profile, and without either boto3's default session.
    """
    inner: Any  # boto3's session stands on it
    if session is None and "boto3" not in sys.modules:
        inner = _session_like_boto3s(profile_name)
        plain: Callable[..., BaseClient] = inner.create_client
    else:
        import boto3

        if profile_name is not None:
            session = boto3.Session(profile_name=profile_name)
        # the stubs know boto3's services by their names
        plain = getattr(session or boto3, "client")  # noqa: B009
        inner = _botocore_session(session or _default_session(boto3))
    if inner is None:
        return plain(service, **options)
    options["config"] = keeping_more(options.get("config"), inner.get_default_client_config())
    folder = Path(sys.modules[package].__file__ or "").parent
    quick = _with_kept_model(inner, service, folder / MODEL_FILE)
    if quick is None:
        return plain(service, **options)
    client: BaseClient = quick.create_client(service, **options)
    if inner._credentials is None:  # found once, for every client of the session
        inner._credentials = quick._credentials
    return client


_own_default: Any = None


def _session_like_boto3s(profile_name: str | None) -> Any:
    """What boto3's session would stand on, for a program that has not imported boto3.

    boto3 brings more than a client needs: resources, and transfers to S3 with their processes.
    """
    global _own_default  # noqa: PLW0603  # as boto3 keeps its own
    if profile_name is None and _own_default is not None:
        return _own_default
    from botocore.session import get_session

    session = get_session()
    session.user_agent_extra = f"Botocore/{session.user_agent_version}"
    session.user_agent_name = "Boto3"
    session.user_agent_version = _version_of_boto3()
    if profile_name is not None:
        session.set_config_variable("profile", profile_name)
    else:
        _own_default = session
    return session


def _version_of_boto3() -> str:
    """What boto3 says it is, without importing it."""
    found = importlib.util.find_spec("boto3")
    if found is not None and found.origin is not None:
        said = re.search(
            r"^__version__ = ['\"](.+)['\"]$", Path(found.origin).read_text(), re.MULTILINE
        )
        if said is not None:
            return said[1]
    from importlib.metadata import version  # looks through all that is installed

    return version("boto3")


def _default_session(boto3: ModuleType) -> Any:
    """boto3's default session, unless somebody stands in for ``boto3.client``."""
    if not _is_of(boto3.client, "boto3"):
        return None
    if boto3.DEFAULT_SESSION is None:
        # a new one, though we may have our own: whoever takes the default session away (moto does,
        # while it mocks) wants one that is made now
        boto3.setup_default_session()
    return boto3.DEFAULT_SESSION


def _botocore_session(session: Any) -> Any:
    """What boto3's session stands on; ``None`` where somebody else has a hand in its clients."""
    inner = getattr(session, "_session", None)
    if _is_of(getattr(session, "client", None), "boto3.session") and _is_of(
        getattr(inner, "create_client", None), "botocore.session"
    ):
        return inner
    return None


def _is_of(function: Any, module: str) -> bool:
    function = inspect.unwrap(getattr(function, "__func__", function))
    return isinstance(function, FunctionType) and function.__globals__["__name__"] == module


def _with_kept_model(session: Any, service: str, path: Path) -> Any:
    """The same session with another loader, or ``None`` where the kept model does not fit."""
    try:
        loader = session.get_component("data_loader")
        head, model = _read(path)
        if not _fits(loader, service, head):
            return None
        quick = copy.copy(session)
        quick._components = _copied(session._components)
        quick._components.register_component("data_loader", _Loader(loader, service, model))
        if "endpoint_resolver" in session._internal_components._deferred:
            resolver = _endpoint_resolver(loader, head)
            quick._internal_components = _copied(session._internal_components)
            quick._internal_components.register_component("endpoint_resolver", resolver)
        _ = session._credentials
    except (AttributeError, FileNotFoundError):
        return None
    return quick


@functools.cache
def _read(path: Path) -> tuple[Mapping[str, Any], dict[str, Any]]:
    """What the file says about itself, and the model as botocore knows it."""
    with path.open(encoding="utf-8") as file:
        head = json.loads(file.readline())
        operations, _, shapes = file.read().partition("\n\n")
    model = {
        "version": head["version"],
        "metadata": head["metadata"],
        "operations": json.loads(operations),  # botocore asks for each of them
        "shapes": _Shapes(shapes),
    }
    return head, model


def _copied(locator: Any) -> Any:
    copied = copy.copy(locator)
    copied._components = dict(locator._components)
    copied._deferred = dict(locator._deferred)
    return copied


def _fits(loader: Any, service: str, head: Mapping[str, Any]) -> bool:
    """Whether the kept model is what the loader would read, or newer than that."""
    import botocore

    builtin = Path(loader.BUILTIN_DATA_PATH, service)
    found = [path for each in loader.search_paths if (path := Path(each, service)).is_dir()]
    version, source = head["metadata"]["apiVersion"], head["source"]
    if found != [builtin] or [each.name for each in builtin.iterdir()] != [version]:
        return False
    if _version(botocore.__version__) <= _version(source["botocore"]):
        return True
    packed = _gzipped(builtin / version / "service-2.json.gz")
    return packed == (source["crc32"], source["size"])


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdecimal())


def _gzipped(path: Path) -> tuple[int, int] | None:
    """The checksum and the size of what a gzip file holds: its last eight bytes."""
    try:
        with path.open("rb") as file:
            file.seek(-8, os.SEEK_END)
            crc32, size = struct.unpack("<II", file.read(8))
    except OSError:
        return None
    return crc32, size


class _Loader:
    """A session's loader, but for the model of one service."""

    def __init__(self, loader: Any, service: str, model: dict[str, Any]) -> None:
        self._loader = loader
        self._service = service
        self._model = model

    def load_service_model(
        self, service_name: str, type_name: str, api_version: str | None = None
    ) -> Any:
        """Load what is known of a service, as botocore asks for it."""
        version = self._model["metadata"]["apiVersion"]
        if service_name == self._service and api_version in (None, version):
            if type_name == "service-2":
                return self._model
            if type_name == "endpoint-rule-set-1":
                # known to be there, and looking for it among all services takes long
                return self._loader.load_data(f"{service_name}/{version}/{type_name}")
        return self._loader.load_service_model(service_name, type_name, api_version)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)


class _Shapes(Mapping[str, Any]):
    """Shapes by their names, one to a line, each found and read when asked for: few ever are."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._read: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._read:
            self._read[name] = json.loads(self._find(name))
        return self._read[name]

    def _find(self, name: str) -> str:
        low, high = 0, len(self._text)
        while low < high:
            start = self._text.rfind("\n", low, (low + high) // 2) + 1 or low
            end = self._text.index("\n", start)
            found, _, described = self._text[start:end].partition(" ")
            if found == name:
                return described
            if found < name:
                low = end + 1
            else:
                high = start
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (line[: line.index(" ")] for line in self._text.splitlines())

    def __len__(self) -> int:
        return self._text.count("\n")


def _endpoint_resolver(loader: Any, head: Mapping[str, Any]) -> Any:
    """What botocore makes of its endpoints, made of those of one service.

    They are kept beside the model; where the installed botocore has others, those are read.
    """
    import botocore
    from botocore.regions import EndpointResolver

    folders = (Path(each, "endpoints.json") for each in loader.search_paths)
    path = next(each for each in folders if each.is_file())
    is_builtin = loader.is_builtin_path(str(path))
    endpoints, source = head["endpoints"], head["source"]
    if is_builtin and botocore.__version__ == source["botocore"]:
        return EndpointResolver(endpoints, uses_builtin_data=True)
    content = path.read_bytes()
    if zlib.crc32(content) != source["endpoints_crc32"]:
        endpoints = json.loads(content)
        prefix = head["metadata"]["endpointPrefix"]
        for partition in endpoints["partitions"]:
            services = partition["services"]
            partition["services"] = {prefix: services[prefix]} if prefix in services else {}
    return EndpointResolver(endpoints, uses_builtin_data=is_builtin)
