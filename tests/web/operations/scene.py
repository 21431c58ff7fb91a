"""Jobs and mail of the scene."""

from __future__ import annotations

from types import SimpleNamespace

from django.utils import timezone

from keino.web.base.choices import JobState
from keino.web.base.mail import send_later, stop_token
from keino.web.base.models import Job


def add(scene: SimpleNamespace) -> None:
    """A failed job on the scene's ledger, asked for by a member, and a mail that can be stopped."""
    scene.job = Job.objects.create(
        kind="measurement.read_ledger",
        subject=f"ledger:{scene.ledger.public_id}",
        arguments={"ledger": str(scene.ledger.public_id)},
        state=JobState.FAILED,
        error={"code": "work_failed", "template": "It stopped ({job}).", "values": {"job": "x"}},
        ended_at=timezone.now(),
        created_by=scene.people["own_member"],
    )
    scene.mail = send_later("base/mail/summary.txt", to=scene.people["own_member"], topic="news", count=0)
    scene.stop_token = stop_token(scene.mail)
