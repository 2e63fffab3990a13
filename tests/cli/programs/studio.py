import base64

import boto3

sm = boto3.client("sagemaker")
sm.create_domain(
    DomainName="team",
    AuthMode="IAM",
    DefaultUserSettings={
        "ExecutionRole": "arn:aws:iam::123456789012:role/studio",
        "SecurityGroups": ["sg-0123456789abcdef0"],
        "SharingSettings": {"NotebookOutputOption": "Disabled"},
    },
    SubnetIds=["subnet-0123456789abcdef0"],
    VpcId="vpc-0123456789abcdef0",
    AppNetworkAccessType="VpcOnly",
)
script = base64.b64encode(b"#!/bin/bash").decode()
sm.create_studio_lifecycle_config(
    StudioLifecycleConfigName="setup",
    StudioLifecycleConfigContent=script,
    StudioLifecycleConfigAppType="JupyterLab",
)
