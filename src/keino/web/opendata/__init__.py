"""Open data and the API: what anyone may take away."""
