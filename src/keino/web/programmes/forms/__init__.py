"""Input of ``programmes``."""
