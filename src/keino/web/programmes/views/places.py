"""Pages about places: the applicant confirms one; the result is published; the steps of a selection."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.programmes.choices import Act
from keino.web.programmes.choices.applications import ApplicationState
from keino.web.programmes.choices.selection import UNDER_REVIEW
from keino.web.programmes.models import Application, Edition
from keino.web.programmes.not_now import not_now
from keino.web.programmes.queries.selection import (
    applications_in,
    offered_place,
    published,
    selection_of,
    silent,
    to_publish,
)
from keino.web.programmes.queries.selection_steps import steps_of
from keino.web.programmes.queries.ties import tied_from
from keino.web.programmes.services.places import confirm_place, publish_selected, unpublish_selected
from keino.web.programmes.views.selection_common import MANAGE, OVERSEE, selection_page


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("programmes.apply")
def place(request: HttpRequest, organisation: Organisation, application: UUID) -> HttpResponse:
    """The applicant confirms its place. What else the selection says of it stands nowhere here."""
    known = Application.objects.select_related("edition", "organisation")
    found = get_object_or_404(known, organisation=organisation, public_id=application)
    if request.method == "POST":
        try:
            confirm_place(found, by=the_person(request))
        except KeinoError as error:
            tell(request, error)
        else:
            messages.success(request, _("The place is confirmed. Welcome!"))
        return redirect("programmes:place", slug=organisation.slug, application=found.public_id)
    offer = offered_place(found) if found.state == ApplicationState.SELECTED else None
    confirm_by = offer.decision.confirm_by if offer else None
    context = {
        "organisation": organisation,
        "application": found,
        "edition": found.edition,
        "offer": offer,
        "is_late": confirm_by is not None and confirm_by < timezone.localdate(),
        "not_now": not_now(found.edition, Act.CONFIRM) if found.state == ApplicationState.SELECTED else "",
        "is_confirmed": found.state
        in {ApplicationState.CONFIRMED, ApplicationState.ACTIVE, ApplicationState.COMPLETED, ApplicationState.ALUMNI},
    }
    return render(request, "programmes/selection/place.html", context)


@require_GET
@selection_page(MANAGE)
def publication(request: HttpRequest, edition: Edition) -> HttpResponse:
    """What is public of the selection, and what would be."""
    shown, ready = published(edition), to_publish(edition)
    public = {each.pk for each in shown}
    # of all that were decided on, with a place or without: their number tells nothing of one
    decided = list(applications_in(edition).exclude(state__in=UNDER_REVIEW))
    closed = set(tied_from(the_person(request), decided)) - public
    context = {
        "edition": edition,
        "selection": selection_of(edition),
        "shown": shown,
        "ready": [each for each in ready if each.pk not in closed],
        "closed": len(closed),
        "new": len({each.pk for each in ready} - public - closed),
        "silent": silent(edition, without=closed),
    }
    return render(request, "programmes/selection/publication.html", context)


@require_POST
@selection_page(MANAGE)
def publish(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Show the selected organisations on the public page."""
    try:
        publish_selected(edition, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("The selected organisations are on the public page."))
    return redirect("programmes:publication", edition=edition.slug)


@require_POST
@selection_page(MANAGE)
def unpublish(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Take them from the public page."""
    unpublish_selected(edition, by=the_person(request))
    messages.success(request, _("The selected organisations are no longer on the public page."))
    return redirect("programmes:publication", edition=edition.slug)


@require_GET
@selection_page(*OVERSEE)
def steps(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Who did what when, without what the person has a tie to."""
    from django.core.paginator import Paginator

    found = steps_of(edition, the_person(request))
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "programmes/selection/steps.html", {"edition": edition, "page_obj": page})
