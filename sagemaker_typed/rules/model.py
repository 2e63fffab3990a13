"""Models and their containers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._aws import IMAGE_PATH, is_image_path
from sagemaker_typed.rules._rule import Violation, prose, rule

if TYPE_CHECKING:
    from sagemaker_typed.models import ContainerDefinition, CreateModelRequest, ImageConfig


@rule(
    "model/all-containers-have-a-host-name",
    severity="warning",
    shape="CreateModelRequest",
    members=("Containers", "Containers[].ContainerHostname"),
    message="Give a ContainerHostname to every container of an inference pipeline, or to none.",
    source=prose("ContainerDefinition.ContainerHostname"),
)
def all_containers_have_a_host_name(request: CreateModelRequest) -> Iterator[Violation]:
    containers = request.containers or ()
    missing = [i for i, container in enumerate(containers) if container.container_hostname is None]
    if missing and len(missing) < len(containers):
        yield Violation(*(f"Containers[{index}].ContainerHostname" for index in missing))


@rule(
    "model/image-path",
    severity="warning",
    shape="ContainerDefinition",
    members="Image",
    message="Image must have a registry and a repository, and may have a tag or a digest.",
    source=prose("ContainerDefinition.Image"),
)
def image_path(container: ContainerDefinition) -> Iterator[Violation]:
    if container.image is not None and not is_image_path(container.image):
        yield Violation("Image", expected=IMAGE_PATH)


@rule(
    "model/registry-credentials-need-vpc",
    severity="warning",
    shape="ImageConfig",
    members=("RepositoryAuthConfig", "RepositoryAccessMode"),
    message="RepositoryAuthConfig needs the RepositoryAccessMode Vpc.",
    source=prose("ImageConfig.RepositoryAuthConfig"),
)
def registry_credentials_need_vpc(config: ImageConfig) -> Iterator[Violation]:
    if config.repository_access_mode == "Platform":
        yield Violation("RepositoryAuthConfig", "RepositoryAccessMode", expected="the mode Vpc")
