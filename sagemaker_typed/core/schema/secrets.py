"""Members that hold secrets in practice, although the service does not document them as such."""

from __future__ import annotations

from typing import Final

from sagemaker_typed.core.schema import facts

_FREE_TEXT: Final = frozenset(
    {
        "Tags",
        # commands and scripts of the user
        "ContainerArguments",
        "ContainerEntrypoint",
        "Content",
        "PipelineDefinition",
        "StudioLifecycleConfigContent",
    }
)


def may_hold_secrets(member: facts.Member) -> bool:
    """Return whether messages must not show the value of a member.

    True for sensitive members, and for members whose text is the user's own: maps of strings such
    as ``Environment`` and ``HyperParameters``, tags, commands and scripts.
    """
    if member.sensitive or member.documented in _FREE_TEXT:
        return True
    return isinstance(member.kind, facts.Map) and isinstance(member.kind.value, facts.String)
