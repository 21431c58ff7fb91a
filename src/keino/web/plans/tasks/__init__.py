"""Background work of plans."""
