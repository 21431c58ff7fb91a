"""Pages of alumni: the public directory, and what an organisation and its people say of themselves there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.cohorts.forms.alumni import AlumniFilter, AlumniForm
from keino.web.cohorts.models import AlumniEntry
from keino.web.cohorts.queries.alumni import directory, tasks_of
from keino.web.cohorts.services.alumni import name_me, show_among_alumni
from keino.web.cohorts.views.sparring_pages import at, form_page, page, participation_in, space_crumb
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.rules import roles_today
from keino.web.organisations.views.editing import did_save

if TYPE_CHECKING:
    from keino.web.base.models import Person

PER_PAGE = 50


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Alumni who agreed to be shown, for everyone."""
    form = AlumniFilter(request.GET)
    rows = Paginator(directory(**form.wishes()), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "cohorts/alumni/directory.html", {"form": form, "page_obj": rows})


@require_safe
@organisation_page("cohorts.see")
def own(request: HttpRequest, organisation: Organisation, edition: str) -> HttpResponse:
    """What follows for the organisation, and how it stands among the alumni."""
    participation = participation_in(organisation, edition)
    by = the_person(request)
    people = list(participation.alumni_people.select_related("person"))
    return page(
        request, organisation, "alumni/own", crumbs=space_crumb(participation),
        participation=participation, entry=AlumniEntry.objects.filter(participation=participation).first(),
        people=people, am_named=any(each.person_id == by.pk for each in people), tasks=list(tasks_of(participation)),
        is_alumnus=participation.state == "alumni", belongs=_belongs(by, organisation),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("cohorts.work")
def entry(request: HttpRequest, organisation: Organisation, edition: str) -> HttpResponse:
    """Let the organisation stand in the public directory, or take it out."""
    participation = participation_in(organisation, edition)
    there = AlumniEntry.objects.filter(participation=participation).first()
    form = AlumniForm(request.POST or None, thing=there)
    by = the_person(request)

    def save() -> None:
        show_among_alumni(participation, seen=form.version_seen, by=by, **form.values())

    url = at("alumni_own", organisation, edition=edition)
    if did_save(request, form, save):
        return redirect(url)
    crumbs = [*space_crumb(participation), (str(_("As alumni")), url)]
    return form_page(
        request, organisation, form, title=_("In the public directory of alumni"), cancel_url=url, crumbs=crumbs,
        lead=_("People are named only if they say so themselves, on the page before this one."),
    )  # fmt: skip


@require_POST
@organisation_page("cohorts.see")
def name(request: HttpRequest, organisation: Organisation, edition: str) -> HttpResponse:
    """Let one's own name stand with the organisation, or take it away."""
    participation = participation_in(organisation, edition)
    if not _belongs(the_person(request), organisation):
        raise PermissionDenied
    is_so = request.POST.get("show") == "1"
    try:
        name_me(participation, is_so=is_so, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("Your name stands among the alumni.") if is_so else _("Your name is taken away."))
    return redirect(at("alumni_own", organisation, edition=edition))


def _belongs(person: Person, organisation: Organisation) -> bool:
    """Whether the person has a role in the organisation itself: a mentor is nobody of its own."""
    return any(role.organisation_id == organisation.pk for role in roles_today(person))
