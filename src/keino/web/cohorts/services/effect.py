"""Numbers of the effect, worked out and kept; reports to the ministry, begun, written and approved for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.cohorts.choices.engagement import EffectReportState
from keino.web.cohorts.effect.numbers import content_as_json
from keino.web.cohorts.errors.effect import EffectReportNotReady, NoNumbersYet
from keino.web.cohorts.models import EffectNumbers, EffectReport
from keino.web.cohorts.models.effect import ALL, LANGUAGES
from keino.web.cohorts.queries.effect.numbers import content_of_all, content_of_edition
from keino.web.cohorts.services.told_outcomes import tell as tell_anew
from keino.web.organisations.models import Organisation

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.programmes.models import Edition


def numbers_of(edition: Edition | None) -> EffectNumbers:
    """The row that keeps the numbers of an edition, or of all; made where there is none."""
    scope = str(edition.public_id) if edition else ALL
    found, _made = EffectNumbers.objects.get_or_create(scope=scope, defaults={"edition": edition})
    return found


def work_out(numbers: EffectNumbers, tell: Callable[[int, int], None] = lambda _done, _whole: None) -> None:
    """Work the numbers out and keep them in place of the ones before. May be run again at any time."""
    if numbers.edition is not None:
        content = content_of_edition(numbers.edition)
    else:
        content = content_of_all(is_example=_is_example(), tell=tell)
    with transaction.atomic():
        kept = content_as_json(tell_anew(content))
        EffectNumbers.objects.filter(pk=numbers.pk).update(content=kept, error=None, counted_at=timezone.now())


def _is_example() -> bool:
    """A site that has nothing but examples (the demo) tells of them; any other leaves them out."""
    return not Organisation.objects.filter(is_example=False).exists()


def note_failure(numbers: EffectNumbers, error: dict[str, Any] | None) -> None:
    """Say why there are no numbers, or no newer ones."""
    EffectNumbers.objects.filter(pk=numbers.pk).update(error=error)


# ---- reports


def begin_report(*, edition: Edition | None, by: Person) -> EffectReport:
    """Begin a report with the numbers of now; a draft that is there is the one. Raises NoNumbersYet."""
    with transaction.atomic(), acting(by, act="effect_report_begun"):
        numbers = EffectNumbers.objects.select_for_update().get(pk=numbers_of(edition).pk)
        if numbers.content is None:
            raise NoNumbersYet
        theirs = EffectReport.objects.filter(edition=edition)
        draft: EffectReport | None = theirs.filter(state=EffectReportState.DRAFT).first()
        if draft is not None:
            return draft
        number = (theirs.aggregate(newest=Max("number"))["newest"] or 0) + 1
        return EffectReport.objects.create(edition=edition, number=number, content=numbers.content, created_by=by)


def write_report(*, report: EffectReport, texts: Mapping[str, str], seen: int, by: Person) -> None:
    """Write a draft's summaries (``summary_fi`` …). Raises Conflict, and NotAllowedNow when it is approved."""
    with transaction.atomic(), acting(by, act="effect_report_written"):
        found = _draft(report)
        wanted = {f"summary_{language}": texts.get(f"summary_{language}", "").strip() for language in LANGUAGES}
        if all(getattr(found, column) == text for column, text in wanted.items()):
            return  # a second press of the button
        if found.version != seen:
            raise Conflict
        for column, text in wanted.items():
            setattr(found, column, text)
        found.version += 1
        found.save()


def take_new_numbers(*, report: EffectReport, by: Person) -> None:
    """Put the newest numbers into a draft. Raises NotAllowedNow when it is approved."""
    with transaction.atomic(), acting(by, act="effect_report_numbers"):
        found = _draft(report)
        numbers = numbers_of(found.edition)
        if numbers.content is None:
            raise NoNumbersYet
        if found.content != numbers.content:
            found.content, found.version = numbers.content, found.version + 1
            found.save()


def approve_report(*, report: EffectReport, seen: int, by: Person) -> None:
    """Freeze a report for good. Pressed twice by the same person it is approved once.

    Raises EffectReportNotReady, Conflict when it was changed since it was read, and NotAllowedNow.
    """
    with transaction.atomic(), acting(by, act="effect_report_approved"):
        found = _locked(report)
        if not found.is_draft and found.approved_by_id == by.pk:
            return
        if not found.is_draft:
            raise NotAllowedNow(state=str(found.get_state_display()))
        if found.version != seen:
            raise Conflict
        if not found.written_in:
            raise EffectReportNotReady
        found.state, found.approved_by, found.approved_at = EffectReportState.APPROVED, by, timezone.now()
        found.version += 1
        found.save()


def _locked(report: EffectReport) -> EffectReport:
    found: EffectReport = EffectReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    return found


def _draft(report: EffectReport) -> EffectReport:
    found = _locked(report)
    if not found.is_draft:
        raise NotAllowedNow(state=str(found.get_state_display()))
    return found
