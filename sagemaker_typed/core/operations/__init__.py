"""What takes several calls: pages, waits, retries for consistency, comparing."""
