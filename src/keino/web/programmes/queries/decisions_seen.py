"""Decisions as somebody sees them who has a tie to one of their applicants.

Lines about such applicants are left out, and every number is counted without them: what was decided on them must not
be found by subtraction. To everybody else all of it is as it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from keino.web.programmes.choices.selection import UNDER_REVIEW, WITH_PLACE, DecisionOutcome, DecisionState
from keino.web.programmes.models import Application, DecidedApplication, SelectionDecision
from keino.web.programmes.queries.selection import applications_in, decided_days
from keino.web.programmes.queries.ties import tied_from, ties_of

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.programmes.models import Edition


def open_lines(person: Person, lines: Sequence[DecidedApplication]) -> tuple[list[DecidedApplication], int]:
    """The lines that the person may see, and how many they may not."""
    closed = tied_from(person, [line.application for line in lines])
    return [line for line in lines if line.application_id not in closed], len(closed)


def counted_anew(lines: Sequence[DecidedApplication]) -> None:
    """Count places in the order and in the reserve among these lines, for showing only: a gap would tell who stands
    in it.
    """
    for name in ("place", "reserve_place"):
        taken = sorted(getattr(line, name) for line in lines if getattr(line, name) is not None)
        for line in lines:
            if (place := getattr(line, name)) is not None:
                setattr(line, name, 1 + bisect_left(taken, place))


def decisions_seen(person: Person, edition: Edition) -> list[SelectionDecision]:
    """The decisions that were made, the newest first, each with how many it selected, put in the reserve and rejected.

    One that is about nobody else than applicants to whom the person has a tie isn't there.
    """
    made = list(edition.decisions.filter(state=DecisionState.MADE).select_related("made_by").order_by("-number"))
    lines = DecidedApplication.objects.filter(decision__in=made).select_related("application__organisation")
    shown, closed = open_lines(person, list(lines))
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for line in shown:
        counts[line.decision_id][line.outcome] += 1
    for decision in made:
        for outcome in DecisionOutcome:
            setattr(decision, outcome.value, counts[decision.pk][outcome])
    return [each for each in made if counts[each.pk] or not closed]


def closed_decisions(person: Person, edition: Edition) -> set[int]:
    """The keys of decisions and proposals that are about nobody else than applicants closed to the person."""
    found = DecidedApplication.objects.filter(decision__edition=edition).select_related("application__organisation")
    lines = list(found)
    shown, _closed = open_lines(person, lines)
    return {line.decision_id for line in lines} - {line.decision_id for line in shown}


def places_seen_taken(person: Person, edition: Edition) -> int:
    """How many places are given, without those of applicants to whom the person has a tie."""
    given = list(Application.objects.filter(edition=edition, state__in=WITH_PLACE).select_related("organisation"))
    return len(given) - len(tied_from(person, given))


def is_tied_to_decided(person: Person, edition: Edition) -> bool:
    """Whether the person has a tie to an applicant on whom the edition has decided, and had it then.

    Such a decider decides nothing more in it: how many places are free, and who is next, would tell how that
    application stands.
    """
    decided = list(applications_in(edition).exclude(state__in=UNDER_REVIEW))
    return bool(ties_of([person], decided, until=decided_days(edition)))
