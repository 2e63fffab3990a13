"""Validators of pydantic-core, built from what the service documents."""
