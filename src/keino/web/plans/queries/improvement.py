"""The yearly improvement report: what was late, what changed, what was reviewed and what was learnt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from keino.web.plans.action_choices import ActionState, Changed
from keino.web.plans.models import Action, ActionChange, ActionReview
from keino.web.plans.models.action import LACKS_DECISION

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation


@dataclass(frozen=True)
class Overdue:
    """An action that was late on the report's day, its deadline on that day, and by how many days."""

    action: Action
    deadline: dt.date
    days: int


@dataclass(frozen=True)
class Improvement:
    """One year of an organisation's actions. ``day`` is the year's last one, or today in the present year."""

    year: int
    day: dt.date
    actions: int
    overdue: tuple[Overdue, ...]
    changes: tuple[ActionChange, ...]
    done: tuple[Action, ...]
    done_late: int
    undecided: tuple[Action, ...]
    reviews: tuple[ActionReview, ...]

    @property
    def lessons(self) -> tuple[ActionReview, ...]:
        """The reviews that taught something."""
        return tuple(review for review in self.reviews if review.lessons)


def improvement(organisation: Organisation, year: int, today: dt.date) -> Improvement:
    """What happened to the actions in a year, as it was on its last day (or is today)."""
    day = min(today, dt.date(year, 12, 31))
    deadline_changes = ActionChange.objects.filter(what=Changed.DEADLINE).order_by("changed_at", "pk")
    found = Action.objects.filter(organisation=organisation).select_related("owner")
    moved = Prefetch("changes", deadline_changes, to_attr="deadline_changes")
    actions = [each for each in found.prefetch_related(moved) if timezone.localdate(each.created_at) <= day]
    done = tuple(
        each for each in actions if each.state == ActionState.DONE and each.done_on and each.done_on.year == year
    )
    return Improvement(
        year=year,
        day=day,
        actions=len(actions),
        overdue=_overdue(actions, day),
        changes=tuple(_changes(organisation, year)),
        done=tuple(sorted(done, key=lambda each: (each.done_on or day, each.pk))),
        done_late=sum(1 for each in done if each.done_on and each.done_on > each.deadline),
        undecided=tuple(found.filter(LACKS_DECISION, created_at__lt=_end_of(day)).order_by("deadline", "pk")),
        reviews=tuple(
            ActionReview.objects.filter(organisation=organisation, held_on__year=year)
            .select_related("action", "written_by")
            .order_by("held_on", "pk")
        ),
    )


def _overdue(actions: Sequence[Action], day: dt.date) -> tuple[Overdue, ...]:
    rows = [(each, deadline_on(each, day)) for each in actions if was_open_on(each, day)]
    late = [Overdue(action, deadline, (day - deadline).days) for action, deadline in rows if deadline < day]
    return tuple(sorted(late, key=lambda each: (each.deadline, each.action.pk)))


def was_open_on(action: Action, day: dt.date) -> bool:
    """Whether somebody still had to do it at the end of a day, as far as its present days tell."""
    ended = action.done_on or action.cancelled_on
    return ended is None or ended > day


def deadline_on(action: Action, day: dt.date) -> dt.date:
    """The deadline that an action had at the end of a day: what the first later change found.

    The action's ``deadline_changes`` are read before, the oldest first.
    """
    changes: list[ActionChange] = action.deadline_changes  # type: ignore[attr-defined]  # prefetched
    later = next((each for each in changes if timezone.localdate(each.changed_at) > day), None)
    return dt.date.fromisoformat(later.was) if later else action.deadline


def _end_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))


def _changes(organisation: Organisation, year: int) -> QuerySet[ActionChange]:
    """Changed deadlines and targets, and actions that were given up or taken up again, in a year."""
    given_up = Q(what=Changed.STATE, now=ActionState.CANCELLED) | Q(
        what=Changed.STATE, was__in=(ActionState.DONE, ActionState.CANCELLED)
    )
    found = ActionChange.objects.filter(
        ~Q(was=""), Q(what__in=(Changed.DEADLINE, Changed.TARGET)) | given_up, action__organisation=organisation,
        changed_at__year=year,
    )  # fmt: skip
    return found.select_related("action", "changed_by").order_by("changed_at", "pk")


def years_of(organisation: Organisation, today: dt.date) -> list[int]:
    """Years that a report can be made of, the present one first."""
    first = Action.objects.filter(organisation=organisation).order_by("created_at").values_list("created_at").first()
    began = timezone.localdate(first[0]).year if first else today.year
    return list(range(today.year, began - 1, -1))
