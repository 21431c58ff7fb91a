"""Tables of ``plans``."""
