"""What of ``surveys`` needs a person, and its coming dates, for the homes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.base.addresses import address_or_none
from keino.web.organisations.needs import ComingDate, Need
from keino.web.surveys.queries.rounds import ending_rounds, waiting_for
from keino.web.surveys.queries.studies import studies_waiting_for

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

WEEK = dt.timedelta(days=7)


def needs(person: Person, organisations: Sequence[Organisation]) -> Iterator[Need]:
    """Rounds that the person hasn't answered. Nobody else's home says so."""
    own = [each for each in organisations if person.has_perm("surveys.answer", each)]
    if not own:
        return
    today = timezone.localdate()
    for round_ in waiting_for(person, own, today):
        url = address_or_none("surveys:answer", slug=round_.organisation.slug, round_id=round_.public_id)
        kind = "week" if round_.closes_on <= today + WEEK else "you"
        said = _("Answer the self-assessment “%(name)s” (five minutes)") % {"name": round_.name}
        yield Need(kind, said, url, round_.closes_on, str(round_.organisation))
    yield from _studies(person, own, today)


def _studies(person: Person, own: Sequence[Organisation], today: dt.date) -> Iterator[Need]:
    """Studies that one's organisations haven't answered."""
    for round_, organisation in studies_waiting_for(person, own, today):
        url = address_or_none("surveys:form_answer", slug=organisation.slug, round_id=round_.public_id)
        kind = "week" if round_.closes_on <= today + WEEK else "you"
        said = _("Answer “%(name)s”") % {"name": round_}
        yield Need(kind, said, url, round_.closes_on, str(organisation))


def coming_dates(person: Person, organisation: Organisation) -> Iterator[ComingDate]:
    """The last day of an open round."""
    if person.has_perm("surveys.see", organisation):
        url = address_or_none("surveys:maturity", slug=organisation.slug)
        for round_ in ending_rounds(organisation, timezone.localdate()):
            said = _("Last day to answer the self-assessment “%(name)s”") % {"name": round_.name}
            yield ComingDate(round_.closes_on, said, url)
