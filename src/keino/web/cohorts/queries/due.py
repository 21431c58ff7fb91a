"""What is due, overdue, not begun, waiting for feedback: works and deliverables, also those never handed in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from keino.web.cohorts.choices.assignments import WRITTEN_ON, WorkState
from keino.web.cohorts.choices.deliverables import DeliverableState
from keino.web.cohorts.choices.participation import TAKES_PART, ParticipationState
from keino.web.cohorts.models import Deliverable, Work
from keino.web.cohorts.queries.documents import name_of
from keino.web.programmes.choices import OVER
from keino.web.surveys.answers_in_use import named_by

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from django.db.models import QuerySet

    from keino.web.cohorts.models import Participation

#: Works that count: of assignments that stand.
STANDING = Q(assignment__withdrawn_at=None)
#: The organisation has to do something.
WITH_US = Q(state__in=sorted(WRITTEN_ON))
OPEN_DELIVERABLES = Q(state__in=[DeliverableState.OPEN, DeliverableState.RETURNED])


@dataclass(frozen=True)
class Due:
    """A work or a deliverable as lists show it: due when, and what is the matter with it.

    ``matter``: overdue, due, returned (with feedback, to be written on), waiting (for the mentor), done.
    """

    thing: Work | Deliverable
    participation: Participation
    title: str
    page: str
    due_at: dt.datetime | None
    matter: str
    is_begun: bool

    @property
    def is_open(self) -> bool:
        """Whether the organisation has to do something."""
        return self.matter in {"overdue", "due", "returned"}


def works_of(participations: Iterable[Participation]) -> QuerySet[Work]:
    """Standing works with what lists show of them, by their due time."""
    found = Work.objects.filter(STANDING, participation__in=list(participations))
    return found.select_related("assignment").order_by("assignment__due_at", "pk")


def answers_in_use(subjects: Collection[str]) -> set[str]:
    """Of answers about works, those of organisations that haven't left, in programmes that aren't over yet."""
    named = named_by(subjects, "work")
    found = Work.objects.filter(public_id__in=set(named.values()), participation__state__in=sorted(TAKES_PART))
    in_use = set(found.exclude(participation__edition__state__in=OVER).values_list("public_id", flat=True))
    return {subject for subject, key in named.items() if key in in_use}


def deliverables_of(participations: Iterable[Participation]) -> QuerySet[Deliverable]:
    """Deliverables with what lists show of them."""
    found = Deliverable.objects.filter(participation__in=list(participations))
    return found.select_related("wanted", "category_plan", "procurement", "development_plan").order_by("pk")


def due_of(participations: Sequence[Participation], now: dt.datetime) -> list[Due]:
    """Everything of these participations, the soonest first; by two questions to the database."""
    known = {each.pk: each for each in participations}
    found = []
    for work in works_of(participations):
        work.participation = known[work.participation_id]
        found.append(of_work(work, now))
    for deliverable in deliverables_of(participations):
        deliverable.participation = known[deliverable.participation_id]
        found.append(of_deliverable(deliverable, now))
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(found, key=lambda each: each.due_at or far)


def of_work(work: Work, now: dt.datetime) -> Due:
    """A work as lists show it."""
    due_at = work.assignment.due_at
    matters = {WorkState.SUBMITTED: "waiting", WorkState.ACCEPTED: "done", WorkState.RETURNED: "returned"}
    matter = matters.get(WorkState(work.state)) or ("overdue" if work.is_overdue(now) else "due")
    return Due(work, work.participation, work.assignment.title, "work", due_at, matter, work.begun_at is not None)


def of_deliverable(deliverable: Deliverable, now: dt.datetime) -> Due:
    """A deliverable as lists show it."""
    due_at = deliverable.wanted.due_at if deliverable.wanted else None
    matters = {
        DeliverableState.SUBMITTED: "waiting",
        DeliverableState.APPROVED: "done",
        DeliverableState.RETURNED: "returned",
    }
    matter = matters.get(DeliverableState(deliverable.state)) or ("overdue" if deliverable.is_overdue(now) else "due")
    is_begun = deliverable.state != DeliverableState.OPEN or bool(
        deliverable.category_plan_id or deliverable.procurement_id or deliverable.development_plan_id
    )
    return Due(deliverable, deliverable.participation, name_of(deliverable), "deliverable", due_at, matter, is_begun)


def unfinished_works() -> QuerySet[Work]:
    """Works that nothing was handed in for, and those that were returned, of organisations that take part."""
    return Work.objects.filter(STANDING, WITH_US, participation__state=ParticipationState.ACTIVE)


def unfinished_deliverables() -> QuerySet[Deliverable]:
    """Wanted deliverables with a time that were not handed in, or were returned."""
    found = Deliverable.objects.filter(OPEN_DELIVERABLES, wanted__due_at__isnull=False)
    return found.filter(participation__state=ParticipationState.ACTIVE)
