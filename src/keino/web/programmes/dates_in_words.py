"""Dates of a calendar as people read them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext, pgettext

from keino.domain.programmes.calendar import SHAPES, Shape
from keino.web.base.templatetags.keino import day, moment
from keino.web.events.times import when_text
from keino.web.programmes.on_record import OPENINGS

if TYPE_CHECKING:
    from keino.web.programmes.models import EditionDate


def when_of(date: EditionDate) -> str:
    """When it is, in the reader's language: in the words of the call where it leaves days open."""
    return date.shown_said or time_of(date)


def time_of(date: EditionDate) -> str:
    """The days and hours that the calendar reckons with."""
    if SHAPES[date.kind] == Shape.MOMENT:
        said = day(date.ends_at) if date.is_whole_day else moment(date.ends_at)
        return said if date.kind in OPENINGS else gettext("by %(day)s") % {"day": said}
    if not date.is_whole_day:
        return when_text(date.starts_at, date.ends_at)
    first, last = _day(date.starts_at), _day(date.ends_at)
    if first == last:
        return day(first)
    return pgettext("from one day to another", "{first}–{last}").format(first=day(first), last=day(last))


def _day(moment_: dt.datetime) -> dt.date:
    return timezone.localtime(moment_).date()
