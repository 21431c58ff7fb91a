"""Writes, each in one transaction, of ``programmes``."""
