"""Files made of results."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from keino.web.base.models import Job
from keino.web.dashboards.models import Export
from keino.web.organisations.models import Organisation


def exports_of(organisation: Organisation) -> QuerySet[Export]:
    """Files that were made of an organisation's results and are still kept, newest first."""
    kept = Export.objects.filter(run__organisation=organisation, expires_at__gt=timezone.now())
    found = kept.select_related("run__organisation", "asked_by").defer("run__result", "run__manifest")
    return found.order_by("-created_at", "-pk")


def job_of(export: Export) -> Job | None:
    """The newest work on a file."""
    return Job.objects.filter(subject=export.subject).order_by("-pk").first()
