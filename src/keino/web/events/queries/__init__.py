"""Reads of ``events``."""
