"""boto3 sessions and boto3 clients for the clients of this package."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from sagemaker_typed.core.transport.adapter import Adapter, Send, send_with_boto3

if TYPE_CHECKING:
    import boto3
    from botocore.client import BaseClient
    from botocore.config import Config

POOL_SIZE: Final = 64
"""The default number of connections. boto3's 10 are too few for threads."""

_DATA: Final = Path(__file__).parents[2] / "data"


class _Defaults(NamedTuple):
    """The settings that botocore chose for a client."""

    user_agent: str | None
    connect_timeout: float | None
    is_json: bool


def create_client(
    service: str,
    *,
    session: boto3.Session | None,
    profile_name: str | None,
    config: Config | None,
    **options: Any,
) -> tuple[BaseClient, Send]:
    """Create the client that ``session.client(service, config=config, **options)`` creates.

    Its settings differ, unless ``config`` or the session sets them: it keeps more connections,
    builds its User-Agent once, and does not check parameters, because this package does.
    Returns the client and the function that sends requests through it.
    """
    import boto3
    from botocore.config import Config

    create: Any  # The stubs declare each service by its name.
    if session is None and profile_name is None:
        if boto3.DEFAULT_SESSION is None:
            boto3.setup_default_session(botocore_session=_botocore_session())
        session = boto3.DEFAULT_SESSION
        create = boto3.client
    else:
        if session is None:
            session = boto3.Session(profile_name=profile_name, botocore_session=_botocore_session())
        create = session.client
    setting: object = config
    if not (setting is None or isinstance(setting, Config)):
        return _unadapted(create(service, config=config, **options))  # boto3 raises the error
    inner = getattr(session, "_session", None)
    chosen: list[Config | None] = [inner and inner.get_default_client_config(), config]
    defaults = _defaults(create, session, inner, service, chosen, options)
    if defaults is None:
        return _unadapted(create(service, config=config, **options))
    own = Config(max_pool_connections=POOL_SIZE, user_agent=defaults.user_agent)
    if defaults.connect_timeout is not None:
        own = own.merge(Config(connect_timeout=defaults.connect_timeout))
    if not defaults.is_json:
        return _unadapted(create(service, config=_merged(own, *chosen), **options))
    checks = _checks_parameters(_merged(own, *chosen), inner)
    unchecked = _merged(own, *chosen, Config(parameter_validation=False))
    client = create(service, config=unchecked, **options)
    return client, Adapter(client, checks_parameters=checks).send


def _merged(first: Config, *others: Config | None) -> Config:
    """Merge settings, the last over the first."""
    merged = first
    for other in others:
        if other is not None:
            merged = merged.merge(other).merge(_changed(other))
    return merged


def _changed(config: Any) -> Config:
    """Return the options that differ from botocore's, also those set after construction."""
    from botocore.config import Config

    defaults: Any = Config.OPTION_DEFAULTS
    return Config(
        **{
            name: getattr(config, name)
            for name in defaults
            if getattr(config, name) != defaults[name]
        }
    )


def _unadapted(client: BaseClient) -> tuple[BaseClient, Send]:
    return client, functools.partial(send_with_boto3, client)


def _botocore_session() -> Any:
    """Return a new botocore session that reads service models without prose if possible."""
    from botocore.loaders import Loader
    from botocore.session import get_session

    session = get_session()
    loader = session.get_component("data_loader")
    models = _models()
    if models is not None and type(loader) is Loader:
        paths = loader.search_paths
        if Loader.BUILTIN_DATA_PATH in paths:
            paths.insert(paths.index(Loader.BUILTIN_DATA_PATH), str(models))
    return session


def _models() -> Path | None:
    """Return the folder of service models, unless the installed botocore knows newer ones."""
    import botocore

    for folder in _DATA.glob("botocore-*"):
        if _version(botocore.__version__) <= _version(folder.name.partition("-")[2]):
            return folder
    return None


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdecimal())


_known: WeakKeyDictionary[Any, dict[tuple[object, ...], _Defaults]] = WeakKeyDictionary()


def _defaults(
    create: Any,
    session: Any,
    inner: Any,
    service: str,
    chosen: list[Config | None],
    options: dict[str, Any],
) -> _Defaults | None:
    """Return the settings that botocore chooses, read from a client without credentials.

    ``None`` if a mock replaces the boto3 client.
    """
    from botocore import UNSIGNED
    from botocore.client import BaseClient
    from botocore.config import Config

    configs = [config for config in chosen if config is not None]
    known = {} if configs else _known.setdefault(session, {})
    named = sorted(name for name, value in options.items() if value is not None)
    key = (service, options.get("region_name"), *named)
    if key not in known:
        # A defaults mode chooses the timeout only without a Config.
        own = Config() if configs else Config(connect_timeout=None)
        unsigned = _merged(own, *configs, Config(signature_version=UNSIGNED))
        client: Any = create(service, config=unsigned, **options)
        if not isinstance(client, BaseClient):
            return None
        resolved: Any = client.meta.config
        known[key] = _Defaults(
            _user_agent(client, inner),
            None if configs else resolved.connect_timeout,
            _uses_json(client),
        )
    return known[key]


def _user_agent(client: Any, inner: Any) -> str | None:
    """Return the User-Agent of a client, without the ends that botocore adds to any given one."""
    creator = getattr(client, "_user_agent_creator", None)
    if creator is None or inner is None:
        return None
    header: str = creator.to_string()
    for end in (client.meta.config.user_agent_extra, inner.user_agent_extra):
        header = header.removesuffix(f" {end}")
    return header


def _uses_json(client: Any) -> bool:
    """Return whether a client speaks the protocol whose bodies the adapter writes."""
    model = client.meta.service_model
    protocol = getattr(model, "resolved_protocol", None) or model.metadata["protocol"]
    return bool(protocol == "json")


def _checks_parameters(settings: Any, inner: Any) -> bool:
    """Return whether botocore would check parameters."""
    from botocore.utils import ensure_boolean

    stated = inner.get_scoped_config().get("parameter_validation", True) if inner else True
    return bool(settings.parameter_validation and ensure_boolean(stated))
