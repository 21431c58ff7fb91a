"""Writes, each in one transaction, of ``events``."""
