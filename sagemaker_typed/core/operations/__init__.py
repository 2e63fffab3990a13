"""Operations that need several calls: pages, waits, retries for consistency, comparisons."""
