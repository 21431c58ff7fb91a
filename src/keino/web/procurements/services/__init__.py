"""What changes procurements; each is one transaction."""
