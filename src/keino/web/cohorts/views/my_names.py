"""Where programmes show a person's own name, on their account: no role is needed to take it away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from keino.web.base.who_asks import the_person
from keino.web.cohorts.models import KnowHow, Participation, TeamPerson
from keino.web.cohorts.queries.names import names_of
from keino.web.cohorts.services.alumni import name_me
from keino.web.cohorts.services.know_how import may_be_asked
from keino.web.cohorts.services.participations import show_contact

if TYPE_CHECKING:
    from keino.web.base.models import Person


@never_cache
@login_required
@require_safe
def my_names(request: HttpRequest) -> HttpResponse:
    """Every consent of the person by which others see their name."""
    return render(request, "cohorts/my_names.html", {"names": names_of(the_person(request))})


@never_cache
@login_required
@require_POST
def take_away(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """Take one's own name away; a second press finds nothing more to do."""
    if kind not in _TAKE_AWAY:
        raise Http404
    _TAKE_AWAY[kind](key, the_person(request))
    messages.success(request, _("Your name is taken away."))
    return redirect("cohorts:my_names")


def _from_alumni(key: UUID, by: Person) -> None:
    for found in Participation.objects.filter(public_id=key, alumni_people__person=by):
        name_me(found, is_so=False, by=by)


def _from_participants(key: UUID, by: Person) -> None:
    for found in TeamPerson.objects.filter(public_id=key, person=by):
        show_contact(found, by=by, shows=False)


def _from_know_how(key: UUID, by: Person) -> None:
    for found in KnowHow.objects.filter(public_id=key, contact=by):
        may_be_asked(found, is_so=False, by=by)


_TAKE_AWAY = {"alumni": _from_alumni, "contact": _from_participants, "know_how": _from_know_how}
