"""Deliverables: live documents of an organisation, what of them was handed to the mentor when, and what was said."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.cohorts.choices.assignments import Verdict
from keino.web.cohorts.choices.deliverables import DeliverableKind, DeliverableState
from keino.web.cohorts.models.participation import Participation

LONGEST_COMMENT = 10_000


class WantedDeliverable(models.Model):
    """What an edition wants of every organisation, and by when."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey("programmes.Edition", on_delete=models.PROTECT, related_name="wanted_deliverables")
    kind = models.CharField(_("Kind"), max_length=20, choices=DeliverableKind)
    due_at = models.DateTimeField(_("Due"), null=True, blank=True)
    note = models.TextField(_("What matters in it"), blank=True, max_length=2_000)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("due_at", "pk")
        constraints = [models.UniqueConstraint(fields=["edition", "kind"], name="deliverable_wanted_once")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Deliverable(models.Model):
    """One deliverable of one organisation: the link to its live document, and where it stands with the mentor.

    The operating model and the action plan are found by the organisation; a category plan, a development plan and a
    pilot are linked. Nothing is copied: the document lives on where it is, also after the programme.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="deliverables")
    wanted = models.ForeignKey(
        WantedDeliverable, null=True, blank=True, on_delete=models.SET_NULL, related_name="deliverables"
    )
    kind = models.CharField(_("Kind"), max_length=20, choices=DeliverableKind)
    state = models.CharField(_("State"), max_length=10, choices=DeliverableState, default=DeliverableState.OPEN)
    category_plan = models.ForeignKey(
        "plans.CategoryPlan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deliverables",
        verbose_name=_("Category plan"),
    )
    development_plan = models.OneToOneField(
        "cohorts.DevelopmentPlan", null=True, blank=True, on_delete=models.PROTECT, related_name="deliverable"
    )
    procurement = models.ForeignKey(
        "procurements.Procurement",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deliverables",
        verbose_name=_("Procurement"),
    )
    #: The submission that the other participants may read; None: nobody else sees anything of it.
    shared = models.ForeignKey("cohorts.Submission", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "category_plan"],
                condition=Q(category_plan__isnull=False),
                name="category_plan_delivered_once",
            ),
            models.UniqueConstraint(
                fields=["participation", "procurement"],
                condition=Q(procurement__isnull=False),
                name="pilot_delivered_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def is_overdue(self, now: dt.datetime) -> bool:
        """Whether it is wanted, was never handed in, and the time is over."""
        due = self.wanted.due_at if self.wanted else None
        return due is not None and now > due and self.state == DeliverableState.OPEN


class Submission(models.Model):
    """What was handed to the mentor: which version of the document, and its text as it stood then.

    ``reference`` says which one ("version 2, draft"): {number, version, state}. ``parts`` is the text: a list of
    {key, section, title, text, head, rows}. Only the mentor's words are added later.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    deliverable = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    reference = models.JSONField(default=dict)
    parts = models.JSONField(default=list)
    words = models.TextField(_("What we ask the mentor to look at"), blank=True, max_length=2_000)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    feedback = models.TextField(_("Feedback"), blank=True, max_length=LONGEST_COMMENT)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["deliverable", "number"], name="submission_once")]

    def __str__(self) -> str:
        return f"{self.deliverable} {self.number}"


class DeliverableComment(models.Model):
    """What somebody of the organisation, or its mentor, says of a deliverable."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    deliverable = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(_("Comment"), max_length=LONGEST_COMMENT)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text[:80]
