"""Answers to a version of a form, and the files sent with them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.surveys.choices import AnswerState
from keino.web.surveys.models.form import FormVersion


class FormAnswer(models.Model):
    """One answer: code of the question → typed answer (``domain.questionnaires.answers``).

    ``subject`` is what is answered, in the words of the app that asks ("application:<public id>"); ``key`` is a keyed
    hash of who answers (an organisation, else a person), so that going on finds the draft and nobody answers twice.
    ``version`` is raised by every change: several people of an organisation write on one answer.

    Of an anonymous form neither people nor the organisation nor the hour of sending is kept, and ``key`` goes when the
    answer is sent.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="answers")
    about_organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="form_answers"
    )
    subject = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=64, null=True, blank=True)  # NULL isn't unique, "" would be
    state = models.CharField(_("State"), max_length=5, choices=AnswerState, default=AnswerState.DRAFT)
    answers = models.JSONField(default=dict, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    #: From when its time runs where it was never sent.
    begun_on = models.DateField(default=timezone.localdate, editable=False)
    sent_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form_version", "subject", "key"], name="one_answer_of_a_respondent"),
            models.CheckConstraint(
                condition=Q(state=AnswerState.DRAFT) | Q(sent_on__isnull=False), name="sent_answer_has_its_day"
            ),
        ]
        indexes = [models.Index(fields=["subject", "state"], name="answers_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.form_version} – {self.about_organisation or ''}".rstrip(" –")

    @property
    def is_sent(self) -> bool:
        """Whether it counts and can't be changed any more."""
        return self.state == AnswerState.SENT


class Answered(models.Model):
    """That somebody has answered an anonymous form: the keyed hash alone, which leads to no answer.

    Its own key is random, and no time is kept, so that the order of the rows doesn't tell the order of answers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="answered")
    subject = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form_version", "subject", "key"], name="anonymous_answer_once")]

    def __str__(self) -> str:
        return f"{self.form_version}"


class Attachment(models.Model):
    """A file sent as the answer to one question. ``name`` is what its sender called it: shown, never used as a path."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answer = models.ForeignKey(FormAnswer, on_delete=models.CASCADE, related_name="attachments")
    question_code = models.CharField(max_length=40)
    name = models.CharField(_("File"), max_length=200)
    stored_as = models.CharField(max_length=300)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "question_code"], name="one_file_per_question")]

    def __str__(self) -> str:
        return self.name
