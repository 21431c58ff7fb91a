"""Log-in links: made with a mailed code, used once."""

from __future__ import annotations

import secrets
from datetime import timedelta

from allauth.account import app_settings
from django.db import transaction
from django.utils import timezone

from keino.web.accounts.errors import LinkUsedUp
from keino.web.accounts.models import LogInLink
from keino.web.accounts.queries import code_digest, digest, open_link
from keino.web.base.models import Person

NEXT_LENGTH = 500


def minutes_open() -> int:
    """For how many minutes link and code of a log-in mail work."""
    return int(app_settings.LOGIN_BY_CODE_TIMEOUT) // 60


@transaction.atomic
def link_for(person: Person, *, address: str, code: str, next_page: str = "") -> str:
    """Make the link that goes with a mailed code; earlier ones of the person stop working. Returns its secret."""
    use_up_links_of(person)
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    LogInLink.objects.create(
        person=person,
        address=address,
        token_hash=digest(token),
        code_hash=code_digest(code),
        next=next_page if len(next_page) <= NEXT_LENGTH else "",
        created_at=now,
        expires_at=now + timedelta(seconds=app_settings.LOGIN_BY_CODE_TIMEOUT),
    )
    return token


@transaction.atomic
def use_link(token: str) -> LogInLink:
    """Use a link up. Of two who press at once one gets in; the other is told that it was used."""
    link = open_link(token)
    if link is None or not _used_now(link):
        raise LinkUsedUp(minutes=minutes_open())
    use_up_links_of(link.person)
    return link


def _used_now(link: LogInLink) -> bool:
    return LogInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now()) == 1


def use_up_links_of(person: Person) -> None:
    """Make every open link of a person useless, and with it the code of the same mail."""
    LogInLink.objects.filter(person=person, used_at=None).update(used_at=timezone.now())


def forget_code(code: str) -> bool:
    """Use up the code (and link) of a mail; False where somebody else was quicker."""
    found = LogInLink.objects.filter(code_hash=code_digest(code), used_at=None, expires_at__gt=timezone.now())
    return found.update(used_at=timezone.now()) > 0
