"""Where tables live and run."""
