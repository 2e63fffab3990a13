import boto3

sm = boto3.client("sagemaker")
results = sm.search(
    Resource="TrainingJob",
    SearchExpression={
        "Filters": [
            {"Name": "TrainingJobStatus", "Operator": "Equals", "Value": "Completed"},
            {"Name": "Tags.team", "Operator": "Equals", "Value": "growth"},
        ]
    },
    SortBy="CreationTime",
    SortOrder="Descending",
    MaxResults=10,
)
for result in results["Results"]:
    job = result["TrainingJob"]
    print(job["TrainingJobName"], job["BillableTimeInSeconds"])
