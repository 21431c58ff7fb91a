"""Numbers: versioned tables with citations, and their reader."""
