"""Pages of sparring sessions: the log, one session, its agenda, what was talked about, what was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keino.web.base.templatetags.keino import moment
from keino.web.base.who_asks import the_person
from keino.web.cohorts.choices.sparring import SessionState
from keino.web.cohorts.forms.sparring import AgendaForm, AgreedActionForm, CancelForm, SessionForm, WriteDownForm
from keino.web.cohorts.models import DigitalCase, Participation, SparringSession
from keino.web.cohorts.queries.sparring import agenda_of, agreed_in, sessions_of
from keino.web.cohorts.queries.sparring_slots import sparring_slots
from keino.web.cohorts.services.sparring_actions import agree_action
from keino.web.cohorts.services.sparring_sessions import (
    book_session,
    cancel_session,
    move_session,
    write_agenda,
    write_down,
)
from keino.web.cohorts.session_calendar import entry
from keino.web.cohorts.views.sparring_pages import (
    Crumbs,
    at,
    form_page,
    page,
    participation_in,
    space_crumb,
)
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.views.editing import did_save, saved
from keino.web.programmes.choices import Act
from keino.web.programmes.not_now import not_any_more, time_for

if TYPE_CHECKING:
    from django.forms import Form

    from keino.domain.programmes.booking import Slot

PER_PAGE = 25


def session_of(organisation: Organisation, session: UUID) -> SparringSession:
    """A session of the organisation, or 404."""
    found = SparringSession.objects.select_related(
        "organisation", "mentor", "digital_case", "participation__edition", "created_by"
    )
    return get_object_or_404(found, organisation=organisation, public_id=session)


@require_safe
@organisation_page("cohorts.see")
def log(request: HttpRequest, organisation: Organisation, edition: str = "") -> HttpResponse:
    """All sessions of the organisation, or those of one edition, the latest first."""
    participation = participation_in(organisation, edition) if edition else None
    rows = Paginator(sessions_of(organisation, participation), PER_PAGE).get_page(request.GET.get("page"))
    new_url = at("edition_sparring_new", organisation, edition=edition) if edition else at("sparring_new", organisation)
    return page(
        request, organisation, "sparring/log", page_obj=rows, participation=participation, new_url=new_url,
        now=timezone.now(), not_now=_no_time_left(participation),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("cohorts.spar")
def new(request: HttpRequest, organisation: Organisation, edition: str = "", case: UUID | None = None) -> HttpResponse:
    """Agree on a session; in an edition, about a case of digital sparring, or with neither."""
    participation = participation_in(organisation, edition) if edition else None
    about = get_object_or_404(DigitalCase, organisation=organisation, public_id=case) if case else None
    form = SessionForm(
        request.POST or None, organisation=organisation, initial=_first(request, participation),
        slots=_slots(participation),
    )  # fmt: skip
    by = the_person(request)
    made = saved(
        request, form,
        lambda: book_session(
            organisation=organisation, key=form.new_key, fields=form.fields_of_session(), by=by,
            participation=participation, case=about,
        ),
    )  # fmt: skip
    if made is not None:
        messages.success(request, _("The session is agreed. Both sides get a mail with the entry for their calendar."))
        return redirect(at("sparring_session", organisation, session=made.public_id))
    back = at("digital_case", organisation, case=about.public_id) if about else _log_url(organisation, participation)
    return form_page(
        request, organisation, form, title=_("Agree a sparring session"), cancel_url=back,
        crumbs=_crumbs(organisation, participation), button=_("Agree the session"),
        lead=_lead(participation), not_now=_no_time_left(participation),
    )  # fmt: skip


def _lead(participation: Participation | None) -> str:
    said = _("The agenda is prepared from the open actions by itself; you can change it afterwards.")
    return said if participation is None else f"{said} {time_for(participation.edition, Act.SPAR)}"


def _no_time_left(participation: Participation | None) -> str:
    """Why no session of an edition can be agreed on any more; a session outside of editions always can."""
    return "" if participation is None else not_any_more(participation.edition, Act.SPAR)


def _slots(participation: Participation | None) -> list[Slot]:
    """Times in the hours that the participation's mentor gave for the edition."""
    if participation is None or participation.mentor is None:
        return []
    return sparring_slots(participation.edition, participation.mentor, now=timezone.now())


def _first(request: HttpRequest, participation: Participation | None) -> dict[str, Any]:
    """The mentor who is probably meant: the participation's, or whoever writes, if they are one."""
    mentor = participation.mentor if participation is not None else None
    return {"mentor": mentor or the_person(request)}


