"""What is deleted when its time is over. Each returns how many rows went."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q
from django.utils import timezone

from keino.web.accounts.models import ApiToken, LogInLink
from keino.web.base.models import Person

UNVERIFIED_KEPT = timedelta(days=30)
TOKENS_KEPT = timedelta(days=30)
LINKS_KEPT = timedelta(days=1)


@transaction.atomic
def retire_sessions() -> int:
    """Delete expired sessions and the notes of device and last use that belong to no session."""
    gone, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    open_sessions = Session.objects.filter(session_key=OuterRef("session_key"))
    notes, _ = UserSession.objects.filter(~Exists(open_sessions)).delete()
    return gone + notes


@transaction.atomic
def retire_half_open_log_ins() -> int:
    """Delete links and codes a day after they stopped working."""
    return LogInLink.objects.filter(expires_at__lt=timezone.now() - LINKS_KEPT).delete()[0]


@transaction.atomic
def retire_tokens() -> int:
    """Delete tokens 30 days after they expired or were revoked."""
    before = timezone.now() - TOKENS_KEPT
    return ApiToken.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before)).delete()[0]


def retire_unverified_people() -> int:
    """Delete people who 30 days after signing up have neither confirmed their address nor ever logged in.

    Somebody to whom something already points (a role, a mail's record) stays: deleting is not worth losing that.
    """
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    forgotten = Person.objects.filter(
        ~Exists(confirmed),
        last_login=None,
        erased_at=None,
        is_staff=False,
        password__startswith="!",  # noqa: S106  # Django's sign of "has no password"
        joined_at__lt=timezone.now() - UNVERIFIED_KEPT,
    )
    gone = 0
    for person in forgotten.iterator():
        try:
            with transaction.atomic():
                person.delete()
        except ProtectedError:
            continue
        gone += 1
    return gone
