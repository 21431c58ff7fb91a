"""What ends with a session: the visit that was begun in it. And what of a visit leaves no trail: everything."""

from __future__ import annotations

from typing import Any

from auditlog.signals import pre_log
from django.contrib.auth.signals import user_logged_out
from django.db.models import Model
from django.http import HttpRequest

from keino.web.measurement.visitors import VISIT_KEY


def _forget(sender: Any, request: HttpRequest | None = None, **_: Any) -> None:
    from keino.web.measurement.services.visits import forget_visit, live_visit

    key = request.session.get(VISIT_KEY) if request is not None and hasattr(request, "session") else None
    if key and (visit := live_visit(key)):
        forget_visit(visit)


def _is_trailed(sender: type[Model], instance: Any, **_: Any) -> bool:
    """Things of a visit are kept out of the audit trail: it would outlive them, with names of files and addresses."""
    from keino.web.measurement.models import CategoryRule, Ledger, LedgerFile, MendedRow, Run, SavedMapping

    if sender is MendedRow:
        instance = instance.file
    if sender in {MendedRow, LedgerFile}:
        instance = instance.ledger
    is_ours = sender in {CategoryRule, Ledger, LedgerFile, MendedRow, Run, SavedMapping}
    return not is_ours or instance.visit_id is None


def connect() -> None:
    """Listen for the end of sessions, and for what would be written into the trail."""
    user_logged_out.connect(_forget, dispatch_uid="measurement.forget_visit")
    pre_log.connect(_is_trailed, dispatch_uid="measurement.no_trail_of_visits")
