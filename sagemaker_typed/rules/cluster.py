"""HyperPod clusters: instance groups, storage, orchestration and patching."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._facts import runs_one_thread
from sagemaker_typed.rules._rule import Breach, Source, prose, rule, superseded

if TYPE_CHECKING:
    from sagemaker_typed.models import (
        BatchDeleteClusterNodesRequest,
        BatchRebootClusterNodesRequest,
        BatchReplaceClusterNodesRequest,
        ClusterAutoPatchConfig,
        ClusterEbsVolumeConfig,
        ClusterInstanceGroupSpecification,
        ClusterLifeCycleConfig,
        ClusterOrchestrator,
        ClusterRestrictedInstanceGroupSpecification,
        CreateClusterRequest,
        DescribeClusterNodeRequest,
        ListClustersRequest,
    )

# Instance groups


@rule(
    "cluster/one-thread-per-core",
    grade="warning",
    shape=("ClusterInstanceGroupSpecification", "ClusterRestrictedInstanceGroupSpecification"),
    members=("ThreadsPerCore", "InstanceType"),
    says="An instance type without multithreading has one thread a core.",
    source=Source("2023-11-29", 738),
)
def one_thread_per_core(
    group: ClusterInstanceGroupSpecification | ClusterRestrictedInstanceGroupSpecification,
) -> Iterator[Breach]:
    if group.threads_per_core == 2 and runs_one_thread(group.instance_type):
        yield Breach("ThreadsPerCore", "InstanceType", expected="1 for this type")


@rule(
    "cluster/instance-type-or-requirements",
    grade="warning",
    shape="ClusterInstanceGroupSpecification",
    members=("InstanceRequirements", "InstanceType"),
    says="A group has one instance type or a choice of several.",
    source=prose("ClusterInstanceGroupSpecification.InstanceRequirements"),
)
def instance_type_or_requirements(group: ClusterInstanceGroupSpecification) -> Iterator[Breach]:
    if group.instance_type is not None:
        yield Breach("InstanceRequirements", "InstanceType", expected="one of the two")


@rule(
    "cluster/minimum-within-count",
    grade="warning",
    shape="ClusterInstanceGroupSpecification",
    members=("MinInstanceCount", "InstanceCount"),
    says="A group is in service with some of its instances, or with all.",
    source=prose("ClusterInstanceGroupSpecification.MinInstanceCount"),
)
def minimum_within_count(group: ClusterInstanceGroupSpecification) -> Iterator[Breach]:
    if group.min_instance_count is not None and group.min_instance_count > group.instance_count:
        yield Breach("MinInstanceCount", "InstanceCount")


@rule(
    "cluster/lifecycle-bucket-name",
    grade="advice",
    shape="ClusterLifeCycleConfig",
    members="SourceS3Uri",
    says="The managed policy of the role reads buckets whose name starts with sagemaker-.",
    source=prose("ClusterLifeCycleConfig.SourceS3Uri"),
)
def lifecycle_bucket_name(config: ClusterLifeCycleConfig) -> Iterator[Breach]:
    if config.source_s3_uri is not None and not config.source_s3_uri.startswith("s3://sagemaker-"):
        yield Breach("SourceS3Uri", expected="'s3://sagemaker-' and the rest of the path")


@rule(
    "cluster/lifecycle-script-needs-source",
    grade="advice",
    shape="ClusterLifeCycleConfig",
    members=("OnCreate", "SourceS3Uri"),
    says="The script is found below SourceS3Uri.",
    source=Source("2023-11-29", 730),
)
def lifecycle_script_needs_source(config: ClusterLifeCycleConfig) -> Iterator[Breach]:
    if config.source_s3_uri is None:
        yield Breach("OnCreate", "SourceS3Uri", expected="a SourceS3Uri")


@rule(
    "cluster/root-volume-has-its-size",
    grade="warning",
    shape="ClusterEbsVolumeConfig",
    members=("RootVolume", "VolumeSizeInGB"),
    says="The root volume comes in a size of its own.",
    source=prose("ClusterEbsVolumeConfig.RootVolume"),
)
def root_volume_has_its_size(config: ClusterEbsVolumeConfig) -> Iterator[Breach]:
    if config.root_volume and config.volume_size_in_gb is not None:
        yield Breach("RootVolume", "VolumeSizeInGB", expected="no size for the root volume")


@rule(
    "cluster/root-volume-needs-key",
    grade="warning",
    shape="ClusterEbsVolumeConfig",
    members=("RootVolume", "VolumeKmsKeyId"),
    says="The root volume is configured to be encrypted with a key.",
    source=prose("ClusterEbsVolumeConfig.RootVolume"),
)
def root_volume_needs_key(config: ClusterEbsVolumeConfig) -> Iterator[Breach]:
    if config.root_volume and config.volume_kms_key_id is None:
        yield Breach("RootVolume", "VolumeKmsKeyId", expected="a VolumeKmsKeyId")


@rule(
    "cluster/second-volume-needs-size",
    grade="warning",
    shape="ClusterEbsVolumeConfig",
    members=("VolumeSizeInGB", "RootVolume"),
    says="A volume other than the root volume has a size.",
    source=prose("ClusterEbsVolumeConfig.RootVolume"),
    always=True,
)
def second_volume_needs_size(config: ClusterEbsVolumeConfig) -> Iterator[Breach]:
    if not config.root_volume and config.volume_size_in_gb is None:
        yield Breach("VolumeSizeInGB", expected="a size, unless RootVolume is True")


# Patching


@rule(
    "cluster/drain-policy-needs-strategy",
    grade="warning",
    shape="ClusterAutoPatchConfig",
    members=("DrainPolicy", "PatchingStrategy"),
    says="How pods are evicted is said where the strategy is to drain first.",
    source=prose("ClusterAutoPatchConfig.DrainPolicy"),
)
def drain_policy_needs_strategy(config: ClusterAutoPatchConfig) -> Iterator[Breach]:
    if config.patching_strategy in {"WhenIdle", "WhenAllIdle"}:
        yield Breach("DrainPolicy", "PatchingStrategy", expected="the strategy DrainFirst")


@rule(
    "cluster/drain-needs-batch-size",
    grade="warning",
    shape="ClusterAutoPatchConfig",
    members=("PatchingStrategy", "DeploymentConfig"),
    says="Draining first goes by batches of a stated size.",
    source=prose("ClusterAutoPatchConfig.PatchingStrategy"),
)
def drain_needs_batch_size(config: ClusterAutoPatchConfig) -> Iterator[Breach]:
    deployment = config.deployment_config
    if config.patching_strategy == "DrainFirst" and (
        deployment is None or deployment.rolling_update_policy is None
    ):
        yield Breach(
            "DeploymentConfig",
            "PatchingStrategy",
            expected="MaximumBatchSize in its RollingUpdatePolicy",
        )


@rule(
    "cluster/idle-window-needs-strategy",
    grade="warning",
    shape="ClusterAutoPatchConfig",
    members=("IdleWaitWindowInSeconds", "PatchingStrategy"),
    says="The time to wait for idle instances is for the strategies that wait.",
    source=prose("ClusterAutoPatchConfig.IdleWaitWindowInSeconds"),
)
def idle_window_needs_strategy(config: ClusterAutoPatchConfig) -> Iterator[Breach]:
    if config.patching_strategy == "DrainFirst":
        yield Breach(
            "IdleWaitWindowInSeconds", "PatchingStrategy", expected="a strategy that waits"
        )


@rule(
    "cluster/drain-needs-eks",
    grade="warning",
    shape="CreateClusterRequest",
    members=("Orchestrator.Slurm", "InstanceGroups[].AutoPatchConfig.PatchingStrategy"),
    says="Draining first is for clusters on Amazon EKS.",
    source=prose("ClusterAutoPatchConfig.PatchingStrategy"),
)
def drain_needs_eks(request: CreateClusterRequest) -> Iterator[Breach]:
    if request.orchestrator is None or request.orchestrator.slurm is None:
        return
    for index, group in enumerate(request.instance_groups or ()):
        patch = group.auto_patch_config
        if patch is not None and patch.patching_strategy == "DrainFirst":
            path = f"InstanceGroups[{index}].AutoPatchConfig.PatchingStrategy"
            yield Breach(path, "Orchestrator.Slurm", expected="another strategy with Slurm")


# The cluster


@rule(
    "cluster/one-orchestrator",
    grade="error",
    shape="ClusterOrchestrator",
    members=("Eks", "Slurm"),
    says="An orchestrator is EKS or Slurm: both, or neither, are a validation error.",
    source=prose("CreateClusterRequest.Orchestrator"),
    always=True,
)
def one_orchestrator(orchestrator: ClusterOrchestrator) -> Iterator[Breach]:
    if (orchestrator.eks is None) == (orchestrator.slurm is None):
        yield Breach("Eks", "Slurm", expected="one of the two")


@rule(
    "cluster/accounting-needs-continuous-provisioning",
    grade="warning",
    shape="CreateClusterRequest",
    members=("Orchestrator.Slurm.AccountingDatabase", "NodeProvisioningMode"),
    says="A database for accounting is for clusters that are provisioned continuously.",
    source=prose("ClusterOrchestratorSlurmConfig.AccountingDatabase"),
)
def accounting_needs_continuous_provisioning(request: CreateClusterRequest) -> Iterator[Breach]:
    slurm = request.orchestrator.slurm if request.orchestrator else None
    if slurm is not None and slurm.accounting_database and request.node_provisioning_mode is None:
        yield Breach(
            "NodeProvisioningMode",
            "Orchestrator.Slurm.AccountingDatabase",
            expected="'Continuous', for an accounting database",
        )


@rule(
    "cluster/autoscaling-needs-role",
    grade="warning",
    shape="CreateClusterRequest",
    members=("AutoScaling", "ClusterRole"),
    says="A cluster that scales itself has a role to do so.",
    source=prose("CreateClusterRequest.ClusterRole"),
)
def autoscaling_needs_role(request: CreateClusterRequest) -> Iterator[Breach]:
    scaling = request.auto_scaling
    if scaling is not None and scaling.mode == "Enable" and request.cluster_role is None:
        yield Breach("ClusterRole", "AutoScaling.Mode", expected="a role, with autoscaling")


@rule(
    "cluster/list-from-before-until",
    grade="advice",
    shape="ListClustersRequest",
    members=("CreationTimeAfter", "CreationTimeBefore"),
    says="The time range starts before it ends.",
    source=Source("2023-11-29", 841),
    also=(Source("2023-11-29", 861),),
)
def list_from_before_until(request: ListClustersRequest) -> Iterator[Breach]:
    after, before = request.creation_time_after, request.creation_time_before
    if after is None or before is None:
        return
    if (after.tzinfo is None) == (before.tzinfo is None) and after >= before:
        yield Breach("CreationTimeAfter", "CreationTimeBefore")


# Nodes


@rule(
    "cluster/node-by-one-id",
    grade="warning",
    shape="DescribeClusterNodeRequest",
    members=("NodeLogicalId", "NodeId"),
    says="A node is named by its id or by its logical id.",
    source=prose("DescribeClusterNodeRequest.NodeLogicalId"),
)
def node_by_one_id(request: DescribeClusterNodeRequest) -> Iterator[Breach]:
    if request.node_id is not None:
        yield Breach("NodeLogicalId", "NodeId", expected="one of the two")


NODE_ID_REQUIRED = superseded(
    "cluster/node-id-required",
    grade="warning",
    shape="DescribeClusterNodeRequest",
    members="NodeId",
    says="A node is named by its id.",
    source=Source("2023-11-29", 271),
    by="optional in the service model, which takes a logical id too: cluster/node-by-one-id",
)


@rule(
    "cluster/nodes-are-named",
    grade="warning",
    shape=(
        "BatchDeleteClusterNodesRequest",
        "BatchRebootClusterNodesRequest",
        "BatchReplaceClusterNodesRequest",
    ),
    members=("NodeIds", "NodeLogicalIds"),
    says="Nodes are named by their ids, their logical ids or both.",
    source=prose("BatchRebootClusterNodesRequest.NodeIds"),
    also=(prose("BatchDeleteClusterNodesRequest.NodeLogicalIds"),),
    always=True,
)
def nodes_are_named(
    request: BatchDeleteClusterNodesRequest
    | BatchRebootClusterNodesRequest
    | BatchReplaceClusterNodesRequest,
) -> Iterator[Breach]:
    if not request.node_ids and not request.node_logical_ids:
        yield Breach("NodeIds", "NodeLogicalIds", expected="at least one id")


INSTANCE_TYPE_REQUIRED = superseded(
    "cluster/instance-type-required",
    grade="warning",
    shape="ClusterInstanceGroupSpecification",
    members=("InstanceType", "LifeCycleConfig"),
    says="Every group has an instance type and a lifecycle configuration.",
    source=Source("2023-11-29", 716),
    also=(Source("2023-11-29", 720),),
    by="optional in the service model: a group may have a choice of types, "
    "cluster/instance-type-or-requirements",
)

INSTANCE_GROUPS_REQUIRED = superseded(
    "cluster/instance-groups-required",
    grade="warning",
    shape=("CreateClusterRequest", "UpdateClusterRequest"),
    members="InstanceGroups",
    says="Every cluster has instance groups.",
    source=Source("2023-11-29", 1420),
    also=(Source("2023-11-29", 700),),
    by="optional in the service model, which knows restricted instance groups too",
)
