"""What is left when an edition is closed: how it was closed, tasks of the year after, and who is shown as alumni."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.cohorts.choices.alumni import FollowUpKind, FollowUpState


class EditionClosing(models.Model):
    """That an edition was closed, by whom, and in which year it is followed up. Made once."""

    edition = models.OneToOneField("programmes.Edition", on_delete=models.PROTECT, related_name="closing")
    follow_up_year = models.PositiveSmallIntegerField(_("Year of the follow-up"))
    closed_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("Closed by"),
    )  # fmt: skip

    def __str__(self) -> str:
        return str(self.edition)


class LeftUndone(models.Model):
    """Something that was not finished when its edition was closed, and why that was accepted."""

    closing = models.ForeignKey(EditionClosing, on_delete=models.CASCADE, related_name="left_undone")
    participation = models.ForeignKey("cohorts.Participation", on_delete=models.PROTECT, related_name="left_undone")
    #: What it was called on that day.
    what = models.CharField(max_length=300)
    why = models.CharField(_("Why it stays unfinished"), max_length=500)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.what


class FollowUpTask(models.Model):
    """A meeting of the year after an edition: one for all alumni (without ``participation``), one for each of them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey("programmes.Edition", on_delete=models.PROTECT, related_name="follow_up_tasks")
    participation = models.ForeignKey(
        "cohorts.Participation", null=True, blank=True, on_delete=models.PROTECT, related_name="follow_up_tasks"
    )
    kind = models.CharField(_("Kind"), max_length=20, choices=FollowUpKind)
    due_on = models.DateField(_("Due on"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="follow_up_tasks",
        verbose_name=_("Owner"),
    )  # fmt: skip
    state = models.CharField(_("State"), max_length=9, choices=FollowUpState, default=FollowUpState.OPEN)
    done_on = models.DateField(_("Held on"), null=True, blank=True)
    #: What came out of it, or why it is not held.
    outcome = models.TextField(_("What came out of it"), max_length=4000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("due_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(kind=FollowUpKind.ALUMNI_MEETING),
                name="one_alumni_meeting_for_each_edition",
            ),
            models.UniqueConstraint(
                fields=["participation"],
                condition=Q(kind=FollowUpKind.FOLLOW_UP_MEETING),
                name="one_follow_up_meeting_for_each_participant",
            ),
            models.CheckConstraint(
                condition=Q(kind=FollowUpKind.ALUMNI_MEETING, participation=None)
                | Q(kind=FollowUpKind.FOLLOW_UP_MEETING, participation__isnull=False),
                name="follow_up_meeting_has_its_participant",
            ),
            models.CheckConstraint(
                condition=~Q(state=FollowUpState.DONE) | Q(done_on__isnull=False), name="follow_up_done_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_open(self) -> bool:
        """Whether it waits to be held."""
        return self.state == FollowUpState.OPEN

    def is_overdue(self, today: dt.date) -> bool:
        """Whether its day passed while it was open."""
        return self.is_open and self.due_on < today


class AlumniEntry(models.Model):
    """That an organisation wants to stand in the public directory of alumni, and what it says there."""

    participation = models.OneToOneField("cohorts.Participation", on_delete=models.CASCADE, related_name="alumni_entry")
    is_public = models.BooleanField(_("Show our organisation among the alumni"), default=False)
    text = models.TextField(_("What we did in the programme"), max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "alumni entries"

    def __str__(self) -> str:
        return str(self.participation)


class AlumniPerson(models.Model):
    """That a person wants to be named among the alumni; only they say so and take it back."""

    participation = models.ForeignKey("cohorts.Participation", on_delete=models.CASCADE, related_name="alumni_people")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    agreed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["participation", "person"], name="alumni_person_named_once")]

    def __str__(self) -> str:
        return str(self.person)
