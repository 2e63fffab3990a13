import asyncio

from aiobotocore.session import get_session


async def main():
    session = get_session()
    async with session.create_client("sagemaker", region_name="eu-west-1") as client:
        response = await client.describe_endpoint(EndpointName="churn")
        print(response["EndpointArn"])
        paginator = client.get_paginator("list_training_jobs")
        async for page in paginator.paginate(StatusEquals="Completed"):
            print([job["TrainingJobName"] for job in page["TrainingJobSummaries"]])


asyncio.run(main())
