"""Listings: iterators over pages, and over the items of all pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from botocore.exceptions import PaginationError
from typing_extensions import Self

from sagemaker_typed.core import logs
from sagemaker_typed.core.errors import ServiceError, add_note
from sagemaker_typed.core.operations.effects import run
from sagemaker_typed.core.schema.walk import field_of
from sagemaker_typed.core.shapes.jmespath import query

if TYPE_CHECKING:
    from sagemaker_typed.core.operations.effects import Sender
    from sagemaker_typed.core.shapes.shape import PaginatedRequest

ResponseT = TypeVar("ResponseT")
ItemT = TypeVar("ItemT")


class RepeatedToken(PaginationError):
    """The service returned a token that it had returned before; also a ``PaginationError``."""

    def __init__(self, operation: str, token: str, pages: int) -> None:
        super().__init__(message=f"{operation} returned a token again")
        self.operation = operation
        self.token = token
        """The repeated token."""
        self.pages = pages
        """The number of pages before it."""

    def __str__(self) -> str:
        return (
            f"{self.operation}: after {self.pages} pages the service returned the token"
            f" {self.token!r} again; stopping to avoid an endless loop"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.operation, self.token, self.pages)


class _Pages(Generic[ResponseT]):
    """The position in a listing, by pages."""

    def __init__(
        self,
        request: PaginatedRequest[ResponseT, Any],
        send: Sender,
        *,
        start_token: str | None = None,
        limit: int | None = None,
    ) -> None:
        facts = request.__operation__.pagination
        if facts is None:
            raise ValueError(f"{request.__operation__.name} has no pages")
        if limit is not None and limit < 0:
            raise ValueError(f"limit is {limit}, expected 0 or more")
        self._request = request
        self._send = send
        self._limit = limit
        self._facts = facts
        fields = [field_of(type(request), name) for name in facts.input_tokens]
        self._fields = [field for field in fields if field is not None]
        self._tokens = _decode(start_token, len(self._fields)) or tuple(
            cast("str | None", getattr(request, field)) for field in self._fields
        )
        # hashes keep the memory of a listing with a million pages small
        self._used = {hash(self._tokens)}
        self._repeated = False
        self._exhausted = False
        self._count = 0

    @property
    def operation(self) -> str:
        """The documented name of the operation that lists."""
        return self._request.__operation__.name

    @property
    def token(self) -> str | None:
        """The ``start_token`` of the next page; ``None`` before the first and after the last."""
        return None if self._exhausted else _encode(self._tokens)

    @property
    def exhausted(self) -> bool:
        """True after the last page."""
        return self._exhausted

    async def turn(self) -> ResponseT | None:
        """Request the next page; ``None`` after the last page, and after the limit."""
        if self._exhausted or self._count == self._limit:
            return None
        if self._repeated:
            name = self._request.__operation__.name
            raise RepeatedToken(name, _encode(self._tokens) or "", self._count)
        page = await self._fetch()
        self._advance(page)
        return page

    async def _fetch(self) -> ResponseT:
        request = self._request.__copy__()
        # not validated: tokens of the service may break its own documented limits
        vars(request).update(zip(self._fields, self._tokens, strict=True))
        try:
            return await self._send(request)
        except Exception as error:
            if self._count:
                _add_position(error, self._count + 1, self.token)
            raise

    def _advance(self, page: ResponseT) -> None:
        self._count += 1
        more = self._facts.more_results
        following = tuple(_token(page, expression) for expression in self._facts.output_tokens)
        if (more and not query(more)(page)) or not any(following):
            self._exhausted = True
            following = ()
        elif hash(following) in self._used:
            self._repeated = True
        self._tokens = following
        self._used.add(hash(following))
        logs.paging.debug("%s: page %d", self._request.__operation__.name, self._count)


class Pages(_Pages[ResponseT]):
    """An iterator over the pages of a listing, which requests each page when it is needed.

    It survives errors: if a request fails, ``token`` still names its page, and the next ``next()``
    requests it again.
    """

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> ResponseT:
        page = run(self.turn())
        if page is None:
            raise StopIteration
        return page


class AsyncPages(_Pages[ResponseT]):
    """The asynchronous form of ``Pages``."""

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> ResponseT:
        page = await self.turn()
        if page is None:
            raise StopAsyncIteration
        return page


class _Items(Generic[ItemT]):
    """The position in a listing, by items."""

    def __init__(
        self,
        request: PaginatedRequest[Any, ItemT],
        send: Sender,
        *,
        start_token: str | None = None,
        skip: int = 0,
        limit: int | None = None,
    ) -> None:
        if limit is not None and limit < 0:
            raise ValueError(f"limit is {limit}, expected 0 or more")
        if skip < 0:
            raise ValueError(f"skip is {skip}, expected 0 or more")
        self._pages: _Pages[object] = _Pages(request, send, start_token=start_token)
        facts = request.__operation__.pagination
        if facts is None or not facts.items:
            name = request.__operation__.name
            raise ValueError(f"{name} returns several lists; read them from client.pages")
        self._find = query(facts.items[0])
        self._page: tuple[ItemT, ...] = ()
        self._page_token = self._pages.token
        self._left = limit
        self._position = 0
        self._skip = skip

    @property
    def token(self) -> str | None:
        """The ``start_token`` to resume from, together with ``skip``.

        It names the page with items left, or the next one; ``None`` on the first page and after
        the last.
        """
        return self._page_token if self._position < len(self._page) else self._pages.token

    def __repr__(self) -> str:
        return f"<Items of {self._pages.operation}{', exhausted' if self.exhausted else ''}>"

    @property
    def skip(self) -> int:
        """The number of items that were returned from the page that ``token`` names."""
        return self._position if self._position < len(self._page) else self._skip

    @property
    def exhausted(self) -> bool:
        """True after the last item."""
        return self._pages.exhausted and self._position >= len(self._page)

    async def _turn(self) -> bool:
        """Request pages until there is an item in memory; return False at the end."""
        if self._left == 0:
            return False
        while self._position >= len(self._page):
            token = self._pages.token
            page = await self._pages.turn()
            if page is None:
                return False
            items = self._find(page)
            self._page_token = token
            self._page = cast("tuple[ItemT, ...]", items if isinstance(items, tuple) else ())
            self._position, self._skip = self._skip, 0
        return True

    def _is_spent(self) -> bool:
        """Return True if no item in memory may be returned."""
        return self._position >= len(self._page) or self._left == 0

    def _take(self) -> ItemT:
        item = self._page[self._position]
        self._position += 1
        if self._left is not None:
            self._left -= 1
        return item


class Items(_Items[ItemT]):
    """An iterator over the items of a listing, with at most one page in memory.

    It survives errors, as ``Pages`` does.
    """

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> ItemT:
        if self._is_spent() and not run(self._turn()):
            raise StopIteration
        return self._take()


class AsyncItems(_Items[ItemT]):
    """The asynchronous form of ``Items``."""

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> ItemT:
        if self._is_spent() and not await self._turn():
            raise StopAsyncIteration
        return self._take()


def _token(page: object, expression: str) -> str | None:
    token = query(expression)(page)
    return str(token) if token else None


def _encode(tokens: tuple[str | None, ...]) -> str | None:
    """Join the tokens of a page into one string; most listings have one token, a few several."""
    if not any(tokens):
        return None
    return tokens[0] if len(tokens) == 1 else json.dumps(tokens)


def _decode(token: str | None, count: int) -> tuple[str | None, ...] | None:
    if not token:
        return None
    if count == 1:
        return (token,)
    tokens = json.loads(token)
    if not isinstance(tokens, list) or len(tokens) != count:
        raise ValueError(f"start_token is {token!r}, expected the token of a listing")
    return tuple(tokens)


def _add_position(error: Exception, page: int, token: str | None) -> None:
    """Add the position in the listing to an error that ends it midway."""
    position = f"[page {page}, which begins at start_token={token!r}]"
    if isinstance(error, ServiceError):
        error.add_summary(position)
    else:
        add_note(error, position)
