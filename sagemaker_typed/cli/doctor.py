"""``doctor``: the versions and settings that a bug report needs."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from typing import TYPE_CHECKING, NamedTuple

from sagemaker_typed import API_MODEL, __version__
from sagemaker_typed.cli.terminal import painter

if TYPE_CHECKING:
    import argparse

    from sagemaker_typed.core.transport.adapter import Send

_SAMPLE = ("DescribeEndpoint", "describe_endpoint")


class Finding(NamedTuple):
    """A line of the report."""

    subject: str
    text: str
    is_problem: bool = False


def run(arguments: argparse.Namespace) -> int:
    """Print the findings, and return 1 if one of them is a problem."""
    findings = [*_versions(), *_settings(arguments.profile, arguments.region)]
    paint = painter(sys.stdout)
    for finding in findings:
        text = paint("red", f"problem: {finding.text}") if finding.is_problem else finding.text
        sys.stdout.write(f"{finding.subject:<16} {text}\n")
    return int(any(finding.is_problem for finding in findings))


def _versions() -> Iterator[Finding]:
    yield Finding("sagemaker-typed", __version__)
    model = f"{API_MODEL.service} {API_MODEL.api_version}, botocore {API_MODEL.botocore}"
    yield Finding("model", model)
    for name in ("boto3", "botocore", "pydantic", "pydantic-core", "tenacity"):
        yield Finding(name, metadata.version(name))
    yield Finding("python", f"{platform.python_version()}, {platform.platform()}")
    for requirement in metadata.requires("sagemaker-typed") or []:
        # such as "boto3>=1.34"; the requirements of extras have a marker
        match = re.fullmatch(r"([\w-]+)>=([\d.]+)", requirement)
        if match and _numbers(metadata.version(match[1])) < _numbers(match[2]):
            text = f"{match[1]} {metadata.version(match[1])} is older than {match[2]}, the oldest"
            yield Finding("out of date", f"{text} that is supported: upgrade it", True)


def _settings(profile: str | None, region: str | None) -> Iterator[Finding]:
    """Yield the findings that need a client; a problem ends them."""
    from botocore.exceptions import BotoCoreError

    from sagemaker_typed.core.transport.sessions import create_client

    try:
        yield _credentials(profile)
        client, send = create_client(
            API_MODEL.service,
            session=None,
            profile_name=profile,
            config=None,
            region_name=region,
        )
    except (BotoCoreError, ValueError) as error:
        yield Finding("client", str(error), True)
        return
    yield Finding("region", client.meta.region_name)
    yield Finding("endpoint", client.meta.endpoint_url)
    yield _path(send)
    yield from _differences(set(client.meta.service_model.operation_names))


def _credentials(profile: str | None) -> Finding:
    """Return the provider of the credentials, as botocore names it."""
    from botocore.session import Session

    session = Session(profile=profile)
    credentials = session.get_credentials()
    if credentials is None:
        return Finding("credentials", "none found: calls cannot be signed", True)
    return Finding("credentials", f"{credentials.method}, profile {session.profile or 'default'}")


def _path(send: Send) -> Finding:
    from sagemaker_typed.core.transport.adapter import long_path_reason

    reason = long_path_reason(send, *_SAMPLE)
    if reason:
        return Finding("calls", f"long path, boto3 serializes and parses: {reason}")
    return Finding("calls", "short path: nothing but botocore observes them")


def _differences(known_to_botocore: set[str]) -> Iterator[Finding]:
    """Yield the operations that only the package, or only the installed botocore, knows."""
    from sagemaker_typed.core.schema.lookup import find_shape, shape_names

    package = "sagemaker_typed"
    requests = {n.removesuffix("Request") for n in shape_names(package) if n.endswith("Request")}
    only_known_here = {
        name
        for name in requests - known_to_botocore
        if hasattr(find_shape(package, f"{name}Request"), "__operation__")
    }
    version = metadata.version("botocore")
    for names, text in (
        (only_known_here, "botocore {} does not know {}: pip install --upgrade boto3"),
        (
            known_to_botocore - requests,
            "botocore {} also knows {}: pip install --upgrade sagemaker-typed, or use client.call",
        ),
    ):
        if names:
            yield Finding("out of date", text.format(version, _listed(names)), True)
    if known_to_botocore <= requests and not only_known_here:
        count = len(known_to_botocore)
        yield Finding("operations", f"{count}, the same as those of botocore {version}")


def _listed(names: set[str]) -> str:
    shown = sorted(names)[:5]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more operations" if more else "")


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]
