"""The client that generated clients derive from."""
