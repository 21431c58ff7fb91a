"""Commands of ``keino manage``."""
