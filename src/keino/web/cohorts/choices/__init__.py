"""Choices of ``cohorts``: one module for each part."""
