"""Pages of ``cohorts``."""
