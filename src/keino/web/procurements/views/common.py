"""What the pages of procurements share: whose it is, the way back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from keino.web.organisations.models import Organisation
from keino.web.procurements.models import Procurement

if TYPE_CHECKING:
    from uuid import UUID


def of_organisation(organisation: Organisation, key: UUID) -> Procurement:
    """One procurement of this organisation, or 404."""
    found = Procurement.objects.select_related("organisation", "owner").prefetch_related("themes")
    return get_object_or_404(found, organisation=organisation, public_id=key)


def url_of(procurement: Procurement, section: str = "") -> str:
    """The address of the procurement's page, of one of its sections."""
    url = reverse("procurements:procurement", args=[procurement.organisation.slug, procurement.public_id])
    return f"{url}#{section}" if section else url


def to_procurement(procurement: Procurement, section: str = "") -> HttpResponse:
    """Lead on to the procurement's page, to one of its sections."""
    return redirect(url_of(procurement, section))
