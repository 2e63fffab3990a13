"""The classes of requests, responses and structures."""
