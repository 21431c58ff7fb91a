"""Writes of the pages about the site: findings, feedback, page views."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from keino.errors import KeinoError, mark
from keino.web.about.choices import FEEDBACK_MOVES, FeedbackState
from keino.web.about.models import Assessment, Feedback, PageViews
from keino.web.about.queries import feedback_over, received_since
from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.base.mail import send_later
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Role

if TYPE_CHECKING:
    from keino.web.base.models import Person

#: Act 306/2019: feedback on accessibility is answered within fourteen days. We count all feedback so.
DAYS_TO_ANSWER = 14
#: How long a message is kept after it was answered or closed.
DAYS_KEPT = 365
#: More messages than this in an hour are no people; the form then points to the e-mail address.
MOST_PER_HOUR = 60


class TooMuchFeedback(KeinoError):
    """The form is being flooded."""

    code = "too_much_feedback"
    template = mark(
        "So many messages came within an hour that the form is closed for a while. Yours wasn't kept; it is still in "
        "the form. Try again in an hour."
    )


def assess(assessment: Assessment, *, seen_version: int, by: Person) -> Assessment:
    """Keep a finding, new or changed. Raises Conflict when somebody else changed it since ``seen_version``."""
    assessment.assessed_by = by
    assessment.version = seen_version + 1
    with transaction.atomic(), acting(by, act="assess"):
        if seen_version == 0:
            try:
                with transaction.atomic():
                    assessment.save(force_insert=True)
            except IntegrityError as error:
                raise Conflict from error
            return assessment
        # The lock is the update itself: of two who saw the same version only one finds it.
        claimed = Assessment.objects.filter(number=assessment.number, version=seen_version).update(
            version=seen_version + 1
        )
        if not claimed:
            raise Conflict
        assessment.save()
    return assessment


def receive_feedback(
    *,
    key: uuid.UUID,
    topic: str,
    text: str,
    page: str = "",
    email: str = "",
    language: str,
    by: Person | None = None,
) -> Feedback:
    """Keep a message and start its clock; sending the same form again changes nothing. Raises TooMuchFeedback."""
    now = timezone.now()
    with transaction.atomic(), acting(by, act="feedback"):
        known = Feedback.objects.filter(public_id=key).first()
        if known is not None:
            return known
        if received_since(now - dt.timedelta(hours=1)) >= MOST_PER_HOUR:
            raise TooMuchFeedback
        feedback, made = Feedback.objects.get_or_create(
            public_id=key,
            defaults={
                "topic": topic,
                "text": text,
                "page": page,
                "email": email,
                "language": language,
                "person": by,
                "created_at": now,
                "due_on": timezone.localdate(now) + dt.timedelta(days=DAYS_TO_ANSWER),
            },
        )
        if made:
            _tell(feedback)
    return feedback


def _tell(feedback: Feedback) -> None:
    """A receipt to the writer who left an address, and a note to those who answer."""
    values: dict[str, Any] = {
        "text": feedback.text,
        "due_on": feedback.due_on.isoformat(),
        "feedback": str(feedback.public_id),
    }
    if feedback.email:
        send_later(
            "about/mail/feedback_received.txt",
            address=feedback.email,
            language=feedback.language,
            once=f"feedback-received:{feedback.public_id}",
            **values,
        )
    kinds = (RoleKind.ADMINISTRATOR, RoleKind.COORDINATOR)
    roles = Role.objects.on(timezone.localdate()).filter(kind__in=kinds, person__is_active=True)
    for person in {role.person for role in roles.select_related("person")}:
        send_later(
            "about/mail/feedback_waits.txt",
            to=person,
            topic="feedback",
            once=f"feedback-waits:{feedback.public_id}:{person.pk}",
            **values,
        )


def answer_feedback(feedback: Feedback, *, answer: str, seen_version: int, by: Person) -> None:
    """Answer a message; who left an address gets the answer by mail. Raises Conflict, NotAllowedNow."""
    with transaction.atomic(), acting(by, act="answer feedback"):
        _end(feedback, FeedbackState.ANSWERED, answer=answer, seen_version=seen_version, by=by)
        if feedback.email:
            send_later(
                "about/mail/feedback_answered.txt",
                address=feedback.email,
                language=feedback.language,
                once=f"feedback-answered:{feedback.public_id}",
                text=feedback.text,
                answer=answer,
                received_on=timezone.localdate(feedback.created_at).isoformat(),
            )


def close_feedback(feedback: Feedback, *, reason: str, seen_version: int, by: Person) -> None:
    """Close a message that wants no answer (advertising, a slip); the reason stays with it."""
    with transaction.atomic(), acting(by, act="close feedback"):
        _end(feedback, FeedbackState.CLOSED, answer=reason, seen_version=seen_version, by=by)


def _end(feedback: Feedback, state: FeedbackState, *, answer: str, seen_version: int, by: Person) -> None:
    current = Feedback.objects.select_for_update().get(pk=feedback.pk)
    if state not in FEEDBACK_MOVES[current.state]:
        raise NotAllowedNow(state=current.get_state_display())
    if current.version != seen_version:
        raise Conflict
    current.state, current.answer, current.ended_at, current.ended_by = state, answer, timezone.now(), by
    current.version += 1
    current.save()
    feedback.refresh_from_db()


def retire_feedback() -> int:
    """Delete feedback whose time is over; what still waits for an answer is kept. Returns how many rows went."""
    over = feedback_over(timezone.localdate() - dt.timedelta(days=DAYS_KEPT))
    return over.delete()[1].get(Feedback._meta.label, 0)  # noqa: SLF001  # Django's own name for it


def add_views(counts: Mapping[tuple[dt.date, str, str], int]) -> None:
    """Add counted views: (day, kind of page, language) → how many."""
    with transaction.atomic():
        for (day, page, language), views in sorted(counts.items()):
            row, _made = PageViews.objects.get_or_create(day=day, page=page, language=language)
            PageViews.objects.filter(pk=row.pk).update(views=F("views") + views)
