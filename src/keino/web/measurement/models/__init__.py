"""Ledgers, mappings, corrections, runs and visits."""

from keino.web.measurement.models.ledger import Ledger, LedgerFile, MendedRow, SavedMapping
from keino.web.measurement.models.run import CategoryRule, Run, RunTotal
from keino.web.measurement.models.visit import Visit

__all__ = ["CategoryRule", "Ledger", "LedgerFile", "MendedRow", "Run", "RunTotal", "SavedMapping", "Visit"]
