"""Mail before and on the day of a control that has no evidence yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from keino.web.base.mail import send_later
from keino.web.base.templatetags.keino import day as day_text
from keino.web.organisations.queries.people import responsible_persons
from keino.web.procurements.models import TermControl
from keino.web.procurements.queries.contracts import controls_of_everyone

if TYPE_CHECKING:
    from keino.web.base.models import Person

TOPIC = "procurements.controls"
TOPIC_NAME = _("Controls of your contracts")
#: Days before a control on which its owner is told; the last one is the day itself.
DAYS_BEFORE = (14, 3, 0)
#: After the day it is said again every week, so often.
WEEKS_AFTER = 4


def remind_of_controls(today: dt.date) -> int:
    """Ask for a mail about each control that is near or late and has no evidence. Returns how many were asked for.

    Each stage (two weeks before, three days before, on the day, each week after) is mailed once to each person,
    however often this runs; a stage that was missed, because nothing ran on its day, is made up for.
    """
    asked = 0
    for control in controls_of_everyone(until=today + dt.timedelta(days=DAYS_BEFORE[0])):
        stage = stage_of(control.due_on, today)
        if stage:
            asked += sum(_remind(control, person, stage, today) for person in _whom(control, today))
    return asked


def stage_of(due_on: dt.date, today: dt.date) -> str:
    """Which reminder a control due on a day is at; empty where there is none.

    >>> day = dt.date(2027, 3, 15)
    >>> [stage_of(day, day - dt.timedelta(days=n)) for n in (15, 14, 4, 3, 0, -6, -7, -40)]
    ['', 'before-14', 'before-14', 'before-3', 'before-0', 'before-0', 'after-1', '']
    """
    left = (due_on - today).days
    if left < 0 and (weeks := -left // 7):
        return f"after-{weeks}" if weeks <= WEEKS_AFTER else ""
    near = [days for days in DAYS_BEFORE if left <= days]
    return f"before-{min(near)}" if near else ""


def _whom(control: TermControl, today: dt.date) -> Iterable[Person]:
    """The owner of the term, else of the contract; where neither can see to it, those who answer for the buyer."""
    contract = control.term.contract
    for owner in (control.term.owner, contract.owner):
        if owner is not None and owner.has_perm("procurements.work", contract.organisation):
            return [owner]
    return responsible_persons(contract.organisation, today)


def _remind(control: TermControl, person: Person, stage: str, today: dt.date) -> int:
    contract = control.term.contract
    place = {"slug": contract.organisation.slug, "contract": contract.public_id, "control": control.public_id}
    with override(person.language):
        organisation, due = contract.organisation.shown_name, day_text(control.due_on)
    mail = send_later(
        "procurements/mail/control_due.txt",
        to=person,
        topic=TOPIC,
        once=f"control:{control.public_id.hex}:{control.due_on}:{stage}:{person.public_id.hex}",
        organisation=organisation,
        contract=contract.title,
        supplier=contract.supplier_name,
        term=control.term.term[:300],
        how=control.term.control[:300],
        due=due,
        is_late=control.due_on < today,
        is_today=control.due_on == today,
        url=settings.SITE_ADDRESS + reverse("procurements:control", kwargs=place),
    )
    return int(mail is not None)
