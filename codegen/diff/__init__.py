"""Differences: between two service models, between documents, between two public interfaces."""
