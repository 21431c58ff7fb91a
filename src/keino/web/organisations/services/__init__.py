"""Writes: organisations, roles, invitations, hand-overs. Each function is one transaction."""
