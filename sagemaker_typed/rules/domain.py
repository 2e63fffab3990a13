"""Domains, and the settings of their users, spaces and apps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._aws import other_than_system
from sagemaker_typed.rules._rule import Source, Violation, prose, rule, superseded

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        CreateDomainRequest,
        CreatePresignedDomainUrlRequest,
        DefaultEbsStorageSettings,
        HiddenSageMakerImage,
        IdleSettings,
        JupyterServerAppSettings,
        RStudioServerProDomainSettings,
        SharingSettings,
        UpdateDomainRequest,
        UserSettings,
    )

# Network


@rule(
    "domain/vpc-only-needs-security-groups",
    severity="warning",
    shape="CreateDomainRequest",
    members=("AppNetworkAccessType", "DefaultUserSettings.SecurityGroups"),
    message="A domain with VpcOnly needs security groups in DefaultUserSettings.",
    source=Source("2023-11-29", 2943),
)
def vpc_only_needs_security_groups(request: CreateDomainRequest) -> Iterator[Violation]:
    if request.app_network_access_type == "VpcOnly" and (
        not request.default_user_settings.security_groups
    ):
        yield Violation(
            "DefaultUserSettings.SecurityGroups", expected="security groups, with VpcOnly"
        )


@rule(
    "domain/four-security-groups",
    severity="warning",
    shape="UserSettings",
    members="SecurityGroups",
    message="SecurityGroups must have at most four: the service adds a fifth.",
    source=Source("2023-11-29", 2945),
)
def four_security_groups(settings: UserSettings) -> Iterator[Violation]:
    if settings.security_groups and len(settings.security_groups) > 4:
        yield Violation("SecurityGroups", expected="at most 4")


@rule(
    "domain/vpc-only-needs-vpc",
    severity="warning",
    shape="CreateDomainRequest",
    members=("AppNetworkAccessType", "SubnetIds", "VpcId"),
    message="A domain with VpcOnly needs VpcId and SubnetIds.",
    source=prose("CreateDomainRequest.SubnetIds"),
    also=(prose("CreateDomainRequest.VpcId"),),
)
def vpc_only_needs_vpc(request: CreateDomainRequest) -> Iterator[Violation]:
    if request.app_network_access_type == "VpcOnly":
        if not request.subnet_ids:
            yield Violation("SubnetIds", expected="subnets, with VpcOnly")
        if request.vpc_id is None:
            yield Violation("VpcId", expected="a VPC, with VpcOnly")


VPC_REQUIRED = superseded(
    "domain/vpc-required",
    severity="warning",
    shape="CreateDomainRequest",
    members=("SubnetIds", "VpcId"),
    message="A domain must have VpcId and SubnetIds.",
    source=Source("2023-11-29", 3283),
    also=(Source("2023-11-29", 3295),),
    by="the service model asks for them unless the access type is PublicInternetOnly, in Unified "
    "Studio: domain/vpc-only-needs-vpc",
)


@rule(
    "domain/trusted-accounts-need-vpc-only",
    severity="advice",
    shape="CreateDomainRequest",
    members=("DomainSettings.DockerSettings.VpcOnlyTrustedAccounts", "AppNetworkAccessType"),
    message="VpcOnlyTrustedAccounts has an effect only with VpcOnly.",
    source=prose("DockerSettings.VpcOnlyTrustedAccounts"),
)
def trusted_accounts_need_vpc_only(request: CreateDomainRequest) -> Iterator[Violation]:
    docker = request.domain_settings.docker_settings if request.domain_settings else None
    if docker and docker.vpc_only_trusted_accounts and request.app_network_access_type != "VpcOnly":
        yield Violation(
            "DomainSettings.DockerSettings.VpcOnlyTrustedAccounts",
            "AppNetworkAccessType",
            expected="the access type VpcOnly",
        )


# RStudio


def _has_rstudio(request: CreateDomainRequest) -> bool:
    settings = request.domain_settings
    return settings is not None and settings.rstudio_server_pro_domain_settings is not None


@rule(
    "domain/rstudio-in-vpc-needs-security-group-management",
    severity="warning",
    shape="CreateDomainRequest",
    members=(
        "DomainSettings.RStudioServerProDomainSettings",
        "AppNetworkAccessType",
        "AppSecurityGroupManagement",
    ),
    message="A domain with RStudio and VpcOnly needs AppSecurityGroupManagement.",
    source=Source("2023-11-29", 3359),
)
def rstudio_in_vpc_needs_security_group_management(
    request: CreateDomainRequest,
) -> Iterator[Violation]:
    if (
        _has_rstudio(request)
        and request.app_network_access_type == "VpcOnly"
        and request.app_security_group_management is None
    ):
        yield Violation(
            "AppSecurityGroupManagement", expected="'Service', with RStudio and VpcOnly"
        )


@rule(
    "domain/rstudio-needs-service-management",
    severity="warning",
    shape="CreateDomainRequest",
    members=("DomainSettings.RStudioServerProDomainSettings", "AppSecurityGroupManagement"),
    message="A domain with RStudio needs the AppSecurityGroupManagement Service.",
    source=Source("2023-11-29", 3359),
)
def rstudio_needs_service_management(request: CreateDomainRequest) -> Iterator[Violation]:
    if _has_rstudio(request) and request.app_security_group_management == "Customer":
        yield Violation("AppSecurityGroupManagement", expected="'Service', with RStudio")


def _is_url(text: str) -> bool:
    return text.startswith(("https://", "http://"))


@rule(
    "domain/rstudio-connect-url",
    severity="warning",
    shape="RStudioServerProDomainSettings",
    members="RStudioConnectUrl",
    message="RStudioConnectUrl must be a URL.",
    source=Source("2023-11-29", 3385),
)
def rstudio_connect_url(settings: RStudioServerProDomainSettings) -> Iterator[Violation]:
    url = settings.rstudio_connect_url
    if url is not None and not _is_url(url):
        yield Violation("RStudioConnectUrl", expected="a URL, with https://")


@rule(
    "domain/rstudio-package-manager-url",
    severity="warning",
    shape="RStudioServerProDomainSettings",
    members="RStudioPackageManagerUrl",
    message="RStudioPackageManagerUrl must be a URL.",
    source=Source("2023-11-29", 3389),
)
def rstudio_package_manager_url(settings: RStudioServerProDomainSettings) -> Iterator[Violation]:
    url = settings.rstudio_package_manager_url
    if url is not None and not _is_url(url):
        yield Violation("RStudioPackageManagerUrl", expected="a URL, with https://")


# Keys and identity


@rule(
    "domain/home-efs-key-is-kms-key",
    severity="advice",
    shape="CreateDomainRequest",
    members=("HomeEfsFileSystemKmsKeyId", "KmsKeyId"),
    message="HomeEfsFileSystemKmsKeyId is deprecated; use KmsKeyId.",
    source=Source("2023-11-29", 3343),
    also=(prose("CreateDomainRequest.HomeEfsFileSystemKmsKeyId"),),
)
def home_efs_key_is_kms_key(request: CreateDomainRequest) -> Iterator[Violation]:
    if request.home_efs_file_system_kms_key_id:
        yield Violation("HomeEfsFileSystemKmsKeyId", expected="KmsKeyId in its place")


@rule(
    "domain/amazon-q-needs-sso",
    severity="warning",
    shape="CreateDomainRequest",
    members=("DomainSettings.AmazonQSettings", "AuthMode"),
    message="AmazonQSettings needs the AuthMode SSO.",
    source=prose("DomainSettings.AmazonQSettings"),
)
def amazon_q_needs_sso(request: CreateDomainRequest) -> Iterator[Violation]:
    settings = request.domain_settings
    if settings is not None and settings.amazon_q_settings and request.auth_mode == "IAM":
        yield Violation("DomainSettings.AmazonQSettings", "AuthMode", expected="the AuthMode SSO")


# Settings of users


@rule(
    "domain/landing-page",
    severity="warning",
    shape="UserSettings",
    members="DefaultLandingUri",
    message="DefaultLandingUri supports Studio and Studio Classic.",
    source=Source("2023-11-29", 3267),
    also=(Source("2023-11-29", 3271),),
)
def landing_page(settings: UserSettings) -> Iterator[Violation]:
    if settings.default_landing_uri not in {"studio::", "app:JupyterServer:"}:
        yield Violation("DefaultLandingUri", expected="'studio::' or 'app:JupyterServer:'")


@rule(
    "domain/landing-in-studio-needs-portal",
    severity="warning",
    shape="UserSettings",
    members=("DefaultLandingUri", "StudioWebPortal"),
    message="The landing page 'studio::' needs the StudioWebPortal ENABLED.",
    source=Source("2023-11-29", 3269),
    also=(Source("2023-11-29", 3275),),
    note="checked only if StudioWebPortal is set; otherwise the setting of the domain applies",
)
def landing_in_studio_needs_portal(settings: UserSettings) -> Iterator[Violation]:
    if settings.default_landing_uri == "studio::" and settings.studio_web_portal == "DISABLED":
        yield Violation("DefaultLandingUri", "StudioWebPortal", expected="StudioWebPortal ENABLED")


@rule(
    "domain/sharing-output-needs-path",
    severity="advice",
    shape="SharingSettings",
    members=("NotebookOutputOption", "S3OutputPath"),
    message="Shared notebook output needs an S3OutputPath.",
    source=Source("2023-11-29", 2959),
)
def sharing_output_needs_path(settings: SharingSettings) -> Iterator[Violation]:
    if settings.notebook_output_option == "Allowed" and settings.s3_output_path is None:
        yield Violation("NotebookOutputOption", "S3OutputPath", expected="an S3OutputPath")


@rule(
    "domain/sharing-path-needs-output",
    severity="advice",
    shape="SharingSettings",
    members=("S3OutputPath", "NotebookOutputOption"),
    message="S3OutputPath has an effect only if NotebookOutputOption is Allowed.",
    source=Source("2023-11-29", 2959),
    also=(Source("2023-11-29", 2955),),
)
def sharing_path_needs_output(settings: SharingSettings) -> Iterator[Violation]:
    if settings.notebook_output_option in {None, "Disabled"}:
        yield Violation("S3OutputPath", "NotebookOutputOption", expected="'Allowed', for a path")


@rule(
    "domain/sharing-key-needs-output",
    severity="advice",
    shape="SharingSettings",
    members=("S3KmsKeyId", "NotebookOutputOption"),
    message="S3KmsKeyId has an effect only if NotebookOutputOption is Allowed.",
    source=Source("2023-11-29", 2963),
    also=(Source("2023-11-29", 2955),),
)
def sharing_key_needs_output(settings: SharingSettings) -> Iterator[Violation]:
    if settings.s3_kms_key_id and settings.notebook_output_option in {None, "Disabled"}:
        yield Violation("S3KmsKeyId", "NotebookOutputOption", expected="'Allowed', for a key")


@rule(
    "domain/no-default-of-a-default",
    severity="warning",
    shape=("CreateDomainRequest", "UpdateDomainRequest"),
    members="DefaultUserSettings.AutoMountHomeEFS",
    message="The value DefaultAsDomain is only for user profiles, not for a domain.",
    source=prose("UserSettings.AutoMountHomeEFS"),
)
def no_default_of_a_default(
    request: CreateDomainRequest | UpdateDomainRequest,
) -> Iterator[Violation]:
    settings = request.default_user_settings
    if settings is not None and settings.auto_mount_home_efs == "DefaultAsDomain":
        yield Violation("DefaultUserSettings.AutoMountHomeEFS", expected="'Enabled' or 'Disabled'")


@rule(
    "domain/volume-default-within-maximum",
    severity="warning",
    shape="DefaultEbsStorageSettings",
    members=("DefaultEbsVolumeSizeInGb", "MaximumEbsVolumeSizeInGb"),
    message="DefaultEbsVolumeSizeInGb must not exceed MaximumEbsVolumeSizeInGb.",
    source=prose("DefaultEbsStorageSettings.MaximumEbsVolumeSizeInGb"),
)
def volume_default_within_maximum(settings: DefaultEbsStorageSettings) -> Iterator[Violation]:
    if settings.default_ebs_volume_size_in_gb > settings.maximum_ebs_volume_size_in_gb:
        yield Violation("DefaultEbsVolumeSizeInGb", "MaximumEbsVolumeSizeInGb")


@rule(
    "domain/idle-time-within-bounds",
    severity="warning",
    shape="IdleSettings",
    members=("IdleTimeoutInMinutes", "MinIdleTimeoutInMinutes", "MaxIdleTimeoutInMinutes"),
    message="MinIdleTimeoutInMinutes must not exceed MaxIdleTimeoutInMinutes.",
    source=prose("IdleSettings.MinIdleTimeoutInMinutes"),
    also=(prose("IdleSettings.MaxIdleTimeoutInMinutes"),),
    always=True,
)
def idle_time_within_bounds(settings: IdleSettings) -> Iterator[Violation]:
    least, most = settings.min_idle_timeout_in_minutes, settings.max_idle_timeout_in_minutes
    if least is not None and most is not None and least > most:
        yield Violation("MinIdleTimeoutInMinutes", "MaxIdleTimeoutInMinutes")


@rule(
    "domain/hidden-image-and-versions",
    severity="warning",
    shape="HiddenSageMakerImage",
    members=("SageMakerImageName", "VersionAliases"),
    message="A hidden image needs SageMakerImageName and VersionAliases.",
    source=prose("HiddenSageMakerImage"),
    always=True,
)
def hidden_image_and_versions(image: HiddenSageMakerImage) -> Iterator[Violation]:
    if image.sage_maker_image_name is None:
        yield Violation("SageMakerImageName", expected="the name of an image")
    if not image.version_aliases:
        yield Violation("VersionAliases", expected="the versions to hide")


# Apps of a user


@rule(
    "domain/jupyter-server-lifecycle-needs-resources",
    severity="warning",
    shape="JupyterServerAppSettings",
    members=("LifecycleConfigArns", "DefaultResourceSpec"),
    message="LifecycleConfigArns of a JupyterServer app needs a DefaultResourceSpec.",
    source=Source("2023-11-29", 3001),
    also=(Source("2023-11-29", 2971),),
    note="an empty list takes lifecycle configurations away and needs nothing",
)
def jupyter_server_lifecycle_needs_resources(
    settings: JupyterServerAppSettings,
) -> Iterator[Violation]:
    if settings.lifecycle_config_arns and settings.default_resource_spec is None:
        yield Violation(
            "LifecycleConfigArns", "DefaultResourceSpec", expected="a DefaultResourceSpec"
        )


@rule(
    "domain/jupyter-server-runs-on-system",
    severity="warning",
    shape="JupyterServerAppSettings",
    members="DefaultResourceSpec.InstanceType",
    message="JupyterServer apps support only the instance type system.",
    source=Source("2023-11-29", 2991),
)
def jupyter_server_runs_on_system(settings: JupyterServerAppSettings) -> Iterator[Violation]:
    resources = settings.default_resource_spec
    if resources is not None and other_than_system(resources):
        yield Violation("DefaultResourceSpec.InstanceType", expected="'system'")


# Landing pages

LANDINGS = (
    "studio::",
    "app:JupyterServer:",
    "app:JupyterLab:",
    "app:RStudioServerPro:",
    "app:CodeEditor:",
    "app:Canvas:",
)


@rule(
    "presigned-domain-url/landing-page",
    severity="warning",
    shape="CreatePresignedDomainUrlRequest",
    members="LandingUri",
    message="LandingUri must lead to Studio or to one of five apps.",
    source=Source("2023-11-29", 4480),
    also=(prose("CreatePresignedDomainUrlRequest.LandingUri"),),
    note="Code Editor, which 2023-11-29 does not list, is listed by the service model",
)
def presigned_landing_page(request: CreatePresignedDomainUrlRequest) -> Iterator[Violation]:
    if request.landing_uri is not None and not request.landing_uri.startswith(LANDINGS):
        yield Violation("LandingUri", expected=f"one of {', '.join(LANDINGS)} and a relative path")
