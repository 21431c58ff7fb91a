"""Writes: answers and reports."""
