"""Actions: what is done, by whom, by when, with which money; how they changed, and what reviews saw."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from keino.web.plans.action_choices import OPEN, ActionState, BudgetStep, Changed, ReviewKind

#: Nobody decided on the money, and nobody said that it needs none.
LACKS_DECISION = Q(has_no_budget_effect=False, decision="") & ~Q(state=ActionState.CANCELLED)


class ActionQuerySet(models.QuerySet["Action"]):
    """Actions."""

    def open(self) -> ActionQuerySet:
        """Those that somebody still has to do."""
        return self.filter(state__in=OPEN)

    def overdue(self, today: dt.date) -> ActionQuerySet:
        """Open ones whose deadline has passed."""
        return self.open().filter(deadline__lt=today)

    def without_decision(self) -> ActionQuerySet:
        """Those that count but have neither a budget decision nor the word that they need none."""
        return self.filter(LACKS_DECISION)


class Action(models.Model):
    """One thing to do for the climate, with its owner, deadline, money, indicator and proof.

    ``version`` is raised by every change, so that a form opened before somebody else's change is refused. Changes of
    deadline, target and state are kept as ``ActionChange`` rows.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="actions")
    title = models.CharField(max_length=200)
    description = models.TextField(max_length=4000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_actions"
    )
    deadline = models.DateField()
    state = models.CharField(max_length=10, choices=ActionState, default=ActionState.PLANNED)
    started_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)

    budget_step = models.CharField(max_length=10, choices=BudgetStep, blank=True)
    budget_year = models.PositiveSmallIntegerField(null=True, blank=True)
    investment_eur = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    #: A year; below zero saves.
    running_eur_per_year = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    #: Which decision, as the organisation names it ("council, § 87").
    decision = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    #: Somebody said that it needs no money; an empty amount says nothing.
    has_no_budget_effect = models.BooleanField(default=False)

    indicator = models.CharField(max_length=200, blank=True)
    indicator_unit = models.CharField(max_length=60, blank=True)
    indicator_baseline = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    indicator_target = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    indicator_latest = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    indicator_latest_on = models.DateField(null=True, blank=True)

    #: What shows that it was done.
    evidence = models.TextField(max_length=4000, blank=True)
    evidence_link = models.URLField(max_length=500, blank=True)

    #: Code of a measure in the facts (``measures``) or of the organisation's own.
    measure_code = models.CharField(max_length=60, blank=True)
    #: The plan whose measure it carries out, where it was made from one.
    reduction_plan = models.ForeignKey(
        "plans.ReductionPlan", null=True, blank=True, on_delete=models.SET_NULL, related_name="actions"
    )
    category_plan = models.ForeignKey(
        "plans.CategoryPlan", null=True, blank=True, on_delete=models.SET_NULL, related_name="actions"
    )
    category_code = models.CharField(max_length=60, blank=True)
    #: What it is expected to take away in a year.
    reduction_kgco2e = models.FloatField(null=True, blank=True)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ("deadline", "pk")
        indexes = [
            models.Index(fields=["organisation", "state", "deadline"], name="actions_by_deadline"),
            models.Index(fields=["owner", "state", "deadline"], name="actions_of_owner"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reduction_plan", "measure_code"],
                condition=~Q(measure_code=""),
                name="one_action_for_each_planned_measure",
            ),
            models.CheckConstraint(
                condition=Q(has_no_budget_effect=False)
                | Q(investment_eur=None, running_eur_per_year=None, decision="", decided_on=None),
                name="action_without_budget_effect_has_no_money",
            ),
            models.CheckConstraint(
                condition=~Q(decision="", decided_on__isnull=False), name="action_decision_is_named"
            ),
            models.CheckConstraint(
                condition=Q(investment_eur=None) | Q(investment_eur__gte=0), name="action_investment_not_below_zero"
            ),
            models.CheckConstraint(
                condition=~Q(state=ActionState.DONE) | Q(done_on__isnull=False), name="action_done_has_its_day"
            ),
            models.CheckConstraint(
                condition=~Q(state=ActionState.CANCELLED) | Q(cancelled_on__isnull=False),
                name="action_cancelled_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(done_on=None) | Q(done_on__gte=F("started_on")),
                name="action_done_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.state in OPEN

    @property
    def lacks_decision(self) -> bool:
        """Whether it needs a budget decision, or the word that it needs none; as ``LACKS_DECISION``."""
        return not (self.has_no_budget_effect or self.decision) and self.state != ActionState.CANCELLED

    def is_overdue(self, today: dt.date) -> bool:
        """Whether its deadline passed while it was open."""
        return self.is_open and self.deadline < today


class ActionChange(models.Model):
    """One change of an action's deadline, target or state; never changed afterwards.

    ``was`` and ``now`` are plain: an ISO date, a number, a state's code; empty = there was none. ``unit`` is that of
    the numbers.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=10, choices=Changed)
    was = models.CharField(max_length=40, blank=True)
    now = models.CharField(max_length=40, blank=True)
    was_unit = models.CharField(max_length=60, blank=True)
    now_unit = models.CharField(max_length=60, blank=True)
    why = models.CharField(max_length=500, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("changed_at", "pk")
        indexes = [models.Index(fields=["action", "what", "changed_at"], name="changes_of_action")]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.was} → {self.now}"


class ActionReview(models.Model):
    """What a mid-year or yearly review saw, of one action or (without an action) of the whole plan; never changed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="action_reviews"
    )
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.CASCADE, related_name="reviews")
    kind = models.CharField(max_length=10, choices=ReviewKind)
    held_on = models.DateField()
    seen = models.TextField(max_length=4000)
    lessons = models.TextField(max_length=4000, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-held_on", "-pk")
        indexes = [models.Index(fields=["organisation", "held_on"], name="reviews_of_year")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.held_on}"


class BudgetDay(models.Model):
    """The day of a year by which an organisation's step of the budget is reached, where it isn't the usual one."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="budget_days")
    step = models.CharField(max_length=10, choices=BudgetStep)
    month = models.PositiveSmallIntegerField()
    day = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "step"], name="one_day_for_each_budget_step"),
            models.CheckConstraint(condition=Q(month__range=(1, 12), day__range=(1, 31)), name="budget_day_is_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.day}.{self.month}."
