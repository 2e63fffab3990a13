"""A function as an Airflow task runs it, with its own client."""
import logging

import boto3

log = logging.getLogger(__name__)


def stop_old_endpoints(keep, **context):
    sagemaker = boto3.client("sagemaker", region_name="eu-west-1")
    stopped = []
    for page in sagemaker.get_paginator("list_endpoints").paginate(SortBy="CreationTime"):
        for endpoint in page["Endpoints"]:
            if endpoint["EndpointName"] in keep:
                continue
            log.info("deleting %s, %s", endpoint["EndpointName"], endpoint["EndpointStatus"])
            sagemaker.delete_endpoint(EndpointName=endpoint["EndpointName"])
            stopped.append(endpoint["EndpointName"])
    return stopped


print(stop_old_endpoints({"churn"}, ds="2026-11-27"))
