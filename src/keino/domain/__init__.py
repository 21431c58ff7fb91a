"""Rules: no web, no files, no network, no clock."""
