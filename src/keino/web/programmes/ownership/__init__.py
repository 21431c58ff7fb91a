"""What of ``programmes`` needs a new owner when a person leaves: one module for each part."""
