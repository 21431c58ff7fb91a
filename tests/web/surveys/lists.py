"""Pages of ``surveys`` that list rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from keino.web.surveys.models import Round, RoundGroup, Score
from tests.factories.surveys import CODES
from tests.factories.web import someone_who_is
from tests.web.lists import Listed


def _round(scene: Any, _person: Any, number: int) -> Round:
    """A closed round; its results are written as closing would, without a hundred answers."""
    closed_on = timezone.localdate() - dt.timedelta(days=100 * (number + 1))
    made = Round.objects.create(
        organisation=scene.organisation,
        kind="end",
        name=f"Round number {number}",
        edition="2026-1",
        opens_on=closed_on,
        closes_on=closed_on,
        closed_on=closed_on,
        state="closed",
        people=8,
        respondents=6,
        opened_by=someone_who_is("responsible_person", scene.organisation),
    )
    Score.objects.bulk_create(Score(round=made, area_code=area, mean=3.0) for area in CODES)
    return made


def _group(scene: Any, _person: Any, number: int) -> None:
    group = RoundGroup.objects.create(
        round=scene.closed_round, name=f"Group {number}", position=10 + number, respondents=5
    )
    Score.objects.bulk_create(Score(round=scene.closed_round, group=group, area_code=area, mean=3.0) for area in CODES)


LISTS = [
    Listed("surveys:maturity", _round),
    Listed("surveys:round", _group),
]
