"""From a service to the text of the package that calls it."""
