"""Pages of the engagement log and of the effect that list rows."""

from __future__ import annotations

from typing import Any

from tests.factories.effect import some_work
from tests.web.lists import Listed


def _own(scene: Any, person: Any, _number: int) -> None:
    some_work(person, organisation=scene.organisation, edition=scene.effect_edition)


def _of_edition(scene: Any, _person: Any, _number: int) -> None:
    some_work(scene.people["mentor"], organisation=scene.organisation, edition=scene.effect_edition)


def _report(scene: Any, person: Any, number: int) -> None:
    from django.utils import timezone

    from keino.web.cohorts.models import EffectReport

    EffectReport.objects.create(
        edition=scene.effect_edition,
        number=10 + number,
        content=scene.effect_draft.content,
        state="approved",
        approved_by=person,
        approved_at=timezone.now(),
    )


LISTS: list[Listed] = [
    Listed("cohorts:my_log", _own),
    Listed("cohorts:edition_log", _of_edition),
    Listed("cohorts:edition_effect", _report),
    Listed("cohorts:effect", _report),
]
