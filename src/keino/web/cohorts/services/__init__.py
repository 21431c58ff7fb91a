"""Writes, each in one transaction, of ``cohorts``."""
