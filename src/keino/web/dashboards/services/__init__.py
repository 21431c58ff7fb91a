"""Writes: links and files."""
