"""Category plans: one living plan for each category, its versions as they were approved, and what people say of it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.base.choices import Language
from keino.web.base.frozen import Frozen
from keino.web.plans.choices import CategoryPlanState

LONGEST_TEXT = 10_000
LONGEST_COMMENT = 5_000


class CategoryPlan(models.Model):
    """How an organisation means to buy one category (a leaf of the category tree) with less emissions.

    ``goals``, ``measures``, ``criteria``, ``risks`` and ``indicators`` are rows (lists of flat objects; numbers as
    decimal strings, days as ISO dates). ``version`` is raised by every change, so that a form opened before somebody
    else's change is refused.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="category_plans"
    )
    category = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=CategoryPlanState, default=CategoryPlanState.DRAFT)
    #: The language it is written in.
    language = models.CharField(_("Written in"), max_length=2, choices=Language)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_category_plans",
        verbose_name=_("Owner"),
    )

    scope = models.TextField(_("What belongs to it"), max_length=LONGEST_TEXT, blank=True)
    market_view = models.TextField(_("The market"), max_length=LONGEST_TEXT, blank=True)
    #: indicator, baseline, target, unit, deadline
    goals = models.JSONField(_("Goals"), default=list, blank=True)
    #: code (of the measures bank) or text, note
    measures = models.JSONField(_("Measures"), default=list, blank=True)
    #: text, link, source
    criteria = models.JSONField(_("Criteria"), default=list, blank=True)
    #: risk, response
    risks = models.JSONField(_("Risks"), default=list, blank=True)
    #: indicator, unit, source
    indicators = models.JSONField(_("Indicators"), default=list, blank=True)
    budget_link = models.TextField(_("Link to the budget"), max_length=2_000, blank=True)
    no_budget_effect = models.BooleanField(_("The plan has no effect on the budget"), default=False)

    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("Reviewed"), null=True, blank=True)
    closed_at = models.DateTimeField(_("Closed"), null=True, blank=True)
    closing_note = models.TextField(_("What came of it"), max_length=LONGEST_TEXT, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("category",)
        constraints = [
            models.UniqueConstraint(fields=["organisation", "category"], name="one_plan_per_category"),
            models.CheckConstraint(
                condition=Q(budget_link="") | Q(no_budget_effect=False), name="a_budget_link_or_no_effect"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="category_plans_by_state")]

    def __str__(self) -> str:
        return self.category


class PlannedTender(models.Model):
    """A tendering in the calendar of a category plan: in a quarter, or on a day where it is known."""

    plan = models.ForeignKey(CategoryPlan, on_delete=models.CASCADE, related_name="tenders")
    title = models.CharField(_("What is tendered"), max_length=200)
    year = models.PositiveSmallIntegerField(_("Year"))
    quarter = models.PositiveSmallIntegerField(_("Quarter"))
    day = models.DateField(_("Day"), null=True, blank=True)
    procurement = models.ForeignKey(
        "procurements.Procurement",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="planned_in",
        verbose_name=_("Procurement"),
    )
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("year", "quarter", "place", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="a_quarter_of_four"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.year}/{self.quarter})"


class CategoryPlanVersion(Frozen):
    """A category plan as it was approved, with the numbers of that day. Never changed; only shown or not.

    ``content`` is the plan's text and rows; ``numbers`` are spend, footprint and potential with the run and the
    editions they come from (``services.category_approval``).
    """

    FINAL: ClassVar[frozenset[str]] = frozenset(
        {
            "plan", "plan_id", "number", "content", "numbers", "owner", "owner_id", "reviewed_by", "reviewed_by_id",
            "reviewed_at", "approved_by", "approved_by_id", "approved_at", "run", "run_id",
        }
    )  # fmt: skip
    IS_FINAL: ClassVar[Q] = Q(pk__isnull=False)

    plan = models.ForeignKey(CategoryPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Version"))
    content = models.JSONField(_("Content"))
    numbers = models.JSONField(_("Numbers"), default=dict)
    run = models.ForeignKey("measurement.Run", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("Reviewed"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(default=timezone.now)
    in_force_at = models.DateTimeField(_("In force since"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="category_plan_version_once")]

    def __str__(self) -> str:
        return f"{self.plan} {self.number}"


class PlanComment(models.Model):
    """What somebody of the organisation, or its mentor, says of a category plan."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(CategoryPlan, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(_("Comment"), max_length=LONGEST_COMMENT)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("written_at", "pk")

    def __str__(self) -> str:
        return self.text[:60]
