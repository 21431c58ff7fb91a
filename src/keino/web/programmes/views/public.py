"""Programmes for everyone: open calls first, the page of a call, its calendar file, earlier ones on record."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from keino.web.base.addresses import address_or_none
from keino.web.base.calendar_entries import calendar_file
from keino.web.base.translated import reader_language
from keino.web.programmes.calendar_entries import entry_of
from keino.web.programmes.choices import CriterionKind, DateKind
from keino.web.programmes.dates_in_words import time_of, when_of
from keino.web.programmes.edition_pages import public_edition
from keino.web.programmes.models import Edition, EditionDate
from keino.web.programmes.models.texts import short_text
from keino.web.programmes.on_record import Recorded, on_record
from keino.web.programmes.queries.calendar import moment_of
from keino.web.programmes.queries.editions import (
    COMING,
    GOING_ON,
    OPEN,
    PAST,
    SAYS_WHO_TAKES_PART,
    call_is_open,
    dates_with_events,
    participants_of,
    public_editions,
)
from keino.web.programmes.queries.selection import published

PER_PAGE = 20
#: The page where an organisation shows its interest, by its name; without such a page there is no button.
APPLY = "programmes:apply"
#: What a source may leave open, in words.
MISSING: dict[str, Any] = {
    "places": _("number of places"),
    "places_min": _("fewest places"),
    "participants": _("participants"),
    "call_opens": _("day on which the call opened"),
    "form_deadline": _("deadline of the form"),
    "application_deadline": _("deadline of the application"),
    "selection_published": _("day on which the choice was told"),
    "kick_off": _("kick-off"),
    "ends": _("end"),
    "hours": _("hours of the sessions"),
    "criteria": _("criteria"),
    "weights": _("weights of the criteria"),
    "eligibility": _("rules of eligibility"),
    "team": pgettext_lazy("programme", "team"),
    "team_size": _("size of the team"),
}


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """What a programme is, open calls first, then what comes, goes on and is over."""
    page = Paginator(public_editions(PAST), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "open": [_row(edition) for edition in public_editions(OPEN)],
        "coming": [_row(edition) for edition in public_editions(COMING)],
        "going_on": [_row(edition) for edition in public_editions(GOING_ON)],
        "past": [_row(edition) for edition in page],
        "page_obj": page,
    }
    return render(request, "programmes/programmes.html", context)


def _row(edition: Edition) -> dict[str, Any]:
    """An edition as lists show it, with its nearest dates."""
    return {
        "edition": edition,
        "summary": short_text(edition, "summary", edition.original_language),
        "summary_language": _language_of(edition, "summary"),
        "deadline": moment_of(edition, "form_deadline"),
        "opens": moment_of(edition, "call_opens"),
        "kick_off": moment_of(edition, "kick_off"),
        "participants": participants_of(edition),
    }


def _language_of(edition: Edition, field: str) -> str:
    """The language of a text that nobody translated; empty where it is the reader's."""
    return "" if getattr(edition, f"{field}_{reader_language()}", "") else edition.original_language


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a call: for whom, what one gets, what is required, criteria, calendar, how to apply, whom to ask."""
    edition = public_edition(slug)
    now = timezone.now()
    return render(
        request,
        "programmes/programme.html",
        call_page(edition, dates_with_events(edition))
        | {
            "is_open": call_is_open(edition, now),
            "apply_url": address_or_none(APPLY, edition=edition.slug),
            "check_url": address_or_none("programmes:can_we_apply", edition=edition.slug),
            "participants": participants_of(edition),
            "selected": [] if edition.state in SAYS_WHO_TAKES_PART else published(edition),
            "may_manage": request.user.has_perm("programmes.see_edition", edition),
        },
    )


def call_page(edition: Edition, dates: list[EditionDate]) -> dict[str, Any]:
    """What the page of a call shows; the desk shows the same before it is published."""
    criteria = list(edition.criteria.all())
    for part in criteria:
        part.edition = edition
    roles = list(edition.team_roles.all())
    for role in roles:
        role.edition = edition
    by_kind = {date.kind: date for date in dates}
    return {
        "edition": edition,
        "dates": [date_row(date) for date in dates],
        "deadline": by_kind.get(DateKind.FORM_DEADLINE),
        "opens": by_kind.get(DateKind.CALL_OPENS),
        "must": [each for each in criteria if each.kind == CriterionKind.PASS_FAIL],
        "scored": [each for each in criteria if each.kind == CriterionKind.SCORED],
        "weights_differ": len({each.weight for each in criteria if each.kind == CriterionKind.SCORED}) > 1,
        "roles": roles,
        "calendar_url": reverse("programmes:programme_calendar", kwargs={"slug": edition.slug}),
    }


def date_row(date: EditionDate) -> dict[str, Any]:
    """A date as tables show it; the event's page where everyone may register."""
    is_public = date.event is not None and date.event.is_public
    return {
        "date": date,
        "name": date.shown_name,
        "when": when_of(date),
        "exactly": time_of(date) if date.shown_said else "",
        "mode": date.get_mode_display() if date.mode else "",
        "place": date.place,
        "is_over": date.ends_at < timezone.now(),
        "url": address_or_none("events:event", event_id=date.event.public_id) if is_public and date.event else None,
    }


@require_safe
def programme_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The calendar as a file that calendar programs open, or fetch by themselves."""
    edition = public_edition(slug)
    url = settings.SITE_ADDRESS + reverse("programmes:programme", kwargs={"slug": edition.slug})
    entries = [entry_of(edition, date, url=url) for date in dates_with_events(edition)]
    content = calendar_file(entries, stamp=timezone.now(), name=edition.shown_name, is_feed=True)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(edition.slug)}.ics"'
    return answer


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Programmes of the competence centre KEINO on record, with their sources."""
    return render(request, "programmes/history.html", {"rows": [recorded_row(each) for each in on_record()]})


def recorded_row(found: Recorded) -> dict[str, Any]:
    """A programme on record as tables show it."""
    language = reader_language()
    dates = [each.date for each in found.dates]
    return {
        "code": found.code,
        "name": found.name_in(language),
        "first": min(each.starts_at for each in dates),
        "last": max(each.ends_at for each in dates),
        "took_part": found.took_part,
        "applied": found.applied,
        "participants": found.participants,
        "source": found.source,
        "missing": [str(MISSING[each]) for each in found.not_on_record],
        "is_default": found.is_default,
    }
