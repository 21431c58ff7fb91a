"""Who has talked with an applicant: where reviewers don't see who applies, they don't score it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from keino.web.programmes.choices.selection import InterviewState
from keino.web.programmes.models import Discussion, DiscussionExpert, Interviewer

if TYPE_CHECKING:
    from keino.web.programmes.models import Application


def acquainted_with(applications: Collection[Application]) -> set[tuple[int, int]]:
    """(person, application) of whoever holds or held an interview or a discussion, in three questions.

    Also who only marked a discussion as held: its notes are theirs. What was cancelled counts for nobody.
    """
    asked = [each.pk for each in applications]
    interviews = Interviewer.objects.filter(interview__application__in=asked, person__isnull=False)
    interviews = interviews.exclude(interview__state=InterviewState.CANCELLED)
    experts = DiscussionExpert.objects.filter(
        discussion__application__in=asked, discussion__cancelled_at=None, is_off=False, person__isnull=False
    )
    held = Discussion.objects.filter(application__in=asked, cancelled_at=None, held_by__isnull=False)
    return {
        *interviews.values_list("person", "interview__application"),
        *experts.values_list("person", "discussion__application"),
        *held.values_list("held_by", "application"),
    }
