from datetime import datetime, timedelta, timezone

import boto3

sm = boto3.client("sagemaker")
sm.create_experiment(ExperimentName="churn", Description="trees against networks")
sm.create_trial(TrialName="trees", ExperimentName="churn")
sm.create_trial_component(
    TrialComponentName="run-1",
    Status={"PrimaryStatus": "Completed", "Message": "done"},
    StartTime=datetime.now(timezone.utc) - timedelta(hours=1),
    EndTime="2024-05-01T12:00:00Z",
    Parameters={"depth": {"NumberValue": 6}, "booster": {"StringValue": "gbtree"}},
)
sm.associate_trial_component(TrialComponentName="run-1", TrialName="trees")
