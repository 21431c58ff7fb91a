"""Tokens for programs."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from keino.web.accounts.choices import TOKEN_DAYS, TokenScope
from keino.web.accounts.models import ApiToken
from keino.web.accounts.queries import digest
from keino.web.base.audit import acting
from keino.web.base.models import Person

#: How often the time of last use is written; a program may call a hundred times a minute.
NOTED_EVERY = timedelta(minutes=10)


@transaction.atomic
def make_token(*, name: str, scope: str, days: int, by: Person) -> tuple[ApiToken, str]:
    """Make a token. Returns its row and its text, which nobody can see again."""
    if days not in TOKEN_DAYS or scope not in TokenScope.values:
        raise ValueError(f"no token works for {days} days or may {scope}")
    raw = f"keino_{secrets.token_urlsafe(32)}"
    with acting(by, act="make_token"):
        token = ApiToken.objects.create(
            person=by,
            name=name,
            scope=scope,
            beginning=raw[:10],
            token_hash=digest(raw),
            expires_at=timezone.now() + timedelta(days=days),
        )
    return token, raw


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Person) -> None:
    """Stop a token; stopping it again changes nothing."""
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        with acting(by, act="revoke_token"):
            token.save(update_fields=["revoked_at"])


def note_use(token: ApiToken) -> None:
    """Remember that a token was used, at most every ten minutes."""
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
