"""Pages of the engagement log."""
