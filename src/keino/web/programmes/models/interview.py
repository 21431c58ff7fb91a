"""Interviews of applicants: the edition's guide, when and by whom, what was said."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.programmes.choices.selection import InterviewState


class GuideQuestion(models.Model):
    """A question that every applicant of the edition is asked."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey("programmes.Edition", on_delete=models.CASCADE, related_name="guide")
    position = models.PositiveSmallIntegerField(_("Place in the guide"), default=0)
    text = models.CharField(_("Question"), max_length=500)
    hint = models.TextField(_("What to listen for"), max_length=2_000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class Interview(models.Model):
    """One interview of an applicant, at a time of its own or an event's. What is noted stays on the edition's desk."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey("programmes.Application", on_delete=models.CASCADE, related_name="interviews")
    event = models.ForeignKey("events.Event", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    starts_at = models.DateTimeField(_("Begins"))
    ends_at = models.DateTimeField(_("Ends"))
    place = models.CharField(_("Where (a room, or the address of an online meeting)"), max_length=300, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=InterviewState, default=InterviewState.PLANNED)
    notes = models.TextField(_("Other notes"), max_length=10_000, blank=True)
    held_at = models.DateTimeField(null=True, blank=True, editable=False)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: Key of the form it was planned with: pressing twice plans one.
    made_with = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="interview_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts_at):%d.%m.%Y %H:%M}"


class Interviewer(models.Model):
    """Somebody who holds an interview."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="interviewers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="interviews_to_hold"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["interview", "person"], name="interviewer_once")]

    def __str__(self) -> str:
        return str(self.person or "")


class InterviewNote(models.Model):
    """What was said to one question of the guide."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="said")
    question = models.ForeignKey(GuideQuestion, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("What was said"), max_length=5_000, blank=True)

    class Meta:
        ordering = ["question__position", "question_id"]
        constraints = [models.UniqueConstraint(fields=["interview", "question"], name="one_note_to_a_question")]

    def __str__(self) -> str:
        return self.text[:80]
