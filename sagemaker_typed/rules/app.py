"""Studio apps, and what they run on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._aws import other_than_system
from sagemaker_typed.rules._rule import Source, Violation, prose, rule

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
    severity="warning",
    shape="CreateAppRequest",
    members=("ResourceSpec.InstanceType", "AppType"),
    message="JupyterServer apps support only the instance type system.",
    source=Source("2023-11-29", 1786),
)
def jupyter_server_app_runs_on_system(request: CreateAppRequest) -> Iterator[Violation]:
    resources = request.resource_spec
    if request.app_type == "JupyterServer" and resources and other_than_system(resources):
        yield Violation("ResourceSpec.InstanceType", "AppType", expected="'system'")


@rule(
    "app/user-profile-or-space",
    severity="warning",
    shape=("CreateAppRequest", "DescribeAppRequest", "DeleteAppRequest"),
    members=("UserProfileName", "SpaceName"),
    message="Give UserProfileName or SpaceName.",
    source=Source("2023-11-29", 1710),
    also=(Source("2023-11-29", 1800), Source("2023-11-29", 6343)),
    always=True,
)
def user_profile_or_space(
    request: CreateAppRequest | DescribeAppRequest | DeleteAppRequest,
) -> Iterator[Violation]:
    if request.user_profile_name is None and request.space_name is None:
        yield Violation("UserProfileName", "SpaceName", expected="one of the two")


@rule(
    "app/training-plan-for-notebooks",
    severity="warning",
    shape="CreateAppRequest",
    members=("ResourceSpec.TrainingPlanArn", "AppType"),
    message="Only JupyterLab and CodeEditor apps support a training plan.",
    source=prose("ResourceSpec.TrainingPlanArn"),
)
def training_plan_for_notebooks(request: CreateAppRequest) -> Iterator[Violation]:
    resources = request.resource_spec
    if (
        resources is not None
        and resources.training_plan_arn is not None
        and request.app_type.is_listed
        and request.app_type not in {"JupyterLab", "CodeEditor"}
    ):
        yield Violation(
            "ResourceSpec.TrainingPlanArn", "AppType", expected="JupyterLab or CodeEditor"
        )


@rule(
    "app/version-arn-hides-image-arn",
    severity="advice",
    shape="ResourceSpec",
    members=("SageMakerImageVersionArn", "SageMakerImageArn"),
    message="SageMakerImageArn has no effect if SageMakerImageVersionArn is set.",
    source=prose("ResourceSpec"),
)
def version_arn_hides_image_arn(spec: ResourceSpec) -> Iterator[Violation]:
    if spec.sage_maker_image_arn is not None and spec.sage_maker_image_version_arn != "None":
        yield Violation("SageMakerImageVersionArn", "SageMakerImageArn", expected="one of the two")


MOST_IMAGES = 5


@rule(
    "user-profile/custom-images",
    severity="warning",
    shape=("CreateUserProfileRequest", "UpdateUserProfileRequest"),
    members="UserSettings.KernelGatewayAppSettings.CustomImages",
    message="A user profile can have at most five custom images for KernelGateway apps.",
    source=prose("KernelGatewayAppSettings.CustomImages"),
)
def custom_images_of_user(
    request: CreateUserProfileRequest | UpdateUserProfileRequest,
) -> Iterator[Violation]:
    gateway = request.user_settings.kernel_gateway_app_settings if request.user_settings else None
    if gateway is not None and len(gateway.custom_images or ()) > MOST_IMAGES:
        yield Violation("UserSettings.KernelGatewayAppSettings.CustomImages", expected="at most 5")


@rule(
    "space/custom-images",
    severity="warning",
    shape=("CreateSpaceRequest", "UpdateSpaceRequest"),
    members="SpaceSettings.KernelGatewayAppSettings.CustomImages",
    message="A space can have at most five custom images for KernelGateway apps.",
    source=prose("KernelGatewayAppSettings.CustomImages"),
)
def custom_images_of_space(request: CreateSpaceRequest | UpdateSpaceRequest) -> Iterator[Violation]:
    settings = request.space_settings
    gateway = settings.kernel_gateway_app_settings if settings else None
    if gateway is not None and len(gateway.custom_images or ()) > MOST_IMAGES:
        yield Violation("SpaceSettings.KernelGatewayAppSettings.CustomImages", expected="at most 5")


@rule(
    "user-profile/single-sign-on-as-a-pair",
    severity="warning",
    shape="CreateUserProfileRequest",
    members=("SingleSignOnUserIdentifier", "SingleSignOnUserValue"),
    message="Give both SingleSignOnUserIdentifier and SingleSignOnUserValue, or neither.",
    source=Source("2023-11-29", 5902),
    also=(Source("2023-11-29", 5910),),
    always=True,
    note="some domains need both and others need neither; no domain accepts only one",
)
def single_sign_on_as_a_pair(request: CreateUserProfileRequest) -> Iterator[Violation]:
    if (request.single_sign_on_user_identifier is None) != (
        request.single_sign_on_user_value is None
    ):
        yield Violation(
            "SingleSignOnUserIdentifier", "SingleSignOnUserValue", expected="both, or neither"
        )
