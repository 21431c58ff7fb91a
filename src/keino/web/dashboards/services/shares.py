"""Make a link to a result, revoke one, count that one was opened."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.errors import NotAllowedNow
from keino.web.base.models import Person
from keino.web.dashboards.choices import ShareKind
from keino.web.dashboards.models import ShareLink
from keino.web.dashboards.queries.shares import hash_of
from keino.web.measurement.choices import RunState
from keino.web.measurement.models import Run


def share(*, run: Run, kind: ShareKind, days: int, note: str, by: Person) -> tuple[ShareLink, str]:
    """Make a link to a finished run. Returns it and its secret, which is known now and never again."""
    if run.state != RunState.DONE or run.organisation_id is None:
        raise NotAllowedNow(state=str(run.get_state_display()))
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    with transaction.atomic(), acting(by, act="share result"):
        link = ShareLink.objects.create(
            organisation_id=run.organisation_id,
            run=run,
            kind=kind,
            note=note,
            token_hash=hash_of(token),
            created_by=by,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
    return link, token


def revoke(*, link: ShareLink, by: Person) -> bool:
    """Stop a link. Doing it twice changes nothing; returns whether this call stopped it."""
    with transaction.atomic(), acting(by, act="revoke link"):
        found = ShareLink.objects.select_for_update().get(pk=link.pk)
        if found.revoked_at is not None:
            return False
        found.revoked_at, found.revoked_by = timezone.now(), by
        found.save(update_fields=["revoked_at", "revoked_by"])
    return True


def count_opened(link: ShareLink) -> None:
    """Add one to how often a link was opened; nothing of the visitor is kept."""
    ShareLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1)
