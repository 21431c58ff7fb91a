"""Forms of ``procurements``."""
