"""Pages of applications that list rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from tests.factories.applications import (
    a_commitment,
    a_discussion,
    a_late_interest,
    a_team_member,
    an_application,
    some_hours,
)
from tests.factories.programmes import an_edition
from tests.web.lists import Listed


def _own(scene: Any, _person: Any, number: int) -> None:
    an_application(an_edition(scene.centre), scene.organisation, state="submitted", interest=f"Interest {number}")
    a_late_interest(an_edition(scene.centre), scene.organisation)


def _inside(scene: Any, _person: Any, _number: int) -> None:
    a_team_member(scene.application, title="Procurement")
    a_commitment(scene.application)


def _inside_other(scene: Any, _person: Any, _number: int) -> None:
    a_team_member(scene.other_application, title="Procurement")
    a_commitment(scene.other_application)


def _applied(scene: Any, _person: Any, _number: int) -> None:
    an_application(scene.edition, state="submitted")


def _booked(scene: Any, _person: Any, number: int) -> None:
    starts_at = timezone.now() + dt.timedelta(days=2, hours=number)
    application = an_application(scene.edition, state="interest")
    a_discussion(application, starts_at=starts_at)


def _hours(scene: Any, _person: Any, number: int) -> None:
    some_hours(scene.edition, day=timezone.localdate() + dt.timedelta(days=10 + number))


LISTS = [
    Listed("programmes:applications", _own),
    Listed("programmes:application", _inside),
    Listed("programmes:application_send", _inside),
    Listed("programmes:application_book", why_fixed="one discussion of one application with its experts"),
    Listed("programmes:application_decide", why_fixed="one discussion of one application with its experts"),
    Listed("programmes:application_questions", why_fixed="the questions of one form"),
    Listed("programmes:desk_application_questions", why_fixed="published forms, offered to choose from"),
    Listed("programmes:commitment", _inside),
    Listed("programmes:commit", _inside),
    Listed("programmes:commitment_link", _inside),
    Listed("programmes:apply", why_fixed="the reader's own organisations"),
    Listed("programmes:can_we_apply", why_fixed="the rules of one edition"),
    Listed("programmes:desk_applications", _applied),
    Listed("programmes:desk_application", _inside_other),
    Listed("programmes:desk_discussions", _booked),
    Listed("programmes:desk_discussion", why_fixed="one discussion with its experts"),
    Listed("programmes:desk_hours", _hours),
]
