"""Pages of ``events``."""
