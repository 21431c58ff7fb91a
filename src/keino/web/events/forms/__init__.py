"""Input of ``events``."""
