"""What of contracts and assessments needs a person: controls without evidence, renewals, an approver's word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.organisations.choices import BUYERS
from keino.web.organisations.needs import ComingDate, Need
from keino.web.procurements.queries.assessments import assessments_to_decide
from keino.web.procurements.queries.contracts import contracts_reopening, controls_without_evidence

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation
    from keino.web.procurements.models import Contract, TermControl

WEEK = dt.timedelta(days=7)
#: A control is shown so long before its day; a last day for choosing otherwise needs longer, for a tender takes months.
CONTROL_AHEAD, NOTICE_AHEAD = dt.timedelta(days=14), dt.timedelta(days=90)
#: How far ahead dates are listed.
DATES_AHEAD = dt.timedelta(days=365)


def needs(person: Person, organisations: Sequence[Organisation]) -> Iterator[Need]:
    """Controls and renewals for those who work on them; assessments for approvers."""
    buyers = [each for each in organisations if each.kind in BUYERS]
    worked = [each for each in buyers if person.has_perm("procurements.work", each)]
    decided = [each for each in buyers if person.has_perm("procurements.decide", each)]
    today = timezone.localdate()
    if worked:
        for control in controls_without_evidence(worked, until=today + CONTROL_AHEAD):
            yield _control(control, person, today)
        for contract in contracts_reopening(worked, start=today, until=today + NOTICE_AHEAD):
            if (need := _renewal(contract, today)) is not None:
                yield need
    for assessment in assessments_to_decide(decided) if decided else ():
        procurement = assessment.procurement
        url = reverse("procurements:assessment_decide", args=[procurement.organisation.slug, procurement.public_id])
        said = _("Look at the assessment of “%(title)s” and say whether it is enough")
        yield Need("you", said % {"title": procurement.title}, url, None, str(procurement.organisation))


def _control(control: TermControl, person: Person, today: dt.date) -> Need:
    contract = control.term.contract
    owner = control.term.owner_id or contract.owner_id
    theirs = owner is None or owner == person.pk
    words = {"contract": contract.title, "term": str(control.term)}
    where = (_control_url(control), control.due_on, str(contract.organisation))
    said = _("Control “%(contract)s”: %(term)s") % words
    if not theirs:
        return Need("others", said, *where)
    if control.due_on < today:
        return Need("overdue", _("A control of “%(contract)s” is late: %(term)s") % words, *where)
    return Need("week" if control.due_on <= today + WEEK else "you", said, *where)


def _renewal(contract: Contract, today: dt.date) -> Need | None:
    """The last day for choosing otherwise; where none is given, the end of the agreed term."""
    day = contract.notice_by or contract.ends_on
    if day is None or day < today:
        return None
    said = _("Decide how “%(contract)s” goes on: last day to choose otherwise")
    if contract.notice_by is None:
        said = _("“%(contract)s” ends: what comes after it?")
    kind = "week" if day <= today + WEEK else "you"
    return Need(kind, said % {"contract": contract.title}, _contract_url(contract), day, str(contract.organisation))


def coming_dates(person: Person, organisation: Organisation) -> Iterator[ComingDate]:
    """Controls, ends of agreed terms, and last days for choosing otherwise."""
    if organisation.kind not in BUYERS or not person.has_perm("procurements.see", organisation):
        return
    today = timezone.localdate()
    for control in controls_without_evidence([organisation], until=today + DATES_AHEAD):
        said = _("Control of “%(contract)s”") % {"contract": control.term.contract.title}
        yield ComingDate(control.due_on, said, _control_url(control), str(control.term))
    for contract in contracts_reopening([organisation], start=today, until=today + DATES_AHEAD):
        title, url = {"contract": contract.title}, _contract_url(contract)
        if contract.notice_by is not None:
            yield ComingDate(contract.notice_by, _("“%(contract)s”: last day to choose otherwise") % title, url)
        if contract.ends_on is not None:
            yield ComingDate(contract.ends_on, _("“%(contract)s”: the agreed term ends") % title, url)


def _contract_url(contract: Contract) -> str:
    return reverse("procurements:contract", args=[contract.organisation.slug, contract.public_id])


def _control_url(control: TermControl) -> str:
    contract = control.term.contract
    return reverse("procurements:control", args=[contract.organisation.slug, contract.public_id, control.public_id])
