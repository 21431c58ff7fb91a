"""What one person answers while a round is open. It names nobody and is deleted when the round closes."""

from __future__ import annotations

import uuid

from django.db import models

from keino.web.surveys.models.round import Round, RoundGroup


class AnswerSheet(models.Model):
    """One respondent's answers: area → level, or None for "don't know"; what isn't answered yet isn't there.

    ``person_key`` is a keyed hash of round and person (``surveys.secrecy``): they find their sheet by it, and who has
    only the database can't. There is no time and no running number, so that nothing leads from the order of rows to
    people.
    Never put this model into the audit trail.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="sheets")
    person_key = models.CharField(max_length=64)
    group = models.ForeignKey(RoundGroup, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    answers = models.JSONField(default=dict)
    #: A draft doesn't count.
    is_sent = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person_key"], name="one_sheet_for_each_key")]

    def __str__(self) -> str:
        return str(self.round)
