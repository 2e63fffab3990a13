"""Calls through boto3. Nothing outside this package knows botocore's internals."""
