"""Invitations and days for tests of organisations."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from keino.web.base.models import Person
from keino.web.organisations.models import Invitation, Organisation
from keino.web.organisations.services.invitations import digest

_number = itertools.count(1)


def days(number: int) -> dt.date:
    """So many days from today, or before today."""
    return timezone.localdate() + dt.timedelta(days=number)


def an_invitation(organisation: Organisation, *, by: Person, token: str = "", **fields: Any) -> Invitation:
    number = next(_number)
    defaults = {
        "email": f"invited{number}@example.org",
        "kind": "member",
        "language": "fi",
        "expires_at": timezone.now() + dt.timedelta(days=14),
    }
    return Invitation.objects.create(
        organisation=organisation,
        invited_by=by,
        token_hash=digest(token or f"token-{number}"),
        **(defaults | fields),
    )
