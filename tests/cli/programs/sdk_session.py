import sagemaker

session = sagemaker.Session()
role = sagemaker.get_execution_role()
session.sagemaker_client.create_model(
    ModelName="churn",
    ExecutionRoleArn=role,
    PrimaryContainer={
        "Image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1",
        "ModelDataUrl": "s3://models/churn/model.tar.gz",
    },
)
sm = session.boto_session.client("sagemaker")
sm.delete_model(ModelName="churn")
