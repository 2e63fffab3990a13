"""What botocore's signer works out in every call anew, or twice in one, worked out once.

The signer stays botocore's: which headers are signed, how, and with whose credentials. It derives a
key for the day, the region and the service, which Signature Version 4 is made to have used again;
that is kept until another is derived. The headers that it chooses of one request it chooses once.
"""

from __future__ import annotations

import functools
from typing import Any, Final

from sagemaker_typed.core.transport.headers import AS_THEY_ARE

_STEPS: Final = 4
"""From a secret to the key of a day, a region and a service."""


def install(signer: Any) -> None:
    """Let a client's signer keep what it works out, where it is botocore's."""
    from botocore.signers import RequestSigner

    kind: object = type(signer)
    if kind is RequestSigner:
        signer.__class__ = _signer_class(RequestSigner)
        signer._derived = {}


@functools.cache
def _signer_class(base: Any) -> Any:
    from botocore.auth import SigV4Auth

    class Signer(base):  # type: ignore[misc]  # whose private parts have no types
        def get_auth_instance(self, *given: Any, **named: Any) -> Any:
            auth: Any = super().get_auth_instance(*given, **named)
            kind: object = type(auth)
            if kind is SigV4Auth:
                auth.__class__ = _auth_class(SigV4Auth)
                auth._derived = self._derived
            return auth

    return Signer


@functools.cache
def _auth_class(base: Any) -> Any:
    class Auth(base):  # type: ignore[misc]  # whose private parts have no types
        """Signs one request."""

        _chosen: tuple[list[tuple[str, Any]], Any] | None = None
        _names: tuple[object, str] | None = None

        def _sign(self, key: bytes, msg: str, hex: bool = False) -> Any:
            if hex:
                return super()._sign(key, msg, hex)
            derived: dict[tuple[bytes, str], bytes] = self._derived  # the client's
            found = derived.get((key, msg))
            if found is None:
                if len(derived) >= _STEPS:  # of yesterday, or of credentials that were
                    derived.clear()
                found = derived[key, msg] = super()._sign(key, msg)
            return found

        def headers_to_sign(self, request: Any) -> Any:
            items = request.headers.items()
            if self._chosen is None or self._chosen[0] != items:
                chosen = super().headers_to_sign(request)
                chosen.policy = AS_THEY_ARE
                self._chosen = (items, chosen)
            return self._chosen[1]

        def signed_headers(self, headers_to_sign: Any) -> str:
            if self._names is None or self._names[0] is not headers_to_sign:
                self._names = (headers_to_sign, super().signed_headers(headers_to_sign))
            return self._names[1]

    return Auth
