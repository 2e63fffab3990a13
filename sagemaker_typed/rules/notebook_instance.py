"""Notebook instances and their network."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._rule import Source, Violation, prose, rule, superseded

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        CreateNotebookInstanceRequest,
        CreateStudioLifecycleConfigRequest,
        NotebookInstanceLifecycleHook,
        UpdateNotebookInstanceRequest,
    )


@rule(
    "notebook-instance/no-internet-needs-subnet",
    severity="warning",
    shape="CreateNotebookInstanceRequest",
    members=("DirectInternetAccess", "SubnetId"),
    message="DirectInternetAccess can be Disabled only with a SubnetId.",
    source=Source("2023-05-26", 151),
)
def no_internet_needs_subnet(request: CreateNotebookInstanceRequest) -> Iterator[Violation]:
    if request.direct_internet_access == "Disabled" and request.subnet_id is None:
        yield Violation("DirectInternetAccess", "SubnetId", expected="a SubnetId")


@rule(
    "notebook-instance/security-groups-need-subnet",
    severity="warning",
    shape="CreateNotebookInstanceRequest",
    members=("SecurityGroupIds", "SubnetId"),
    message="SecurityGroupIds needs a SubnetId of the same VPC.",
    source=Source("2023-05-26", 128),
    also=(Source("2023-05-26", 111),),
)
def security_groups_need_subnet(request: CreateNotebookInstanceRequest) -> Iterator[Violation]:
    if request.security_group_ids and request.subnet_id is None:
        yield Violation("SecurityGroupIds", "SubnetId", expected="a SubnetId")


@rule(
    "notebook-instance/security-group-id",
    severity="warning",
    shape="CreateNotebookInstanceRequest",
    members="SecurityGroupIds",
    message="A security group id must start with sg-.",
    source=Source("2023-05-26", 128),
)
def security_group_id(request: CreateNotebookInstanceRequest) -> Iterator[Violation]:
    for index, group in enumerate(request.security_group_ids or ()):
        if not group.startswith("sg-"):
            yield Violation(f"SecurityGroupIds[{index}]", expected="'sg-' and the rest of the id")


@rule(
    "notebook-instance/no-elastic-inference",
    severity="warning",
    shape=("CreateNotebookInstanceRequest", "UpdateNotebookInstanceRequest"),
    members="AcceleratorTypes",
    message="AcceleratorTypes is no longer supported: Elastic Inference has ended.",
    source=prose("CreateNotebookInstanceInput.AcceleratorTypes"),
)
def no_elastic_inference(
    request: CreateNotebookInstanceRequest | UpdateNotebookInstanceRequest,
) -> Iterator[Violation]:
    if request.accelerator_types:
        yield Violation("AcceleratorTypes")


@rule(
    "notebook-instance/no-elastic-inference-to-take-away",
    severity="warning",
    shape="UpdateNotebookInstanceRequest",
    members="DisassociateAcceleratorTypes",
    message="DisassociateAcceleratorTypes is no longer supported: Elastic Inference has ended.",
    source=prose("UpdateNotebookInstanceInput.DisassociateAcceleratorTypes"),
)
def no_elastic_inference_to_take_away(
    request: UpdateNotebookInstanceRequest,
) -> Iterator[Violation]:
    del request
    yield Violation("DisassociateAcceleratorTypes")


@rule(
    "notebook-instance/set-lifecycle-or-take-it-away",
    severity="advice",
    shape="UpdateNotebookInstanceRequest",
    members=("DisassociateLifecycleConfig", "LifecycleConfigName"),
    message="Give LifecycleConfigName or DisassociateLifecycleConfig, not both.",
    source=Source("2023-05-26", 555),
)
def set_lifecycle_or_take_it_away(request: UpdateNotebookInstanceRequest) -> Iterator[Violation]:
    if request.disassociate_lifecycle_config and request.lifecycle_config_name is not None:
        yield Violation(
            "DisassociateLifecycleConfig", "LifecycleConfigName", expected="one of the two"
        )


@rule(
    "notebook-instance/set-default-repository-or-take-it-away",
    severity="advice",
    shape="UpdateNotebookInstanceRequest",
    members=("DisassociateDefaultCodeRepository", "DefaultCodeRepository"),
    message="Give DefaultCodeRepository or DisassociateDefaultCodeRepository, not both.",
    source=Source("2023-05-26", 569),
    also=(Source("2023-05-26", 559),),
)
def set_default_repository_or_take_it_away(
    request: UpdateNotebookInstanceRequest,
) -> Iterator[Violation]:
    if request.disassociate_default_code_repository and request.default_code_repository is not None:
        yield Violation(
            "DisassociateDefaultCodeRepository", "DefaultCodeRepository", expected="one of the two"
        )


@rule(
    "notebook-instance/set-repositories-or-take-them-away",
    severity="advice",
    shape="UpdateNotebookInstanceRequest",
    members=("DisassociateAdditionalCodeRepositories", "AdditionalCodeRepositories"),
    message="Give AdditionalCodeRepositories or DisassociateAdditionalCodeRepositories, not both.",
    source=Source("2023-05-26", 571),
)
def set_repositories_or_take_them_away(
    request: UpdateNotebookInstanceRequest,
) -> Iterator[Violation]:
    if request.disassociate_additional_code_repositories and request.additional_code_repositories:
        yield Violation(
            "DisassociateAdditionalCodeRepositories",
            "AdditionalCodeRepositories",
            expected="one of the two",
        )


ONE_ACCELERATOR = superseded(
    "notebook-instance/one-accelerator-type",
    severity="warning",
    shape=("CreateNotebookInstanceRequest", "UpdateNotebookInstanceRequest"),
    members="AcceleratorTypes",
    message="A notebook instance can have only one Elastic Inference accelerator type.",
    source=Source("2023-05-26", 155),
    also=(Source("2023-05-26", 564),),
    by="Elastic Inference has ended: notebook-instance/no-elastic-inference",
)


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode("".join(text.split()), validate=True)
    except ValueError:  # binascii.Error, or the text is not ASCII
        return False
    return True


@rule(
    "notebook-instance/lifecycle-script-in-base64",
    severity="warning",
    shape="NotebookInstanceLifecycleHook",
    members="Content",
    message="Content must be encoded in base64.",
    source=prose("NotebookInstanceLifecycleHook.Content"),
)
def lifecycle_script_in_base64(hook: NotebookInstanceLifecycleHook) -> Iterator[Violation]:
    if hook.content is not None and not _is_base64(hook.content):
        yield Violation("Content", expected="base64")


@rule(
    "studio-lifecycle-config/script-in-base64",
    severity="warning",
    shape="CreateStudioLifecycleConfigRequest",
    members="StudioLifecycleConfigContent",
    message="StudioLifecycleConfigContent must be encoded in base64.",
    source=prose("CreateStudioLifecycleConfigRequest.StudioLifecycleConfigContent"),
)
def studio_script_in_base64(request: CreateStudioLifecycleConfigRequest) -> Iterator[Violation]:
    if not _is_base64(request.studio_lifecycle_config_content):
        yield Violation("StudioLifecycleConfigContent", expected="base64")