@require_safe
@organisation_page("cohorts.see")
def session(request: HttpRequest, organisation: Organisation, session: UUID) -> HttpResponse:
    """One session: its agenda, what was talked about and advised, what was agreed."""
    found = session_of(organisation, session)
    now = timezone.now()
    return page(
        request, organisation, "sparring/session", crumbs=_crumbs(organisation, found.participation), session=found,
        agenda=[line for line in agenda_of(found, timezone.localdate()).splitlines() if line.strip()],
        is_prepared=found.state == SessionState.AGREED and not found.agenda,
        agreed=list(agreed_in(session=found)),
        waits=found.state == SessionState.AGREED, has_begun=found.starts_at <= now,
        is_cancelled=found.state == SessionState.CANCELLED, is_held=found.state == SessionState.HELD,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("cohorts.spar")
def move(request: HttpRequest, organisation: Organisation, session: UUID) -> HttpResponse:
    """Change time, place or mentor."""
    found = session_of(organisation, session)
    form = SessionForm(request.POST or None, organisation=organisation, thing=found)
    by = the_person(request)

    def save() -> None:
        move_session(found, fields=form.fields_of_session(), seen=form.version_seen, by=by)

    if did_save(request, form, save):
        return redirect(_url(found))
    return _form(request, found, form, _("Change time or place"), lead=_("Both sides get a mail with the new entry."))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("cohorts.spar")
def agenda(request: HttpRequest, organisation: Organisation, session: UUID) -> HttpResponse:
    """Write the agenda; it begins with what was prepared."""
    found = session_of(organisation, session)
    first = {"agenda": agenda_of(found, timezone.localdate())}
    form = AgendaForm(request.POST or None, thing=found, initial=first)
    by = the_person(request)

    def save() -> None:
        write_agenda(found, agenda=form.cleaned_data["agenda"], seen=form.version_seen, by=by)

    if did_save(request, form, save):
        return redirect(_url(found))
    return _form(request, found, form, _("Agenda"))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("cohorts.spar")
def write(request: HttpRequest, organisation: Organisation, session: UUID) -> HttpResponse:
    """Write down what was talked about and advised."""
    found = session_of(organisation, session)
    form = WriteDownForm(request.POST or None, thing=found)
    by = the_person(request)

    def save() -> None:
        given = form.values()
        write_down(found, notes=given["notes"], advice=given["advice"], seen=form.version_seen, by=by)

    if did_save(request, form, save):
        return redirect(_url(found))
    return _form(request, found, form, _("Write the session down"))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("cohorts.spar")
def cancel(request: HttpRequest, organisation: Organisation, session: UUID) -> HttpResponse:
    """Call the session off."""
    found = session_of(organisation, session)
    form = CancelForm(request.POST or None, thing=found)
    by = the_person(request)

    def save() -> None:
        cancel_session(found, why=form.cleaned_data["why"], seen=form.version_seen, by=by)

    if did_save(request, form, save):
        return redirect(_url(found))
    return _form(request, found, form, _("Call the session off"), button=_("Call it off"))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("cohorts.spar")
def action_new(request: HttpRequest, organisation: Organisation, session: UUID) -> HttpResponse:
    """Agree an action: it stands in the organisation's plan with its owner and deadline."""
    found = session_of(organisation, session)
    form = AgreedActionForm(request.POST or None, organisation=organisation)
    by = the_person(request)
    made = saved(
        request, form, lambda: agree_action(key=form.new_key, values=form.action_values(), by=by, session=found)
    )
    if made is not None:
        messages.success(request, _("The action is agreed. It stands among the actions of the plan, too."))
        return redirect(_url(found))
    return _form(request, found, form, _("Agree an action"), button=_("Agree the action"))


@require_safe
@organisation_page("cohorts.see")
def calendar(request: HttpRequest, organisation: Organisation, session: UUID) -> HttpResponse:
    """The entry for a calendar program, as the mails carry it."""
    content, method = entry(session_of(organisation, session), stamp=timezone.now())
    answer = HttpResponse(content, content_type=f"text/calendar; method={method}; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="sparring.ics"'
    return answer


# ---- where it stands


def _url(session: SparringSession) -> str:
    return at("sparring_session", session.organisation, session=session.public_id)


def _log_url(organisation: Organisation, participation: Participation | None) -> str:
    if participation is None:
        return at("sparring_log", organisation)
    return at("edition_sparring", organisation, edition=participation.edition.slug)


def _crumbs(organisation: Organisation, participation: Participation | None) -> Crumbs:
    found = space_crumb(participation) if participation is not None else []
    return [*found, (str(_("Sparring")), _log_url(organisation, participation))]


def _form(request: HttpRequest, session: SparringSession, form: Form, title: str, **more: str) -> HttpResponse:
    organisation = session.organisation
    title_of_session = _("Sparring %(when)s") % {"when": moment(session.starts_at)}  # as its page says
    crumbs = [*_crumbs(organisation, session.participation), (title_of_session, _url(session))]
    return form_page(request, organisation, form, title=title, cancel_url=_url(session), crumbs=crumbs, **more)
