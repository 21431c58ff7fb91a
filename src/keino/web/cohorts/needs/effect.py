"""What of reports on the effect needs a person, for the homes: drafts to write and to approve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from keino.web.base.addresses import address_or_none
from keino.web.cohorts.choices.engagement import EffectReportState
from keino.web.cohorts.queries.effect.reports import all_reports
from keino.web.organisations.needs import ComingDate, Need

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation


def needs(person: Person, organisations: Sequence[Organisation]) -> Iterator[Need]:
    """Drafts of coordinators; they belong to the centre, not to one of the organisations."""
    if not person.has_perm("programmes.manage"):
        return
    for report in all_reports().filter(state=EffectReportState.DRAFT).defer("content")[:20]:
        name = {"name": str(report.edition) if report.edition else pgettext("report", "All programmes")}
        said = (
            _("Read the report on the effect and approve it: %(name)s") % name
            if report.written_in
            else _("Write the summary of the report on the effect: %(name)s") % name
        )
        yield Need("you", said, address_or_none("cohorts:effect_report", report=report.public_id), None, "")


def coming_dates(person: Person, organisation: Organisation) -> Iterator[ComingDate]:
    """None: reports have no deadline."""
    yield from ()
