"""The classes of requests, answers and structures."""
