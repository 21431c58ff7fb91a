"""An organisation's actions: the list with its filters, the board, sums by budget step, what lacks a decision."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, QuerySet, Sum

from keino.web.base.models import Person
from keino.web.organisations.queries.organisations import written_in_any_case
from keino.web.organisations.queries.people import people_of
from keino.web.plans.action_choices import OPEN, USUAL_DAYS, ActionState, BudgetStep
from keino.web.plans.models import Action, ActionChange, ActionReview, BudgetDay
from keino.web.plans.models.action import LACKS_DECISION

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation

#: What a list may be sorted by.
ORDERS = ("deadline", "title", "state", "owner")
#: Done and cancelled actions that the board shows; the list has them all.
ENDED_ON_BOARD = 10
SOON = dt.timedelta(days=30)


def actions_of(organisation: Organisation) -> QuerySet[Action]:
    """All of them with their owners, the nearest deadline first."""
    return Action.objects.filter(organisation=organisation).select_related("owner").order_by("deadline", "pk")


def chosen(organisation: Organisation, wishes: Mapping[str, Any], today: dt.date, order: str = "") -> QuerySet[Action]:
    """The actions that a filter's cleaned wishes choose, sorted."""
    found = actions_of(organisation)
    for name, wish in wishes.items():
        if wish:
            found = found.filter(_wished(name, wish, today))
    return sorted_by(found, order)


def _wished(name: str, wish: str, today: dt.date) -> Q:
    """What one field of the filter asks for."""
    if name == "words":
        return Q(*(_with_word(word) for word in wish.split()[:5]))
    special = {
        ("state", "open"): Q(state__in=OPEN),
        ("owner", "none"): Q(owner=None),
        ("only", "overdue"): Q(state__in=OPEN, deadline__lt=today),
        ("only", "undecided"): LACKS_DECISION,
    }
    columns = {
        "state": "state",
        "owner": "owner__public_id",
        "category": "category_code__startswith",
        "step": "budget_step",
    }
    return special[name, wish] if (name, wish) in special else Q(**{columns[name]: wish})


def _with_word(word: str) -> Q:
    return written_in_any_case("title", word) | written_in_any_case("description", word)


def sorted_by(actions: QuerySet[Action], order: str) -> QuerySet[Action]:
    """Sorted as the address says; what it doesn't know is sorted by deadline."""
    name = order.removeprefix("-")
    if name not in ORDERS:
        return actions
    column = F("owner__name" if name == "owner" else name)
    first = column.desc(nulls_last=True) if order.startswith("-") else column.asc(nulls_last=True)
    return actions.order_by(first, "deadline", "pk")


def owners_of(organisation: Organisation, today: dt.date) -> list[Person]:
    """Who may own an action: everybody with a role here today."""
    return list(people_of(organisation, today))


def owners_in_use(organisation: Organisation) -> list[Person]:
    """Who owns an action here, for a filter."""
    owned = Action.objects.filter(organisation=organisation).values("owner")
    return list(Person.objects.filter(pk__in=owned).order_by("name", "email", "pk"))


@dataclass(frozen=True)
class Standing:
    """How the actions of an organisation stand, in numbers."""

    whole: int
    open: int
    overdue: int
    soon: int
    done: int
    undecided: int
    without_owner: int


def standing(organisation: Organisation, today: dt.date) -> Standing:
    """Count them by one query."""
    is_open = Q(state__in=OPEN)
    counted = Action.objects.filter(organisation=organisation).aggregate(
        whole=Count("pk"),
        open=Count("pk", filter=is_open),
        overdue=Count("pk", filter=is_open & Q(deadline__lt=today)),
        soon=Count("pk", filter=is_open & Q(deadline__range=(today, today + SOON))),
        done=Count("pk", filter=Q(state=ActionState.DONE)),
        undecided=Count("pk", filter=LACKS_DECISION),
        without_owner=Count("pk", filter=is_open & Q(owner=None)),
    )
    return Standing(**counted)


