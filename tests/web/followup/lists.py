"""Pages of ``followup`` that list rows."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from keino.web.followup.choices import ReportState
from keino.web.followup.models import CouncilReport
from tests.web.lists import Listed


def _report(scene: Any, _person: Any, number: int) -> None:
    _copy(scene.report, 2030 + number)


def _public_report(scene: Any, _person: Any, number: int) -> None:
    _copy(scene.public_report, 2030 + number, state=ReportState.PUBLISHED, published_at=timezone.now())


def _copy(report: CouncilReport, year: int, **fields: Any) -> None:
    fields = {"content": report.content, "approved_at": timezone.now()} | fields
    CouncilReport.objects.create(organisation=report.organisation, run=report.run, year=year, **fields)


def _done_action(scene: Any, _person: Any, number: int) -> None:
    from keino.web.plans.models import Action

    day = timezone.localdate().replace(year=2023, month=6, day=1)
    Action.objects.create(
        organisation=scene.organisation, title=f"Done {number}", deadline=day, state="done", done_on=day
    )


LISTS: list[Listed] = [
    Listed("followup:follow_up", _done_action),
    Listed("followup:change", _done_action),
    Listed("followup:reports", _report),
    Listed("followup:report", why_fixed="the ten newest changes of one report"),
    Listed("followup:public_report", _public_report),
]
