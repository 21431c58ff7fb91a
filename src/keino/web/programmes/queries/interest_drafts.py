"""Interests that came late, of their own organisation only: the programme's people don't see them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from keino.web.programmes.models import InterestDraft

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from keino.web.organisations.models import Organisation
    from keino.web.programmes.models import Edition


def interest_draft(organisation: Organisation, edition: Edition) -> InterestDraft | None:
    """The organisation's draft of its interest in an edition."""
    return InterestDraft.objects.filter(organisation=organisation, edition=edition).first()


def interest_drafts_of(organisations: Collection[Organisation]) -> QuerySet[InterestDraft]:
    """Drafts of organisations with their editions, the newest first."""
    found = InterestDraft.objects.filter(organisation__in=organisations).select_related("edition")
    return found.order_by("-written_at", "-pk")
