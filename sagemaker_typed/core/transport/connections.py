"""Connections of a client of our own: kept for every thread, and quicker to use.

botocore keeps ten connections, and throws away what an eleventh thread has opened; ours keeps more,
unless somebody has chosen a number.

urllib3 lets its users choose the class of pools and of connections, and botocore chooses its own.
Ours derive from those. urllib3 sends the head and the body of a request one after the other: two
packets, two records of TLS, and twice the waiting for the interpreter where there are many threads;
ours sends both at once. ``http.client`` has the head of an answer read by the parser for mail, at a
tenth of what a small call costs; ours reads an ordinary head by lines, and leaves others to it.
Whoever puts a class of their own in the place of botocore's, as recorders of HTTP do, is asked.
"""

from __future__ import annotations

import copy
import functools
import io
import weakref
from collections.abc import Callable
from http import client as http
from types import FunctionType
from typing import Any, Final

KEPT: Final = 64
"""How many connections to one address a client keeps; it opens no more than threads use at once."""


def keeping_more(config: Any, default: Any) -> Any:
    """The configuration of a client that is to be made, with room for the connections of threads.

    ``default`` is the session's. Where one of them says how many to keep, that stands.
    """
    from botocore.config import Config

    if not (config is None or isinstance(config, Config)):
        return config  # boto3 says what is wrong with it
    for given in (config, default):
        if given is not None:
            options = getattr(given, "_user_provided_options", None)
            kept = getattr(given, "max_pool_connections", None)
            if options is None or "max_pool_connections" in options or kept != _BOTOCORES:
                return config
    if config is None:
        return Config(max_pool_connections=KEPT)
    more: Any = copy.copy(config)
    more.max_pool_connections = KEPT
    more._user_provided_options = {
        **more._user_provided_options,  # what is left when it is merged with the session's
        "max_pool_connections": KEPT,
    }
    return more


_BOTOCORES: Final = 10


def install(session: Any) -> None:
    """Let an HTTP session of botocore make connections of ours, where it has room for them."""
    from botocore.httpsession import URLLib3Session
    from urllib3.poolmanager import PoolManager

    if type(session) is not URLLib3Session:
        return
    classes = getattr(session, "_pool_classes_by_scheme", None)  # what all its managers look at
    if type(classes) is dict:
        classes.update({scheme: _pool_class(pool) for scheme, pool in classes.items()})
    manager = getattr(session, "_manager", None)
    if type(manager) is PoolManager:
        manager.__class__ = _manager_class(PoolManager)


@functools.cache
def _manager_class(base: Any) -> Any:
    class Manager(base):  # type: ignore[misc]  # urllib3's
        """Keeps which pool an address has; urllib3 takes the address to pieces to look for it."""

        def connection_from_url(self, url: str, pool_kwargs: Any = None) -> Any:
            if pool_kwargs is not None:
                return super().connection_from_url(url, pool_kwargs)
            known: dict[str, Callable[[], Any]] = self.__dict__.setdefault("_known_pools", {})
            # the pools are the manager's to keep and to close
            pool = known.get(url, _nothing)()
            if getattr(pool, "pool", None) is None:  # gone, or closed
                pool = super().connection_from_url(url)
                known.clear()  # a client has one address, now and then another
                known[url] = weakref.ref(pool)
            return pool

    return Manager


def _nothing() -> None:
    """As a reference to what is no more."""


@functools.cache
def _pool_class(base: Any) -> Any:
    """A pool like that one, with connections of ours wherever it would make botocore's."""
    from botocore import awsrequest

    usual: Any = {
        awsrequest.AWSHTTPConnectionPool: awsrequest.AWSHTTPConnection,
        awsrequest.AWSHTTPSConnectionPool: awsrequest.AWSHTTPSConnection,
    }.get(base)
    if usual is None:
        return base

    class Pool(base):  # type: ignore[misc]  # one for each scheme
        ConnectionCls = _Chosen(base, usual, _connection_class(usual))

    return _under_the_name_of(base, Pool)


class _Chosen:
    """The class of a pool's connections: ours, unless somebody has put another in its place."""

    def __init__(self, pool: Any, usual: Any, ours: Any) -> None:
        self._pool = pool
        self._usual = usual
        self._ours = ours

    def __get__(self, *_: object) -> Any:
        chosen = self._pool.ConnectionCls
        return self._ours if chosen is self._usual else chosen


def _under_the_name_of(base: Any, derived: Any) -> Any:
    """For the messages of errors, which are boto3's."""
    for name in ("__module__", "__name__", "__qualname__"):
        setattr(derived, name, getattr(base, name))
    return derived


_ONE_PIECE: Final = 65_536
"""The longest body that is worth being copied behind its head."""


def _connection_class(base: Any) -> Any:
    class Connection(base):  # type: ignore[misc]  # one for each scheme
        _held: list[Any] | None = None

        if base.response_class is http.HTTPResponse:
            response_class = _Response

        def request(
            self, method: str, url: str, body: Any = None, headers: Any = None, **options: Any
        ) -> None:
            # who expects a word of the service before the body has to wait for that
            if (
                type(body) is bytes
                and len(body) <= _ONE_PIECE
                and not (headers or {}).get("Expect")
            ):
                self._held = []
            try:
                super().request(method, url, body, headers, **options)
                held = self._held
            finally:
                self._held = None
            if held:
                super().send(b"".join(held))

        def send(self, data: Any) -> None:
            if self._held is None:
                super().send(data)
            else:
                self._held.append(data)

    return _under_the_name_of(base, Connection)


def parse_headers(file: Any, *others: Any, **named: Any) -> http.HTTPMessage:
    """Read the head of an answer; the message is the one that ``http.client`` makes of it."""
    if others or named:
        return _mail(file, *others, **named)
    head = b"".join(_read_headers(file))
    message = _ordinary(head.decode("iso-8859-1"))
    return _mail(io.BytesIO(head)) if message is None else message


def _mail(*given: Any, **named: Any) -> http.HTTPMessage:
    message: http.HTTPMessage = http.parse_headers(*given, **named)
    return message


def _ordinary(head: str) -> http.HTTPMessage | None:
    """The message of a head, or ``None`` where it takes more than a look at each line."""
    lines = head.split("\r\n")
    if lines[-2:] != ["", ""]:
        return None
    message = http.HTTPMessage()
    for line in lines[:-2]:
        name, colon, value = line.partition(":")
        if not (name and colon and name.isascii() and line.isprintable()) or " " in name:
            return None
        value = value.lstrip(" ")
        if value[:1] in "mM" and name.lower() == "content-type":  # a message, or of many parts
            return None
        message.set_raw(name, value)
    message.set_payload("")
    return message


_read_headers: Any = getattr(http, "_read_headers", None)
_parse: Any = http.parse_headers
_begin: Any = http.HTTPResponse.begin
_quick_begin: Any = None
if (
    _read_headers is not None
    and type(_begin) is FunctionType
    and "parse_headers" in _begin.__code__.co_names
    and (_begin.__code__.co_argcount, _begin.__code__.co_freevars) == (1, ())
):
    # the interpreter's own, but for what it calls by that name
    _quick_begin = FunctionType(
        _begin.__code__, {**vars(http), "parse_headers": parse_headers}, "begin"
    )


class _Response(http.HTTPResponse):
    def begin(self) -> None:
        is_usual = http.HTTPResponse.begin is _begin and http.parse_headers is _parse
        if is_usual and _quick_begin is not None:
            _quick_begin(self)
        else:
            super().begin()
