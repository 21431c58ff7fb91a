"""What the pages of procurements share: who asks, whose it is, the way back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from keino.errors import KeinoError
from keino.web.base.errors import as_data, said
from keino.web.organisations.models import Organisation
from keino.web.procurements.models import Procurement

if TYPE_CHECKING:
    from uuid import UUID

    from keino.web.base.models import Person


def the_person(request: HttpRequest) -> Person:
    """Who asks: the decorator has let nobody in who isn't logged in."""
    return cast("Person", request.user)


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


def tell(request: HttpRequest, error: KeinoError) -> None:
    """Show an error on the next page."""
    messages.error(request, said(as_data(error)))
