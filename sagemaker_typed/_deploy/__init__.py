"""Deploying an endpoint of SageMaker in one call."""
