import boto3

sm = boto3.client("sagemaker")
schedule = {
    "ScheduleConfig": {"ScheduleExpression": "cron(0 * ? * * *)"},
    "MonitoringJobDefinitionName": "quality",
    "MonitoringType": "DataQuality",
}
sm.create_monitoring_schedule(MonitoringScheduleName="hourly", MonitoringScheduleConfig=schedule)
executions = sm.list_monitoring_executions(
    MonitoringScheduleName="hourly", SortBy="ScheduledTime", SortOrder="Descending"
)
for execution in executions["MonitoringExecutionSummaries"]:
    print(execution["MonitoringExecutionStatus"], execution["ScheduledTime"])
