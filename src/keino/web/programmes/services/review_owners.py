"""Scores to give and interviews to hold change hands: without what was written, never to somebody with a tie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from keino.web.base.audit import acting
from keino.web.programmes.choices import EditionPersonKind
from keino.web.programmes.choices.selection import InterviewState
from keino.web.programmes.errors.selection import HasTie
from keino.web.programmes.models import EditionPerson, Interview, Interviewer, Review
from keino.web.programmes.queries.ties import has_tie
from keino.web.programmes.services.interview_mails import NOT_YOURS, PLANNED, tell_holders
from keino.web.programmes.services.strangers import require_no_reviewer, require_stranger

if TYPE_CHECKING:
    from keino.web.base.models import Person


def hand_review_on(review: Review, to: Person) -> None:
    """Give an unsent review to somebody else, who begins anew and is named as reviewer where they weren't."""
    with transaction.atomic(), acting(to, act="reviewer_assigned"):
        row = (
            Review.objects.select_for_update(of=("self",)).select_related("application__organisation").get(pk=review.pk)
        )
        if row.is_sent:
            return
        application = row.application
        if has_tie(to, application):
            raise HasTie(person=str(to))
        require_stranger(to, application)
        EditionPerson.objects.get_or_create(edition=application.edition, person=to, kind=EditionPersonKind.REVIEWER)
        row.delete()
        Review.objects.get_or_create(application=application, reviewer=to)


def hand_interview_on(held: Interviewer, to: Person) -> None:
    """Let somebody else hold an interview. Both are told; the entry leaves one calendar and comes into the other."""
    with transaction.atomic(), acting(to, act="interview_changed"):
        rows = Interview.objects.select_for_update(of=("self",))
        interview = rows.select_related("application__edition", "application__organisation").get(pk=held.interview_id)
        if interview.state != InterviewState.PLANNED:
            return
        if has_tie(to, interview.application):
            raise HasTie(person=str(to))
        require_no_reviewer([to], interview.application)
        interview.version += 1
        interview.save()
        _row, is_new = Interviewer.objects.get_or_create(interview=interview, person=to)
        Interviewer.objects.filter(pk=held.pk).delete()
        tell_holders([held.person], interview, NOT_YOURS)
        if is_new:
            tell_holders([to], interview, PLANNED)
