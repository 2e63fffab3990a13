"""The ``sagemaker-typed`` command: checks, explains and starts request files."""
