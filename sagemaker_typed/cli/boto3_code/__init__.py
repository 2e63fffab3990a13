"""Reads Python code that uses boto3's SageMaker clients, without importing or running it.

``source_code.read`` parses a Python file or a notebook. ``clients.analyse`` returns the expressions
that are clients, and the calls of their methods. ``check`` and ``migrate`` use both.
"""
