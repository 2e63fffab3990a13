import json

import boto3

s3 = boto3.client("s3")
s3.put_object(Bucket="bucket", Key="key", Bdoy=b"not our concern")
clients = {name: boto3.client(name) for name in ("s3", "sagemaker")}
clients["s3"].no_such_method()
sm = boto3.client("sagemaker")
meta = sm.meta.region_name
info = sm.describe_training_job(TrainingJobName="churn")
info["Extra"] = 1
print(json.dumps(info, default=str), info["Extra"], info["TrainingJobStatus"])
