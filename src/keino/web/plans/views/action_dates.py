"""The calendar of a month, and the address from which a person's calendar program fetches their dates."""

from __future__ import annotations

import calendar
import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from keino.web.accounts.choices import TOKEN_DAYS, TokenScope
from keino.web.accounts.queries import token_of, tokens_of
from keino.web.accounts.services import make_token, revoke_token
from keino.web.accounts.services.tokens import note_use
from keino.web.base.calendar_entries import Attendee, calendar_file
from keino.web.base.who_asks import the_person
from keino.web.events.calendar_entry import entry_of as entry_of_event
from keino.web.events.queries.seats import booked_events
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.plans.calendar_entry import entry_of
from keino.web.plans.forms.actions import MonthForm
from keino.web.plans.queries.action_dates import calendar_of, dates_of, organisations_seen
from keino.web.plans.views.actions import page

#: What a calendar program gets: half a year back, two years ahead.
BACK, AHEAD = dt.timedelta(days=183), dt.timedelta(days=730)


@require_safe
@organisation_page("plans.see")
def month(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """A month with its deadlines, budget steps, procurements and controls of contracts."""
    first = MonthForm(request.GET).first_day()
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    today = timezone.localdate()
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    found = dates_of(the_person(request), organisation, (first, last), today)
    by_day: dict[dt.date, list[object]] = {}
    for each in found:
        by_day.setdefault(each.day, []).append(each)
    return page(
        request, organisation, "month",
        title=date_format(first, "F Y").capitalize(),
        weekdays=[str(WEEKDAYS[number]) for number in range(7)],
        weeks=[[(day, by_day.get(day, []), day.month == first.month) for day in week] for week in weeks],
        dates=found,
        items=[{"date": each.day, "title": each.title, "url": each.url, "text": each.text} for each in found],
        before=f"{first - dt.timedelta(days=1):%Y-%m}",
        after=f"{last + dt.timedelta(days=1):%Y-%m}",
        is_now=(first.year, first.month) == (today.year, today.month),
    )  # fmt: skip


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: HttpRequest) -> HttpResponse:
    """The address for one's calendar program: made here, shown once, stopped here. A new one stops the old one."""
    person, address = the_person(request), ""
    open_tokens = [each for each in tokens_of(person).filter(scope=TokenScope.CALENDAR) if each.is_open]
    if request.method == "POST":
        for token in open_tokens:
            revoke_token(token, by=person)
        if request.POST.get("stop"):
            messages.success(request, _("The address was stopped; calendar programs that have it get nothing more."))
            return redirect("plans:my_calendar")
        name = _("Calendar program")
        token, raw = make_token(name=name, scope=TokenScope.CALENDAR, days=max(TOKEN_DAYS), by=person)
        open_tokens = [token]
        address = settings.SITE_ADDRESS + reverse("plans:calendar_feed", kwargs={"token": raw})
    context = {"address": address, "tokens": open_tokens, "organisations": organisations_seen(person)}
    return render(request, "plans/actions/my_calendar.html", context)


@never_cache
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """A person's dates for their calendar program; what they may see is asked anew each time."""
    found = token_of(token)
    if found is None or found.scope != TokenScope.CALENDAR:
        raise Http404
    note_use(found)
    now, today = timezone.now(), timezone.localdate()
    with override(found.person.language):
        dates = calendar_of(found.person, (today - BACK, today + AHEAD), today)
        attendee = Attendee(found.person.email, str(found.person), is_coming=True)
        seats = booked_events(found.person, now - BACK, now + AHEAD)
        entries = [entry_of(date, site=settings.SITE_ADDRESS) for date in dates]
        entries += [entry_of_event(event, attendee) for event in seats]
        content = calendar_file(entries, stamp=now, name="keino", is_feed=True)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="keino.ics"'
    answer.headers["Referrer-Policy"] = "no-referrer"  # the secret stands in the address
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
