"""Background work, as people see it: what, for whom, how far, and what went wrong."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from keino.web.base.choices import JobState


class Job(models.Model):
    """One piece of background work. A queue runs it (``base.jobs``); this row outlives every process.

    ``kind`` names a function registered with ``@work``; ``arguments`` are its keyword arguments. ``subject`` says what
    it works on (``ledger:<public id>``), so that a page can show its progress. A running job beats its heart; one whose
    heart stands still is started again, at most ``max_attempts`` times, and then visibly failed.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    #: Short work that people wait for (``base.jobs.QUICK``), or long work.
    queue = models.CharField(max_length=10, default="long")
    subject = models.CharField(max_length=80, blank=True, db_index=True)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    step = models.CharField(max_length=40, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    whole = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    #: The error as data: {"template": English sentence with {values}, "values": {...}}; shown by ``base.errors``.
    error = models.JSONField(null=True, blank=True)
    run_after = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    #: Its place in the queue (``django_tasks_db``); a waiting job whose place got lost is queued again.
    task = models.UUIDField(null=True, blank=True, editable=False)
    #: Which attempt holds it: whoever no longer holds it may not say how it goes.
    claim = models.UUIDField(null=True, blank=True, editable=False)
    worker = models.CharField(max_length=100, blank=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        indexes = [models.Index(fields=["state", "run_after"], name="job_due")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"

    @property
    def is_over(self) -> bool:
        """Whether it ended, well or badly."""
        return self.state in {JobState.DONE, JobState.FAILED}

    @property
    def percent(self) -> int | None:
        """How far it is, 0–100; None while that is unknown."""
        return min(100, self.done * 100 // self.whole) if self.whole else None
