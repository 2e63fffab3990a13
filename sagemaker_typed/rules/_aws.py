"""What several rules need to know: instance families, and how identifiers are written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sagemaker_typed.models import ResourceSpec

_CPU_ONLY = r"ml\.(?:c|m|r|t)\d"

_KEY = r"(?:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|mrk-[0-9a-f]{32})"
_KMS = r"arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:"
_KEY_OR_ARN = rf"(?:{_KMS}key/)?{_KEY}"
_ALIAS_OR_ARN = rf"(?:{_KMS})?alias/[a-zA-Z0-9/_-]+"

ANY_KEY = "a key id, the ARN of a key, an alias such as 'alias/example', or the ARN of an alias"
ID_OR_ARN = "a key id, or the ARN of a key"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled when a rule first needs it: a program's requests need few."""
    return re.compile(pattern)


@cache
def table(name: str) -> dict[str, frozenset[str]]:
    """The lists of a data file of this package."""
    # importlib.resources takes longer to import than this file to read.
    data = get_data("sagemaker_typed.rules", f"data/{name}.json") or b"{}"
    stated: dict[str, object] = json.loads(data)
    return {
        key: frozenset(map(str, value))
        for key, value in stated.items()
        if isinstance(value, list) and key != "sources"
    }


def family(instance_type: str) -> str:
    """``g5`` of ``ml.g5.xlarge``."""
    return instance_type.removeprefix("ml.").partition(".")[0]


def has_no_accelerator(instance_type: str) -> bool:
    """Whether a type is one without an accelerator, by the first letters of its family."""
    return compiled(_CPU_ONLY).match(instance_type) is not None


def has_local_storage(instance_type: str | None) -> bool:
    """Whether instances of the type are known to have NVMe drives of their own."""
    return instance_type is not None and (
        family(instance_type) in table("instance_storage")["local_nvme"]
    )


def has_ebs_only(instance_type: str | None) -> bool:
    """Whether instances of the type are known to have no drives of their own."""
    return instance_type is not None and (
        family(instance_type) in table("instance_storage")["ebs_only"]
    )


def runs_one_thread(instance_type: str | None) -> bool:
    """Whether the cores of the type are known to run one thread only."""
    return instance_type is not None and family(instance_type) in table("threads_per_core")["one"]


def is_key(value: str, *, alias: bool = True) -> bool:
    """Whether a KMS key is written in one of the documented ways."""
    return compiled(_KEY_OR_ARN).fullmatch(value) is not None or (
        alias and compiled(_ALIAS_OR_ARN).fullmatch(value) is not None
    )


_IMAGE = r"[^\s/@]+(?:/[^\s/@:]+)+(?::[\w.-]+)?(?:@\w+:[0-9a-fA-F]+)?"
IMAGE_PATH = "'registry/repository', with ':tag' or '@digest' if need be"


def is_image_path(path: str) -> bool:
    """Whether an image is named by its registry and its repository."""
    return compiled(_IMAGE).fullmatch(path) is not None


def is_archive(url: str) -> bool:
    """Whether a URL ends as a gzip-compressed tar archive does."""
    return url.endswith(".tar.gz")


def whole(text: str) -> int | None:
    """The whole number a string holds."""
    return int(text) if re.fullmatch(r"[+-]?\d+", text, re.ASCII) else None


def number(text: str) -> float | None:
    """The number a string holds."""
    try:
        return float(text)
    except ValueError:
        return None


def repeated(names: Iterable[str | None]) -> Iterator[int]:
    """Where a name stands that stood before."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name is None:
            continue
        if name in seen:
            yield index
        seen.add(name)


def other_than_system(resources: ResourceSpec) -> bool:
    """Return whether the resources name a listed instance type that is not ``system``."""
    chosen = resources.instance_type
    return chosen is not None and chosen.is_listed and chosen != "system"
