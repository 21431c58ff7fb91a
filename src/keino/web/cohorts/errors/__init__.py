"""What can go wrong in ``cohorts``: one module for each part."""
