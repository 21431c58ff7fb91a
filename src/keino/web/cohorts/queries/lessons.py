"""Lessons and templates: with their origin, and how often others started from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet

from keino.web.cohorts.choices.lessons import LessonState
from keino.web.cohorts.models import CohortLesson, LessonTemplate

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation


def lessons_of(organisation: Organisation) -> QuerySet[CohortLesson]:
    """What an organisation learned, the latest first."""
    found = CohortLesson.objects.filter(participation__organisation=organisation)
    return found.select_related("participation__edition", "template").order_by("-created_at", "-pk")


def offered_lessons() -> QuerySet[CohortLesson]:
    """Lessons that wait for the centre, the longest wait first."""
    found = CohortLesson.objects.filter(state=LessonState.OFFERED)
    return found.select_related("participation__organisation", "participation__edition").order_by("offered_at", "pk")


def templates() -> QuerySet[LessonTemplate]:
    """Templates with their reuse: how often, by how many organisations, and how often by others than the origin."""
    by_others = ~Q(reuses__organisation=F("lesson__participation__organisation"))
    found = LessonTemplate.objects.select_related(
        "lesson__participation__organisation", "lesson__participation__edition"
    )
    return found.annotate(
        reuse_count=Count("reuses", distinct=True),
        reusers=Count("reuses__organisation", distinct=True),
        reused_by_others=Count("reuses", filter=by_others, distinct=True),
    ).order_by("-promoted_at", "-pk")
