"""The cost of type checking and editing, beside types-boto3-sagemaker."""
