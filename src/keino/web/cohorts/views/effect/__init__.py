"""Pages of a programme's effect."""
