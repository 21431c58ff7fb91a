"""Template tags of ``events``."""
