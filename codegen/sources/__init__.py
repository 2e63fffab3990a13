"""One reader for each kind of document; all of them give an ``ir.Service``."""
