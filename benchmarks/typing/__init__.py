"""What a checker and an editor cost: this package beside types-boto3-sagemaker, doing one job."""
