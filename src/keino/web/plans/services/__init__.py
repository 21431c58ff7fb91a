"""What is written of plans."""
