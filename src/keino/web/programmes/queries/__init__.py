"""Reads of ``programmes``."""
