"""The service as the generator sees it: its shapes, their names, and where each is written."""
