"""Runs: one calculation each, with everything it was made from. A finished run is never changed, only superseded."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from keino.errors import KeinoError, mark
from keino.web.measurement.choices import RunState
from keino.web.measurement.models.ledger import OWNED_ONCE

#: What a finished run is made of: nothing writes these columns again.
FINAL = frozenset(
    {"state", "options", "reason", "result", "manifest", "folder", "error", "supersedes", "created_at", "finished_at"}
)


class ResultIsFinal(KeinoError):
    """Something tried to change a finished run."""

    code = "result_is_final"
    template = mark(
        "This result is finished and is never changed or deleted. Nothing was changed. Calculate again: the new result "
        "stands beside the old one."
    )


class RunQuerySet(models.QuerySet["Run"]):
    """Runs. What belongs to a finished run's result can't be written through a query either."""

    def done(self) -> RunQuerySet:
        """Finished runs, newest first."""
        return self.filter(state=RunState.DONE).order_by("-finished_at", "-pk")

    def update(self, **values: Any) -> int:
        """As Django's, but refuses to touch a result; also when a run finishes in between."""
        if not FINAL & values.keys():
            return super().update(**values)
        if self.filter(state=RunState.DONE).exists():
            raise ResultIsFinal
        return super(RunQuerySet, self.exclude(state=RunState.DONE)).update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's, but an organisation's results stay; those of a visit go with it."""
        if self.filter(state=RunState.DONE).exclude(organisation=None).exists():
            raise ResultIsFinal
        return super().delete()


class Run(models.Model):
    """A footprint of an organisation's (or a visit's) ledgers, with its manifest.

    ``result`` is the engine's ``FootprintResult`` as JSON (``measurement.result_json``); the lines are Parquet in
    ``folder`` under the store. ``options`` are the choices it was asked with (factor set, edition, population, rules).
    A newer run points back by ``supersedes``; the current run is the newest finished one.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="runs"
    )
    visit = models.ForeignKey("measurement.Visit", null=True, blank=True, on_delete=models.CASCADE, related_name="runs")
    ledgers = models.ManyToManyField("measurement.Ledger", related_name="runs")
    state = models.CharField(max_length=10, choices=RunState, default=RunState.WAITING)
    options = models.JSONField(default=dict)
    reason = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True, blank=True)
    manifest = models.JSONField(null=True, blank=True)
    folder = models.CharField(max_length=200, blank=True)
    error = models.JSONField(null=True, blank=True)  # as Job.error
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    #: Shown to everyone since; only where the organisation is public.
    published_at = models.DateTimeField(null=True, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=OWNED_ONCE, name="run_owned_once"),
            models.CheckConstraint(
                condition=~Q(state=RunState.DONE) | (Q(result__isnull=False) & ~Q(folder="")),
                name="a_finished_run_has_its_result",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state", "-finished_at"], name="run_current")]

    def __str__(self) -> str:
        return f"{self.organisation or self.visit}: {self.created_at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's, but refuses to write over a finished run."""
        fields = kwargs.get("update_fields")
        if not self._state.adding and (fields is None or FINAL & set(fields)) and self._is_finished():
            raise ResultIsFinal
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """As Django's, but an organisation's result stays."""
        if self.organisation_id is not None and self._is_finished():
            raise ResultIsFinal
        return super().delete(*args, **kwargs)

    def _is_finished(self) -> bool:
        return Run.objects.filter(pk=self.pk, state=RunState.DONE).exists()

    @property
    def is_over(self) -> bool:
        """Whether it ended, well or badly."""
        return self.state in {RunState.DONE, RunState.FAILED}


class RunTotal(models.Model):
    """One small row of a finished run's result, where the database must add up over organisations (peers, open data).

    ``category`` is a main category's code, "" the part without a category; "*" is the year's total.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="totals")
    year = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=60)
    lines = models.PositiveBigIntegerField()
    spend = models.DecimalField(max_digits=18, decimal_places=2)
    footprint_kgco2e = models.FloatField(null=True)
    low_kgco2e = models.FloatField(null=True)
    high_kgco2e = models.FloatField(null=True)
    spend_without_factor = models.DecimalField(max_digits=18, decimal_places=2, default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "year", "category"], name="one_total_per_year")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.year} {self.category}"


class CategoryRule(models.Model):
    """A correction that became a rule: lines that fulfil ``conditions`` belong to ``category`` or are left out.

    Written out as the engine's own-rules file for every run of the organisation, newest first.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="category_rules"
    )
    visit = models.ForeignKey("measurement.Visit", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    #: {"supplier_name": "Oy Esimerkki Ab", "description": "member fee*"}, as the own-rules file has them.
    conditions = models.JSONField()
    #: Either a leaf category or a reason to leave the line out.
    category = models.CharField(max_length=60, blank=True)
    exclusion_reason = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "ended_at"], name="rules_in_force")]
        constraints = [
            models.CheckConstraint(condition=OWNED_ONCE, name="rule_owned_once"),
            models.CheckConstraint(
                condition=Q(category="") ^ Q(exclusion_reason=""), name="rule_decides_category_or_exclusion"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conditions} → {self.category or self.exclusion_reason}"
