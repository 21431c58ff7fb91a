"""Who needs a second factor. Apps to the right add their reasons; they can't be asked from here.

An app calls ``required_when(holds_centre_role)`` in its ``apps.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator

if TYPE_CHECKING:
    from keino.web.base.models import Person

Reason = Callable[["Person"], bool]


def _is_staff(person: Person) -> bool:
    return person.is_staff or person.is_superuser


_REASONS: list[Reason] = [_is_staff]


def required_when(reason: Reason) -> Reason:
    """Register a reason for which a person needs a second factor."""
    if reason not in _REASONS:
        _REASONS.append(reason)
    return reason


def needs_second_factor(person: Person) -> bool:
    """Whether what the person may do asks for a second factor."""
    return any(reason(person) for reason in _REASONS)


def has_second_factor(person: Person) -> bool:
    """Whether an authenticator app is set up; recovery codes alone are not a factor."""
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


def lacks_second_factor(person: Person) -> bool:
    """Whether the person must set one up before anything else."""
    return needs_second_factor(person) and not has_second_factor(person)
