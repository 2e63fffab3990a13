"""Clusters, inference components and inference experiments."""

from __future__ import annotations

from tests.rules.cases import ALIAS, KEY, ROLE, Case, Given, of


def group(**more: object) -> Given:
    return (
        of(
            InstanceGroupName="workers",
            InstanceCount=2,
            InstanceType="ml.m5.large",
            ExecutionRole=ROLE,
        )
        | more
    )


def cluster(**more: object) -> Given:
    return of(ClusterName="cluster", InstanceGroups=[group()]) | more


EKS = of(Eks=of(ClusterArn="arn:aws:eks:us-west-2:111122223333:cluster/c"))
SLURM = of(Slurm={})
DATABASE = of(
    Endpoint="db.example.com",
    SecretArn="arn:aws:secretsmanager:us-west-2:111122223333:secret:s-AbCdEf",
)
BATCH = of(RollingUpdatePolicy=of(MaximumBatchSize=of(Type="INSTANCE_COUNT", Value=1)))
DRAIN = of(PatchingStrategy="DrainFirst", DeploymentConfig=BATCH)


def needs(**more: object) -> Given:
    return of(MinMemoryRequiredInMb=1024, **more)


def component(**more: object) -> Given:
    return of(InferenceComponentName="c", EndpointName="e", VariantName="v", **more)


SPECIFICATION = of(ModelName="churn", ComputeResourceRequirements=needs())


def variants(*names: str) -> list[Given]:
    infrastructure = of(
        InfrastructureType="RealTimeInference",
        RealTimeInferenceConfig=of(InstanceType="ml.m5.large", InstanceCount=1),
    )
    return [
        of(ModelName="m", VariantName=name, InfrastructureConfig=infrastructure) for name in names
    ]


def shadow(source: str, name: str) -> Given:
    return of(
        SourceModelVariantName=source,
        ShadowModelVariants=[of(ShadowModelVariantName=name, SamplingPercentage=50)],
    )


def experiment(names: tuple[str, ...], mode: Given, **more: object) -> Given:
    return of(
        Name="experiment",
        Type="ShadowMode",
        RoleArn=ROLE,
        EndpointName="e",
        ModelVariants=variants(*names),
        ShadowModeConfig=mode,
        **more,
    )


def between(start: str, end: str) -> Given:
    return of(StartTime=f"{start}T00:00:00Z", EndTime=f"{end}T00:00:00Z")


