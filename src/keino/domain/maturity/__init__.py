"""The maturity self-assessment: what answers add up to, what of it may be shown, what changed between two rounds."""
