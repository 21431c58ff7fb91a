"""Tables of ``procurements``."""
