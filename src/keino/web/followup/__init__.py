"""What changed and why, what was planned beside what was measured, and the council's yearly report."""
