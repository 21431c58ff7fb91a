"""Numbers for a monitoring system, in Prometheus' text format.

Requests are counted in each web process; ``keino serve`` gives the processes a common folder
(``PROMETHEUS_MULTIPROC_DIR``), from which any of them adds up all. Jobs, mail and files are counted in the database
when somebody asks.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from django.db.models import Count
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from keino.web.base.choices import JobState, MailState
from keino.web.base.models import Job, Mail, WorkerBeat

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
OWN = CollectorRegistry()
REQUESTS = Counter("keino_requests", "Answered requests", ["page", "method", "status"], registry=OWN)
SECONDS = Histogram("keino_request_seconds", "Time to answer", ["page"], buckets=BUCKETS, registry=OWN)


class FromDatabase(Collector):
    """Jobs, mail, uploaded files and workers as the database has them now."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Count."""
        from keino.web.measurement.models import LedgerFile

        yield _by("keino_jobs", "Background work by kind and state", Job, ("kind", "state"))
        yield _by("keino_mail", "Mail by state", Mail, ("state",))
        yield _by("keino_ledger_files", "Uploaded ledger files by state", LedgerFile, ("state",))
        yield GaugeMetricFamily("keino_oldest_job_seconds", "Longest wait of a due job", value=oldest_due_job_s())
        yield GaugeMetricFamily("keino_oldest_mail_seconds", "Longest wait of due mail", value=oldest_due_mail_s())
        workers = GaugeMetricFamily("keino_worker_beat_age_seconds", "Since a worker's heart beat", labels=["worker"])
        for worker in WorkerBeat.objects.order_by("name"):
            age_s = (timezone.now() - worker.beat_at).total_seconds()
            workers.add_metric([worker.name.rpartition("/")[2]], age_s)
        yield workers


def _by(name: str, about: str, model: type, columns: tuple[str, ...]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, about, labels=list(columns))
    counted = model.objects.order_by().values_list(*columns).annotate(rows=Count("pk"))  # type: ignore[attr-defined]
    for *labels, rows in counted:
        family.add_metric([str(label) for label in labels], rows)
    return family


def oldest_due_job_s() -> float:
    """How long the job that has waited longest has been due; 0 when none waits."""
    first = Job.objects.filter(state=JobState.WAITING).order_by("run_after").first()
    return max(0.0, (timezone.now() - first.run_after).total_seconds()) if first else 0.0


def oldest_due_mail_s() -> float:
    """How long the mail that has waited longest has been due; 0 when none waits."""
    first = Mail.objects.filter(state=MailState.WAITING).order_by("send_after").first()
    return max(0.0, (timezone.now() - first.send_after).total_seconds()) if first else 0.0


def exposition() -> bytes:
    """All numbers as text."""
    from_database = CollectorRegistry()
    from_database.register(FromDatabase())
    counted = OWN
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        counted = CollectorRegistry()
        MultiProcessCollector(counted)
    return generate_latest(counted) + generate_latest(from_database)