def board(organisation: Organisation) -> list[tuple[ActionState, list[Action], int]]:
    """(state, actions, how many more there are) in the order of the states; of ended ones the latest."""
    whole = dict(
        Action.objects.filter(organisation=organisation).order_by().values_list("state").annotate(count=Count("pk"))
    )
    columns = []
    for state in ActionState:
        found = actions_of(organisation).filter(state=state)
        if state not in OPEN:
            found = found.order_by(F("done_on").desc(nulls_last=True), F("cancelled_on").desc(nulls_last=True), "-pk")
            found = found[:ENDED_ON_BOARD]
        shown = list(found)
        columns.append((state, shown, whole.get(state, 0) - len(shown)))
    return columns


def history_of(action: Action) -> tuple[list[ActionChange], list[ActionReview]]:
    """An action's changes and reviews, the newest first."""
    changes = action.changes.select_related("changed_by").order_by("-changed_at", "-pk")
    return list(changes), list(action.reviews.select_related("written_by").order_by("-held_on", "-pk"))


# ---- money


@dataclass(frozen=True)
class BudgetSum:
    """Actions of one step of one budget year. Amounts that nobody estimated are counted, not taken for zero."""

    step: str
    actions: int
    investment_eur: Decimal
    running_eur_per_year: Decimal
    without_amount: int
    undecided: int

    @property
    def step_name(self) -> str:
        """The step as people call it."""
        return str(BudgetStep(self.step).label) if self.step else ""


def budget_sums(organisation: Organisation) -> dict[int | None, list[BudgetSum]]:
    """Sums by budget year and step; cancelled actions don't count. Actions without a year come last, under None."""
    counts = Action.objects.filter(organisation=organisation).exclude(state=ActionState.CANCELLED)
    no_amount = Q(has_no_budget_effect=False, investment_eur=None, running_eur_per_year=None)
    rows = counts.order_by().values("budget_year", "budget_step").annotate(
        actions=Count("pk"),
        investment=Sum("investment_eur"),
        running=Sum("running_eur_per_year"),
        without_amount=Count("pk", filter=no_amount),
        undecided=Count("pk", filter=LACKS_DECISION),
    )  # fmt: skip
    order = {step: place for place, step in enumerate(BudgetStep.values)}
    found: dict[int | None, list[BudgetSum]] = {}
    for row in sorted(rows, key=lambda row: (row["budget_year"] or 9999, order.get(row["budget_step"], 99))):
        found.setdefault(row["budget_year"], []).append(
            BudgetSum(
                row["budget_step"],
                row["actions"],
                row["investment"] or Decimal(0),
                row["running"] or Decimal(0),
                row["without_amount"],
                row["undecided"],
            )
        )
    return found


def whole_of(sums: list[BudgetSum]) -> BudgetSum:
    """The sum of the steps of a year."""
    return BudgetSum(
        "",
        sum(each.actions for each in sums),
        sum((each.investment_eur for each in sums), Decimal(0)),
        sum((each.running_eur_per_year for each in sums), Decimal(0)),
        sum(each.without_amount for each in sums),
        sum(each.undecided for each in sums),
    )


def undecided(organisation: Organisation) -> QuerySet[Action]:
    """Actions that count and have neither a budget decision nor the word that they need none; by budget year."""
    found = Action.objects.filter(organisation=organisation).without_decision().select_related("owner")
    return found.order_by(F("budget_year").asc(nulls_last=True), "deadline", "pk")


def budget_days(organisation: Organisation) -> dict[str, tuple[int, int, int]]:
    """(years after the budget year, month, day) of each step: the organisation's own, else the usual one."""
    own = {each.step: (each.month, each.day) for each in BudgetDay.objects.filter(organisation=organisation)}
    return {step: (USUAL_DAYS[step][0], *own.get(step, USUAL_DAYS[step][1:])) for step in BudgetStep.values}


def day_of(step: str, year: int, days: Mapping[str, tuple[int, int, int]]) -> dt.date:
    """The day on which a step of a budget year is reached."""
    after, month, day = days[step]
    return dt.date(year + after, month, min(day, calendar.monthrange(year + after, month)[1]))
