"""What of ``cohorts`` needs a new owner when a person leaves: one module for each part."""
