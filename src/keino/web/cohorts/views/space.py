"""An organisation's programmes, and the space of one of them: what needs us, dates, work, deliverables, people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keino.web.cohorts.choices.sparring import SessionState
from keino.web.cohorts.models import Deliverable, Participation, Presentation, SparringSession
from keino.web.cohorts.queries.documents import place_of
from keino.web.cohorts.queries.due import Due, due_of
from keino.web.cohorts.queries.pilots import pilots_of
from keino.web.cohorts.queries.sessions import SessionDate, materials_of, sessions_of
from keino.web.cohorts.views.common import frame, space_page, url_of
from keino.web.events.times import when_text
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page

PER_PAGE = 25
WEEK = dt.timedelta(days=7)


@require_safe
@organisation_page("cohorts.see")
def programmes(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The programmes in which the organisation takes part or took part, the newest first."""
    found = Participation.objects.filter(organisation=organisation).select_related("edition", "mentor")
    page = Paginator(found.order_by("-began_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"organisation": organisation, "step": "programme", "page_obj": page}
    return render(request, "cohorts/space/programmes.html", context)


@require_safe
@space_page("cohorts.see")
def space(request: HttpRequest, participation: Participation) -> HttpResponse:
    """What needs us, the calendar, assignments, deliverables, presentations, the team, materials."""
    now = timezone.now()
    context = frame(request, participation)
    things = due_of([participation], now)
    pilots = {pilot.deliverable.pk: pilot for pilot in pilots_of(participation)}
    presentations = list(participation.presentations.all())
    sessions = sessions_of(participation.edition)
    context |= {
        "needs": [
            *_needs(things, now, may_guide=context["may_guide"], has_left=not participation.is_active),
            *_undecided(participation, presentations),
        ],
        "calendar": sorted(
            [*_sessions(sessions, now), *_dues(things, now), *_meetings(participation, presentations, now)],
            key=lambda row: row["date"],
        ),
        "works": [_row(each) for each in things if each.page == "work"],
        "deliverables": [
            _row(each) | {"place": place_of(each.thing), "pilot": pilots.get(each.thing.pk)}
            for each in things
            if isinstance(each.thing, Deliverable)
        ],
        "presentations": presentations,
        "team": list(participation.team.select_related("person")),
        "materials": materials_of(sessions),
    }
    return render(request, "cohorts/space/space.html", context)


def _url(due: Due) -> str:
    return url_of(due.participation, due.page, **{due.page: due.thing.public_id})


def _row(due: Due) -> dict[str, Any]:
    return {"due": due, "url": _url(due)}


def _needs(things: list[Due], now: dt.datetime, *, may_guide: bool, has_left: bool) -> Iterator[dict[str, Any]]:
    """What somebody has to do now, for the todo list. From who has left nothing is asked any more."""
    words = {
        "waiting": _("Give feedback: {title}") if may_guide else _("With the mentor: {title}"),
        "returned": _("Read the feedback: {title}"),
        "overdue": "{title}",
        "due": "{title}",
    }
    kinds = {"waiting": "you" if may_guide else "others", "returned": "you", "overdue": "overdue", "due": "week"}
    for each in things:
        is_near = each.matter != "due" or (each.due_at is not None and each.due_at <= now + WEEK)
        if each.matter not in kinds or not is_near or (has_left and each.matter != "waiting"):
            continue
        day = timezone.localtime(each.due_at).date() if each.due_at and each.matter in {"due", "overdue"} else None
        title = words[each.matter].format(title=each.title)
        yield {"kind": kinds[each.matter], "title": title, "due": day, "url": _url(each)}


def _undecided(participation: Participation, presentations: list[Presentation]) -> Iterator[dict[str, Any]]:
    """Meetings that were held and whose decision nobody has recorded."""
    for meeting in presentations:
        if not meeting.decision and meeting.held_on <= timezone.localdate():
            words = _("Record the decision of the management group: {title}").format(title=meeting.group)
            url = url_of(participation, "presentation", presentation=meeting.public_id)
            yield {"kind": "you", "title": words, "url": url, "due": meeting.held_on}


def _sessions(sessions: list[SessionDate], now: dt.datetime) -> Iterator[dict[str, Any]]:
    """The dates of the programme that are still to come."""
    for each in sessions:
        if each.ends_at >= now:
            yield {"date": each.starts_at, "title": each.shown_name, "text": each.words, "url": each.url}


def _dues(things: list[Due], now: dt.datetime) -> Iterator[dict[str, Any]]:
    """What of ours is due later."""
    for each in things:
        if each.matter == "due" and each.due_at is not None and each.due_at >= now:
            yield {"date": each.due_at, "title": _("Due: {title}").format(title=each.title), "url": _url(each)}


def _meetings(
    participation: Participation, presentations: list[Presentation], now: dt.datetime
) -> Iterator[dict[str, Any]]:
    """Our own sparring sessions, and meetings of the management group."""
    sparring = SparringSession.objects.filter(participation=participation, state=SessionState.AGREED, ends_at__gte=now)
    slug = participation.organisation.slug
    for session in sparring.order_by("starts_at", "pk"):
        yield {
            "date": session.starts_at,
            "title": _("Sparring"),
            "text": when_text(session.starts_at, session.ends_at),
            "url": reverse("cohorts:sparring_session", kwargs={"slug": slug, "session": session.public_id}),
        }
    for each in presentations:
        if each.held_on >= timezone.localtime(now).date():
            yield {
                "date": _noon(each.held_on),
                "title": _("Presentation: {title}").format(title=each.group),
                "url": url_of(participation, "presentation", presentation=each.public_id),
            }


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=timezone.get_default_timezone())
