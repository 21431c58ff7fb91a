"""Council reports to read: the list, one of them, the one that everyone may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from keino.report.council import CouncilTexts
from keino.web.followup.answer_json import content_from_json
from keino.web.followup.choices import IN_FORCE, ReportState
from keino.web.followup.models import CouncilReport
from keino.web.measurement.queries.runs import current_run, run_result
from keino.web.organisations.models import Organisation

if TYPE_CHECKING:
    from keino.report.council import CouncilContent

_BIG = ("run__result", "run__manifest")


def reports_of(organisation: Organisation) -> QuerySet[CouncilReport]:
    """Every report, the newest year first, without the results behind them."""
    found = CouncilReport.objects.filter(organisation=organisation).select_related(
        "organisation", "run", "created_by", "approved_by"
    )
    return found.defer(*_BIG).order_by("-year", "-edition")


def public_reports(organisation: Organisation) -> QuerySet[CouncilReport]:
    """Those that an organisation shows to everyone, the newest year first; none where it isn't public."""
    return reports_of(organisation).filter(state=ReportState.PUBLISHED, organisation__is_public=True)


def beside(report: CouncilReport) -> CouncilReport | None:
    """The other report of its year that counts: the one shown until this is published, or the one that follows it."""
    if report.state not in IN_FORCE:
        return None
    others = CouncilReport.objects.filter(organisation=report.organisation, year=report.year, state__in=IN_FORCE)
    return others.exclude(pk=report.pk).defer("content").first()


def content_of(report: CouncilReport) -> CouncilContent | None:
    """A report's numbers; None while they are being collected."""
    return content_from_json(report.content) if report.content else None


def texts_of(report: CouncilReport, language: str) -> CouncilTexts:
    """What people wrote in a language, and whether the report is approved."""
    return CouncilTexts(
        summary=report.written("summary", language),
        next_steps=report.written("next_steps", language),
        written_in=report.written_in,
        approved_on=timezone.localtime(report.approved_at).date().isoformat() if report.approved_at else "",
    )


def years_to_report(organisation: Organisation) -> list[int]:
    """Years of the current result, the newest first."""
    run = current_run(organisation)
    return sorted(run_result(run).years, reverse=True) if run else []


def is_outdated(report: CouncilReport) -> bool:
    """Whether a newer calculation was finished since a draft's numbers were taken."""
    run = current_run(report.organisation)
    return report.is_draft and run is not None and run.pk != report.run_id
