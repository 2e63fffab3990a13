"""Domains, and the settings of their users, spaces and apps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._rule import Breach, Source, prose, rule, superseded
from sagemaker_typed.rules._studio import other_than_system

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
    grade="warning",
    shape="CreateDomainRequest",
    members=("AppNetworkAccessType", "DefaultUserSettings.SecurityGroups"),
    says="A domain that keeps to its VPC has security groups for its users.",
    source=Source("2023-11-29", 2943),
)
def vpc_only_needs_security_groups(request: CreateDomainRequest) -> Iterator[Breach]:
    if request.app_network_access_type == "VpcOnly" and (
        not request.default_user_settings.security_groups
    ):
        yield Breach("DefaultUserSettings.SecurityGroups", expected="security groups, with VpcOnly")


@rule(
    "domain/four-security-groups",
    grade="warning",
    shape="UserSettings",
    members="SecurityGroups",
    says="One of the five security groups is the service's own.",
    source=Source("2023-11-29", 2945),
)
def four_security_groups(settings: UserSettings) -> Iterator[Breach]:
    if settings.security_groups and len(settings.security_groups) > 4:
        yield Breach("SecurityGroups", expected="at most 4")


@rule(
    "domain/vpc-only-needs-vpc",
    grade="warning",
    shape="CreateDomainRequest",
    members=("AppNetworkAccessType", "SubnetIds", "VpcId"),
    says="A domain that keeps to its VPC says which, and its subnets.",
    source=prose("CreateDomainRequest.SubnetIds"),
    also=(prose("CreateDomainRequest.VpcId"),),
)
def vpc_only_needs_vpc(request: CreateDomainRequest) -> Iterator[Breach]:
    if request.app_network_access_type == "VpcOnly":
        if not request.subnet_ids:
            yield Breach("SubnetIds", expected="subnets, with VpcOnly")
        if request.vpc_id is None:
            yield Breach("VpcId", expected="a VPC, with VpcOnly")


VPC_REQUIRED = superseded(
    "domain/vpc-required",
    grade="warning",
    shape="CreateDomainRequest",
    members=("SubnetIds", "VpcId"),
    says="Every domain has a VPC and subnets.",
    source=Source("2023-11-29", 3283),
    also=(Source("2023-11-29", 3295),),
    by="the service model asks for them unless the access type is PublicInternetOnly, in Unified "
    "Studio: domain/vpc-only-needs-vpc",
)


@rule(
    "domain/trusted-accounts-need-vpc-only",
    grade="advice",
    shape="CreateDomainRequest",
    members=("DomainSettings.DockerSettings.VpcOnlyTrustedAccounts", "AppNetworkAccessType"),
    says="Accounts are trusted for Docker where the domain keeps to its VPC.",
    source=prose("DockerSettings.VpcOnlyTrustedAccounts"),
)
def trusted_accounts_need_vpc_only(request: CreateDomainRequest) -> Iterator[Breach]:
    docker = request.domain_settings.docker_settings if request.domain_settings else None
    if docker and docker.vpc_only_trusted_accounts and request.app_network_access_type != "VpcOnly":
        yield Breach(
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
    grade="warning",
    shape="CreateDomainRequest",
    members=(
        "DomainSettings.RStudioServerProDomainSettings",
        "AppNetworkAccessType",
        "AppSecurityGroupManagement",
    ),
    says="With RStudio and its VPC alone, a domain says who manages the security groups.",
    source=Source("2023-11-29", 3359),
)
def rstudio_in_vpc_needs_security_group_management(
    request: CreateDomainRequest,
) -> Iterator[Breach]:
    if (
        _has_rstudio(request)
        and request.app_network_access_type == "VpcOnly"
        and request.app_security_group_management is None
    ):
        yield Breach("AppSecurityGroupManagement", expected="'Service', with RStudio and VpcOnly")


@rule(
    "domain/rstudio-needs-service-management",
    grade="warning",
    shape="CreateDomainRequest",
    members=("DomainSettings.RStudioServerProDomainSettings", "AppSecurityGroupManagement"),
    says="With RStudio, the service manages the security groups.",
    source=Source("2023-11-29", 3359),
)
def rstudio_needs_service_management(request: CreateDomainRequest) -> Iterator[Breach]:
    if _has_rstudio(request) and request.app_security_group_management == "Customer":
        yield Breach("AppSecurityGroupManagement", expected="'Service', with RStudio")


def _is_url(text: str) -> bool:
    return text.startswith(("https://", "http://"))


@rule(
    "domain/rstudio-connect-url",
    grade="warning",
    shape="RStudioServerProDomainSettings",
    members="RStudioConnectUrl",
    says="The server of RStudio Connect is named by its URL.",
    source=Source("2023-11-29", 3385),
)
def rstudio_connect_url(settings: RStudioServerProDomainSettings) -> Iterator[Breach]:
    url = settings.rstudio_connect_url
    if url is not None and not _is_url(url):
        yield Breach("RStudioConnectUrl", expected="a URL, with https://")


@rule(
    "domain/rstudio-package-manager-url",
    grade="warning",
    shape="RStudioServerProDomainSettings",
    members="RStudioPackageManagerUrl",
    says="The server of RStudio Package Manager is named by its URL.",
    source=Source("2023-11-29", 3389),
)
def rstudio_package_manager_url(settings: RStudioServerProDomainSettings) -> Iterator[Breach]:
    url = settings.rstudio_package_manager_url
    if url is not None and not _is_url(url):
        yield Breach("RStudioPackageManagerUrl", expected="a URL, with https://")


# Keys and identity


@rule(
    "domain/home-efs-key-is-kms-key",
    grade="advice",
    shape="CreateDomainRequest",
    members=("HomeEfsFileSystemKmsKeyId", "KmsKeyId"),
    says="The member is deprecated: the key of the file system is KmsKeyId.",
    source=Source("2023-11-29", 3343),
    also=(prose("CreateDomainRequest.HomeEfsFileSystemKmsKeyId"),),
)
def home_efs_key_is_kms_key(request: CreateDomainRequest) -> Iterator[Breach]:
    del request
    yield Breach("HomeEfsFileSystemKmsKeyId", expected="KmsKeyId in its place")


@rule(
    "domain/amazon-q-needs-sso",
    grade="warning",
    shape="CreateDomainRequest",
    members=("DomainSettings.AmazonQSettings", "AuthMode"),
    says="Amazon Q is for domains whose users come through SSO.",
    source=prose("DomainSettings.AmazonQSettings"),
)
def amazon_q_needs_sso(request: CreateDomainRequest) -> Iterator[Breach]:
    settings = request.domain_settings
    if settings is not None and settings.amazon_q_settings and request.auth_mode == "IAM":
        yield Breach("DomainSettings.AmazonQSettings", "AuthMode", expected="the AuthMode SSO")


# Settings of users


@rule(
    "domain/landing-page",
    grade="warning",
    shape="UserSettings",
    members="DefaultLandingUri",
    says="Users land in Studio or in Studio Classic.",
    source=Source("2023-11-29", 3267),
    also=(Source("2023-11-29", 3271),),
)
def landing_page(settings: UserSettings) -> Iterator[Breach]:
    if settings.default_landing_uri not in {"studio::", "app:JupyterServer:"}:
        yield Breach("DefaultLandingUri", expected="'studio::' or 'app:JupyterServer:'")


@rule(
    "domain/landing-in-studio-needs-portal",
    grade="warning",
    shape="UserSettings",
    members=("DefaultLandingUri", "StudioWebPortal"),
    says="Users land in Studio only where they may use it.",
    source=Source("2023-11-29", 3269),
    also=(Source("2023-11-29", 3275),),
    note="checked where StudioWebPortal is given: otherwise the domain's own setting holds",
)
def landing_in_studio_needs_portal(settings: UserSettings) -> Iterator[Breach]:
    if settings.default_landing_uri == "studio::" and settings.studio_web_portal == "DISABLED":
        yield Breach("DefaultLandingUri", "StudioWebPortal", expected="StudioWebPortal ENABLED")


@rule(
    "domain/sharing-output-needs-path",
    grade="advice",
    shape="SharingSettings",
    members=("NotebookOutputOption", "S3OutputPath"),
    says="Shared output is kept in a bucket.",
    source=Source("2023-11-29", 2959),
)
def sharing_output_needs_path(settings: SharingSettings) -> Iterator[Breach]:
    if settings.notebook_output_option == "Allowed" and settings.s3_output_path is None:
        yield Breach("NotebookOutputOption", "S3OutputPath", expected="an S3OutputPath")


@rule(
    "domain/sharing-path-needs-output",
    grade="advice",
    shape="SharingSettings",
    members=("S3OutputPath", "NotebookOutputOption"),
    says="The bucket has no use where no output is shared, which is the default.",
    source=Source("2023-11-29", 2959),
    also=(Source("2023-11-29", 2955),),
)
def sharing_path_needs_output(settings: SharingSettings) -> Iterator[Breach]:
    if settings.notebook_output_option in {None, "Disabled"}:
        yield Breach("S3OutputPath", "NotebookOutputOption", expected="'Allowed', for a path")


@rule(
    "domain/sharing-key-needs-output",
    grade="advice",
    shape="SharingSettings",
    members=("S3KmsKeyId", "NotebookOutputOption"),
    says="The key has no use where no output is shared, which is the default.",
    source=Source("2023-11-29", 2963),
    also=(Source("2023-11-29", 2955),),
)
def sharing_key_needs_output(settings: SharingSettings) -> Iterator[Breach]:
    if settings.notebook_output_option in {None, "Disabled"}:
        yield Breach("S3KmsKeyId", "NotebookOutputOption", expected="'Allowed', for a key")


@rule(
    "domain/no-default-of-a-default",
    grade="warning",
    shape=("CreateDomainRequest", "UpdateDomainRequest"),
    members="DefaultUserSettings.AutoMountHomeEFS",
    says="A user may go by the domain's choice of mounting; the domain makes one.",
    source=prose("UserSettings.AutoMountHomeEFS"),
)
def no_default_of_a_default(
    request: CreateDomainRequest | UpdateDomainRequest,
) -> Iterator[Breach]:
    settings = request.default_user_settings
    if settings is not None and settings.auto_mount_home_efs == "DefaultAsDomain":
        yield Breach("DefaultUserSettings.AutoMountHomeEFS", expected="'Enabled' or 'Disabled'")


@rule(
    "domain/volume-default-within-maximum",
    grade="warning",
    shape="DefaultEbsStorageSettings",
    members=("DefaultEbsVolumeSizeInGb", "MaximumEbsVolumeSizeInGb"),
    says="The volume that a space starts with is no larger than the largest it may have.",
    source=prose("DefaultEbsStorageSettings.MaximumEbsVolumeSizeInGb"),
)
def volume_default_within_maximum(settings: DefaultEbsStorageSettings) -> Iterator[Breach]:
    if settings.default_ebs_volume_size_in_gb > settings.maximum_ebs_volume_size_in_gb:
        yield Breach("DefaultEbsVolumeSizeInGb", "MaximumEbsVolumeSizeInGb")


@rule(
    "domain/idle-time-within-bounds",
    grade="warning",
    shape="IdleSettings",
    members=("IdleTimeoutInMinutes", "MinIdleTimeoutInMinutes", "MaxIdleTimeoutInMinutes"),
    says="The shortest idle time, the one that is set and the longest follow one another.",
    source=prose("IdleSettings.MinIdleTimeoutInMinutes"),
    also=(prose("IdleSettings.MaxIdleTimeoutInMinutes"),),
    always=True,
)
def idle_time_within_bounds(settings: IdleSettings) -> Iterator[Breach]:
    least, most = settings.min_idle_timeout_in_minutes, settings.max_idle_timeout_in_minutes
    if least is not None and most is not None and least > most:
        yield Breach("MinIdleTimeoutInMinutes", "MaxIdleTimeoutInMinutes")


@rule(
    "domain/hidden-image-and-versions",
    grade="warning",
    shape="HiddenSageMakerImage",
    members=("SageMakerImageName", "VersionAliases"),
    says="A hidden image is named with the versions that are hidden.",
    source=prose("HiddenSageMakerImage"),
    always=True,
)
def hidden_image_and_versions(image: HiddenSageMakerImage) -> Iterator[Breach]:
    if image.sage_maker_image_name is None:
        yield Breach("SageMakerImageName", expected="the name of an image")
    if not image.version_aliases:
        yield Breach("VersionAliases", expected="the versions to hide")


# Apps of a user


@rule(
    "domain/jupyter-server-lifecycle-needs-resources",
    grade="warning",
    shape="JupyterServerAppSettings",
    members=("LifecycleConfigArns", "DefaultResourceSpec"),
    says="Lifecycle configurations of a Jupyter server come with a default resource.",
    source=Source("2023-11-29", 3001),
    also=(Source("2023-11-29", 2971),),
    note="an empty list takes lifecycle configurations away and needs nothing",
)
def jupyter_server_lifecycle_needs_resources(
    settings: JupyterServerAppSettings,
) -> Iterator[Breach]:
    if settings.lifecycle_config_arns and settings.default_resource_spec is None:
        yield Breach("LifecycleConfigArns", "DefaultResourceSpec", expected="a DefaultResourceSpec")


@rule(
    "domain/jupyter-server-runs-on-system",
    grade="warning",
    shape="JupyterServerAppSettings",
    members="DefaultResourceSpec.InstanceType",
    says="A Jupyter server runs on the instance type system.",
    source=Source("2023-11-29", 2991),
)
def jupyter_server_runs_on_system(settings: JupyterServerAppSettings) -> Iterator[Breach]:
    resources = settings.default_resource_spec
    if resources is not None and other_than_system(resources):
        yield Breach("DefaultResourceSpec.InstanceType", expected="'system'")


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
    grade="warning",
    shape="CreatePresignedDomainUrlRequest",
    members="LandingUri",
    says="The URL leads into Studio or into one of five apps.",
    source=Source("2023-11-29", 4480),
    also=(prose("CreatePresignedDomainUrlRequest.LandingUri"),),
    note="Code Editor, which 2023-11-29 does not list, is listed by the service model",
)
def presigned_landing_page(request: CreatePresignedDomainUrlRequest) -> Iterator[Breach]:
    if request.landing_uri is not None and not request.landing_uri.startswith(LANDINGS):
        yield Breach("LandingUri", expected=f"one of {', '.join(LANDINGS)} and a relative path")
