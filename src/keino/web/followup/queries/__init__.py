"""Reads: answers kept, plans beside them, reports."""
