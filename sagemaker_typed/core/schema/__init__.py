"""What the service documents, as data, and in words."""
