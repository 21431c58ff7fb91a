"""Input of ``cohorts``."""
