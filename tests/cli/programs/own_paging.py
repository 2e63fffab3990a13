import boto3

sm = boto3.client("sagemaker")
arguments = {"NameContains": "churn", "MaxResults": 50}
while True:
    page = sm.list_endpoint_configs(**arguments)
    for config in page["EndpointConfigs"]:
        print(config["EndpointConfigName"], config["CreationTime"])
    token = page.get("NextToken")
    if not token:
        break
    arguments["NextToken"] = token
