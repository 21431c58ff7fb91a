"""The engagement log and what a programme's effect is worked out from, for the site's tests."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from keino.web.base.models import Person
from keino.web.cohorts.effect.numbers import OutcomeNumbers
from keino.web.cohorts.models import EffectReport, Engagement
from keino.web.cohorts.queries.effect.numbers import content_of_edition
from keino.web.cohorts.services.effect import approve_report, begin_report, numbers_of, work_out, write_report
from keino.web.cohorts.services.engagement import Work, log_work
from keino.web.measurement.choices import RunState
from keino.web.measurement.models import Run, RunTotal
from keino.web.organisations.models import Organisation
from keino.web.programmes.models import Edition, EditionDate
from keino.web.surveys.instruments import newest_edition
from keino.web.surveys.models import Round, Score
from tests.factories.cohorts import a_participation
from tests.factories.programmes import an_edition
from tests.factories.surveys import CODES
from tests.factories.web import an_organisation, someone_who_is

_number = itertools.count(1)
KICK_OFF, CLOSING = dt.date(2022, 3, 16), dt.date(2022, 5, 31)
#: Whole years on both sides of these days.
YEARS = (2021, 2023)
Pair = tuple[float, float]


def some_work(person: Person, **fields: Any) -> Engagement:
    fields = {"kind": "sparring", "day": timezone.localdate(), "quarters": 6} | fields
    return log_work(work=Work(**fields), made_with=uuid.uuid4(), by=person)


def a_past_edition(organisation: Organisation | None = None, **fields: Any) -> Edition:
    """An edition of spring 2022 with nothing but kick-off and closing in its calendar."""
    edition = an_edition(organisation, state="completed", parts=False, **fields)
    for kind, day in (("kick_off", KICK_OFF), ("closing", CLOSING)):
        starts = timezone.make_aware(dt.datetime.combine(day, dt.time(9)))
        EditionDate.objects.create(edition=edition, kind=kind, starts_at=starts, ends_at=starts + dt.timedelta(hours=3))
    return edition


def a_closed_round(organisation: Organisation, mean: float, day: dt.date) -> Round:
    """A round as it stands after it was closed: the same mean in every area."""
    found = Round.objects.create(
        organisation=organisation,
        kind="baseline",
        name=f"Round {next(_number)}",
        edition=newest_edition(),
        opens_on=day - dt.timedelta(days=14),
        closes_on=day,
        closed_on=day,
        state="closed",
        people=12,
        respondents=8,
    )
    Score.objects.bulk_create(Score(round=found, area_code=code, mean=mean) for code in CODES)
    return found


def yearly_totals(organisation: Organisation, kg_per_eur: dict[int, float], *, spend: int = 1_000_000) -> Run:
    """A finished run with a million of spend in each of these years."""
    run = Run.objects.create(
        organisation=organisation, state=RunState.DONE, folder="none", finished_at=timezone.now(), result={}, options={}
    )
    for year, intensity in kg_per_eur.items():
        kilograms = intensity * spend
        RunTotal.objects.create(
            run=run, year=year, category="*", lines=10, spend=Decimal(spend), footprint_kgco2e=kilograms
        )
    return run


def measured(
    maturity: Pair | None = None, intensity: Pair | None = None, *, edition: Edition | None = None, **fields: Any
) -> Organisation:
    """A town of 30 000 with rounds before and at the end, and with purchases of both years; a participant or not."""
    fields = {"kind": "municipality", "population": 30_000} | fields
    organisation = an_organisation(**fields)
    if maturity:
        a_closed_round(organisation, maturity[0], KICK_OFF - dt.timedelta(days=10))
        a_closed_round(organisation, maturity[1], CLOSING + dt.timedelta(days=10))
    if intensity:
        yearly_totals(organisation, dict(zip(YEARS, intensity, strict=True)))
    if edition is not None:
        began = timezone.make_aware(dt.datetime.combine(KICK_OFF, dt.time(9)))
        a_participation(organisation, edition, began_at=began, state="completed", responsible=None)
    return organisation


def a_cohort(edition: Edition, changes: Sequence[float], *, start: float = 2.0, **fields: Any) -> list[Organisation]:
    """Participants whose maturity changed by these."""
    return [
        measured((start + 0.1 * n, start + 0.1 * n + change), edition=edition, **fields)
        for n, change in enumerate(changes)
    ]


def some_others(changes: Sequence[float], *, start: float = 2.0, **fields: Any) -> list[Organisation]:
    """Towns that took part in nothing, whose maturity changed by these."""
    return [measured((start + 0.1 * n, start + 0.1 * n + change), **fields) for n, change in enumerate(changes)]


def outcome(edition: Edition, code: str) -> OutcomeNumbers:
    """One outcome, worked out now."""
    (programme,) = content_of_edition(edition).programmes
    return next(each for each in programme.outcomes if each.code == code)


def counted(edition: Edition | None) -> None:
    """Work the numbers out, as the background does."""
    work_out(numbers_of(edition))


def a_draft_report(edition: Edition | None, *, by: Person | None = None, summary: str = "") -> EffectReport:
    """A draft with the numbers of now."""
    by = by or someone_who_is("coordinator", an_organisation(kind="competence_centre"))
    counted(edition)
    report = begin_report(edition=edition, by=by)
    if summary:
        write_report(report=report, texts={"summary_fi": summary}, seen=report.version, by=by)
    return EffectReport.objects.get(pk=report.pk)


def an_approved_report(edition: Edition | None, *, by: Person | None = None) -> EffectReport:
    by = by or someone_who_is("coordinator", an_organisation(kind="competence_centre"))
    report = a_draft_report(edition, by=by, summary="Vaikutusta ei voi vielä sanoa.")
    approve_report(report=report, seen=report.version, by=by)
    return EffectReport.objects.get(pk=report.pk)
