"""From spend to kgCO2e: factors, footprint, uncertainty, hotspots."""
