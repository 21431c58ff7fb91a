"""Pages of a participant's small group and of who knows what."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.cohorts.forms.peers import KnowHowFilter, KnowHowForm, NoteForm
from keino.web.cohorts.models import GroupNote, KnowHow, Participation, PeerGroup
from keino.web.cohorts.queries.peers import group_of, known_to, notes_of
from keino.web.cohorts.services.know_how import add_know_how, change_know_how, may_be_asked, remove_know_how
from keino.web.cohorts.services.peer_groups import add_note, change_note
from keino.web.cohorts.views.common import require_in_cohort
from keino.web.cohorts.views.sparring_pages import at, form_page, page, participation_in, space_crumb
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.views.editing import did_save, saved

if TYPE_CHECKING:
    from django.forms import Form

PER_PAGE = 25


@require_safe
@organisation_page("cohorts.see")
def group(request: HttpRequest, organisation: Organisation, edition: str) -> HttpResponse:
    """The small group that the organisation is in, with its shared notes."""
    participation = _in_cohort(organisation, edition)
    found = group_of(participation)
    members = found.members.select_related("participation__organisation") if found else []
    rows = Paginator(notes_of(found) if found else GroupNote.objects.none(), PER_PAGE)
    return page(
        request, organisation, "peers/group", crumbs=space_crumb(participation), participation=participation,
        group=found, members=list(members), page_obj=rows.get_page(request.GET.get("page")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("cohorts.spar")
def note_new(request: HttpRequest, organisation: Organisation, edition: str) -> HttpResponse:
    """Begin a shared note."""
    participation, found = _group(organisation, edition)
    form = NoteForm(request.POST or None)
    by = the_person(request)
    made = saved(
        request, form,
        lambda: add_note(
            found, key=form.new_key, organisation=_writes_for(request, organisation), by=by, **form.values()
        ),
    )  # fmt: skip
    if made is not None:
        return redirect(_note_url(participation, made))
    return _group_form(request, participation, form, _("New note"))


@require_safe
@organisation_page("cohorts.see")
def note(request: HttpRequest, organisation: Organisation, edition: str, note: UUID) -> HttpResponse:
    """A shared note with what it said before."""
    participation, found = _group(organisation, edition)
    there = get_object_or_404(GroupNote, group=found, public_id=note)
    versions = there.versions.select_related("organisation", "written_by")
    crumbs = [*space_crumb(participation), (found.name, at("peer_group", organisation, edition=edition))]
    return page(
        request, organisation, "peers/note", crumbs=crumbs, participation=participation, note=there,
        versions=Paginator(versions, PER_PAGE).get_page(request.GET.get("page")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("cohorts.spar")
def note_edit(request: HttpRequest, organisation: Organisation, edition: str, note: UUID) -> HttpResponse:
    """Write on a shared note. Who comes second keeps their text and sees what differs."""
    participation, found = _group(organisation, edition)
    there = get_object_or_404(GroupNote, group=found, public_id=note)
    form = NoteForm(request.POST or None, thing=there)
    by = the_person(request)

    def save() -> None:
        words = form.values()
        change_note(there, seen=form.version_seen, organisation=_writes_for(request, organisation), by=by, **words)

    if did_save(request, form, save):
        return redirect(_note_url(participation, there))
    return _group_form(request, participation, form, _("Write on the note"), back=_note_url(participation, there))


def _in_cohort(organisation: Organisation, edition: str) -> Participation:
    """The organisation's part in an edition, unless it left early."""
    participation = participation_in(organisation, edition)
    require_in_cohort(participation)
    return participation


def _group(organisation: Organisation, edition: str) -> tuple[Participation, PeerGroup]:
    participation = _in_cohort(organisation, edition)
    found = group_of(participation)
    if found is None:
        raise Http404
    return participation, found


def _writes_for(request: HttpRequest, organisation: Organisation) -> Organisation | None:
    """The organisation, where one of its own people writes; a mentor writes for the centre."""
    return organisation if the_person(request).has_perm("cohorts.work", organisation) else None


