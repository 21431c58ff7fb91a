"""Who may open what of ``events``."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from keino.web.events.links import hold_token, invitation_token, seat_token
from tests.web.access import EVERYONE, LOGGED_IN, OWN, Address

MANAGERS = frozenset({"coordinator", "expert", "mentor", "other_mentor", "change_agent", "other_change_agent"})
#: Of an event of another centre, to whose people nobody of the cast belongs.
MANAGERS_OF_ALL = frozenset({"coordinator"})
NOBODY: frozenset[str] = frozenset()


def _event(scene: Any) -> dict[str, Any]:
    return {"event_id": scene.event.public_id}


def _draft(scene: Any) -> dict[str, Any]:
    return {"event_id": scene.draft_event.public_id}


def _elsewhere(scene: Any) -> dict[str, Any]:
    return {"event_id": scene.event_elsewhere.public_id}


def _session(scene: Any) -> dict[str, Any]:
    return {"event_id": scene.invited_event.public_id}


def _past(scene: Any) -> dict[str, Any]:
    return {"event_id": scene.past_event.public_id}


def _file(scene: Any) -> dict[str, Any]:
    return {"event_id": scene.past_event.public_id, "material_id": scene.event_file.public_id}


def _material(scene: Any) -> dict[str, Any]:
    return {"event_id": scene.past_event.public_id, "material_id": scene.event_material.public_id}


def _hold(scene: Any) -> dict[str, Any]:
    return {"event_id": scene.event.public_id, "token": hold_token(scene.held_seat)}


def _coming_seat(scene: Any) -> dict[str, Any]:
    return {"token": seat_token(scene.event_seat.public_id)}


def _unconfirmed(scene: Any) -> dict[str, Any]:
    return {"token": seat_token(scene.unconfirmed_seat.public_id)}


def _past_seat(scene: Any) -> dict[str, Any]:
    return {"token": seat_token(scene.past_seat.public_id)}


def _invitation(scene: Any) -> dict[str, Any]:
    return {"token": invitation_token(scene.invited_event.public_id, scene.invited_person.public_id)}


def _invited_hold(scene: Any) -> dict[str, Any]:
    return {**_invitation(scene), "hold": hold_token(scene.invited_held_seat)}


def _desk_seat(scene: Any) -> dict[str, Any]:
    return {"event_id": scene.event.public_id, "seat_id": scene.event_seat.public_id}


def _withdrawal(scene: Any) -> dict[str, Any]:
    invited = scene.invited_event.invited.get(person=scene.invited_person)
    return {"event_id": scene.invited_event.public_id, "invited_id": invited.public_id}


def _times(_scene: Any) -> dict[str, Any]:
    day = timezone.localdate() + dt.timedelta(days=30)
    return {"key": uuid.uuid4(), "day": day.isoformat(), "since": "09:00", "until": "10:00"}


def _words(scene: Any) -> dict[str, Any]:
    return {
        "version": scene.event.version, "title": "New title", "language": "fi", "theme": "circular",
        "audience": "public", "capacity": 50, "registration_days": 30,
    }  # fmt: skip


def _new(scene: Any) -> dict[str, Any]:
    return {**_words(scene), **_times(scene), "organiser": scene.centre.pk, "mode": "online"}


def _move(scene: Any) -> dict[str, Any]:
    return {**_times(scene), "version": scene.event.version, "mode": "on_site", "place": "Hall", "really": "yes"}


def _message(_scene: Any) -> dict[str, Any]:
    return {"key": uuid.uuid4(), "to": "booked", "subject": "Hello", "text": "Come in time.", "really": "yes"}


def _registration(_scene: Any) -> dict[str, Any]:
    return {"name": "A", "email": "a@example.org", "joins": "online", "consent": "on"}


ADDRESSES = [
    Address("events:list", EVERYONE),
    Address("events:list", EVERYONE, query="?when=past"),
    Address("events:calendar", EVERYONE),
    Address("events:mine", LOGGED_IN),
    Address("events:event", EVERYONE, _event),
    Address("events:event", EVERYONE, _past),
    Address("events:event", MANAGERS, _draft),
    Address("events:event", MANAGERS_OF_ALL, _elsewhere),
    Address("events:event", OWN | MANAGERS, _session),
    Address("events:event_ics", EVERYONE, _event),
    Address("events:event_ics", OWN | MANAGERS, _session),
    Address("events:material", NOBODY, _file),  # its file isn't there; test_materials.py says who gets one
    Address("events:begin", EVERYONE, _event, method="post"),
    Address("events:begin", OWN | MANAGERS, _session, method="post"),
    Address("events:register", EVERYONE, _hold),
    Address("events:register", EVERYONE, _hold, method="post", data=_registration),
    Address("events:leave", EVERYONE, _hold, method="post"),
    Address("events:registered", EVERYONE, _event),
    Address("events:decline", (OWN | MANAGERS), _session, method="post"),
    # Who has the link of an invitation has read the mail to its address.
    Address("events:invitation", EVERYONE, _invitation),
    Address("events:invitation", EVERYONE, _invitation, method="post"),
    Address("events:come", EVERYONE, _invitation, method="post"),
    Address("events:invited_register", EVERYONE, _invited_hold),
    Address("events:invited_register", EVERYONE, _invited_hold, method="post", data=_registration),
    Address("events:invited_leave", EVERYONE, _invited_hold, method="post"),
    # Who has the link of a registration has read the mail to its address.
    Address("events:seat", EVERYONE, _coming_seat),
    Address("events:seat", EVERYONE, _past_seat),
    Address("events:confirm", EVERYONE, _unconfirmed, method="post"),
    Address("events:seat_cancel", EVERYONE, _coming_seat),
    Address("events:seat_cancel", EVERYONE, _coming_seat, method="post"),
    Address("events:needs", EVERYONE, _coming_seat, method="post", data=lambda _scene: {"needs": "Vegan"}),
    Address("events:seat_ics", EVERYONE, _coming_seat),
    Address("events:certificate", EVERYONE, _past_seat),
    Address("events:feedback", EVERYONE, _past_seat),
    Address("events:feedback", EVERYONE, _past_seat, method="post", data=lambda _scene: {"version": 1}),
    Address("events:desk", MANAGERS),
    Address("events:new", MANAGERS),
    Address("events:new", MANAGERS, method="post", data=_new),
    Address("events:desk_event", MANAGERS, _event),
    Address("events:desk_event", MANAGERS, _draft),
    Address("events:desk_event", MANAGERS_OF_ALL, _elsewhere),
    Address("events:change", MANAGERS, _event),
    Address("events:change", MANAGERS, _event, method="post", data=_words),
    Address("events:copy", MANAGERS, _event),
    Address("events:copy", MANAGERS, _event, method="post", data=_times),
    Address("events:announce", MANAGERS, _draft, method="post"),
    Address("events:move", MANAGERS, _event),
    Address("events:move", MANAGERS, _event, method="post", data=_move),
    Address("events:cancel", MANAGERS, _event),
    Address("events:cancel", MANAGERS, _event, method="post", data=lambda _scene: {"because": "Ill"}),
    Address("events:invite", MANAGERS, _session),
    Address(
        "events:invite", MANAGERS, _session, method="post", data=lambda scene: {"organisations": scene.organisation.pk}
    ),
    Address("events:withdraw", MANAGERS, _withdrawal),
    Address("events:withdraw", MANAGERS, _withdrawal, method="post"),
    Address("events:message", MANAGERS, _event),
    Address("events:message", MANAGERS, _event, method="post", data=_message),
    Address("events:participants", MANAGERS, _event),
    Address("events:participants_xlsx", MANAGERS, _event),
    Address("events:participants_csv", MANAGERS, _event),
    Address("events:participants", MANAGERS_OF_ALL, _elsewhere),
    Address("events:participants_csv", MANAGERS_OF_ALL, _elsewhere),
    Address("events:desk_seat_cancel", MANAGERS, _desk_seat),
    Address("events:desk_seat_cancel", MANAGERS, _desk_seat, method="post"),
    Address("events:attendance", MANAGERS, _past),
    Address(
        "events:attendance",
        MANAGERS,
        _past,
        method="post",
        data=lambda scene: {f"seat_{scene.past_seat.public_id}": "absent"},
    ),
    Address("events:materials", MANAGERS, _past),
    Address(
        "events:materials",
        MANAGERS,
        _past,
        method="post",
        data=lambda _scene: {"kind": "link", "title": "A", "link": "https://a.example/"},
    ),
    Address("events:material_show", MANAGERS, _material, method="post", data=lambda _scene: {"shown": "no"}),
    Address("events:material_remove", MANAGERS, _material),
    Address("events:material_remove", MANAGERS, _material, method="post"),
    Address("events:desk_feedback", MANAGERS, _past),
]
