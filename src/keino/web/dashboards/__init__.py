"""Read-only pages over the results: filter, drill, compare, export, share."""
