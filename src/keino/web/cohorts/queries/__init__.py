"""Reads of ``cohorts``."""
