import time

import boto3
from botocore.exceptions import ClientError

sm = boto3.client("sagemaker")
deadline = time.monotonic() + 600
attempt = 0
while time.monotonic() < deadline:
    attempt += 1
    try:
        description = sm.describe_endpoint(EndpointName="churn")
        status = description["EndpointStatus"]
    except ClientError:
        time.sleep(1)
        continue
    if status in ("InService", "Failed"):
        break
    time.sleep(30)
sm.update_endpoint(EndpointName="churn", EndpointConfigName="churn-2")
