"""Reports on the effect to read: drafts for those who write them, approved ones for everyone who may see the effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from keino.web.cohorts.choices.engagement import EffectReportState
from keino.web.cohorts.effect.numbers import Content, content_from_json
from keino.web.cohorts.models import EffectNumbers, EffectReport

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.programmes.models import Edition


def all_reports() -> QuerySet[EffectReport]:
    """Every report, the newest first."""
    found: QuerySet[EffectReport] = EffectReport.objects.select_related("edition", "created_by", "approved_by")
    return found.order_by("-created_at", "-pk")


def reports_to_read(person: Person, edition: Edition | None) -> QuerySet[EffectReport]:
    """Reports of an edition (None: every report) that the person may read, without their numbers."""
    found = all_reports().defer("content")
    if edition is not None:
        found = found.filter(edition=edition)
    return found.filter(readable_by(person))


def readable_by(person: Person) -> Q:
    """Approved ones for whoever sees the effect; drafts for those of the centre among them."""
    approved = Q(state=EffectReportState.APPROVED)
    return Q() if person.has_perm("programmes.work") else approved


def content_of(report: EffectReport) -> Content:
    """A report's numbers."""
    return content_from_json(report.content)


def is_outdated(report: EffectReport) -> bool:
    """Whether other numbers were worked out since a draft's were taken."""
    if not report.is_draft:
        return False
    newest = EffectNumbers.objects.filter(edition=report.edition).values_list("content", flat=True).first()
    return newest is not None and newest != report.content
