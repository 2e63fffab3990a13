"""The ``sagemaker-typed`` command: checks, explains and begins request files."""
