"""Lists of procurements: filtered, by state, by theme; lessons for the plans of categories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum

from keino.web.base.models import Person
from keino.web.organisations.queries.organisations import written_in_any_case
from keino.web.procurements.choices import OVER, PATH, ProcurementState, Theme
from keino.web.procurements.models import ExitRecord, Lesson, Procurement, ProcurementTheme

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation

#: What a list can be sorted by; with "-" before it the other way round.
ORDERS = {"title": "title", "value": "estimated_value_eur", "starts": "procedure_starts_on"}


def procurements_of(organisation: Organisation, chosen: Mapping[str, Any] | None = None) -> QuerySet[Procurement]:
    """An organisation's procurements that fit the choices of the filter, the newest first."""
    chosen = chosen or {}
    found = Procurement.objects.filter(organisation=organisation)
    if state := chosen.get("state"):
        found = found.exclude(state__in=OVER) if state == "going_on" else found.filter(state=state)
    if theme := chosen.get("theme"):
        found = found.filter(themes__theme=theme)
    if category := chosen.get("category"):
        found = found.filter(Q(category=category) | Q(category__startswith=f"{category}."))
    if owner := chosen.get("owner"):
        found = found.filter(owner=owner)
    for word in str(chosen.get("words") or "").split()[:5]:
        found = found.filter(
            written_in_any_case("title", word) | written_in_any_case("need", word) | Q(cpv__startswith=word)
        )
    return found.select_related("owner").prefetch_related("themes").order_by(*_order(str(chosen.get("order") or "")))


def _order(asked: str) -> list[Any]:
    """Columns to sort by; what has no value comes last in both directions."""
    column = ORDERS.get(asked.removeprefix("-"))
    if column is None:
        return ["-pk"]
    return [F(column).desc(nulls_last=True) if asked.startswith("-") else F(column).asc(nulls_last=True), "pk"]


def whole(organisation: Organisation) -> QuerySet[Procurement]:
    """Procurements with what their own page shows."""
    records = ExitRecord.objects.select_related("recorded_by", "decision", "decision__decided_by").prefetch_related(
        "lessons"
    )
    return (
        Procurement.objects.filter(organisation=organisation)
        .select_related("owner", "organisation", "created_by")
        .prefetch_related(
            "themes",
            "moves__moved_by",
            Prefetch("records", records.order_by("dated_on", "pk")),
            "risks__owner",
            "criteria",
        )
    )


# ---- by state


@dataclass(frozen=True)
class Column:
    """One column of the board: its state, some of its procurements, and all of them counted."""

    state: ProcurementState
    procurements: tuple[Procurement, ...]
    count: int

    @property
    def more(self) -> int:
        """How many don't stand in the column."""
        return self.count - len(self.procurements)


#: Columns of the board: the path, and what is held up; closed and cancelled ones are in the list.
BOARD = (*PATH[:-1], ProcurementState.APPEALED, ProcurementState.FAILED_COMPETITION)
CARDS = 12


def board_of(organisation: Organisation) -> list[Column]:
    """The procurements that go on, by state: the soonest to start first."""
    own = Procurement.objects.filter(organisation=organisation)
    counts = dict(own.values_list("state").annotate(n=Count("pk")).order_by())
    rows = own.filter(state__in=BOARD).select_related("owner").prefetch_related("themes")
    by_state: dict[str, list[Procurement]] = {}
    for row in rows.order_by(F("procedure_starts_on").asc(nulls_last=True), "-pk"):
        by_state.setdefault(row.state, []).append(row)
    return [Column(state, tuple(by_state.get(state, [])[:CARDS]), counts.get(state, 0)) for state in BOARD]


# ---- by theme


@dataclass(frozen=True)
class Share:
    """Procurements that have something in common: how many, their value, and of how many no value is known."""

    count: int = 0
    value_eur: Decimal = Decimal(0)
    without_value: int = 0

    @property
    def is_known(self) -> bool:
        """Whether the value of any of them is known."""
        return self.count > self.without_value


@dataclass(frozen=True)
class ThemeSummary:
    """One theme (empty: those without any): all its procurements, and each state's."""

    theme: str
    whole: Share
    by_state: Mapping[str, Share]


def themes_of(organisation: Organisation) -> list[ThemeSummary]:
    """Number and value of procurements by theme and state. One with two themes counts in both; cancelled ones don't."""
    tagged = ProcurementTheme.objects.filter(procurement__organisation=organisation)
    rows = tagged.exclude(procurement__state=ProcurementState.CANCELLED).values("theme", state=F("procurement__state"))
    numbers = _numbers("procurement__estimated_value_eur")
    found = [(row["theme"], row["state"], _share(row)) for row in rows.annotate(**numbers).order_by()]
    bare = Procurement.objects.filter(organisation=organisation, themes=None).exclude(state=ProcurementState.CANCELLED)
    without = bare.values("state").annotate(**_numbers("estimated_value_eur")).order_by()
    found += [("", row["state"], _share(row)) for row in without]
    return [
        _summary(theme, [(state, share) for mine, state, share in found if mine == theme]) for theme in (*Theme, "")
    ]


def _numbers(value: str) -> dict[str, Any]:
    return {"count": Count("pk"), "value": Sum(value), "without": Count("pk", filter=Q(**{f"{value}__isnull": True}))}


def _share(row: Mapping[str, Any]) -> Share:
    return Share(row["count"], row["value"] or Decimal(0), row["without"])


def _summary(theme: str, parts: Iterable[tuple[str, Share]]) -> ThemeSummary:
    by_state = dict(parts)
    shares = list(by_state.values())
    whole = Share(
        sum(share.count for share in shares),
        sum((share.value_eur for share in shares), Decimal(0)),
        sum(share.without_value for share in shares),
    )
    return ThemeSummary(str(theme), whole, by_state)


# ---- lessons


def lessons_of(organisation: Organisation, category: str) -> QuerySet[Lesson]:
    """What evaluations found for a category and those below it, the newest first."""
    inside = Q(category=category) | Q(category__startswith=f"{category}.")
    found = Lesson.objects.filter(inside, record__procurement__organisation=organisation)
    return found.select_related("record__procurement").order_by("-record__dated_on", "-pk")


def owners_of(organisation: Organisation) -> QuerySet[Person]:
    """People who own a procurement here, for the filter; some of them may have left."""
    return Person.objects.filter(owned_procurements__organisation=organisation).distinct().order_by("name", "pk")
