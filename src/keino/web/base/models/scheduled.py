"""The timetable's memory and the workers that are alive."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class ScheduledWork(models.Model):
    """One entry of the timetable (``base.timetable``): when it is due next. Who moves ``next_at`` on does the work."""

    name = models.CharField(max_length=60, unique=True)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True, blank=True)
    last_took_ms = models.PositiveIntegerField(null=True, blank=True)
    #: What went wrong the last time, for the site's keeper; empty when nothing did.
    last_error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class WorkerBeat(models.Model):
    """A worker process and when its heart beat last. The row goes when the worker stops in order."""

    name = models.CharField(max_length=100, unique=True)
    queue = models.CharField(max_length=10)
    started_at = models.DateTimeField(default=timezone.now)
    beat_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
