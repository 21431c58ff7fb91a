"""Pages of ``procurements``."""
