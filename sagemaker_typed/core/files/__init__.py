"""Readers of JSON and YAML files that know the position of each value."""
