"""The service as the generator sees it: its shapes, their names, and their modules."""
