"""Headers of a request that are read and copied as they stand, and a request that has its body.

botocore's are made for mail, or look up each name anew; its request prepares all of itself when the
signer asks for the body.
"""

from __future__ import annotations

import functools
from collections.abc import ItemsView, Iterator, Mapping
from email._policybase import Compat32
from typing import Any, Final


class _AsTheyAre(Compat32):
    def header_fetch_parse(self, name: str, value: Any) -> Any:  # noqa: ARG002  # the policy's
        return value


AS_THEY_ARE: Final = _AsTheyAre()
"""Mail's own policy looks for wrongly decoded text each time that a header is read."""


def take_as_it_is(request: Any, **_: Any) -> None:
    """Handle ``request-created``, before the signer does."""
    request.headers.policy = AS_THEY_ARE
    ours = _ours()
    if type(request) in ours:
        request.__class__ = ours[type(request)]
        if type(request.headers) in ours:
            request.headers.__class__ = ours[type(request.headers)]
        preparer = getattr(request, "_request_preparer", None)
        if type(preparer) in ours:
            request._request_preparer = ours[type(preparer)]()


@functools.cache
def _ours() -> Mapping[type, Any]:
    """What stands in for which class of botocore's."""
    from botocore.awsrequest import AWSRequest, AWSRequestPreparer, HeadersDict
    from botocore.compat import HTTPHeaders

    return _derived(AWSRequest, HTTPHeaders, AWSRequestPreparer, HeadersDict)


def _derived(request: Any, headers: Any, preparer: Any, prepared: Any) -> Mapping[type, Any]:
    # The private parts of botocore's have no types.
    class Request(request):  # type: ignore[misc]
        @property
        def body(self) -> Any:
            return (type(self.data) is bytes and self.data) or super().body

    class Headers(headers):  # type: ignore[misc]
        def items(self) -> list[tuple[str, Any]]:
            return list(self._headers)  # as the policy gives them

    class Prepared(prepared):  # type: ignore[misc]
        def copy(self) -> Any:
            copied = prepared()
            copied.__class__ = Prepared
            copied._dict = dict(self._dict)
            return copied

        def __iter__(self) -> Iterator[str]:
            return map(str, self._dict)

        def items(self) -> ItemsView[str, Any]:
            return dict(zip(self, self._dict.values(), strict=True)).items()

    class Preparer(preparer):  # type: ignore[misc]
        def _prepare_headers(self, *given: Any, **named: Any) -> Any:
            made = super()._prepare_headers(*given, **named)
            if type(made) is prepared and type(vars(made).get("_dict")) is dict:
                made.__class__ = Prepared
            return made

    return {request: Request, headers: Headers, preparer: Preparer}
