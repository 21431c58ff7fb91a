"""Who may open the pages of applications and discussions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from tests.web.access import EVERYONE, LOGGED_IN, READERS, WORKERS, Address
from tests.web.programmes.scene.applications import TOKEN

APPROVERS = frozenset({"own_approver"})
#: Of those in the cast, who is named in no edition, only the coordinator.
DESK = frozenset({"coordinator"})


def _call(scene: Any) -> dict[str, Any]:
    return {"edition": scene.edition.slug}


def _organisation(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug}


def _new(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "edition": scene.edition.slug}


def _late(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "edition": scene.late_edition.slug}


def _one(scene: Any, **more: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "application": scene.application.public_id, **more}


def _part(scene: Any) -> dict[str, Any]:
    return _one(scene, part="pilot")


def _member(scene: Any) -> dict[str, Any]:
    return _one(scene, member=scene.team_member.public_id)


def _asked(scene: Any) -> dict[str, Any]:
    return _one(scene, asked=scene.asked.public_id)


def _desk_one(scene: Any) -> dict[str, Any]:
    return {"edition": scene.edition.slug, "application": scene.other_application.public_id}


def _file(scene: Any) -> dict[str, Any]:
    return _one(scene, file_id=scene.application_file.public_id)


def _desk_file(scene: Any) -> dict[str, Any]:
    return _desk_one(scene) | {"file_id": scene.other_application_file.public_id}


def _talk(scene: Any) -> dict[str, Any]:
    return {"edition": scene.edition.slug, "discussion": scene.other_discussion.public_id}


def _hours(scene: Any) -> dict[str, Any]:
    return {"edition": scene.edition.slug, "hours": scene.hours.public_id}


def _slot(_scene: Any) -> dict[str, Any]:
    return {"slot": (timezone.now() + dt.timedelta(days=5)).isoformat()}


def _seen(scene: Any) -> dict[str, Any]:
    return {"seen": scene.application.version}


def _question(_scene: Any) -> dict[str, Any]:
    return {"question": "Can we?", "email": "asker@example.org"}


def _manager(_scene: Any) -> dict[str, Any]:
    return {"name": "Manager", "email": "manager@town.example", "language": "fi"}


def _person(_scene: Any) -> dict[str, Any]:
    return {"name": "New", "email": "new@town.example"}


def _both(name: str, allowed: frozenset[str], arguments: Any, data: Any) -> list[Address]:
    return [Address(name, allowed, arguments), Address(name, allowed, arguments, method="post", data=data)]


ADDRESSES: list[Address] = [
    Address("programmes:can_we_apply", EVERYONE, _call, query="?check=1&kind=parish"),
    *_both("programmes:ask", EVERYONE, _call, _question),
    Address("programmes:asked", EVERYONE, _call),
    Address("programmes:apply", LOGGED_IN, _call),
    *_both("programmes:commitment_link", EVERYONE, lambda _: {"token": TOKEN}, lambda _: {"name": "Manager"}),
    Address("programmes:applications", READERS, _organisation),
    *_both("programmes:interest_new", WORKERS, _new, lambda _: {"interest": "Yes."}),
    Address("programmes:interest_new", WORKERS, _late),
    *_both("programmes:interest_draft_delete", WORKERS, _late, lambda _: {}),
    Address("programmes:application", READERS, _one),
    *_both("programmes:application_book", WORKERS, _one, _slot),
    Address("programmes:discussion_cancel", WORKERS, _one, method="post"),
    Address("programmes:discussion_calendar", READERS, _one),
    *_both("programmes:application_decide", WORKERS, _one, lambda _: {"goes_on": "yes"}),
    *_both("programmes:application_edit", WORKERS, _part, lambda scene: {"pilot": "New.", **_seen(scene)}),
    *_both("programmes:application_questions", WORKERS, _one, lambda _: {"version": 1}),
    Address("programmes:application_file", READERS, _file),
    *_both("programmes:member_new", WORKERS, _one, _person),
    *_both("programmes:member_edit", WORKERS, _member, lambda scene: _person(scene) | {"seen": 1}),
    Address("programmes:member_remove", WORKERS, _member, method="post"),
    *_both("programmes:commitment", WORKERS, _one, _manager),
    Address("programmes:commitment_again", WORKERS, _asked, method="post"),
    Address("programmes:commitment_withdraw", WORKERS, _asked, method="post"),
    *_both("programmes:commit", APPROVERS, _one, lambda _: {"title": "Director"}),
    *_both("programmes:application_send", WORKERS, _one, _seen),
    Address("programmes:application_take_back", WORKERS, _one, method="post"),
    *_both("programmes:application_withdraw", WORKERS, _one, _seen),
    Address("programmes:desk_applications", DESK, _call),
    Address("programmes:desk_applications_export", DESK, _call),
    Address("programmes:desk_application", DESK, _desk_one),
    Address("programmes:desk_application_file", DESK, _desk_file),
    *_both("programmes:desk_application_questions", DESK, _call, lambda _: {"form_version": ""}),
    Address("programmes:desk_discussions", DESK, _call),
    *_both("programmes:desk_discussion_rule", DESK, _call, lambda _: {"minutes": 45, "experts_needed": 1}),
    *_both("programmes:desk_discussion", DESK, _talk, lambda _: {"notes": "Noted.", "seen": 1}),
    Address("programmes:desk_discussion_cancel", DESK, _talk, method="post", data=lambda _: {"why": "Ill."}),
    *_both("programmes:desk_hours", DESK, _call, lambda _: {"weeks": 1}),
    Address("programmes:desk_hours_remove", DESK, _hours, method="post"),
]
