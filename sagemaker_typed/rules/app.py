"""Studio apps, and what they run on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._rule import Breach, Source, prose, rule
from sagemaker_typed.rules._studio import other_than_system

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        CreateAppRequest,
        CreateSpaceRequest,
        CreateUserProfileRequest,
        DeleteAppRequest,
        DescribeAppRequest,
        ResourceSpec,
        UpdateSpaceRequest,
        UpdateUserProfileRequest,
    )


@rule(
    "app/jupyter-server-runs-on-system",
    grade="warning",
    shape="CreateAppRequest",
    members=("ResourceSpec.InstanceType", "AppType"),
    says="A Jupyter server runs on the instance type system.",
    source=Source("2023-11-29", 1786),
)
def jupyter_server_app_runs_on_system(request: CreateAppRequest) -> Iterator[Breach]:
    resources = request.resource_spec
    if request.app_type == "JupyterServer" and resources and other_than_system(resources):
        yield Breach("ResourceSpec.InstanceType", "AppType", expected="'system'")


@rule(
    "app/user-profile-or-space",
    grade="warning",
    shape=("CreateAppRequest", "DescribeAppRequest", "DeleteAppRequest"),
    members=("UserProfileName", "SpaceName"),
    says="An app is of a user profile or of a space.",
    source=Source("2023-11-29", 1710),
    also=(Source("2023-11-29", 1800), Source("2023-11-29", 6343)),
    always=True,
)
def user_profile_or_space(
    request: CreateAppRequest | DescribeAppRequest | DeleteAppRequest,
) -> Iterator[Breach]:
    if request.user_profile_name is None and request.space_name is None:
        yield Breach("UserProfileName", "SpaceName", expected="one of the two")


@rule(
    "app/training-plan-for-notebooks",
    grade="warning",
    shape="CreateAppRequest",
    members=("ResourceSpec.TrainingPlanArn", "AppType"),
    says="A training plan is for apps of JupyterLab and of Code Editor.",
    source=prose("ResourceSpec.TrainingPlanArn"),
)
def training_plan_for_notebooks(request: CreateAppRequest) -> Iterator[Breach]:
    resources = request.resource_spec
    if (
        resources is not None
        and resources.training_plan_arn is not None
        and request.app_type.is_listed
        and request.app_type not in {"JupyterLab", "CodeEditor"}
    ):
        yield Breach("ResourceSpec.TrainingPlanArn", "AppType", expected="JupyterLab or CodeEditor")


@rule(
    "app/version-arn-hides-image-arn",
    grade="advice",
    shape="ResourceSpec",
    members=("SageMakerImageVersionArn", "SageMakerImageArn"),
    says="Where a version is given, the image is not looked at.",
    source=prose("ResourceSpec"),
)
def version_arn_hides_image_arn(spec: ResourceSpec) -> Iterator[Breach]:
    if spec.sage_maker_image_arn is not None and spec.sage_maker_image_version_arn != "None":
        yield Breach("SageMakerImageVersionArn", "SageMakerImageArn", expected="one of the two")


MOST_IMAGES = 5


@rule(
    "user-profile/custom-images",
    grade="warning",
    shape=("CreateUserProfileRequest", "UpdateUserProfileRequest"),
    members="UserSettings.KernelGatewayAppSettings.CustomImages",
    says="A user has five custom images for kernel gateways at most; a domain has 200.",
    source=prose("KernelGatewayAppSettings.CustomImages"),
)
def custom_images_of_user(
    request: CreateUserProfileRequest | UpdateUserProfileRequest,
) -> Iterator[Breach]:
    gateway = request.user_settings.kernel_gateway_app_settings if request.user_settings else None
    if gateway is not None and len(gateway.custom_images or ()) > MOST_IMAGES:
        yield Breach("UserSettings.KernelGatewayAppSettings.CustomImages", expected="at most 5")


@rule(
    "space/custom-images",
    grade="warning",
    shape=("CreateSpaceRequest", "UpdateSpaceRequest"),
    members="SpaceSettings.KernelGatewayAppSettings.CustomImages",
    says="A space has five custom images for kernel gateways at most; a domain has 200.",
    source=prose("KernelGatewayAppSettings.CustomImages"),
)
def custom_images_of_space(request: CreateSpaceRequest | UpdateSpaceRequest) -> Iterator[Breach]:
    settings = request.space_settings
    gateway = settings.kernel_gateway_app_settings if settings else None
    if gateway is not None and len(gateway.custom_images or ()) > MOST_IMAGES:
        yield Breach("SpaceSettings.KernelGatewayAppSettings.CustomImages", expected="at most 5")


@rule(
    "user-profile/single-sign-on-as-a-pair",
    grade="warning",
    shape="CreateUserProfileRequest",
    members=("SingleSignOnUserIdentifier", "SingleSignOnUserValue"),
    says="A domain with Identity Center needs the two of them, any other domain neither.",
    source=Source("2023-11-29", 5902),
    also=(Source("2023-11-29", 5910),),
    always=True,
    note="which of the two holds depends on the domain; one alone suits no domain",
)
def single_sign_on_as_a_pair(request: CreateUserProfileRequest) -> Iterator[Breach]:
    if (request.single_sign_on_user_identifier is None) != (
        request.single_sign_on_user_value is None
    ):
        yield Breach(
            "SingleSignOnUserIdentifier", "SingleSignOnUserValue", expected="both, or neither"
        )
