"""Domains, user profiles, spaces, apps and notebook instances."""

from __future__ import annotations

from tests.rules.cases import ALIAS, ROLE, Case, Given, of


def domain(users: Given | None = None, **more: object) -> Given:
    return (
        of(
            DomainName="domain",
            AuthMode="IAM",
            DefaultUserSettings=of(ExecutionRole=ROLE) | (users or {}),
            SubnetIds=["subnet-1"],
            VpcId="vpc-1",
        )
        | more
    )


GROUPS = of(SecurityGroups=["sg-1"])
RSTUDIO = of(RStudioServerProDomainSettings=of(DomainExecutionRoleArn=ROLE))
APP = of(DomainId="d-1", AppName="default")
IMAGE_ARN = "arn:aws:sagemaker:us-west-2:111122223333:image/mine"
VERSION_ARN = "arn:aws:sagemaker:us-west-2:111122223333:image-version/mine/1"
PLAN = "arn:aws:sagemaker:us-west-2:111122223333:training-plan/plan"
LIFECYCLE = "arn:aws:sagemaker:us-west-2:111122223333:studio-lifecycle-config/script"


def images(count: int) -> Given:
    each = of(ImageName="mine", AppImageConfigName="config")
    return of(KernelGatewayAppSettings=of(CustomImages=[each] * count))


def notebook(**more: object) -> Given:
    return of(NotebookInstanceName="notebook", InstanceType="ml.t3.medium", RoleArn=ROLE, **more)


