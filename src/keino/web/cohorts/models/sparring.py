"""Sparring: sessions with their advice, cases of digital sparring, and the actions that were agreed."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.cohorts.choices.sparring import CaseEnd, CaseState, SessionMode, SessionState


class DigitalCase(models.Model):
    """A process whose digital tool an organisation wants to develop, buy or leave; it ends with one of these.

    Its sparring dates are its sessions, what was agreed are its ``AgreedAction`` rows.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="digital_cases"
    )
    process = models.CharField(_("Process"), max_length=200)
    current_tools = models.TextField(_("Tools used now"), max_length=4000)
    target = models.TextField(_("Target"), max_length=4000)
    state = models.CharField(_("State"), max_length=5, choices=CaseState, default=CaseState.OPEN)
    end = models.CharField(_("Ended with"), max_length=7, choices=CaseEnd, blank=True)
    #: Why it ended so; enough by itself only where it is left.
    reason = models.TextField(_("Reason"), max_length=4000, blank=True)
    ended_at = models.DateTimeField(_("Ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("Ended by"),
    )  # fmt: skip
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CaseState.OPEN, end="", ended_at=None)
                | Q(state=CaseState.ENDED, end__in=CaseEnd.values, ended_at__isnull=False),
                name="digital_case_ends_with_something",
            )
        ]

    def __str__(self) -> str:
        return self.process


class DigitalOption(models.Model):
    """One way to reach a case's target, as people weighed it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(
        DigitalCase, on_delete=models.CASCADE, related_name="options", verbose_name=_("Digital sparring")
    )
    title = models.CharField(_("Option"), max_length=200)
    way = models.CharField(_("What it means"), max_length=7, choices=CaseEnd)
    speaks_for = models.TextField(_("What speaks for it"), max_length=2000, blank=True)
    speaks_against = models.TextField(_("What speaks against it"), max_length=2000, blank=True)
    cost_eur = models.DecimalField(_("Estimated cost, €"), max_digits=14, decimal_places=2, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(cost_eur=None) | Q(cost_eur__gte=0), name="digital_option_cost_not_below_zero"
            )
        ]

    def __str__(self) -> str:
        return self.title


class SparringSession(models.Model):
    """A meeting of an organisation with its mentor: when, about what, which advice was given.

    ``agenda`` stays empty until somebody writes on it: until then the page prepares it from the open actions of that
    moment. It is kept as it stood when the session was held. ``sequence`` counts changes of time and place for
    calendar programs.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="sparring_sessions"
    )
    participation = models.ForeignKey(
        "cohorts.Participation", null=True, blank=True, on_delete=models.PROTECT, related_name="sparring_sessions"
    )
    digital_case = models.ForeignKey(
        DigitalCase, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions",
        verbose_name=_("Digital sparring"),
    )  # fmt: skip
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="sparring_sessions",
        verbose_name=_("Mentor"),
    )  # fmt: skip
    starts_at = models.DateTimeField(_("Begins"))
    ends_at = models.DateTimeField(pgettext_lazy("event", "Ends"))
    mode = models.CharField(_("How you meet"), max_length=7, choices=SessionMode, default=SessionMode.ONLINE)
    #: An address or the link of an online meeting.
    place = models.CharField(_("Place or link"), max_length=300, blank=True)
    state = models.CharField(_("State"), max_length=9, choices=SessionState, default=SessionState.AGREED)
    cancelled_because = models.CharField(_("Why it was cancelled"), max_length=500, blank=True)
    agenda = models.TextField(_("Agenda"), max_length=8000, blank=True)
    notes = models.TextField(_("Notes"), max_length=20_000, blank=True)
    advice = models.TextField(_("Advice given"), max_length=20_000, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-starts_at", "-pk")
        indexes = [
            models.Index(fields=["organisation", "starts_at"], name="sparring_of_organisation"),
            models.Index(fields=["mentor", "starts_at"], name="sparring_of_mentor"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="sparring_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(state=SessionState.CANCELLED) | ~Q(cancelled_because=""),
                name="sparring_cancelled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    def is_over(self, now: dt.datetime) -> bool:
        """Whether its time is past."""
        return self.ends_at <= now


class AgreedAction(models.Model):
    """That an action of the organisation was agreed in a sparring session or in a case of digital sparring."""

    action = models.OneToOneField("plans.Action", on_delete=models.CASCADE, related_name="agreed_in_sparring")
    session = models.ForeignKey(
        SparringSession, null=True, blank=True, on_delete=models.PROTECT, related_name="agreed",
        verbose_name=_("Sparring session"),
    )  # fmt: skip
    case = models.ForeignKey(
        DigitalCase, null=True, blank=True, on_delete=models.PROTECT, related_name="agreed",
        verbose_name=_("Digital sparring"),
    )  # fmt: skip
    agreed_at = models.DateTimeField(pgettext_lazy("action", "Agreed"), default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(session__isnull=False) | Q(case__isnull=False), name="agreed_in_session_or_case"
            )
        ]

    def __str__(self) -> str:
        return str(self.action)
