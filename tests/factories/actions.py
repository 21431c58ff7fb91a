"""Actions, reviews and calendar tokens for tests."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from typing import Any

from django.utils import timezone

from keino.web.accounts.services import make_token
from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from keino.web.plans.models import Action, ActionReview

_number = itertools.count(1)


def an_action(organisation: Organisation, **fields: Any) -> Action:
    """A planned action, due in a month."""
    fields.setdefault("title", f"Action {next(_number)}")
    fields.setdefault("deadline", timezone.localdate() + dt.timedelta(days=30))
    return Action.objects.create(organisation=organisation, **fields)


def a_review(organisation: Organisation, **fields: Any) -> ActionReview:
    """A yearly review of the whole plan, held today."""
    fields = {"kind": "yearly", "held_on": timezone.localdate(), "seen": "All goes well."} | fields
    return ActionReview.objects.create(organisation=organisation, **fields)


def written(**fields: Any) -> dict[str, Any]:
    """What the form of an action sends."""
    deadline = timezone.localdate() + dt.timedelta(days=60)
    return {"key": str(uuid.uuid4()), "title": "Electric vans", "deadline": deadline.isoformat()} | fields


def a_calendar_token(person: Person) -> str:
    """The secret of a calendar's address."""
    return make_token(name="Calendar program", scope="calendar", days=365, by=person)[1]
