"""Writes: one transaction each, by a named person."""
