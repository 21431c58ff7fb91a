"""Writing the engagement log: by hand, or by taking up what an event or a session proposes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.errors import Conflict
from keino.web.cohorts.errors.effect import ProposalGone
from keino.web.cohorts.models import Engagement
from keino.web.cohorts.queries.proposals import Proposal, proposal_of

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation
    from keino.web.programmes.models import Edition


@dataclass(frozen=True)
class Work:
    """What is written of one piece of work."""

    kind: str
    day: dt.date
    quarters: int
    organisation: Organisation | None = None
    edition: Edition | None = None
    note: str = ""


def log_work(*, work: Work, made_with: UUID, by: Person) -> Engagement:
    """Write a row of the person's own. The same form sent twice makes one row."""
    with transaction.atomic(), acting(by, act="engagement_logged"):
        row, _made = Engagement.objects.get_or_create(made_with=made_with, defaults={"person": by, **_columns(work)})
        return row


def change_work(*, row: Engagement, work: Work, seen: int, by: Person) -> None:
    """Mend a row. Raises Conflict when it was changed since it was seen."""
    with transaction.atomic(), acting(by, act="engagement_changed"):
        found = Engagement.objects.select_for_update().get(pk=row.pk)
        wanted = _columns(work)
        if all(getattr(found, name) == value for name, value in wanted.items()):
            return  # a second press of the button
        if found.version != seen:
            raise Conflict
        for name, value in wanted.items():
            setattr(found, name, value)
        found.version += 1
        found.save()


def remove_work(*, row: Engagement, by: Person) -> None:
    """Take a row out. One that was proposed stays as declined, so that it isn't proposed again."""
    with transaction.atomic(), acting(by, act="engagement_removed"):
        found = Engagement.objects.select_for_update().filter(pk=row.pk).first()
        if found is None:
            return
        if not found.source:
            found.delete()
            return
        found.is_counted, found.quarters, found.note, found.version = False, 0, "", found.version + 1
        found.save()


def take_up(*, source: str, same_as: Engagement | None, by: Person) -> Engagement:
    """Take up a proposal as a row of its own, or as the one that the person had written by hand already.

    Pressed twice it is one row. Raises ProposalGone.
    """
    with transaction.atomic(), acting(by, act="engagement_taken_up"):
        there = Engagement.objects.filter(person=by, source=source).first()
        if there is not None:
            return there
        proposal = _proposal(source, by)
        if same_as is None:
            return Engagement.objects.create(person=by, source=source, **_columns(_work(proposal)))
        row = Engagement.objects.select_for_update().filter(pk=same_as.pk, person=by, source="").first()
        if row is None:
            raise ProposalGone
        row.source, row.version = source, row.version + 1
        row.organisation, row.edition = row.organisation or proposal.organisation, row.edition or proposal.edition
        row.save()
        return row


def decline(*, source: str, by: Person) -> None:
    """Say that a proposal isn't to be counted; it doesn't come back. What was taken up before stays."""
    with transaction.atomic(), acting(by, act="engagement_declined"):
        if Engagement.objects.filter(person=by, source=source).exists():
            return
        work = _columns(_work(_proposal(source, by))) | {"quarters": 0, "note": ""}
        Engagement.objects.create(person=by, source=source, is_counted=False, **work)


def _proposal(source: str, by: Person) -> Proposal:
    found = proposal_of(by, source, timezone.now())
    if found is None:
        raise ProposalGone
    return found


def _work(proposal: Proposal) -> Work:
    return Work(
        proposal.kind, proposal.day, proposal.quarters, proposal.organisation, proposal.edition, proposal.title[:300]
    )


def _columns(work: Work) -> dict[str, object]:
    return {
        "kind": work.kind, "day": work.day, "quarters": work.quarters, "organisation": work.organisation,
        "edition": work.edition, "note": work.note.strip(),
    }  # fmt: skip
