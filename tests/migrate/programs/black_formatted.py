import boto3

client = boto3.client("sagemaker", region_name="eu-west-1")

response = client.list_training_jobs(
    MaxResults=50, SortBy="CreationTime", SortOrder="Descending", StatusEquals="Completed"
)
best = None
for summary in response["TrainingJobSummaries"]:
    detail = client.describe_training_job(TrainingJobName=summary["TrainingJobName"])
    metrics = {m["MetricName"]: m["Value"] for m in detail.get("FinalMetricDataList", [])}
    if best is None or metrics.get("auc", 0) > best:
        best = metrics.get("auc", 0)
print("best", best)