CASES = (
    Case(
        "cluster/one-thread-per-core",
        "ClusterInstanceGroupSpecification",
        group(ThreadsPerCore=2),
        group(ThreadsPerCore=2, InstanceType="ml.c7g.large"),
    ),
    Case(
        "cluster/instance-type-or-requirements",
        "ClusterInstanceGroupSpecification",
        of(
            InstanceGroupName="workers",
            InstanceCount=2,
            ExecutionRole=ROLE,
            InstanceRequirements=of(InstanceTypes=["ml.m5.large", "ml.c5.large"]),
        ),
        group(InstanceRequirements=of(InstanceTypes=["ml.m5.large"])),
    ),
    Case(
        "cluster/minimum-within-count",
        "ClusterInstanceGroupSpecification",
        group(MinInstanceCount=2),
        group(MinInstanceCount=3),
    ),
    Case(
        "cluster/lifecycle-bucket-name",
        "ClusterLifeCycleConfig",
        of(SourceS3Uri="s3://sagemaker-scripts/", OnCreate="on_create.sh"),
        of(SourceS3Uri="s3://scripts/", OnCreate="on_create.sh"),
    ),
    Case(
        "cluster/lifecycle-script-needs-source",
        "ClusterLifeCycleConfig",
        of(SourceS3Uri="s3://sagemaker-scripts/", OnCreate="on_create.sh"),
        of(OnCreate="on_create.sh"),
    ),
    Case(
        "cluster/root-volume-has-its-size",
        "ClusterEbsVolumeConfig",
        of(RootVolume=True, VolumeKmsKeyId=KEY),
        of(RootVolume=True, VolumeKmsKeyId=KEY, VolumeSizeInGB=100),
    ),
    Case(
        "cluster/root-volume-needs-key",
        "ClusterEbsVolumeConfig",
        of(RootVolume=False, VolumeSizeInGB=100),
        of(RootVolume=True),
    ),
    Case(
        "cluster/second-volume-needs-size",
        "ClusterEbsVolumeConfig",
        of(VolumeSizeInGB=100),
        of(VolumeKmsKeyId=KEY),
    ),
    Case(
        "cluster/drain-policy-needs-strategy",
        "ClusterAutoPatchConfig",
        DRAIN | of(DrainPolicy=of(OnDrainTimeout="Skip")),
        of(PatchingStrategy="WhenIdle", DrainPolicy=of(OnDrainTimeout="Skip")),
    ),
    Case(
        "cluster/drain-needs-batch-size",
        "ClusterAutoPatchConfig",
        DRAIN,
        of(PatchingStrategy="DrainFirst", DeploymentConfig=of(WaitIntervalInSeconds=60)),
    ),
    Case(
        "cluster/idle-window-needs-strategy",
        "ClusterAutoPatchConfig",
        of(PatchingStrategy="WhenAllIdle", IdleWaitWindowInSeconds=3600),
        DRAIN | of(IdleWaitWindowInSeconds=3600),
    ),
    Case(
        "cluster/drain-needs-eks",
        "CreateClusterRequest",
        cluster(InstanceGroups=[group(AutoPatchConfig=DRAIN)], Orchestrator=EKS),
        cluster(InstanceGroups=[group(AutoPatchConfig=DRAIN)], Orchestrator=SLURM),
    ),
    Case("cluster/one-orchestrator", "ClusterOrchestrator", SLURM, EKS | SLURM),
    Case(
        "cluster/accounting-needs-continuous-provisioning",
        "CreateClusterRequest",
        cluster(
            Orchestrator=of(Slurm=of(AccountingDatabase=DATABASE)),
            NodeProvisioningMode="Continuous",
        ),
        cluster(Orchestrator=of(Slurm=of(AccountingDatabase=DATABASE))),
    ),
    Case(
        "cluster/autoscaling-needs-role",
        "CreateClusterRequest",
        cluster(AutoScaling=of(Mode="Enable"), ClusterRole=ROLE),
        cluster(AutoScaling=of(Mode="Enable")),
    ),
    Case(
        "cluster/list-from-before-until",
        "ListClustersRequest",
        of(CreationTimeAfter="2026-11-01T00:00:00Z", CreationTimeBefore="2026-11-02T00:00:00Z"),
        of(CreationTimeAfter="2026-11-02T00:00:00Z", CreationTimeBefore="2026-11-01T00:00:00Z"),
    ),
    Case(
        "cluster/node-by-one-id",
        "DescribeClusterNodeRequest",
        of(ClusterName="cluster", NodeLogicalId="worker-1"),
        of(ClusterName="cluster", NodeLogicalId="worker-1", NodeId="i-0123456789abcdef0"),
    ),
    Case(
        "cluster/nodes-are-named",
        "BatchDeleteClusterNodesRequest",
        of(ClusterName="cluster", NodeIds=["i-0123456789abcdef0"]),
        of(ClusterName="cluster"),
    ),
    # Inference components
    Case(
        "inference-component/artifact-is-an-archive",
        "InferenceComponentContainerSpecification",
        of(ArtifactUrl="s3://bucket/model.tar.gz"),
        of(ArtifactUrl="s3://bucket/model.zip"),
    ),
    Case(
        "inference-component/memory-minimum-within-maximum",
        "InferenceComponentComputeResourceRequirements",
        needs(MaxMemoryRequiredInMb=1024),
        needs(MaxMemoryRequiredInMb=1023),
    ),
    Case(
        "inference-component/one-device-for-a-partition",
        "InferenceComponentComputeResourceRequirements",
        needs(AcceleratorPartitionType="mig-3g.40gb", NumberOfAcceleratorDevicesRequired=1),
        needs(AcceleratorPartitionType="mig-3g.40gb", NumberOfAcceleratorDevicesRequired=2),
    ),
    Case(
        "inference-component/one-kind-of-specification",
        "CreateInferenceComponentRequest",
        component(Specifications=[SPECIFICATION]),
        component(Specification=SPECIFICATION, Specifications=[SPECIFICATION]),
    ),
    Case(
        "inference-component/listed-specifications-have-types",
        "CreateInferenceComponentRequest",
        component(
            Specifications=[
                SPECIFICATION | of(InstanceType="ml.g5.xlarge"),
                SPECIFICATION | of(InstanceType="ml.g6.xlarge"),
            ]
        ),
        component(Specifications=[SPECIFICATION | of(InstanceType="ml.g5.xlarge"), SPECIFICATION]),
    ),
    Case(
        "inference-component/adapter-has-no-resources",
        "InferenceComponentSpecification",
        of(
            BaseInferenceComponentName="base",
            Container=of(ArtifactUrl="s3://bucket/adapter.tar.gz"),
        ),
        of(
            BaseInferenceComponentName="base",
            Container=of(ArtifactUrl="s3://bucket/adapter.tar.gz"),
            ComputeResourceRequirements=needs(),
        ),
    ),
    Case(
        "inference-component/adapter-has-artifacts",
        "InferenceComponentSpecification",
        of(BaseInferenceComponentName="base", Container=of(ArtifactUrl="s3://b/a.tar.gz")),
        of(BaseInferenceComponentName="base"),
    ),
    Case(
        "inference-component/rolling-batch-size",
        "InferenceComponentRollingUpdatePolicy",
        of(MaximumBatchSize=of(Type="CAPACITY_PERCENT", Value=50), WaitIntervalInSeconds=60),
        of(MaximumBatchSize=of(Type="CAPACITY_PERCENT", Value=51), WaitIntervalInSeconds=60),
    ),
    # Inference experiments
    Case(
        "inference-experiment/known-production-variant",
        "CreateInferenceExperimentRequest",
        experiment(("a", "b"), shadow("a", "b")),
        experiment(("a", "b"), shadow("c", "b")),
    ),
    Case(
        "inference-experiment/known-shadow-variant",
        "CreateInferenceExperimentRequest",
        experiment(("a", "b"), shadow("b", "a")),
        experiment(("a", "b"), shadow("a", "c")),
    ),
    Case(
        "inference-experiment/shadow-is-another-variant",
        "ShadowModeConfig",
        shadow("a", "b"),
        shadow("a", "a"),
    ),
    Case(
        "inference-experiment/variants-differ",
        "UpdateInferenceExperimentRequest",
        of(Name="experiment", ModelVariants=variants("a", "b")),
        of(Name="experiment", ModelVariants=variants("a", "a")),
    ),
    Case(
        "inference-experiment/sampling-percentage",
        "ShadowModelVariantConfig",
        of(ShadowModelVariantName="b", SamplingPercentage=0),
        of(ShadowModelVariantName="b", SamplingPercentage=-1),
    ),
    Case(
        "inference-experiment/starts-before-it-ends",
        "InferenceExperimentSchedule",
        between("2026-11-01", "2026-11-02"),
        between("2026-11-02", "2026-11-01"),
    ),
    Case(
        "inference-experiment/at-most-30-days",
        "InferenceExperimentSchedule",
        between("2026-11-01", "2026-12-01"),
        between("2026-11-01", "2026-12-02"),
    ),
    Case(
        "inference-experiment/kms-key-format",
        "CreateInferenceExperimentRequest",
        experiment(("a", "b"), shadow("a", "b"), KmsKey=ALIAS),
        experiment(("a", "b"), shadow("a", "b"), KmsKey="ExampleAlias"),
    ),
    Case(
        "inference-experiment/removed-variants-are-not-deployed",
        "StopInferenceExperimentRequest",
        of(
            Name="experiment",
            ModelVariantActions={"a": "Retain", "b": "Remove"},
            DesiredModelVariants=variants("a"),
        ),
        of(
            Name="experiment",
            ModelVariantActions={"a": "Retain", "b": "Remove"},
            DesiredModelVariants=variants("b"),
        ),
    ),
    # The same of other requests
    *(
        Case(
            "cluster/nodes-are-named",
            f"Batch{what}ClusterNodesRequest",
            of(ClusterName="cluster", NodeLogicalIds=["worker-1"]),
            of(ClusterName="cluster"),
        )
        for what in ("Reboot", "Replace")
    ),
    Case(
        "cluster/one-thread-per-core",
        "ClusterRestrictedInstanceGroupSpecification",
        group(ThreadsPerCore=1, InstanceType="ml.m8g.large"),
        group(ThreadsPerCore=2, InstanceType="ml.m8g.large"),
    ),
    Case(
        "inference-component/one-kind-of-specification",
        "UpdateInferenceComponentRequest",
        of(InferenceComponentName="c", Specifications=[SPECIFICATION]),
        of(
            InferenceComponentName="c",
            Specification=SPECIFICATION,
            Specifications=[SPECIFICATION],
        ),
    ),
)
