"""Whether applicants are talked with, and what the calendar allows: the two never disagree.

No page changes phases. Whoever ticks "discussion before the application" gets the phases of the programmes on record
that hold discussions: booking, discussions, and an application that is sent after them. Unticked, they go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keino.web.programmes.choices import Act, DateKind, EditionState
from keino.web.programmes.errors.editions import DiscussionsNotDated
from keino.web.programmes.models import EditionPhase
from keino.web.programmes.on_record import phase_set

if TYPE_CHECKING:
    from keino.web.programmes.models import Edition

#: What nobody does where applicants aren't talked with.
OF_DISCUSSIONS = frozenset({Act.BOOK_DISCUSSION, Act.HOLD_DISCUSSION})
#: Dates without which nobody could do it where they are.
NEEDED = (DateKind.BOOKING_DEADLINE, DateKind.DISCUSSIONS)
#: The set on record whose programmes hold discussions, and what of it others lack.
ON_RECORD, TAKEN_OVER = "after_discussion", OF_DISCUSSIONS | {Act.APPLY}


def require_dates(edition: Edition) -> None:
    """Raise DiscussionsNotDated where applicants would need a discussion now that nobody can book.

    A draft may lack dates: publishing asks for them.
    """
    if not edition.needs_discussion or edition.state == EditionState.DRAFT:
        return
    there = {date.kind for date in edition.dates.all()}
    missing = tuple(str(kind.label) for kind in NEEDED if kind not in there)
    if missing:
        raise DiscussionsNotDated(dates=missing)


def fit_phases(edition: Edition) -> None:
    """Let the phases allow discussions if applicants are talked with, and else not; fitting twice changes nothing."""
    phases = list(edition.phases.all())
    if edition.needs_discussion:
        _add(edition, phases)
    else:
        _take_out(phases)


def _add(edition: Edition, phases: list[EditionPhase]) -> None:
    codes = {each.code for each in phases}
    lacking = [each for each in phase_set(ON_RECORD) if TAKEN_OVER & set(each["allows"]) and each["code"] not in codes]
    if not lacking:
        return
    calls = [number for number, each in enumerate(phases, start=1) if Act.EXPRESS_INTEREST in each.allows]
    after = max(calls, default=0)
    phases[after:after] = [EditionPhase(edition=edition, **each) for each in lacking]
    for position, phase in enumerate(phases):
        phase.position = position
        phase.save()


def _take_out(phases: list[EditionPhase]) -> None:
    """Discussions, and the longer time for applying where another phase has one of its own."""
    taken_over = {each["code"] for each in phase_set(ON_RECORD) if TAKEN_OVER & set(each["allows"])}
    for phase in phases:
        elsewhere = {act for other in phases if other.code not in taken_over for act in other.allows}
        if phase.code in taken_over and set(phase.allows) <= OF_DISCUSSIONS | elsewhere:
            phase.delete()
