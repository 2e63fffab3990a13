"""The generator: from a document that describes a service to the package that calls it."""
