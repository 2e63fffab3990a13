"""The documentation site: its reference pages, made from the generator's own plan."""
