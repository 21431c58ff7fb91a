"""The summary for deciders: every application with its scores, spread, order, and how kinds, sizes and regions balance.

Applications to which the reader has a tie are left out, and places are counted among the others: a gap in the order
would tell where the missing one stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from keino.domain.programmes.places import Outcome, proposal
from keino.domain.programmes.scores import (
    ApplicationScores,
    CriterionScores,
    Middle,
    PassFail,
    Ranked,
    ScoredCriterion,
    application_scores,
    ranking,
)
from keino.web.base.templatetags.keino import number
from keino.web.organisations.codes import region_name
from keino.web.organisations.peer_groups import RESIDENTS
from keino.web.programmes.choices import CriterionKind
from keino.web.programmes.choices.selection import UNDER_REVIEW, WITH_PLACE, InterviewState
from keino.web.programmes.models import Application, Criterion, Edition, Interview, Review
from keino.web.programmes.queries.selection import (
    applications_in,
    by_application,
    criteria_of,
    decided_days,
    reviews_in,
    selection_of,
)
from keino.web.programmes.queries.ties import Ties, tied_from, ties_of

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation


@dataclass(frozen=True)
class Row:
    """One application in the summary."""

    application: Application
    ranked: Ranked
    scores: ApplicationScores
    #: One for each criterion, in the edition's order.
    cells: tuple[CriterionScores | PassFail, ...]
    reviews: tuple[Review, ...]
    interviewed: bool

    @property
    def sent(self) -> int:
        """How many reviews that count are sent."""
        return sum(each.is_sent for each in self.reviews)


@dataclass(frozen=True)
class Summary:
    """All applications that the reader may see, the best first; ``closed`` is how many they may not."""

    edition: Edition
    criteria: tuple[Criterion, ...]
    rows: tuple[Row, ...]
    closed: int

    @property
    def taken(self) -> int:
        """How many places are given, of those that the reader sees."""
        return sum(row.application.state in WITH_PLACE for row in self.rows)

    @property
    def disagreements(self) -> int:
        """How many applications have a disagreement."""
        return sum(row.scores.disagree for row in self.rows)


def summary(edition: Edition, person: Person | None) -> Summary:
    """The summary as this person may see it; None: as the rules see it, for a decision."""
    applications = list(applications_in(edition))
    reviews = list(reviews_in(edition))
    people = {each.reviewer_id: each.reviewer for each in reviews if each.reviewer is not None}
    ties = ties_of(list(people.values()), applications, until=decided_days(edition))
    closed = set(tied_from(person, applications)) if person is not None else set()
    seen = [each for each in applications if each.pk not in closed]
    criteria = criteria_of(edition)
    of = by_application(reviews)
    middle = Middle(selection_of(edition).middle)
    scores = {each.pk: _scores(edition, criteria, _counted(of.get(each.pk, ()), ties), middle) for each in seen}
    order = ranking({_key(pk): found for pk, found in scores.items()})
    held = set(
        Interview.objects.filter(application__in=seen, state=InterviewState.HELD).values_list("application", flat=True)
    )
    by_key = {_key(each.pk): each for each in seen}
    rows = []
    for ranked in order:
        application = by_key[ranked.key]
        found = scores[application.pk]
        counted = tuple(_counted(of.get(application.pk, ()), ties))
        rows.append(Row(application, ranked, found, _cells(criteria, found), counted, application.pk in held))
    return Summary(edition, tuple(criteria), tuple(rows), len(closed))


def proposals(found: Summary, *, places_left: int) -> dict[int, Outcome | None]:
    """What the order proposes for each application that isn't decided on, for the places that are left."""
    rows = {_key(row.application.pk): row for row in found.rows if row.application.state in UNDER_REVIEW}
    order = ranking({key: row.scores for key, row in rows.items()})
    failed = [key for key, row in rows.items() if row.scores.eligible is False]
    proposed = proposal(order, places=places_left, ineligible=failed)
    return {rows[key].application.pk: outcome for key, outcome in proposed.items()}


def _key(pk: int) -> str:
    """A key of equal length, so that equal ones stand in the order in which they came."""
    return f"{pk:012d}"


def _counted(reviews: Collection[Review], ties: Ties) -> list[Review]:
    return [each for each in reviews if (each.reviewer_id, each.application_id) not in ties]


def _scores(
    edition: Edition, criteria: Sequence[Criterion], reviews: Collection[Review], middle: Middle
) -> ApplicationScores:
    codes = {each.pk: each.code for each in criteria}
    scored = [
        ScoredCriterion(each.code, Fraction(each.weight)) for each in criteria if each.kind == CriterionKind.SCORED
    ]
    met = [each.code for each in criteria if each.kind == CriterionKind.PASS_FAIL]
    given = [
        {codes[score.criterion_id]: score.given for score in each.scores.all() if score.criterion_id in codes}
        for each in reviews
        if each.is_sent
    ]
    return application_scores(scored, met, given, wanted=edition.reviewers_min, middle=middle)


def _cells(criteria: Sequence[Criterion], scores: ApplicationScores) -> tuple[CriterionScores | PassFail, ...]:
    found: dict[str, CriterionScores | PassFail] = {each.code: each for each in scores.criteria}
    found |= {each.code: each for each in scores.pass_fail}
    return tuple(found[each.code] for each in criteria)


# ---- balance


@dataclass(frozen=True)
class Share:
    """How many of a kind, size or region applied, and how many of them have or would have a place."""

    name: str
    applied: int
    chosen: int


def balance(rows: Sequence[Row], chosen: Collection[int]) -> list[tuple[str, list[Share]]]:
    """The applications by kind, size and region of the organisation; ``chosen`` are the keys of those with a place."""
    language = (get_language() or "fi")[:2]
    ways: list[tuple[str, Callable[[Organisation], str]]] = [
        (_("Kind"), lambda organisation: organisation.get_kind_display()),
        (_("Size"), lambda organisation: _size(organisation.population)),
        (
            _("Region"),
            lambda organisation: region_name(organisation.region_code, language) if organisation.region_code else "–",
        ),
    ]
    return [(title, _shares(rows, chosen, name_of)) for title, name_of in ways]


def _shares(rows: Sequence[Row], chosen: Collection[int], name_of: Callable[[Organisation], str]) -> list[Share]:
    applied = Counter(name_of(row.application.organisation) for row in rows)
    taken = Counter(name_of(row.application.organisation) for row in rows if row.application.pk in chosen)
    return [Share(name, number, taken[name]) for name, number in sorted(applied.items())]


def _size(population: int | None) -> str:
    """The band of residents or members, as peers are compared in."""
    if not population:
        return pgettext("size of an organisation", "not known")
    low = max(end for end in RESIDENTS if population >= end)
    high = next((end for end in RESIDENTS if end > population), None)
    if high is None:
        return _("{low} residents or members, or more").format(low=number(low))
    return _("{low}–{high} residents or members").format(low=number(low), high=number(high))
