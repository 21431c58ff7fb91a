"""Reads that pages, files and services share."""
