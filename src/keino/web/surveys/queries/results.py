"""What a closed round shows: scores of the whole and of groups, changes from another round, anonymous peers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery

from keino.domain.maturity.changes import Changes, changes
from keino.domain.maturity.instrument import Instrument
from keino.domain.maturity.scores import Overall, overall
from keino.web.organisations.models import Organisation
from keino.web.organisations.peer_groups import FEWEST, Band, Spread, band_of, in_band_of_residents, spread
from keino.web.surveys.choices import RoundState
from keino.web.surveys.instruments import instrument
from keino.web.surveys.models import Round, RoundGroup, Score

Means = Mapping[str, float | None]


@dataclass(frozen=True)
class GroupResult:
    """One group; ``respondents`` is None where the group isn't shown."""

    group: RoundGroup
    means: Means
    overall: Overall | None

    @property
    def respondents(self) -> int | None:
        """How many of the group answered, where that may be shown."""
        found: int | None = self.group.respondents
        return found


@dataclass(frozen=True)
class Results:
    """A closed round. Every area is in ``means``, None where it may not be shown."""

    round: Round
    instrument: Instrument
    means: Means
    overall: Overall | None
    groups: tuple[GroupResult, ...]

    def group(self, key: int | None) -> GroupResult | None:
        """One of the groups that are shown."""
        return next((each for each in self.groups if each.group.pk == key and each.respondents), None)


@dataclass(frozen=True)
class Peers:
    """The areas among organisations of the same kind and size; ``count`` is never below what may be shown."""

    band: Band
    count: int
    areas: Mapping[str, Spread | None]
    overall: Spread | None


def results_of(round_: Round) -> Results:
    """What a closed round shows; two queries."""
    asked = instrument(round_.edition)
    found: dict[int | None, dict[str, float]] = defaultdict(dict)
    for score in round_.scores.all():
        found[score.group_id][score.area_code] = score.mean
    groups = []
    for group in sorted(round_.groups.all(), key=lambda each: each.position):
        means = _means(asked, found[group.pk])
        groups.append(GroupResult(group, means, overall(means)))
    whole = _means(asked, found[None])
    return Results(round_, asked, whole, overall(whole), tuple(groups))


def _means(asked: Instrument, found: Mapping[str, float]) -> Means:
    return {code: found.get(code) for code in asked.codes}


def with_scores(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Rounds with what ``results_of`` reads of them."""
    return rounds.prefetch_related("scores", "groups")


def changed(before: Round, after: Results) -> Changes | None:
    """What changed since another round; None where it didn't ask the same questions."""
    return changes(results_of(before).means, after.means) if before.edition == after.round.edition else None


# ---- peers


def peers_of(round_: Round) -> Peers | None:
    """Organisations of the same kind and size in their newest round with these questions, one's own among them.

    None where fewer than five others take part. Everyone of a group sees the same numbers, as on the page of peers of
    footprints (docs/methods/peers.md).
    """
    own: Organisation = round_.organisation
    if not own.is_compared:
        return None
    band = band_of(own.population, Decimal(0))
    newest = Round.objects.filter(
        organisation=OuterRef("organisation"),
        edition=round_.edition,
        state=RoundState.CLOSED,
        respondents__isnull=False,
    ).order_by("-closed_on", "-pk")
    rounds = Round.objects.filter(
        in_band_of_residents(band, "organisation"),
        pk=Subquery(newest.values("pk")[:1]),
        organisation__kind=own.kind,
        organisation__is_compared=True,
        organisation__is_example=own.is_example,
    )
    scores = Score.objects.filter(round__in=rounds, group=None).values_list("round__organisation", "area_code", "mean")
    return _peers(band, round_, scores)


def _peers(band: Band, round_: Round, scores: Iterable[tuple[int, str, float]]) -> Peers | None:
    found: dict[int, dict[str, float]] = defaultdict(dict)
    for organisation, area, mean in scores:
        found[organisation][area] = mean
    if len(found) <= FEWEST or round_.organisation_id not in found:
        return None
    asked = instrument(round_.edition)
    wholes = [overall(_means(asked, means)) for means in found.values()]
    return Peers(
        band=band,
        count=len(found),
        areas={area: spread((means.get(area) for means in found.values()), FEWEST + 1) for area in asked.codes},
        overall=spread((whole.mean for whole in wholes if whole), FEWEST + 1),
    )
