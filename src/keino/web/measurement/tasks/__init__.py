"""Background work: fetch by id, call the service."""
