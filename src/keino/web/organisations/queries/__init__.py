"""Reads: organisations, people, coverage of regions, history of the centre."""
