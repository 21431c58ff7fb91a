"""What to read of plans."""
