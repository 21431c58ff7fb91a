"""What the pages of sparring, peers, alumni and lessons share: where they stand, whose they are, their forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext

from keino.web.base.addresses import address_or_none
from keino.web.cohorts.models import Participation
from keino.web.organisations.views.editing import status_of

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation

#: (title, address) of the pages above one.
Crumbs = list[tuple[str, str]]


def participation_in(organisation: Organisation, edition: str) -> Participation:
    """The organisation's part in an edition, by its address; 404 where it has none."""
    found = Participation.objects.select_related("edition__organisation", "organisation", "mentor")
    return get_object_or_404(found, organisation=organisation, edition__slug=edition)


def page(
    request: HttpRequest,
    organisation: Organisation,
    template: str,
    /,
    *,
    status: int = 200,
    crumbs: Crumbs | None = None,
    **more: Any,
) -> HttpResponse:
    """A page of an organisation, with what all of them need."""
    user: Any = request.user
    context = {
        "organisation": organisation,
        "step": "programme",
        "crumbs": crumbs or [],
        "today": timezone.localdate(),
        "may_spar": user.has_perm("cohorts.spar", organisation),
        "may_work": user.has_perm("cohorts.work", organisation),
    }
    return render(request, f"cohorts/{template}.html", context | more, status=status)


def form_page(
    request: HttpRequest, organisation: Organisation, form: forms.Form, *, title: str, cancel_url: str,
    crumbs: Crumbs, lead: str = "", button: str = "", not_now: str = "",
) -> HttpResponse:  # fmt: skip
    """The page of a form, with what somebody else changed meanwhile; 422 where something must be mended.

    ``not_now``: why there is no form.
    """
    return page(
        request, organisation, "sparring/form", status=status_of(form), crumbs=crumbs, form=form, title=title,
        lead=lead, button=button or pgettext("button", "Save"), cancel_url=cancel_url, not_now=not_now,
    )  # fmt: skip


def desk_form_page(
    request: HttpRequest, form: forms.Form, *, title: str, cancel_url: str, crumbs: Crumbs, lead: str = "",
    button: str = "", **more: Any,
) -> HttpResponse:  # fmt: skip
    """The same at the centre's desk."""
    context = {
        "form": form, "title": title, "cancel_url": cancel_url, "crumbs": crumbs, "lead": lead,
        "button": button or pgettext("button", "Save"),
    }  # fmt: skip
    return render(request, "cohorts/sparring_desk/form.html", context | more, status=status_of(form))


def space_crumb(participation: Participation) -> Crumbs:
    """The way back to the cohort space of an organisation in an edition."""
    url = address_or_none("cohorts:space", slug=participation.organisation.slug, edition=participation.edition.slug)
    return [(participation.edition.shown_name, url)] if url else []


def at(name: str, organisation: Organisation, **more: Any) -> str:
    """The address of one of the organisation's pages."""
    return reverse(f"cohorts:{name}", kwargs={"slug": organisation.slug, **more})
