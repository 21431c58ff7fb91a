"""Ending sessions: one, all others, all."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.db import transaction

from keino.web.base.models import Person


@transaction.atomic
def end_session(number: int, *, by: Person) -> bool:
    """End one of one's own sessions; False where there is none of this number."""
    session = UserSession.objects.filter(user=by, pk=number).first()
    if session is None:
        return False
    session.end()
    return True


@transaction.atomic
def end_other_sessions(*, but: str, by: Person) -> int:
    """End all of one's sessions but the one with this key. Returns how many ended."""
    return _end(UserSession.objects.filter(user=by).exclude(session_key=but))


@transaction.atomic
def end_all_sessions(person: Person) -> int:
    """End every session of a person: they left, or were given more power and must log in anew."""
    return _end(UserSession.objects.filter(user=person))


def _end(sessions: object) -> int:
    ended = list(sessions)  # type: ignore[call-overload]
    for session in ended:
        session.end()
    return len(ended)
