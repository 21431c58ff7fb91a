"""The way of a council report: begun, written, approved for good, published, superseded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.base.models import Person
from keino.web.base.templatetags.keino import day
from keino.web.followup.answer_json import content_as_json
from keino.web.followup.choices import IN_FORCE, REPORT_MOVES, ReportState
from keino.web.followup.errors import (
    NO_NUMBERS,
    NO_WORDS,
    CalculationGoesOn,
    NoPurchasesInYear,
    ReportNotReady,
    ReportOutdated,
)
from keino.web.followup.models import CouncilReport
from keino.web.followup.models.report import LANGUAGES, TEXTS
from keino.web.followup.queries.answers import answer_of, years_with_purchases
from keino.web.followup.queries.council import council_content
from keino.web.followup.queries.planned import chosen_plan
from keino.web.followup.questions import Question
from keino.web.followup.services import answers
from keino.web.measurement.models import Run
from keino.web.measurement.queries.runs import current_run, open_run
from keino.web.organisations.models import Organisation
from keino.web.plans.services.approval_mails import ask_approvers


def begin_report(*, organisation: Organisation, year: int, by: Person) -> CouncilReport:
    """Begin the report of a year with the current result; a draft of that year that is there is the one.

    Raises NoPurchasesInYear.
    """
    with transaction.atomic(), acting(by, act="council_report_begun"):
        _lock(organisation)
        run = current_run(organisation)
        years = years_with_purchases(run) if run else ()
        if run is None or year not in years:
            raise NoPurchasesInYear(year=year, years=tuple(str(each) for each in years))
        of_year = CouncilReport.objects.filter(organisation=organisation, year=year)
        found = of_year.filter(state=ReportState.DRAFT).first()
        if found is not None:
            return found
        before = of_year.order_by("-edition").first()
        edition = (of_year.aggregate(newest=Max("edition"))["newest"] or 0) + 1
        report = CouncilReport(organisation=organisation, year=year, edition=edition, run=run, created_by=by)
        for column in _columns() if before else ():
            setattr(report, column, getattr(before, column))  # what was said before is where the next one starts
        report.save()
    return report


def _columns() -> list[str]:
    return [f"{text}_{language}" for text in TEXTS for language in LANGUAGES]


def _lock(organisation: Organisation) -> None:
    """One at a time: no report is begun twice, and nobody asks for a calculation while one is approved."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def write_report(
    *, report: CouncilReport, texts: Mapping[str, str], meeting_on: dt.date | None, seen: int, by: Person
) -> None:
    """Write a draft's texts (columns such as ``summary_fi``) and the day of its meeting.

    Raises Conflict when somebody changed it since it was seen, and NotAllowedNow when it is approved.
    """
    with transaction.atomic(), acting(by, act="council_report_written"):
        found = _locked(report)
        _require_state(found, ReportState.DRAFT)
        wanted = {column: texts.get(column, "").strip() for column in _columns()}
        kept = {column: getattr(found, column) or "" for column in wanted}
        if (kept, found.meeting_on) == (wanted, meeting_on):
            return  # a second press of the button
        if found.version != seen:
            raise Conflict
        for column, text in wanted.items():
            setattr(found, column, text)
        found.meeting_on, found.version = meeting_on, found.version + 1
        found.save()
        _tell_approvers(found, by=by)


def take_new_numbers(*, report: CouncilReport, by: Person) -> None:
    """Take a draft's numbers from the current result; they are collected in the background."""
    with transaction.atomic(), acting(by, act="council_report_numbers"):
        found = _locked(report)
        _require_state(found, ReportState.DRAFT)
        run = current_run(found.organisation)
        if run is None or found.year not in years_with_purchases(run):
            years = years_with_purchases(run) if run else ()
            raise NoPurchasesInYear(year=found.year, years=tuple(str(each) for each in years))
        found.run, found.content, found.error, found.version = run, None, None, found.version + 1
        found.save()


def collect_numbers(report: CouncilReport) -> None:
    """Collect a draft's numbers and keep them; a draft that has its numbers, or is approved, stays as it is."""
    if not report.is_draft or report.content is not None:
        return
    content = content_as_json(council_content(report.run, report.year, _change(report.run, report.year)))
    with transaction.atomic():
        found = _locked(report)
        if found.is_draft and found.run_id == report.run_id and found.content is None:
            CouncilReport.objects.filter(pk=found.pk).update(content=content, error=None)
            found.content = content
            _tell_approvers(found, by=None)


