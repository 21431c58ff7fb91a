"""Tables of ``surveys``."""
