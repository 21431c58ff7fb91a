"""keino: from purchase ledgers to a carbon footprint, hotspots and a plan."""

__version__ = "0.1.0"