def _tell_approvers(report: CouncilReport, *, by: Person | None) -> None:
    """Once for each collection of numbers: a draft with numbers and a summary waits for an approver."""
    if report.content is None or not report.written_in:
        return
    ask_approvers(
        report.organisation, "followup/mail/council_report_to_approve.txt",
        once=f"council report {report.public_id} {report.run_id}",
        path=reverse("followup:report", args=[report.organisation.slug, report.public_id]),
        by=by, words=lambda: {"year": str(report.year), "day": day(report.meeting_on) if report.meeting_on else ""},
    )  # fmt: skip


def _change(run: Run, year: int) -> Any:
    """Why the year differs from the one before it in the ledgers; None for the first."""
    earlier = [each for each in years_with_purchases(run) if each < year]
    if not earlier:
        return None
    assert run.organisation is not None
    plan = chosen_plan(run.organisation)
    kept = answers.ask(run=run, question=Question(earlier[-1], year, plan=str(plan.public_id) if plan else ""))
    answers.answer(kept)
    return answer_of(kept)


def note_failure(report: CouncilReport, error: dict[str, Any] | None) -> None:
    """Say why a draft has no numbers."""
    CouncilReport.objects.filter(pk=report.pk, state=ReportState.DRAFT).update(error=error)


def approve_report(*, report: CouncilReport, seen: int, by: Person) -> None:
    """Freeze a report's numbers and texts; the one of the same year approved before it is superseded.

    One that everybody sees stays to be seen until this one is published: approving takes nothing off a public page.
    Pressed twice by the same person it is approved once. Raises ReportNotReady, ReportOutdated, CalculationGoesOn,
    Conflict when it was changed since it was read, and NotAllowedNow when somebody else approved it first.
    """
    with transaction.atomic(), acting(by, act="council_report_approved"):
        _lock(report.organisation)
        found = _locked(report)
        if found.state in IN_FORCE and found.approved_by_id == by.pk:
            return
        _require_state(found, ReportState.DRAFT)
        if found.version != seen:
            raise Conflict
        _require_ready(found)
        _require_current(found)
        for before in _of_its_year(found, ReportState.APPROVED):
            _move(before, ReportState.SUPERSEDED)
        found.approved_by, found.approved_at = by, timezone.now()
        found.state, found.version = ReportState.APPROVED, found.version + 1
        found.save()


def _of_its_year(report: CouncilReport, state: ReportState) -> QuerySet[CouncilReport]:
    """The other reports of the same year in a state, locked: one at most."""
    found = CouncilReport.objects.filter(organisation=report.organisation, year=report.year, state=state)
    return found.exclude(pk=report.pk).select_for_update()


def _require_ready(report: CouncilReport) -> None:
    if report.content is None:
        raise ReportNotReady(what=NO_NUMBERS)
    if not report.written_in:
        raise ReportNotReady(what=NO_WORDS)


def _require_current(report: CouncilReport) -> None:
    """What goes on is asked first: a calculation that ends in between is then the current one."""
    if open_run(report.organisation) is not None:
        raise CalculationGoesOn
    run = current_run(report.organisation)
    if run is not None and run.pk != report.run_id:
        raise ReportOutdated


def publish_report(*, report: CouncilReport, by: Person) -> None:
    """Show an approved report to everyone, where its organisation is public, in place of the one shown before.

    Publishing twice changes nothing.
    """
    with transaction.atomic(), acting(by, act="council_report_published"):
        _lock(report.organisation)
        found = _locked(report)
        if found.state != ReportState.PUBLISHED:
            for before in _of_its_year(found, ReportState.PUBLISHED):
                _move(before, ReportState.SUPERSEDED)
            found.published_at = timezone.now()
            _move(found, ReportState.PUBLISHED)


def withdraw_report(*, report: CouncilReport, by: Person) -> None:
    """Stop showing a report to everyone; it stays approved, unless a newer one of the year is."""
    with transaction.atomic(), acting(by, act="council_report_withdrawn"):
        _lock(report.organisation)
        found = _locked(report)
        if found.state == ReportState.PUBLISHED:
            found.published_at = None
            has_successor = _of_its_year(found, ReportState.APPROVED).exists()
            _move(found, ReportState.SUPERSEDED if has_successor else ReportState.APPROVED)


def _move(report: CouncilReport, to: ReportState) -> None:
    if to not in REPORT_MOVES[report.state]:
        raise NotAllowedNow(state=str(report.get_state_display()))
    report.state, report.version = to, report.version + 1
    report.save(update_fields=["state", "version", "published_at"])


def _locked(report: CouncilReport) -> CouncilReport:
    found = CouncilReport.objects.select_for_update(of=("self",)).select_related("organisation", "run")
    return found.defer("run__result", "run__manifest").get(pk=report.pk)


def _require_state(report: CouncilReport, state: ReportState) -> None:
    if report.state != state:
        raise NotAllowedNow(state=str(report.get_state_display()))
