"""Background work: fetch by id, call the service."""

from keino.web.procurements.tasks import reminders, tables

__all__ = ["reminders", "tables"]
