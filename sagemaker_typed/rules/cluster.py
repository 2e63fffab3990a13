"""HyperPod clusters: instance groups, storage, orchestration and patching."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sagemaker_typed.rules._aws import runs_one_thread
from sagemaker_typed.rules._rule import Source, Violation, prose, rule, superseded

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
    severity="warning",
    shape=("ClusterInstanceGroupSpecification", "ClusterRestrictedInstanceGroupSpecification"),
    members=("ThreadsPerCore", "InstanceType"),
    message="An instance type without multithreading supports only one thread per core.",
    source=Source("2023-11-29", 738),
)
def one_thread_per_core(
    group: ClusterInstanceGroupSpecification | ClusterRestrictedInstanceGroupSpecification,
) -> Iterator[Violation]:
    if group.threads_per_core == 2 and runs_one_thread(group.instance_type):
        yield Violation("ThreadsPerCore", "InstanceType", expected="1 for this type")


@rule(
    "cluster/instance-type-or-requirements",
    severity="warning",
    shape="ClusterInstanceGroupSpecification",
    members=("InstanceRequirements", "InstanceType"),
    message="Give InstanceType or InstanceRequirements, not both.",
    source=prose("ClusterInstanceGroupSpecification.InstanceRequirements"),
)
def instance_type_or_requirements(group: ClusterInstanceGroupSpecification) -> Iterator[Violation]:
    if group.instance_type is not None:
        yield Violation("InstanceRequirements", "InstanceType", expected="one of the two")


@rule(
    "cluster/minimum-within-count",
    severity="warning",
    shape="ClusterInstanceGroupSpecification",
    members=("MinInstanceCount", "InstanceCount"),
    message="MinInstanceCount must not exceed InstanceCount.",
    source=prose("ClusterInstanceGroupSpecification.MinInstanceCount"),
)
def minimum_within_count(group: ClusterInstanceGroupSpecification) -> Iterator[Violation]:
    if group.min_instance_count is not None and group.min_instance_count > group.instance_count:
        yield Violation("MinInstanceCount", "InstanceCount")


@rule(
    "cluster/lifecycle-bucket-name",
    severity="advice",
    shape="ClusterLifeCycleConfig",
    members="SourceS3Uri",
    message="The managed policy of the role can read only buckets with names that start with "
    "sagemaker-.",
    source=prose("ClusterLifeCycleConfig.SourceS3Uri"),
)
def lifecycle_bucket_name(config: ClusterLifeCycleConfig) -> Iterator[Violation]:
    if config.source_s3_uri is not None and not config.source_s3_uri.startswith("s3://sagemaker-"):
        yield Violation("SourceS3Uri", expected="'s3://sagemaker-' and the rest of the path")


@rule(
    "cluster/lifecycle-script-needs-source",
    severity="advice",
    shape="ClusterLifeCycleConfig",
    members=("OnCreate", "SourceS3Uri"),
    message="The OnCreate script needs SourceS3Uri, the prefix that it is stored at.",
    source=Source("2023-11-29", 730),
)
def lifecycle_script_needs_source(config: ClusterLifeCycleConfig) -> Iterator[Violation]:
    if config.source_s3_uri is None:
        yield Violation("OnCreate", "SourceS3Uri", expected="a SourceS3Uri")


@rule(
    "cluster/root-volume-has-its-size",
    severity="warning",
    shape="ClusterEbsVolumeConfig",
    members=("RootVolume", "VolumeSizeInGB"),
    message="VolumeSizeInGB cannot be set for the root volume.",
    source=prose("ClusterEbsVolumeConfig.RootVolume"),
)
def root_volume_has_its_size(config: ClusterEbsVolumeConfig) -> Iterator[Violation]:
    if config.root_volume and config.volume_size_in_gb is not None:
        yield Violation("RootVolume", "VolumeSizeInGB", expected="no size for the root volume")


@rule(
    "cluster/root-volume-needs-key",
    severity="warning",
    shape="ClusterEbsVolumeConfig",
    members=("RootVolume", "VolumeKmsKeyId"),
    message="The configuration of the root volume needs a VolumeKmsKeyId.",
    source=prose("ClusterEbsVolumeConfig.RootVolume"),
)
def root_volume_needs_key(config: ClusterEbsVolumeConfig) -> Iterator[Violation]:
    if config.root_volume and not config.volume_kms_key_id:
        yield Violation("RootVolume", "VolumeKmsKeyId", expected="a VolumeKmsKeyId")


@rule(
    "cluster/second-volume-needs-size",
    severity="warning",
    shape="ClusterEbsVolumeConfig",
    members=("VolumeSizeInGB", "RootVolume"),
    message="A volume other than the root volume needs VolumeSizeInGB.",
    source=prose("ClusterEbsVolumeConfig.RootVolume"),
    always=True,
)
def second_volume_needs_size(config: ClusterEbsVolumeConfig) -> Iterator[Violation]:
    if not config.root_volume and config.volume_size_in_gb is None:
        yield Violation("VolumeSizeInGB", expected="a size, unless RootVolume is True")


# Patching


@rule(
    "cluster/drain-policy-needs-strategy",
    severity="warning",
    shape="ClusterAutoPatchConfig",
    members=("DrainPolicy", "PatchingStrategy"),
    message="DrainPolicy is valid only with the strategy DrainFirst.",
    source=prose("ClusterAutoPatchConfig.DrainPolicy"),
)
def drain_policy_needs_strategy(config: ClusterAutoPatchConfig) -> Iterator[Violation]:
    if config.patching_strategy in {"WhenIdle", "WhenAllIdle"}:
        yield Violation("DrainPolicy", "PatchingStrategy", expected="the strategy DrainFirst")


@rule(
    "cluster/drain-needs-batch-size",
    severity="warning",
    shape="ClusterAutoPatchConfig",
    members=("PatchingStrategy", "DeploymentConfig"),
    message="The strategy DrainFirst needs a batch size.",
    source=prose("ClusterAutoPatchConfig.PatchingStrategy"),
)
def drain_needs_batch_size(config: ClusterAutoPatchConfig) -> Iterator[Violation]:
    deployment = config.deployment_config
    if config.patching_strategy == "DrainFirst" and (
        deployment is None or deployment.rolling_update_policy is None
    ):
        yield Violation(
            "DeploymentConfig",
            "PatchingStrategy",
            expected="MaximumBatchSize in its RollingUpdatePolicy",
        )


@rule(
    "cluster/idle-window-needs-strategy",
    severity="advice",
    shape="ClusterAutoPatchConfig",
    members=("IdleWaitWindowInSeconds", "PatchingStrategy"),
    message="IdleWaitWindowInSeconds has an effect only with the strategies WhenIdle and "
    "WhenAllIdle.",
    source=prose("ClusterAutoPatchConfig.IdleWaitWindowInSeconds"),
)
def idle_window_needs_strategy(config: ClusterAutoPatchConfig) -> Iterator[Violation]:
    if config.patching_strategy == "DrainFirst":
        yield Violation(
            "IdleWaitWindowInSeconds", "PatchingStrategy", expected="a strategy that waits"
        )


@rule(
    "cluster/drain-needs-eks",
    severity="warning",
    shape="CreateClusterRequest",
    members=("Orchestrator.Slurm", "InstanceGroups[].AutoPatchConfig.PatchingStrategy"),
    message="Only clusters on Amazon EKS support the strategy DrainFirst.",
    source=prose("ClusterAutoPatchConfig.PatchingStrategy"),
)
def drain_needs_eks(request: CreateClusterRequest) -> Iterator[Violation]:
    if request.orchestrator is None or request.orchestrator.slurm is None:
        return
    for index, group in enumerate(request.instance_groups or ()):
        patch = group.auto_patch_config
        if patch is not None and patch.patching_strategy == "DrainFirst":
            path = f"InstanceGroups[{index}].AutoPatchConfig.PatchingStrategy"
            yield Violation(path, "Orchestrator.Slurm", expected="another strategy with Slurm")


# The cluster


@rule(
    "cluster/one-orchestrator",
    severity="error",
    shape="ClusterOrchestrator",
    members=("Eks", "Slurm"),
    message="Give exactly one of Eks and Slurm: the service refuses any other request.",
    source=prose("CreateClusterRequest.Orchestrator"),
    always=True,
)
def one_orchestrator(orchestrator: ClusterOrchestrator) -> Iterator[Violation]:
    if (orchestrator.eks is None) == (orchestrator.slurm is None):
        yield Violation("Eks", "Slurm", expected="one of the two")


@rule(
    "cluster/accounting-needs-continuous-provisioning",
    severity="warning",
    shape="CreateClusterRequest",
    members=("Orchestrator.Slurm.AccountingDatabase", "NodeProvisioningMode"),
    message="AccountingDatabase needs the NodeProvisioningMode Continuous.",
    source=prose("ClusterOrchestratorSlurmConfig.AccountingDatabase"),
)
def accounting_needs_continuous_provisioning(request: CreateClusterRequest) -> Iterator[Violation]:
    slurm = request.orchestrator.slurm if request.orchestrator else None
    if slurm is not None and slurm.accounting_database and request.node_provisioning_mode is None:
        yield Violation(
            "NodeProvisioningMode",
            "Orchestrator.Slurm.AccountingDatabase",
            expected="'Continuous', for an accounting database",
        )


@rule(
    "cluster/autoscaling-needs-role",
    severity="warning",
    shape="CreateClusterRequest",
    members=("AutoScaling", "ClusterRole"),
    message="Autoscaling needs a ClusterRole.",
    source=prose("CreateClusterRequest.ClusterRole"),
)
def autoscaling_needs_role(request: CreateClusterRequest) -> Iterator[Violation]:
    scaling = request.auto_scaling
    if scaling is not None and scaling.mode == "Enable" and request.cluster_role is None:
        yield Violation("ClusterRole", "AutoScaling.Mode", expected="a role, with autoscaling")


@rule(
    "cluster/list-from-before-until",
    severity="advice",
    shape="ListClustersRequest",
    members=("CreationTimeAfter", "CreationTimeBefore"),
    message="CreationTimeAfter should be earlier than CreationTimeBefore.",
    source=Source("2023-11-29", 841),
    also=(Source("2023-11-29", 861),),
)
def list_from_before_until(request: ListClustersRequest) -> Iterator[Violation]:
    after, before = request.creation_time_after, request.creation_time_before
    if after is None or before is None:
        return
    if (after.tzinfo is None) == (before.tzinfo is None) and after >= before:
        yield Violation("CreationTimeAfter", "CreationTimeBefore")


# Nodes


@rule(
    "cluster/node-by-one-id",
    severity="warning",
    shape="DescribeClusterNodeRequest",
    members=("NodeLogicalId", "NodeId"),
    message="Give NodeId or NodeLogicalId, not both.",
    source=prose("DescribeClusterNodeRequest.NodeLogicalId"),
)
def node_by_one_id(request: DescribeClusterNodeRequest) -> Iterator[Violation]:
    if request.node_id is not None:
        yield Violation("NodeLogicalId", "NodeId", expected="one of the two")


NODE_ID_REQUIRED = superseded(
    "cluster/node-id-required",
    severity="warning",
    shape="DescribeClusterNodeRequest",
    members="NodeId",
    message="NodeId is required.",
    source=Source("2023-11-29", 271),
    by="optional in the service model, which takes a logical id too: cluster/node-by-one-id",
)


@rule(
    "cluster/nodes-are-named",
    severity="warning",
    shape=(
        "BatchDeleteClusterNodesRequest",
        "BatchRebootClusterNodesRequest",
        "BatchReplaceClusterNodesRequest",
    ),
    members=("NodeIds", "NodeLogicalIds"),
    message="Give NodeIds, NodeLogicalIds or both.",
    source=prose("BatchRebootClusterNodesRequest.NodeIds"),
    also=(prose("BatchDeleteClusterNodesRequest.NodeLogicalIds"),),
    always=True,
)
def nodes_are_named(
    request: BatchDeleteClusterNodesRequest
    | BatchRebootClusterNodesRequest
    | BatchReplaceClusterNodesRequest,
) -> Iterator[Violation]:
    if not request.node_ids and not request.node_logical_ids:
        yield Violation("NodeIds", "NodeLogicalIds", expected="at least one id")


INSTANCE_TYPE_REQUIRED = superseded(
    "cluster/instance-type-required",
    severity="warning",
    shape="ClusterInstanceGroupSpecification",
    members=("InstanceType", "LifeCycleConfig"),
    message="An instance group must have an InstanceType and a LifeCycleConfig.",
    source=Source("2023-11-29", 716),
    also=(Source("2023-11-29", 720),),
    by="optional in the service model: a group may have a choice of types, "
    "cluster/instance-type-or-requirements",
)

INSTANCE_GROUPS_REQUIRED = superseded(
    "cluster/instance-groups-required",
    severity="warning",
    shape=("CreateClusterRequest", "UpdateClusterRequest"),
    members="InstanceGroups",
    message="A cluster must have instance groups.",
    source=Source("2023-11-29", 1420),
    also=(Source("2023-11-29", 700),),
    by="optional in the service model, which knows restricted instance groups too",
)
