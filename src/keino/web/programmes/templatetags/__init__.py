"""Tags and filters of ``programmes``."""
