"""What the calendar doesn't allow, in words: said on the page beforehand, and when something is refused."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from keino.domain.programmes.calendar import is_within
from keino.web.base.templatetags.keino import day, moment
from keino.web.programmes.queries.calendar import Span, spans_of

if TYPE_CHECKING:
    from keino.web.programmes.choices import Act
    from keino.web.programmes.models import Edition


def not_now(edition: Edition, *acts: Act, on: dt.datetime | None = None) -> str:
    """Why none of some acts may be done now, or ``on`` another moment, and when they may; empty where one may."""
    asked, spans = on or timezone.now(), spans_of(edition, *acts)
    if any(is_within(asked, each) for each in spans):
        return ""
    said = (
        _("The programme's calendar doesn't allow this now: {act}.")
        if on is None
        else _("The programme's calendar doesn't allow this on {day}: {act}.")
    )
    return " ".join([said.format(day=day(asked), act=acts[0].label), _when(spans, asked), _whom_to_ask(edition)])


def not_any_more(edition: Edition, *acts: Act) -> str:
    """The same for what is agreed beforehand: empty as long as there is time for one of the acts, now or later."""
    spans, now = spans_of(edition, *acts), timezone.now()
    if any(closes is None or now <= closes for _opens, closes in spans):
        return ""
    said = _("The programme's calendar has no time left for this: {act}.").format(act=acts[0].label)
    return " ".join([said, _when(spans, now), _whom_to_ask(edition)])


def time_for(edition: Edition, *acts: Act) -> str:
    """When the calendar allows one of some acts; empty where it has no bounds or no dates."""
    spans = spans_of(edition, *acts)
    if not spans or spans == [(None, None)]:
        return ""
    return _("In the calendar: {act} {span}.").format(act=acts[0].label, span=_nearest(spans, timezone.now()))


def _when(spans: list[Span], asked: dt.datetime) -> str:
    if not spans:
        return _("Its dates aren't in the calendar yet.")
    return _("The calendar allows it {span}.").format(span=_nearest(spans, asked))


def _nearest(spans: list[Span], asked: dt.datetime) -> str:
    """The span that is open or still to come, else the last one."""
    opens, closes = next((each for each in spans if each[1] is None or asked <= each[1]), spans[-1])
    if opens is None:
        return pgettext("time in a calendar", "until {closes}").format(closes=_in_words(closes))
    if closes is None:
        return pgettext("time in a calendar", "from {opens} on").format(opens=_in_words(opens))
    words = pgettext("time in a calendar", "from {opens} to {closes}")
    return words.format(opens=_in_words(opens), closes=_in_words(closes))


def _in_words(bound: dt.datetime | None) -> str:
    """A bound in the reader's language; one without an hour of its own is the beginning or the end of its day."""
    if bound is None:
        return ""
    clock = timezone.localtime(bound).time()
    is_whole_day = clock == dt.time.min or clock >= dt.time(23, 59, 59)
    return day(bound) if is_whole_day else moment(bound)


def _whom_to_ask(edition: Edition) -> str:
    if edition.contact_email:
        return _("The programme's hosts can change the dates: {contact}.").format(contact=edition.contact_email)
    return _("The programme's hosts can change the dates.")
