"""Pages: why the footprint changed, and the council report."""
