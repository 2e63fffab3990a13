"""Listings: their pages one after the other, and the items of all of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from typing_extensions import Self

from sagemaker_typed.core import logs
from sagemaker_typed.core.errors import ServiceError
from sagemaker_typed.core.schema.walk import field_of
from sagemaker_typed.core.shapes.jmespath import query

if TYPE_CHECKING:
    from sagemaker_typed.core.operations.sender import Caller
    from sagemaker_typed.core.shapes.shape import PaginatedRequest

ResponseT = TypeVar("ResponseT")
ItemT = TypeVar("ItemT")


class RepeatedToken(Exception):
    """The service named a page that it had given before: going on would never end."""

    def __init__(self, operation: str, token: str, pages: int) -> None:
        super().__init__(operation, token, pages)
        self.operation = operation
        self.token = token
        """The token that was given twice."""
        self.pages = pages
        """How many pages had been read."""

    def __str__(self) -> str:
        return (
            f"{self.operation}: after {self.pages} pages the service gave the token"
            f" {self.token!r} again, which would lead round in a circle"
        )


class Pages(Generic[ResponseT]):
    """The pages of a listing, each asked for when it is its turn.

    An iterator that survives its failures: where a page could not be had, ``token`` still names
    it, and the next ``next()`` asks for it again.
    """

    def __init__(
        self,
        request: PaginatedRequest[ResponseT, Any],
        send: Caller,
        *,
        start_token: str | None = None,
        limit: int | None = None,
    ) -> None:
        facts = request.__operation__.pagination
        if facts is None:
            raise ValueError(f"{request.__operation__.name} does not answer in pages")
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
        # Hashes, so that a listing of a million pages needs no memory to speak of.
        self._used = {hash(self._tokens)}
        self._repeated = False
        self._exhausted = False
        self._count = 0

    @property
    def token(self) -> str | None:
        """Where to go on: as ``start_token`` it begins with the page that comes next.

        ``None`` before the first page and after the last.
        """
        return None if self._exhausted else _encode(self._tokens)

    @property
    def exhausted(self) -> bool:
        """Whether the last page has been handed out."""
        return self._exhausted

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> ResponseT:
        if self._exhausted or self._count == self._limit:
            raise StopIteration
        if self._repeated:
            name = self._request.__operation__.name
            raise RepeatedToken(name, _encode(self._tokens) or "", self._count)
        page = self._fetch()
        self._advance(page)
        return page

    def _fetch(self) -> ResponseT:
        request = self._request.__copy__()
        # set past the strict door: a token is the service's own, and need not suit its own limits
        vars(request).update(zip(self._fields, self._tokens, strict=True))
        try:
            return self._send(request)
        except Exception as error:
            if self._count:
                _say_where(error, self._count + 1, self.token)
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


class Items(Generic[ItemT]):
    """The items of a listing, page after page, no more than one page in memory.

    An iterator that survives its failures, as ``Pages`` does.
    """

    def __init__(
        self,
        request: PaginatedRequest[Any, ItemT],
        send: Caller,
        *,
        start_token: str | None = None,
        skip: int = 0,
        limit: int | None = None,
    ) -> None:
        if limit is not None and limit < 0:
            raise ValueError(f"limit is {limit}, expected 0 or more")
        if skip < 0:
            raise ValueError(f"skip is {skip}, expected 0 or more")
        self._pages: Pages[object] = Pages(request, send, start_token=start_token)
        facts = request.__operation__.pagination
        self._find = query(facts.items[0] if facts and facts.items else "")
        self._page: tuple[ItemT, ...] = ()
        self._page_token = self._pages.token
        self._left = limit
        self._position = 0
        self._skip = skip

    @property
    def token(self) -> str | None:
        """Where to go on, together with ``skip``: the page that has items left, or comes next.

        ``None`` on the first page and after the last.
        """
        return self._page_token if self._position < len(self._page) else self._pages.token

    @property
    def skip(self) -> int:
        """How many items of the page that ``token`` names have been handed out."""
        return self._position if self._position < len(self._page) else self._skip

    @property
    def exhausted(self) -> bool:
        """Whether the last item has been handed out."""
        return self._pages.exhausted and self._position >= len(self._page)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> ItemT:
        if self._left == 0:
            raise StopIteration
        while self._position >= len(self._page):
            self._turn()
        item = self._page[self._position]
        self._position += 1
        if self._left is not None:
            self._left -= 1
        return item

    def _turn(self) -> None:
        token = self._pages.token
        page = self._find(next(self._pages))
        self._page_token = token
        self._page = cast("tuple[ItemT, ...]", page if isinstance(page, tuple) else ())
        self._position, self._skip = self._skip, 0


def _token(page: object, expression: str) -> str | None:
    found = query(expression)(page)
    return str(found) if found else None


def _encode(tokens: tuple[str | None, ...]) -> str | None:
    """One string for a place that most listings name with one token, and a few with several."""
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
        raise ValueError(f"start_token is {token!r}, expected a token that a listing has given")
    return tuple(tokens)


def _say_where(error: Exception, page: int, token: str | None) -> None:
    """Put the place into an error that ends a listing midway, whatever its class."""
    where = f"[page {page}, which begins at start_token={token!r}]"
    if isinstance(error, ServiceError):
        error.tried = " ".join(filter(None, (error.tried, where)))
    elif add_note := getattr(error, "add_note", None):  # Python 3.11
        add_note(where)
