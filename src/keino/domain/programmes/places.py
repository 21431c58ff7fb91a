"""Who gets a place: what the order of scores proposes, and what no decision may do.

The order only proposes. Where equal totals stand across the last place, it proposes nothing for them: people choose.

Method: docs/methods/selection.md.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keino.domain.programmes.scores import Ranked


class Outcome(StrEnum):
    """What a decision says of one application."""

    SELECTED = "selected"
    RESERVE = "reserve"
    REJECTED = "rejected"


def proposal(ranked: Sequence[Ranked], *, places: int, ineligible: Iterable[str] = ()) -> dict[str, Outcome | None]:
    """What the order proposes for each application: a place for the best, the reserve for the others who have a rank.

    None where people have to choose: equal totals of which only some would fit, and applications that lack scores.
    Those who failed a pass/fail criterion are proposed to be rejected.
    """
    failed = set(ineligible)
    return {
        each.key: _of_place(each, ranked, places) if each.key not in failed else Outcome.REJECTED for each in ranked
    }


def _of_place(each: Ranked, ranked: Sequence[Ranked], places: int) -> Outcome | None:
    if each.place is None:
        return None
    equals = sum(other.place == each.place for other in ranked)
    if each.place + equals - 1 <= places:
        return Outcome.SELECTED
    return None if each.place <= places else Outcome.RESERVE


def too_many(*, taken: int, wanted: int, places: int) -> int:
    """By how many a decision for ``wanted`` more would go over the places, of which ``taken`` are given; 0 if it fits.

    >>> [too_many(taken=taken, wanted=wanted, places=6) for taken, wanted in ((5, 1), (6, 1), (0, 7))]
    [0, 1, 1]
    """
    return max(0, taken + wanted - places)