def _note_url(participation: Participation, note: GroupNote) -> str:
    edition = participation.edition.slug
    return at("group_note", participation.organisation, edition=edition, note=note.public_id)


def _group_form(
    request: HttpRequest, participation: Participation, form: Form, title: str, *, back: str = ""
) -> HttpResponse:
    back = back or at("peer_group", participation.organisation, edition=participation.edition.slug)
    crumbs = [*space_crumb(participation), (str(_("Small group")), back)]
    return form_page(request, participation.organisation, form, title=title, cancel_url=back, crumbs=crumbs)


# ---- who knows what


@require_safe
@organisation_page("cohorts.see")
def know_how(request: HttpRequest, organisation: Organisation, edition: str) -> HttpResponse:
    """Who in the cohort and among the alumni knows what, as far as they share it; who left early sees its own only."""
    participation = participation_in(organisation, edition)
    form = KnowHowFilter(request.GET)
    found = known_to(participation, **form.wishes())
    return page(
        request, organisation, "peers/know_how", crumbs=space_crumb(participation), participation=participation,
        form=form,
        page_obj=Paginator(found, PER_PAGE).get_page(request.GET.get("page")), me=the_person(request),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("cohorts.work")
def know_how_new(request: HttpRequest, organisation: Organisation, edition: str) -> HttpResponse:
    """Say what the organisation offers or asks."""
    participation = _in_cohort(organisation, edition)
    form = KnowHowForm(request.POST or None)
    by = the_person(request)
    made = saved(
        request, form, lambda: add_know_how(participation, key=form.new_key, fields=form.know_how_fields(), by=by)
    )
    if made is not None:
        messages.success(request, _("Saved."))
        return redirect(_know_how_url(participation))
    return _know_how_form(request, participation, form, _("What we can or look for"))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("cohorts.work")
def know_how_edit(request: HttpRequest, organisation: Organisation, edition: str, known: UUID) -> HttpResponse:
    """Change it, or who may see it."""
    participation = _in_cohort(organisation, edition)
    there = get_object_or_404(KnowHow, participation=participation, public_id=known)
    form = KnowHowForm(request.POST or None, thing=there)
    by = the_person(request)

    def save() -> None:
        change_know_how(there, fields=form.know_how_fields(), seen=form.version_seen, by=by)

    if did_save(request, form, save):
        return redirect(_know_how_url(participation))
    return _know_how_form(request, participation, form, _("What we can or look for"))


@require_POST
@organisation_page("cohorts.work")
def know_how_remove(request: HttpRequest, organisation: Organisation, edition: str, known: UUID) -> HttpResponse:
    """Take it away."""
    participation = participation_in(organisation, edition)
    there = KnowHow.objects.filter(participation=participation, public_id=known).first()
    if there is not None:  # else: pressed twice
        remove_know_how(there, by=the_person(request))
        messages.success(request, _("It is taken away."))
    return redirect(_know_how_url(participation))


@require_POST
@organisation_page("cohorts.work")
def know_how_contact(request: HttpRequest, organisation: Organisation, edition: str, known: UUID) -> HttpResponse:
    """Let one's own name be shown as whom to ask, or take it away."""
    participation = participation_in(organisation, edition)
    there = get_object_or_404(KnowHow, participation=participation, public_id=known)
    is_so = request.POST.get("show") == "1"
    if is_so:  # a name is taken away at any time
        require_in_cohort(participation)
    try:
        may_be_asked(there, is_so=is_so, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("Your name is shown with it.") if is_so else _("Your name is taken away."))
    return redirect(_know_how_url(participation))


def _know_how_url(participation: Participation) -> str:
    return at("know_how", participation.organisation, edition=participation.edition.slug)


def _know_how_form(request: HttpRequest, participation: Participation, form: Form, title: str) -> HttpResponse:
    back = _know_how_url(participation)
    crumbs = [*space_crumb(participation), (str(_("Who knows what")), back)]
    return form_page(request, participation.organisation, form, title=title, cancel_url=back, crumbs=crumbs)
