"""Why a footprint changed: one answer for each question to a finished run, worked out once."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class FollowUpResult(models.Model):
    """What the engine answered to one question (years, what moved, which plan) about one finished run.

    ``content`` is the engine's ``FollowUpResult`` without the run's own result, as JSON (``followup.answer_json``);
    ``shape`` says how that JSON is made. A run never changes, so neither does the answer; it can be deleted and is then
    worked out anew.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    run = models.ForeignKey("measurement.Run", on_delete=models.CASCADE, related_name="follow_ups")
    #: ``followup.questions.Question`` as JSON, and its hash.
    question = models.JSONField()
    question_key = models.CharField(max_length=64)
    shape = models.PositiveSmallIntegerField()
    content = models.JSONField(null=True, blank=True)
    error = models.JSONField(null=True, blank=True)  # as Job.error
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "question_key", "shape"], name="one_answer_to_a_question"),
            models.CheckConstraint(
                condition=models.Q(finished_at=None) | models.Q(content__isnull=False), name="finished_with_an_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question.get('year_from')}–{self.question.get('year_to')}"

    @property
    def is_ready(self) -> bool:
        """Whether it was answered."""
        return self.finished_at is not None

    @property
    def subject(self) -> str:
        """How its background work names it."""
        return f"followup:{self.public_id}"
