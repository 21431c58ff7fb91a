"""What of procurements themselves needs a person: late starts, missing records, decisions; and coming starts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.organisations.choices import BUYERS
from keino.web.organisations.needs import ComingDate, Need
from keino.web.procurements.choices import ProcurementState
from keino.web.procurements.queries.steps import next_state
from keino.web.procurements.queries.waiting import BEFORE_START, lacks, starts_of, waiting_for

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation
    from keino.web.procurements.models import Procurement

WEEK = dt.timedelta(days=7)


def needs(person: Person, organisations: Sequence[Organisation]) -> Iterator[Need]:
    """One need for each procurement that waits for the person: the most urgent thing about it."""
    buyers = [each for each in organisations if each.kind in BUYERS]
    worked = [each for each in buyers if person.has_perm("procurements.work", each)]
    decided = [each for each in buyers if person.has_perm("procurements.decide", each)]
    if not worked and not decided:
        return
    decides = {each.pk for each in decided}
    for each in waiting_for(person, worked=worked, decided=decided):
        need = _need(each, decides=each.organisation_id in decides)
        if need is not None:
            yield need


def _need(found: Procurement, *, decides: bool) -> Need | None:
    url, today, owner = _url(found), timezone.localdate(), str(found.organisation)
    if found.state == ProcurementState.EVALUATION:
        if decides:
            return Need("you", _("Record the award decision of “%(title)s”") % {"title": found.title}, url, None, owner)
        return Need("others", _("“%(title)s” waits for the award decision") % {"title": found.title}, url, None, owner)
    starts = found.procedure_starts_on
    if starts is not None and found.state in BEFORE_START:
        if starts < today:
            said = _("The procedure of “%(title)s” should have started: move it on or change the day")
            return Need("overdue", said % {"title": found.title}, url, starts, owner)
        if starts <= today + WEEK:
            return Need("week", _("The procedure of “%(title)s” starts") % {"title": found.title}, url, starts, owner)
    missing = lacks(found)
    wanted = next_state(found)
    if not missing or wanted is None:
        return None
    said = _("“%(title)s” lacks for “%(state)s”: %(missing)s")
    words = {"title": found.title, "state": wanted.label, "missing": ", ".join(each.words for each in missing)}
    return Need("you", said % words, url, None, owner)


def coming_dates(person: Person, organisation: Organisation) -> Iterator[ComingDate]:
    """The days on which procedures start."""
    if organisation.kind not in BUYERS or not person.has_perm("procurements.see", organisation):
        return
    for each in starts_of([organisation], timezone.localdate()):
        assert each.procedure_starts_on is not None
        said = _("The procedure of “%(title)s” starts") % {"title": each.title}
        yield ComingDate(each.procedure_starts_on, said, _url(each))


def _url(found: Procurement) -> str:
    return reverse("procurements:procurement", args=[found.organisation.slug, found.public_id])
