"""boto3 sessions and boto3 clients for the clients of this package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sagemaker_typed.core.transport.adapter import Adapter, AsyncSend, Send

if TYPE_CHECKING:
    import boto3
    from botocore.client import BaseClient
    from botocore.config import Config

POOL_SIZE: Final = 64
"""Connections that a client keeps, unless told otherwise. boto3's 10 are too few for threads."""

_DATA: Final = Path(__file__).parents[2] / "data"


def create_client(
    service: str,
    *,
    session: boto3.Session | None,
    profile_name: str | None,
    config: Config | None,
    **options: Any,
) -> tuple[BaseClient, Send]:
    """Create the client that ``session.client(service, config=config, **options)`` creates.

    It differs in two settings: it keeps more connections, unless ``config`` or the session says
    how many, and it leaves checking parameters to this package. Returns the client and the
    function that sends requests through it.
    """
    import boto3
    from botocore.client import BaseClient
    from botocore.config import Config

    create: Any  # The stubs know boto3's services by their names.
    if session is None and profile_name is None:
        if boto3.DEFAULT_SESSION is None:
            boto3.setup_default_session(botocore_session=_botocore_session())
        session = boto3.DEFAULT_SESSION
        create = boto3.client
    else:
        if session is None:
            session = boto3.Session(profile_name=profile_name, botocore_session=_botocore_session())
        create = session.client
    untyped: Any = config
    if untyped is None or isinstance(untyped, Config):
        settings, checks_parameters = _settings(config, getattr(session, "_session", None))
    else:
        settings, checks_parameters = untyped, False  # boto3 refuses it
    client = create(service, config=settings, **options)
    checks_parameters = checks_parameters and isinstance(client, BaseClient)
    return client, Adapter(client, checks_parameters=checks_parameters).send


async def create_async_client(
    service: str,
    *,
    session: Any,
    profile_name: str | None,
    config: Config | None,
    **options: Any,
) -> tuple[Any, AsyncSend]:
    """Create and open the client that ``session.create_client`` of aiobotocore creates.

    It differs in the same two settings. A boto3 session gives its profile, its region and the
    credentials that it was created with.
    """
    from aiobotocore.config import AioConfig  # pyright: ignore[reportMissingImports]
    from aiobotocore.session import AioSession  # pyright: ignore[reportMissingImports]

    if not isinstance(session, AioSession):
        session, options = _aio_session(session, profile_name, options)
    settings, checks_parameters = _settings(config, session, AioConfig)
    client = await session.create_client(service, config=settings, **options).__aenter__()
    adapter = Adapter(client, checks_parameters=checks_parameters, is_asynchronous=True)
    return client, adapter.send_async


def _aio_session(
    session: boto3.Session | None, profile_name: str | None, options: dict[str, Any]
) -> tuple[Any, dict[str, Any]]:
    """Return a session of aiobotocore, and the options of its client."""
    from aiobotocore.session import AioSession  # pyright: ignore[reportMissingImports]

    if session is None:
        return _with_models(AioSession(profile=profile_name)), options
    region = options.get("region_name") or session.region_name
    profile = session.profile_name
    created = _with_models(AioSession(profile=None if profile == "default" else profile))
    credentials = session.get_credentials()
    if credentials is not None and credentials.method == "explicit":
        created.set_credentials(*credentials.get_frozen_credentials()[:3])
    return created, {**options, "region_name": region}


def _settings(
    config: Config | None, inner: Any, kind: type[Config] | None = None
) -> tuple[Config, bool]:
    """Return the settings of a client, and whether boto3 would check parameters with them.

    ``inner`` is the botocore session. Its settings win over this package's, and ``config`` wins
    over both. ``kind`` is the class of the settings.
    """
    from botocore.config import Config
    from botocore.utils import ensure_boolean

    default = inner and inner.get_default_client_config()
    settings: Any = (kind or Config)(max_pool_connections=POOL_SIZE)
    is_checked: object = True
    if inner is not None:
        is_checked = inner.get_scoped_config().get("parameter_validation", True)
        is_given = default is not None or config is not None
        if not is_given and inner.get_config_variable("defaults_mode") != "legacy":
            # The mode chooses the timeout, as it does where no Config is given.
            settings = settings.merge(Config(connect_timeout=None))
    for chosen in (default, config):
        if chosen is not None:
            settings = settings.merge(_whole(chosen))
    checks = bool(settings.parameter_validation and ensure_boolean(is_checked))
    return settings.merge(Config(parameter_validation=False)), checks


def _whole(config: Any) -> Config:
    """Return a given Config with the options that were set after its construction."""
    from botocore.config import Config

    defaults: Any = Config.OPTION_DEFAULTS
    later = {name: getattr(config, name) for name in defaults}
    whole: Config = config.merge(
        Config(**{name: value for name, value in later.items() if value != defaults[name]})
    )
    return whole


def _botocore_session() -> Any:
    """Return a new botocore session that reads service models without prose if possible."""
    from botocore.session import get_session

    return _with_models(get_session())


def _with_models(session: Any) -> Any:
    from botocore.loaders import Loader

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
