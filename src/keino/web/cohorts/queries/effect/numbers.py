"""All numbers of one edition, or of all: worked out from what the site knows today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import timezone

from keino import __version__
from keino.domain.programmes.effect import Reason, beside, effect, untold
from keino.domain.programmes.windows import Windows, years_around
from keino.report.names import Names
from keino.web.cohorts.choices.engagement import Outcome
from keino.web.cohorts.effect.numbers import Content, OutcomeNumbers, ProgrammeNumbers
from keino.web.cohorts.models import Engagement, Participation
from keino.web.cohorts.queries.effect.groups import Groups, Values, calendar_of, groups_of, windows_of
from keino.web.cohorts.queries.effect.outcomes import (
    all_plans_shown,
    intensities,
    maturity,
    planned_shares,
    price_index,
)
from keino.web.cohorts.queries.effect.reach import LANGUAGES, delivered_in, hours_of, reach_of, workers_of
from keino.web.programmes.choices import EditionState
from keino.web.programmes.models import Edition

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: The smallest difference that would matter: half a level, 0.02 kg per euro, a tenth of the spend.
WORTH_TELLING = {
    Outcome.MATURITY_END: 0.5,
    Outcome.MATURITY_LATER: 0.5,
    Outcome.INTENSITY: 0.02,
    Outcome.PLANNED_SHARE: 0.1,
}
Told = Callable[[int, int], None]


def editions_told_of(*, is_example: bool) -> QuerySet[Edition]:
    """Editions that run or are over, the newest first."""
    found = Edition.objects.filter(
        state__in=(EditionState.RUNNING, EditionState.COMPLETED), organisation__is_example=is_example
    )
    return found.select_related("organisation").order_by("-created_at", "-pk")


def content_of_edition(edition: Edition) -> Content:
    """The numbers of one edition."""
    programme = programme_numbers(edition)
    return _content((programme,), organisations=programme.organisations, is_example=edition.organisation.is_example)


def content_of_all(*, is_example: bool, tell: Told = lambda _done, _whole: None) -> Content:
    """The numbers of all editions. What came of them is told of each alone.

    Means over the organisations of several editions would let one of few be worked out from the others.
    """
    editions = list(editions_told_of(is_example=is_example))
    programmes = []
    for number, edition in enumerate(editions):
        tell(number, len(editions))
        programmes.append(programme_numbers(edition))
    distinct = Participation.objects.filter(edition__in=editions).values("organisation").distinct().count()
    others = Engagement.objects.filter(edition=None, is_counted=True)
    return _content(tuple(programmes), organisations=distinct, is_example=is_example, others=others)


def _content(
    programmes: tuple[ProgrammeNumbers, ...],
    *,
    organisations: int,
    is_example: bool,
    others: QuerySet[Engagement] | None = None,
) -> Content:
    return Content(
        counted_on=timezone.localdate().isoformat(),
        programmes=programmes,
        distinct_organisations=organisations,
        other_hours=hours_of(others) if others is not None else (),
        other_organisations=(
            others.exclude(organisation=None).order_by().values("organisation").distinct().count()
            if others is not None
            else 0
        ),
        is_example=is_example,
        code_version=__version__,
    )


def programme_numbers(edition: Edition) -> ProgrammeNumbers:
    """Work, reach, deliverables and outcomes of an edition."""
    rows = Engagement.objects.filter(edition=edition)
    states, kinds, regions = reach_of(edition)
    calendar = calendar_of(edition)
    return ProgrammeNumbers(
        slug=edition.slug,
        names=Names(*(getattr(edition, f"name_{language}") or "" for language in LANGUAGES)),
        kickoff=calendar[0].isoformat() if calendar else "",
        closing=calendar[1].isoformat() if calendar else "",
        hours=hours_of(rows),
        workers=workers_of(rows),
        states=states,
        kinds=kinds,
        regions=regions,
        delivered=delivered_in(edition),
        outcomes=tuple(_outcomes(edition)),
    )


def _outcomes(edition: Edition) -> Iterator[OutcomeNumbers]:
    windows = windows_of(edition)
    if windows is None:
        return
    kickoff, closing = calendar_of(edition) or (windows.before.last, windows.end.first)
    groups = groups_of(edition, windows.afterwards.last)
    yield from _maturity(groups, windows)
    years = years_around(kickoff, closing)
    values = intensities(groups.everybody, years)
    between = str(years[0]), str(years[1])
    found = _outcome(groups, Outcome.INTENSITY, values, between, price_index(years), known=groups.published)
    yield _once_over(found, dt.date(years[1], 12, 31))
    days = kickoff, windows.end.last
    planned = planned_shares(groups.everybody, years[0], days) if _is_over(days[1]) else {}
    known = groups.published & all_plans_shown(planned)
    yield _once_over(_outcome(groups, Outcome.PLANNED_SHARE, planned, _iso(days), str(years[0]), known=known), days[1])


def _maturity(groups: Groups, windows: Windows) -> Iterator[OutcomeNumbers]:
    """The end first; the follow-up only where it gives nobody away beside it. Nobody's maturity is shown in public."""
    before, end, later = windows.before, windows.end, windows.afterwards
    values = maturity(groups.everybody, before, end)
    first = _once_over(_outcome(groups, Outcome.MATURITY_END, values, _iso((before.last, end.last))), end.last)
    yield first
    values = maturity(groups.everybody, before, later)
    found = _once_over(_outcome(groups, Outcome.MATURITY_LATER, values, _iso((before.last, later.last))), later.last)
    yield replace(found, effect=beside(first.effect, found.effect))


def _once_over(found: OutcomeNumbers, last: dt.date) -> OutcomeNumbers:
    """Nothing until the last day is over that counts as after.

    Until then organisations are added one by one, and two counts would give away who came between them.
    """
    return found if _is_over(last) else replace(found, effect=untold(Reason.NOT_OVER))


def _is_over(last: dt.date) -> bool:
    return timezone.localdate() > last


def _outcome(
    groups: Groups,
    code: Outcome,
    values: Values,
    between: tuple[str, str],
    source: str = "",
    *,
    known: Collection[int] = (),
) -> OutcomeNumbers:
    """``known``: organisations whose values of this very outcome everybody can look up."""
    worth = WORTH_TELLING[code]
    found = effect(*groups.measured(values, known), worth_telling=worth)
    return OutcomeNumbers(code.value, *between, found, worth, source)


def _iso(days: tuple[dt.date, dt.date]) -> tuple[str, str]:
    return days[0].isoformat(), days[1].isoformat()
