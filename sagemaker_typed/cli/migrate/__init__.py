"""``sagemaker-typed migrate``: moves code from boto3 to this package.

A call is moved only if the text of its file proves that the program behaves alike. Every other
call stays with boto3; both run side by side, through ``from_boto3`` and ``client.boto3``.
"""