CASES = (
    Case(
        "domain/vpc-only-needs-security-groups",
        "CreateDomainRequest",
        domain(GROUPS, AppNetworkAccessType="VpcOnly"),
        domain(AppNetworkAccessType="VpcOnly"),
    ),
    Case(
        "domain/four-security-groups",
        "UserSettings",
        of(SecurityGroups=["sg-1", "sg-2", "sg-3", "sg-4"]),
        of(SecurityGroups=["sg-1", "sg-2", "sg-3", "sg-4", "sg-5"]),
    ),
    Case(
        "domain/vpc-only-needs-vpc",
        "CreateDomainRequest",
        of(
            DomainName="domain",
            AuthMode="IAM",
            DefaultUserSettings=of(ExecutionRole=ROLE),
            AppNetworkAccessType="PublicInternetOnly",
        ),
        of(
            DomainName="domain",
            AuthMode="IAM",
            DefaultUserSettings=of(ExecutionRole=ROLE, **GROUPS),
            AppNetworkAccessType="VpcOnly",
        ),
    ),
    Case(
        "domain/trusted-accounts-need-vpc-only",
        "CreateDomainRequest",
        domain(
            GROUPS,
            AppNetworkAccessType="VpcOnly",
            DomainSettings=of(DockerSettings=of(VpcOnlyTrustedAccounts=["111122223333"])),
        ),
        domain(DomainSettings=of(DockerSettings=of(VpcOnlyTrustedAccounts=["111122223333"]))),
    ),
    Case(
        "domain/rstudio-in-vpc-needs-security-group-management",
        "CreateDomainRequest",
        domain(
            GROUPS,
            AppNetworkAccessType="VpcOnly",
            DomainSettings=RSTUDIO,
            AppSecurityGroupManagement="Service",
        ),
        domain(GROUPS, AppNetworkAccessType="VpcOnly", DomainSettings=RSTUDIO),
    ),
    Case(
        "domain/rstudio-needs-service-management",
        "CreateDomainRequest",
        domain(DomainSettings=RSTUDIO, AppSecurityGroupManagement="Service"),
        domain(DomainSettings=RSTUDIO, AppSecurityGroupManagement="Customer"),
    ),
    Case(
        "domain/home-efs-key-is-kms-key",
        "CreateDomainRequest",
        domain(KmsKeyId=ALIAS),
        domain(HomeEfsFileSystemKmsKeyId=ALIAS),
    ),
    Case(
        "domain/amazon-q-needs-sso",
        "CreateDomainRequest",
        domain(AuthMode="SSO", DomainSettings=of(AmazonQSettings=of(Status="ENABLED"))),
        domain(DomainSettings=of(AmazonQSettings=of(Status="ENABLED"))),
    ),
    Case(
        "domain/landing-page",
        "UserSettings",
        of(DefaultLandingUri="app:JupyterServer:"),
        of(DefaultLandingUri="app:Canvas:"),
    ),
    Case(
        "domain/landing-in-studio-needs-portal",
        "UserSettings",
        of(DefaultLandingUri="studio::", StudioWebPortal="ENABLED"),
        of(DefaultLandingUri="studio::", StudioWebPortal="DISABLED"),
    ),
    Case(
        "domain/sharing-output-needs-path",
        "SharingSettings",
        of(NotebookOutputOption="Allowed", S3OutputPath="s3://bucket/shared"),
        of(NotebookOutputOption="Allowed"),
    ),
    Case(
        "domain/sharing-path-needs-output",
        "SharingSettings",
        of(NotebookOutputOption="Allowed", S3OutputPath="s3://bucket/shared"),
        of(S3OutputPath="s3://bucket/shared"),
    ),
    Case(
        "domain/sharing-key-needs-output",
        "SharingSettings",
        of(NotebookOutputOption="Allowed", S3OutputPath="s3://b/s", S3KmsKeyId=ALIAS),
        of(NotebookOutputOption="Disabled", S3KmsKeyId=ALIAS),
    ),
    Case(
        "domain/no-default-of-a-default",
        "UpdateDomainRequest",
        of(DomainId="d-1", DefaultUserSettings=of(AutoMountHomeEFS="Enabled")),
        of(DomainId="d-1", DefaultUserSettings=of(AutoMountHomeEFS="DefaultAsDomain")),
    ),
    Case(
        "domain/volume-default-within-maximum",
        "DefaultEbsStorageSettings",
        of(DefaultEbsVolumeSizeInGb=5, MaximumEbsVolumeSizeInGb=5),
        of(DefaultEbsVolumeSizeInGb=6, MaximumEbsVolumeSizeInGb=5),
    ),
    Case(
        "domain/idle-time-within-bounds",
        "IdleSettings",
        of(MinIdleTimeoutInMinutes=60, MaxIdleTimeoutInMinutes=120),
        of(MinIdleTimeoutInMinutes=121, MaxIdleTimeoutInMinutes=120),
    ),
    Case(
        "domain/hidden-image-and-versions",
        "HiddenSageMakerImage",
        of(SageMakerImageName="sagemaker_distribution", VersionAliases=["1.0"]),
        of(SageMakerImageName="sagemaker_distribution"),
    ),
    Case(
        "domain/jupyter-server-lifecycle-needs-resources",
        "JupyterServerAppSettings",
        of(LifecycleConfigArns=[LIFECYCLE], DefaultResourceSpec=of(InstanceType="system")),
        of(LifecycleConfigArns=[LIFECYCLE]),
    ),
    Case(
        "domain/jupyter-server-runs-on-system",
        "JupyterServerAppSettings",
        of(LifecycleConfigArns=[], DefaultResourceSpec=of(InstanceType="system")),
        of(DefaultResourceSpec=of(InstanceType="ml.t3.medium")),
    ),
    Case(
        "presigned-domain-url/landing-page",
        "CreatePresignedDomainUrlRequest",
        of(DomainId="d-1", UserProfileName="me", LandingUri="app:CodeEditor:lab"),
        of(DomainId="d-1", UserProfileName="me", LandingUri="https://example.com/"),
    ),
    Case(
        "app/jupyter-server-runs-on-system",
        "CreateAppRequest",
        APP
        | of(
            UserProfileName="me",
            AppType="KernelGateway",
            ResourceSpec=of(InstanceType="ml.t3.medium"),
        ),
        APP
        | of(
            UserProfileName="me",
            AppType="JupyterServer",
            ResourceSpec=of(InstanceType="ml.t3.medium"),
        ),
    ),
    Case(
        "app/user-profile-or-space",
        "DescribeAppRequest",
        APP | of(SpaceName="space", AppType="JupyterLab"),
        APP | of(AppType="JupyterLab"),
    ),
    Case(
        "app/training-plan-for-notebooks",
        "CreateAppRequest",
        APP | of(SpaceName="space", AppType="CodeEditor", ResourceSpec=of(TrainingPlanArn=PLAN)),
        APP | of(SpaceName="space", AppType="Canvas", ResourceSpec=of(TrainingPlanArn=PLAN)),
    ),
    Case(
        "app/version-arn-hides-image-arn",
        "ResourceSpec",
        of(SageMakerImageArn=IMAGE_ARN, SageMakerImageVersionArn="None"),
        of(SageMakerImageArn=IMAGE_ARN, SageMakerImageVersionArn=VERSION_ARN),
    ),
    Case(
        "user-profile/custom-images",
        "CreateUserProfileRequest",
        of(DomainId="d-1", UserProfileName="me", UserSettings=images(5)),
        of(DomainId="d-1", UserProfileName="me", UserSettings=images(6)),
    ),
    Case(
        "space/custom-images",
        "UpdateSpaceRequest",
        of(DomainId="d-1", SpaceName="space", SpaceSettings=images(5)),
        of(DomainId="d-1", SpaceName="space", SpaceSettings=images(6)),
    ),
    Case(
        "user-profile/single-sign-on-as-a-pair",
        "CreateUserProfileRequest",
        of(
            DomainId="d-1",
            UserProfileName="me",
            SingleSignOnUserIdentifier="UserName",
            SingleSignOnUserValue="me",
        ),
        of(DomainId="d-1", UserProfileName="me", SingleSignOnUserValue="me"),
    ),
    # Notebook instances
    Case(
        "notebook-instance/no-internet-needs-subnet",
        "CreateNotebookInstanceRequest",
        notebook(DirectInternetAccess="Disabled", SubnetId="subnet-1"),
        notebook(DirectInternetAccess="Disabled"),
    ),
    Case(
        "notebook-instance/security-groups-need-subnet",
        "CreateNotebookInstanceRequest",
        notebook(SubnetId="subnet-1", SecurityGroupIds=["sg-1"]),
        notebook(SecurityGroupIds=["sg-1"]),
    ),
    Case(
        "notebook-instance/security-group-id",
        "CreateNotebookInstanceRequest",
        notebook(SubnetId="subnet-1", SecurityGroupIds=["sg-1"]),
        notebook(SubnetId="subnet-1", SecurityGroupIds=["default"]),
    ),
    Case(
        "notebook-instance/no-elastic-inference",
        "CreateNotebookInstanceRequest",
        notebook(),
        notebook(AcceleratorTypes=["ml.eia1.medium"]),
    ),
    Case(
        "notebook-instance/no-elastic-inference-to-take-away",
        "UpdateNotebookInstanceRequest",
        of(NotebookInstanceName="notebook", VolumeSizeInGB=10),
        of(NotebookInstanceName="notebook", DisassociateAcceleratorTypes=True),
    ),
    Case(
        "notebook-instance/lifecycle-script-in-base64",
        "NotebookInstanceLifecycleHook",
        of(Content="IyEvYmluL2Jhc2gKdG91Y2ggL3RtcC94Cg=="),
        of(Content="#!/bin/bash\ntouch /tmp/x\n"),
    ),
    Case(
        "notebook-instance/lifecycle-script-in-base64",
        "NotebookInstanceLifecycleHook",
        of(Content="IyEvYmluL2Jhc2gKdG91Y2ggL3RtcC94Cg=="),
        of(Content="echo naïve"),
    ),
    Case(
        "studio-lifecycle-config/script-in-base64",
        "CreateStudioLifecycleConfigRequest",
        of(
            StudioLifecycleConfigName="script",
            StudioLifecycleConfigContent="IyEvYmluL2Jhc2gKdG91Y2ggL3RtcC94Cg==",
            StudioLifecycleConfigAppType="JupyterLab",
        ),
        of(
            StudioLifecycleConfigName="script",
            StudioLifecycleConfigContent="#!/bin/bash",
            StudioLifecycleConfigAppType="JupyterLab",
        ),
    ),
    Case(
        "notebook-instance/set-lifecycle-or-take-it-away",
        "UpdateNotebookInstanceRequest",
        of(NotebookInstanceName="n", DisassociateLifecycleConfig=True),
        of(NotebookInstanceName="n", DisassociateLifecycleConfig=True, LifecycleConfigName="c"),
    ),
    Case(
        "notebook-instance/set-default-repository-or-take-it-away",
        "UpdateNotebookInstanceRequest",
        of(NotebookInstanceName="n", DisassociateDefaultCodeRepository=True),
        of(
            NotebookInstanceName="n",
            DisassociateDefaultCodeRepository=True,
            DefaultCodeRepository="repository",
        ),
    ),
    Case(
        "notebook-instance/set-repositories-or-take-them-away",
        "UpdateNotebookInstanceRequest",
        of(NotebookInstanceName="n", DisassociateAdditionalCodeRepositories=True),
        of(
            NotebookInstanceName="n",
            DisassociateAdditionalCodeRepositories=True,
            AdditionalCodeRepositories=["repository"],
        ),
    ),
    Case(
        "domain/rstudio-connect-url",
        "RStudioServerProDomainSettings",
        of(DomainExecutionRoleArn=ROLE, RStudioConnectUrl="https://connect.example.com/"),
        of(DomainExecutionRoleArn=ROLE, RStudioConnectUrl="connect"),
    ),
    Case(
        "domain/rstudio-package-manager-url",
        "RStudioServerProDomainSettings",
        of(DomainExecutionRoleArn=ROLE, RStudioPackageManagerUrl="https://packages.example.com/"),
        of(DomainExecutionRoleArn=ROLE, RStudioPackageManagerUrl="packages"),
    ),
    # The same of other requests
    *(
        Case(
            "app/user-profile-or-space",
            f"{operation}AppRequest",
            APP | of(UserProfileName="me", AppType="Canvas"),
            APP | of(AppType="Canvas"),
        )
        for operation in ("Create", "Delete")
    ),
    Case(
        "domain/no-default-of-a-default",
        "CreateDomainRequest",
        domain(of(AutoMountHomeEFS="Disabled")),
        domain(of(AutoMountHomeEFS="DefaultAsDomain")),
    ),
    Case(
        "notebook-instance/no-elastic-inference",
        "UpdateNotebookInstanceRequest",
        of(NotebookInstanceName="n"),
        of(NotebookInstanceName="n", AcceleratorTypes=["ml.eia1.medium"]),
    ),
    Case(
        "space/custom-images",
        "CreateSpaceRequest",
        of(DomainId="d-1", SpaceName="space", SpaceSettings=images(5)),
        of(DomainId="d-1", SpaceName="space", SpaceSettings=images(6)),
    ),
    Case(
        "user-profile/custom-images",
        "UpdateUserProfileRequest",
        of(DomainId="d-1", UserProfileName="me", UserSettings=images(5)),
        of(DomainId="d-1", UserProfileName="me", UserSettings=images(6)),
    ),
)
