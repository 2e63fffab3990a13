"""The text of a package, emitted from a service's plan."""
