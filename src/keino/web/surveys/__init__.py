"""Questions asked of an organisation's people, and what they add up to: the maturity self-assessment."""
