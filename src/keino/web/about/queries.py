"""Reads of the pages about the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import get_language

from keino.web.about.choices import Conformance, FeedbackState, Finding
from keino.web.about.models import Assessment, Feedback, PageViews
from keino.web.about.wcag import CRITERIA, SuccessCriterion


@dataclass(frozen=True)
class CheckedCriterion:
    """A success criterion and what was found out about it."""

    criterion: SuccessCriterion
    assessment: Assessment

    @property
    def reason(self) -> Text:
        """What doesn't work, in the reader's language where it is written."""
        return written(self.assessment, "reason")

    @property
    def alternative(self) -> Text:
        """What to do instead."""
        return written(self.assessment, "alternative")


@dataclass(frozen=True)
class Text:
    """A text and the language it is in; ``is_foreign`` when the reader's own language is missing."""

    text: str
    language: str
    is_foreign: bool


@dataclass(frozen=True)
class Statement:
    """What the checklist says of the site."""

    conformance: Conformance
    rows: tuple[CheckedCriterion, ...]

    @property
    def shortcomings(self) -> tuple[CheckedCriterion, ...]:
        """Criteria met in part or not at all."""
        return tuple(row for row in self.rows if row.assessment.is_shortcoming)

    @property
    def not_assessed(self) -> tuple[CheckedCriterion, ...]:
        """Criteria that nobody has looked at."""
        return tuple(row for row in self.rows if row.assessment.finding == Finding.NOT_ASSESSED)

    @property
    def last_assessed_on(self) -> dt.date | None:
        """Day of the newest finding."""
        return max((row.assessment.evaluated_on for row in self.rows if row.assessment.evaluated_on), default=None)

    @property
    def first_assessed_on(self) -> dt.date | None:
        """Day of the oldest finding."""
        return min((row.assessment.evaluated_on for row in self.rows if row.assessment.evaluated_on), default=None)


def written(thing: Any, field: str) -> Text:
    """A text that people wrote, in the reader's language; else in one it is written in, marked as such."""
    own = (get_language() or "fi")[:2]
    for language in (own, "fi", "sv", "en"):
        text = getattr(thing, f"{field}_{language}", "") or ""
        if text:
            return Text(text, language, language != own)
    return Text("", own, is_foreign=False)


def statement() -> Statement:
    """The checklist with all 55 criteria, and what follows of it."""
    found = {assessment.number: assessment for assessment in Assessment.objects.all()}
    rows = tuple(
        CheckedCriterion(criterion, found.get(criterion.number) or Assessment(number=criterion.number))
        for criterion in CRITERIA
    )
    return Statement(_conformance(rows), rows)


def _conformance(rows: tuple[CheckedCriterion, ...]) -> Conformance:
    findings = {row.assessment.finding for row in rows}
    if Finding.NOT_ASSESSED in findings:
        return Conformance.UNKNOWN
    return Conformance.PARTIAL if findings & {Finding.PARTIAL, Finding.FAIL} else Conformance.FULL


def assessment_of(number: str) -> Assessment:
    """The finding of a criterion; an unsaved one where nobody has looked."""
    return Assessment.objects.filter(number=number).first() or Assessment(number=number, version=0)


def feedback_queue(state: str = FeedbackState.OPEN) -> QuerySet[Feedback]:
    """Feedback in a state: what waits by its last day, what has ended by its end, newest first."""
    order = ("due_on", "pk") if state == FeedbackState.OPEN else ("-ended_at", "-pk")
    return Feedback.objects.filter(state=state).select_related("ended_by").order_by(*order)


def received_since(moment: dt.datetime) -> int:
    """How many messages came since a moment."""
    return Feedback.objects.filter(created_at__gte=moment).count()


def feedback_over(day: dt.date) -> QuerySet[Feedback]:
    """Feedback that ended before a day."""
    return Feedback.objects.exclude(state=FeedbackState.OPEN).filter(ended_at__date__lt=day)


@dataclass(frozen=True)
class ViewCount:
    """Views of one kind of page over a time, in all and by language."""

    page: str
    total: int
    by_language: Mapping[str, int]


def views_of_days(days: int) -> tuple[ViewCount, ...]:
    """Views by kind of page over the last ``days`` days (today among them), most seen first."""
    since = timezone.localdate() - dt.timedelta(days=days - 1)
    counts: dict[str, dict[str, int]] = {}
    rows = PageViews.objects.filter(day__gte=since).values("page", "language").annotate(total=Sum("views"))
    for row in rows:
        counts.setdefault(row["page"], {})[row["language"]] = row["total"]
    found = (ViewCount(page, sum(parts.values()), parts) for page, parts in counts.items())
    return tuple(sorted(found, key=lambda count: (-count.total, count.page)))
