"""Events and registrations for tests, made as people make them."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from keino.domain.questionnaires.question import Kind, Question
from keino.web.base.models import Person
from keino.web.events.choices import EventState, SeatState
from keino.web.events.models import Event, Seat
from keino.web.events.services.events import make_event
from keino.web.organisations.models import Organisation
from keino.web.surveys.choices import FormPurpose
from keino.web.surveys.models import Form, FormVersion
from tests.factories.web import an_organisation

_number = itertools.count(1)


def an_event(organiser: Organisation | None = None, *, by: Person | None = None, **fields: Any) -> Event:
    """An announced event of an hour at noon in two weeks, online and for everyone, unless said otherwise."""
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)  # no test runs past its midnight
    starts_at = fields.pop("starts_at", noon + dt.timedelta(days=14))
    values = {
        "title": f"Event {next(_number)}",
        "starts_at": starts_at,
        "ends_at": starts_at + dt.timedelta(hours=1),
        "state": EventState.ANNOUNCED,
        "organiser": organiser or an_organisation("Centre", kind="competence_centre"),
        "by": by,
    } | fields
    return make_event(**values)


def a_past_event(organiser: Organisation | None = None, *, days: int = 2, **fields: Any) -> Event:
    """An event that was so many days ago."""
    return an_event(organiser, starts_at=timezone.now() - dt.timedelta(days=days), **fields)


def a_seat(event: Event, *, state: str = SeatState.BOOKED, person: Person | None = None, **fields: Any) -> Seat:
    """A registration as it stands in the end."""
    now, number = timezone.now(), next(_number)
    values = {
        "name": person.name if person else f"Participant {number}",
        "email": person.email if person else f"participant{number}@example.org",
        "person": person,
        "joins": "online" if event.mode == "online" else "on_site",
        "booked_at": now if state == SeatState.BOOKED else None,
        "queued_at": now if state == SeatState.WAITING else None,
        "consent_text": "I agree.",
        "consented_at": now,
    } | fields
    return Seat.objects.create(event=event, state=state, **values)


def a_feedback_form(organisation: Organisation) -> FormVersion:
    """A published version with a choice and a text."""
    form = Form.objects.create(organisation=organisation, purpose=FormPurpose.FEEDBACK, title={"en": "Feedback"})
    both = {"fi": "Hyvä?", "en": "Useful?"}
    questions = [
        Question("useful", Kind.YES_NO, both, required=True),
        Question("better", Kind.LONG_TEXT, {"fi": "Mitä paremmin?", "en": "What could be better?"}),
    ]
    return FormVersion.objects.create(
        form=form, number=1, languages=["fi", "en"], questions=[each.as_json() for each in questions],
        data_purpose={"en": "To make events better."}, published_at=timezone.now(),
    )  # fmt: skip
