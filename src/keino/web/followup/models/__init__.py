"""Tables of ``followup``."""
