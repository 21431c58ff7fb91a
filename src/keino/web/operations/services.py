"""Writes of the pages that keep the site running, and of a person's choices about mail."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from keino.web.base import jobs, mail
from keino.web.base.audit import acting
from keino.web.base.choices import JobState, MailState
from keino.web.base.models import Job, Mail, MailOptOut

if TYPE_CHECKING:
    from keino.web.base.models import Person


def retry_job(job: Job, *, by: Person) -> bool:
    """Start a failed job again; False when it isn't failed any more."""
    with acting(by, act="retry_job"):
        return jobs.try_again(job)


def resend_mail(letter: Mail, *, by: Person) -> bool:
    """Queue a mail again; False where that can't be: it waits already, or held a secret that is gone."""
    with acting(by, act="resend_mail"):
        return mail.send_again(letter)


def choose_mail(person: Person, *, digest: str, stopped: Collection[str], by: Person) -> None:
    """How often a person wants mail that isn't a duty, and on which topics none."""
    with transaction.atomic(), acting(by, act="choose_mail"):
        person.digest = digest
        person.save(update_fields=["digest"])
        MailOptOut.objects.filter(person=person).exclude(topic__in=list(stopped)).delete()
        for topic in stopped:
            mail.stop(topic=topic, person=person)


def retire_mail() -> int:
    """Delete mail that was sent, skipped or given up long ago; returns how many rows."""
    before = timezone.now() - timedelta(days=settings.KEEP_MAIL_DAYS)
    over = Mail.objects.filter(state__in=(MailState.SENT, MailState.SKIPPED, MailState.FAILED), created_at__lt=before)
    return over.delete()[0]


def retire_jobs() -> int:
    """Delete jobs that ended long ago, and the queue's record of finished places; returns how many rows."""
    from django_tasks_db.models import DBTaskResult

    before = timezone.now() - timedelta(days=settings.KEEP_JOBS_DAYS)
    deleted = Job.objects.filter(state__in=(JobState.DONE, JobState.FAILED), ended_at__lt=before).delete()[0]
    day = timezone.now() - timedelta(days=1)
    # Places that a killed worker took stay RUNNING for ever; their jobs have new places.
    places = DBTaskResult.objects.exclude(status="READY").filter(started_at__lt=day)
    return deleted + places.delete()[0]
