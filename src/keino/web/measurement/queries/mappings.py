"""Mappings that an organisation or a visit has taught."""

from __future__ import annotations

from django.db.models import QuerySet

from keino.web.measurement.models import Ledger, SavedMapping


def mapping_for(ledger: Ledger, header_key: str) -> SavedMapping | None:
    """What the ledger's owner taught about files with this header."""
    if not header_key:
        return None
    return SavedMapping.objects.filter(
        organisation=ledger.organisation_id, visit=ledger.visit_id, header_key=header_key
    ).first()


def mappings_of(organisation_id: int) -> QuerySet[SavedMapping]:
    """All mappings of an organisation, newest first."""
    found = SavedMapping.objects.filter(organisation=organisation_id).select_related("made_by")
    return found.order_by("-made_at", "-pk")
