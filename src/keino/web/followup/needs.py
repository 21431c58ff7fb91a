"""What of ``followup`` needs a person, and its coming dates, for the homes: council reports on their way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.base.addresses import address_or_none
from keino.web.followup.choices import ReportState
from keino.web.followup.models import CouncilReport
from keino.web.organisations.needs import ComingDate, Need, of_organisations

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

#: A meeting this near makes a report this week's.
WEEK = dt.timedelta(days=7)


def needs(person: Person, organisations: Sequence[Organisation]) -> Iterator[Need]:
    """Drafts to write or to approve, approved reports to publish."""
    own = [each for each in organisations if person.has_perm("plans.work", each) or _decides(person, each)]
    if not own:
        return
    open_ones = CouncilReport.objects.filter(organisation__in=own, state__in=(ReportState.DRAFT, ReportState.APPROVED))
    for report in of_organisations(open_ones.defer("content").order_by("meeting_on", "pk"), own):
        need = _need(person, report)
        if need is not None:
            yield need


def _decides(person: Person, organisation: Organisation) -> bool:
    return person.has_perm("plans.approve", organisation) or person.has_perm("plans.publish", organisation)


def _need(person: Person, report: CouncilReport) -> Need | None:
    organisation = report.organisation
    url = address_or_none("followup:report", slug=organisation.slug, report=report.public_id)
    year = {"year": report.year}
    due = report.meeting_on
    if report.state == ReportState.APPROVED:
        if organisation.is_public and person.has_perm("plans.publish", organisation):
            return Need("you", _("Publish the council report of %(year)s") % year, url, None, str(organisation))
        return None
    works, approves = (person.has_perm(f"plans.{what}", organisation) for what in ("work", "approve"))
    if report.written_in and approves:
        said = _("Read the council report of %(year)s and approve it") % year
        return Need(_urgency(due), said, url, due, str(organisation))
    if report.written_in and works:
        return Need(
            "others", _("The council report of %(year)s waits for an approver") % year, url, due, str(organisation)
        )
    if works:
        said = _("Write the summary of the council report of %(year)s") % year
        return Need(_urgency(due), said, url, due, str(organisation))
    return None


def _urgency(due: dt.date | None) -> str:
    today = timezone.localdate()
    if due is None or due > today + WEEK:
        return "you"
    return "overdue" if due < today else "week"


def coming_dates(person: Person, organisation: Organisation) -> Iterator[ComingDate]:
    """Meetings that reports go to."""
    if not person.has_perm("plans.see", organisation):
        return
    coming = CouncilReport.objects.filter(organisation=organisation, meeting_on__gte=timezone.localdate())
    shown = coming.exclude(state=ReportState.SUPERSEDED).order_by("meeting_on", "pk")
    for report in shown.only("public_id", "year", "meeting_on"):
        assert report.meeting_on is not None
        url = address_or_none("followup:report", slug=organisation.slug, report=report.public_id)
        yield ComingDate(
            report.meeting_on, _("The council report of %(year)s is in the meeting") % {"year": report.year}, url
        )
