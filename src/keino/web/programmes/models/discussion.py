"""Discussions with experts before an application: how they are held, experts' hours, what was booked."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DiscussionRule(models.Model):
    """How an edition's discussions are held. The rule that offers and judges: ``domain.programmes.booking``."""

    edition = models.OneToOneField("programmes.Edition", on_delete=models.CASCADE, related_name="discussion_rule")
    minutes = models.PositiveSmallIntegerField(
        _("Length (minutes)"), default=60, validators=[MinValueValidator(10), MaxValueValidator(480)]
    )
    every_minutes = models.PositiveSmallIntegerField(
        _("A discussion may begin every … minutes"),
        default=60,
        validators=[MinValueValidator(5), MaxValueValidator(480)],
    )
    before_minutes = models.PositiveSmallIntegerField(
        _("Kept free before it (minutes)"), default=0, validators=[MaxValueValidator(240)]
    )
    after_minutes = models.PositiveSmallIntegerField(
        _("Kept free after it (minutes)"), default=0, validators=[MaxValueValidator(240)]
    )
    experts_needed = models.PositiveSmallIntegerField(
        _("Experts in each discussion"), default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    a_day = models.PositiveSmallIntegerField(
        _("Discussions of one expert on a day, at most"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    notice_hours = models.PositiveSmallIntegerField(
        _("Booked at least … hours ahead"), default=24, validators=[MaxValueValidator(720)]
    )
    place = models.CharField(_("Where (a room, or the address of an online meeting)"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return f"{self.edition}"


class ExpertHours(models.Model):
    """When an expert can talk with applicants: from one time of a day to another, as clocks in Finland show it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey("programmes.Edition", on_delete=models.CASCADE, related_name="expert_hours")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("Day"))
    begins = models.TimeField(pgettext_lazy("time", "From"))
    ends = models.TimeField(pgettext_lazy("time", "Until"))

    class Meta:
        ordering = ["day", "begins", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="expert_hours_end_after_they_begin"),
            models.UniqueConstraint(fields=["edition", "expert", "day", "begins"], name="expert_hours_given_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.begins:%H:%M}–{self.ends:%H:%M}"


class Discussion(models.Model):
    """A booked discussion. Moved or cancelled, it stays as a row that says so; one application has one that stands.

    The times kept before and after it are those of the rule when it was booked.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey("programmes.Application", on_delete=models.CASCADE, related_name="discussions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    before_minutes = models.PositiveSmallIntegerField(default=0)
    after_minutes = models.PositiveSmallIntegerField(default=0)
    place = models.CharField(max_length=300, blank=True)
    #: Raised when it is booked anew or cancelled: calendar programs take the higher one.
    sequence = models.PositiveSmallIntegerField(default=0)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    booked_at = models.DateTimeField(default=timezone.now, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_why = models.TextField(blank=True, max_length=2_000)

    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: For the edition's people only.
    notes = models.TextField(_("Notes"), blank=True, max_length=10_000)
    #: What the applicant reads, too: the pilot to be sparred, the time it takes, who should take part.
    agreed = models.TextField(_("What was agreed"), blank=True, max_length=5_000)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="discussion_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(cancelled_at=None), name="one_discussion_of_an_application"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}, {timezone.localtime(self.starts_at):%d.%m.%Y %H:%M}"


class DiscussionExpert(models.Model):
    """An expert of a discussion. ``starts_at`` is the discussion's: nobody begins two at one moment."""

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="experts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="discussions_to_hold"
    )
    starts_at = models.DateTimeField()
    is_off = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "starts_at"], condition=Q(is_off=False), name="expert_in_one_discussion_at_a_time"
            ),
            models.UniqueConstraint(fields=["discussion", "person"], name="expert_once_in_a_discussion"),
        ]

    def __str__(self) -> str:
        return str(self.person or "")
