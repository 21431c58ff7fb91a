"""New numbers of an effect beside those that were told before: nobody is worked out from what came between.

Numbers are worked out anew every night. A town that is added between two counts, or corrects its footprint, could be
reckoned from the difference of two means; so the earlier numbers stay until at least five organisations differ.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from keino.domain.programmes.effect import beside, gives_away
from keino.web.cohorts.choices.engagement import Outcome
from keino.web.cohorts.effect.numbers import (
    Content,
    OutcomeNumbers,
    ProgrammeNumbers,
    outcome_as_json,
    outcome_from_json,
)
from keino.web.cohorts.models import ToldOutcome
from keino.web.programmes.models import Edition

#: An outcome that stands on the page below another of the same organisations.
BELOW = {Outcome.MATURITY_LATER: Outcome.MATURITY_END}


@transaction.atomic
def tell(content: Content) -> Content:
    """The numbers that may be told now; remembers who is in them. To be called before they are kept or shown."""
    return replace(content, programmes=tuple(_programme(each) for each in content.programmes))


def _programme(numbers: ProgrammeNumbers) -> ProgrammeNumbers:
    edition = Edition.objects.select_for_update().get(slug=numbers.slug)  # two counts at once tell one by one
    shown: dict[str, OutcomeNumbers] = {}
    for found in numbers.outcomes:
        above = shown.get(BELOW.get(Outcome(found.code), ""))
        shown[found.code] = _below(above, _tell(edition, _below(above, found)))
    return replace(numbers, outcomes=tuple(shown.values()))


def _below(above: OutcomeNumbers | None, found: OutcomeNumbers) -> OutcomeNumbers:
    """As it may stand below another; what is shown there may be older than what it was worked out with."""
    return found if above is None else replace(found, effect=beside(above.effect, found.effect))


def _tell(edition: Edition, found: OutcomeNumbers) -> OutcomeNumbers:
    """The new numbers, or those of before where the new ones would give somebody away."""
    members = found.effect.members
    if not any(members):
        return found  # they say nothing of anybody
    earlier = list(ToldOutcome.objects.filter(edition=edition, code=found.code).order_by("pk"))
    if any(gives_away(each.members, members) for each in earlier):
        return _kept(earlier[-1])
    if not earlier or earlier[-1].members != members:
        participants, comparable = members
        ToldOutcome.objects.create(
            edition=edition,
            code=found.code,
            told_on=timezone.localdate(),
            content=outcome_as_json(found),
            participants=participants,
            comparable=comparable,
        )
    return found


def _kept(told: ToldOutcome) -> OutcomeNumbers:
    found = outcome_from_json(told.content)
    return replace(found, effect=replace(found.effect, members=told.members), kept_from=told.told_on.isoformat())
