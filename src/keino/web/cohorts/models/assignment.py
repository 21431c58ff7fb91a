"""Assignments of an edition, each organisation's work on them, and every version that was handed in."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.cohorts.choices.assignments import AssignmentKind, Verdict, WorkState
from keino.web.cohorts.models.participation import Participation

LONGEST_TEXT = 20_000


class Assignment(models.Model):
    """What every organisation of an edition does by a time, or one organisation (``only_for``).

    ``due_at`` is the last moment that is in time. Once it has passed it never moves: what is late stays late.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey("programmes.Edition", on_delete=models.PROTECT, related_name="assignments")
    only_for = models.ForeignKey(
        Participation,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="own_assignments",
        verbose_name=_("Only for"),
    )
    kind = models.CharField(_("Kind"), max_length=10, choices=AssignmentKind, default=AssignmentKind.BETWEEN)
    title = models.CharField(pgettext_lazy("assignment", "Name"), max_length=200)
    instructions = models.TextField(_("What is to be done"), max_length=LONGEST_TEXT)
    #: Questions of a form instead of a free text.
    form_version = models.ForeignKey(
        "surveys.FormVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Questions of a form"),
    )
    due_at = models.DateTimeField(_("Due"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    #: Key of the form it was made with: pressing twice makes one assignment.
    made_with = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("due_at", "pk")
        constraints = [models.UniqueConstraint(fields=["edition", "made_with"], name="assignment_made_once")]
        indexes = [models.Index(fields=["edition", "due_at"], name="assignments_by_due")]

    def __str__(self) -> str:
        return self.title

    def has_passed(self, now: dt.datetime) -> bool:
        """Whether its time is over: the due moment itself is still in time."""
        return now > self.due_at


class Work(models.Model):
    """One organisation's work on one assignment: the draft it writes on, and where it stands."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="works")
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="works")
    state = models.CharField(_("State"), max_length=10, choices=WorkState, default=WorkState.ASSIGNED)
    draft = models.TextField(_("Our answer"), blank=True, max_length=LONGEST_TEXT)
    begun_at = models.DateTimeField(null=True, blank=True)
    #: When the newest version was handed in.
    submitted_at = models.DateTimeField(null=True, blank=True)
    #: When the first one was: the one that counts against the due time.
    first_submitted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("assignment__due_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["assignment", "participation"], name="one_work_for_each"),
            models.CheckConstraint(
                condition=Q(state=WorkState.ASSIGNED) | Q(first_submitted_at__isnull=False),
                name="work_beyond_assigned_was_handed_in",
            ),
        ]
        indexes = [models.Index(fields=["participation", "state"], name="works_by_state")]

    def __str__(self) -> str:
        return str(self.assignment)

    @property
    def was_late(self) -> bool:
        """Whether the first version came after the due moment; a second late is late."""
        return self.first_submitted_at is not None and self.first_submitted_at > self.assignment.due_at

    def is_overdue(self, now: dt.datetime) -> bool:
        """Whether nothing was handed in and the time is over."""
        return self.first_submitted_at is None and self.assignment.has_passed(now)


class WorkVersion(models.Model):
    """What was handed in, as it was, with what the mentor said of it. Only the mentor's words are added later."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Version"))
    text = models.TextField(_("Answer"), blank=True, max_length=LONGEST_TEXT)
    #: Answers to the form's questions, where the assignment asks them. They go when their form's time is over, at the
    #: earliest with the programme (``queries.due.answers_in_use``).
    form_answer = models.OneToOneField(
        "surveys.FormAnswer", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    feedback = models.TextField(_("Feedback"), blank=True, max_length=LONGEST_TEXT)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["work", "number"], name="work_version_once")]

    def __str__(self) -> str:
        return f"{self.work} {self.number}"


class WorkFile(models.Model):
    """A file of an answer. In the draft it may be taken out; once a version has it, it stays with that version."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="files")
    versions = models.ManyToManyField(WorkVersion, related_name="files", blank=True)
    is_in_draft = models.BooleanField(default=True)
    name = models.CharField(_("File"), max_length=200)
    size_bytes = models.PositiveBigIntegerField()
    stored_as = models.CharField(max_length=200)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name
