import boto3

sm = boto3.client("sagemaker")
paginator = sm.get_paginator("list_endpoints")
names = []
for page in paginator.paginate(StatusEquals="InService", PaginationConfig={"PageSize": 50}):
    names += [endpoint["EndpointName"] for endpoint in page["Endpoints"]]
models = sm.get_paginator("list_models").paginate(SortOrder="Ascending").build_full_result()
print(names, len(models["Models"]))
