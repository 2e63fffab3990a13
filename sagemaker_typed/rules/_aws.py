"""Predicates on AWS identifiers, instance types and other values that several rules share."""

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
    """Compile a pattern when a rule first needs it: most programs need few."""
    return re.compile(pattern)


@cache
def table(name: str) -> dict[str, frozenset[str]]:
    """Return the lists of a data file of this package."""
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
    """Return whether an instance type has no accelerator, by the first letters of its family."""
    return compiled(_CPU_ONLY).match(instance_type) is not None


def has_local_storage(instance_type: str | None) -> bool:
    """Return whether instances of this type are known to have local NVMe drives."""
    return instance_type is not None and (
        family(instance_type) in table("instance_storage")["local_nvme"]
    )


def has_ebs_only(instance_type: str | None) -> bool:
    """Return whether instances of this type are known to have no local drives."""
    return instance_type is not None and (
        family(instance_type) in table("instance_storage")["ebs_only"]
    )


def runs_one_thread(instance_type: str | None) -> bool:
    """Return whether the cores of this type are known to run only one thread."""
    return instance_type is not None and family(instance_type) in table("threads_per_core")["one"]


def is_key(value: str, *, alias: bool = True) -> bool:
    """Return whether a KMS key has a documented form.

    An empty string names no key: the service returns it where none was given.
    """
    return (
        not value
        or compiled(_KEY_OR_ARN).fullmatch(value) is not None
        or (alias and compiled(_ALIAS_OR_ARN).fullmatch(value) is not None)
    )


_IMAGE = r"[^\s/@]+(?:/[^\s/@:]+)+(?::[\w.-]+)?(?:@\w+:[0-9a-fA-F]+)?"
IMAGE_PATH = "'registry/repository', with ':tag' or '@digest' if need be"


def is_image_path(path: str) -> bool:
    """Return whether an image path has a registry and a repository."""
    return compiled(_IMAGE).fullmatch(path) is not None


def is_archive(url: str) -> bool:
    """Return whether a URL ends with the suffix of a gzip-compressed tar archive."""
    return url.endswith(".tar.gz")


def whole(text: str) -> int | None:
    """Parse a whole number; ``None`` for other text."""
    return int(text) if re.fullmatch(r"[+-]?\d+", text, re.ASCII) else None


def number(text: str) -> float | None:
    """Parse a number; ``None`` for other text."""
    try:
        return float(text)
    except ValueError:
        return None


def repeated(names: Iterable[str | None]) -> Iterator[int]:
    """Yield the indexes of names that are in the list before."""
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
