"""From hotspots to a plan: potential, measures, the optimal plan and its follow-up."""
