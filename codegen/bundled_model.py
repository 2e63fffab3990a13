"""The service model as the client needs it: every fact of botocore's file, and none of its prose.

boto3 reads and keeps 2.6 MB to make a client, three quarters of it prose. Of this file the package
reads the operations, which botocore asks for one and all, and of the shapes those that are used.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import Final

from codegen.sources.json_text import Json, Object, parse, want, want_list, want_object

FILE: Final = "_service_model.txt"
"""As ``sagemaker_typed.core.transport.sessions`` knows it."""

_PROSE: Final = frozenset({"documentation", "documentationUrl", "deprecatedMessage"})
# Where a key is the service's own name for something, not the model's word for a fact.
_NAMED: Final = frozenset({"members"})


def trimmed(model: bytes, endpoints: bytes, *, botocore: str, where: str) -> str:
    """The text of the file: a head, the operations, an empty line, and the shapes by their names.

    The head says what the file was made from, by the checksum and size that gzip has of it, and
    has the part of botocore's endpoints that is about the service.
    """
    document = parse(model, where)
    metadata = want_object(document.get("metadata"), f"{where}: metadata")
    prefix = want(metadata.get("endpointPrefix"), str, f"{where}: metadata.endpointPrefix")
    head: Json = {
        "source": {
            "botocore": botocore,
            "crc32": zlib.crc32(model),
            "size": len(model),
            "endpoints_crc32": zlib.crc32(endpoints),
        },
        "version": document.get("version"),
        "metadata": metadata,
        "endpoints": _endpoints(endpoints, prefix),
    }
    return "\n".join(
        (
            _compact(head),
            "{",
            ",\n".join(
                f'"{name}":{described}' for name, described in _part(document, "operations", where)
            ),
            "}",
            "",
            *(
                f"{name} {described}"
                for name, described in sorted(_part(document, "shapes", where))
            ),
            "",
        )
    )


def _endpoints(content: bytes, prefix: str) -> Json:
    where = "endpoints.json"
    document = parse(content, where)
    partitions: list[Json] = []
    for each in want_list(document.get("partitions"), where):
        partition = want_object(each, where)
        services = want_object(partition.get("services"), where)
        own = {name: services[name] for name in (prefix,) if name in services}
        regions: Object = {name: {} for name in want_object(partition.get("regions"), where)}
        partitions.append({**partition, "regions": regions, "services": own})
    return {**document, "partitions": partitions}


def _part(document: Object, part: str, where: str) -> Iterator[tuple[str, str]]:
    for name, described in want_object(document.get(part), f"{where}: {part}").items():
        yield name, _compact(_facts(described))


def _facts(described: Json, *, named: bool = False) -> Json:
    """The same without prose; ``named`` says that its keys are names."""
    if isinstance(described, list):
        return [_facts(each) for each in described]
    if not isinstance(described, dict):
        return described
    return {
        key: _facts(value, named=key in _NAMED and not named)
        for key, value in described.items()
        if named or key not in _PROSE
    }


def _compact(value: Json) -> str:
    return json.dumps(value, separators=(",", ":"))
