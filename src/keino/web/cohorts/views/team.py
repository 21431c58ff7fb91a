"""The team of an organisation in a programme, and who shows their contact to the other participants."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.cohorts.forms.team import TeamForm
from keino.web.cohorts.models import Participation, TeamPerson
from keino.web.cohorts.services.participations import add_to_team, show_contact, take_from_team
from keino.web.cohorts.views.common import frame, space_page, to_page
from keino.web.organisations.forms.fields import refuse


@require_http_methods(["GET", "HEAD", "POST"])
@space_page("cohorts.see")
def team(request: HttpRequest, participation: Participation) -> HttpResponse:
    """Who is in the team; somebody is taken in."""
    context = frame(request, participation)
    if request.method == "POST" and not the_person(request).has_perm("cohorts.work", participation.organisation):
        raise PermissionDenied
    form = TeamForm(request.POST or None, organisation=participation.organisation)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            add_to_team(
                participation, by=the_person(request), person=given["person"], name=given["name"], part=given["part"]
            )
        except KeinoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The team has a new member."))
            return to_page(participation, "team")
    context |= {
        "team": list(participation.team.select_related("person")),
        "form": form if context["may_work"] else None,
    }
    is_wrong = form.is_bound and form.errors
    return render(request, "cohorts/space/team.html", context, status=422 if is_wrong else 200)


def _member(participation: Participation, key: UUID) -> TeamPerson:
    member = get_object_or_404(TeamPerson, participation=participation, public_id=key)
    member.participation = participation
    return member


@require_POST
@space_page("cohorts.work")
def take_out(request: HttpRequest, participation: Participation, member: UUID) -> HttpResponse:
    """Take somebody out of the team."""
    found = TeamPerson.objects.filter(participation=participation, public_id=member).first()
    if found is not None:
        found.participation = participation
        try:
            take_from_team(found, by=the_person(request))
        except KeinoError as error:
            tell(request, error)
    return to_page(participation, "team")


@require_POST
@space_page("cohorts.see")
def contact(request: HttpRequest, participation: Participation, member: UUID) -> HttpResponse:
    """Agree that the other participants see one's name and address, or take it back."""
    try:
        show_contact(_member(participation, member), by=the_person(request), shows=request.POST.get("shows") == "1")
    except KeinoError as error:
        tell(request, error)
    return to_page(participation, "team")
