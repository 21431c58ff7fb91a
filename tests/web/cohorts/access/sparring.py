"""Who may open what of sparring, digital sparring, small groups, alumni and lessons."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.web.access import EVERYONE, LOGGED_IN, READERS, WORKERS, Address

SPARRING = WORKERS | {"mentor"}
CENTRE = frozenset({"expert", "mentor", "other_mentor", "coordinator"})
COORDINATOR = frozenset({"coordinator"})


def _at(**names: str) -> Callable[[Any], dict[str, Any]]:
    """The organisation, and the scene's things by their names there."""
    return lambda scene: {
        "slug": scene.organisation.slug,
        **{name: getattr(scene, thing).public_id for name, thing in names.items()},
    }


def _in(**names: str) -> Callable[[Any], dict[str, Any]]:
    """The same within an edition in which the organisation takes part."""
    return lambda scene: {**_at(**names)(scene), "edition": scene.sparring_part.edition.slug}


def _alumni(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "edition": scene.alumni_part.edition.slug}


def _edition(scene: Any) -> dict[str, Any]:
    return {"edition": scene.sparring_part.edition.slug}


def _of(**names: str) -> Callable[[Any], dict[str, Any]]:
    """Things that belong to no organisation's pages."""
    return lambda scene: {name: getattr(scene, thing).public_id for name, thing in names.items()}


def _key(**more: str) -> Callable[[Any], dict[str, Any]]:
    return lambda _scene: {"key": str(uuid.uuid4()), **more}


def _session_data(scene: Any) -> dict[str, Any]:
    day = timezone.localdate() + dt.timedelta(days=20)
    return {
        "key": str(uuid.uuid4()), "day": day.isoformat(), "begins": "9:00", "ends": "10:00", "mode": "online",
        "mentor": scene.people["mentor"].pk,
    }  # fmt: skip


def _action_data(scene: Any) -> dict[str, Any]:
    owner = scene.people["own_member"].pk
    return {"key": str(uuid.uuid4()), "title": "Agreed", "owner": owner, "deadline": "2099-01-01"}


def _(name: str, allowed: frozenset[str], arguments: Any, **more: Any) -> Address:
    return Address(f"cohorts:{name}", allowed, arguments, **more)


def _none(_scene: Any) -> dict[str, Any]:
    return {}


_SESSION, _CASE = _at(session="sparring_session"), _at(case="digital_case")
_OPTION = _at(case="digital_case", option="digital_option")
_NOTE, _KNOWN = _in(note="group_note"), _in(known="know_how")
_LESSON = _at(lesson="cohort_lesson")
_TEMPLATE = _of(template="lesson_template")
_TASK = _of(task="follow_up_task")

ADDRESSES = [
    _("alumni", EVERYONE, _none),
    _("templates", EVERYONE, _none),
    _("template", EVERYONE, _TEMPLATE),
    _("my_names", LOGGED_IN, _none),
    _("my_name_away", LOGGED_IN, lambda scene: {"kind": "alumni", "key": scene.alumni_part.public_id}, method="post"),
    _("sparring_log", READERS, _at()),
    _("sparring_new", SPARRING, _at()),
    _("sparring_new", SPARRING, _at(), method="post", data=_session_data),
    _("edition_sparring", READERS, _in()),
    _("edition_sparring_new", SPARRING, _in()),
    _("edition_sparring_new", SPARRING, _in(), method="post", data=_session_data),
    _("sparring_session", READERS, _SESSION),
    _("sparring_calendar", READERS, _SESSION),
    _("sparring_move", SPARRING, _SESSION),
    _("sparring_agenda", SPARRING, _SESSION),
    _("sparring_agenda", SPARRING, _SESSION, method="post", data=lambda _scene: {"agenda": "New", "seen": 1}),
    _("sparring_write", SPARRING, _SESSION),
    _("sparring_write", SPARRING, _SESSION, method="post", data=lambda _scene: {"notes": "New", "seen": 1}),
    _("sparring_cancel", SPARRING, _SESSION),
    _("sparring_cancel", SPARRING, _SESSION, method="post", data=lambda _scene: {"why": "Ill", "seen": 1}),
    _("sparring_action_new", SPARRING, _SESSION),
    _("sparring_action_new", SPARRING, _SESSION, method="post", data=_action_data),
    _("digital_cases", READERS, _at()),
    _("digital_case_new", SPARRING, _at()),
    _("digital_case_new", SPARRING, _at(), method="post", data=_key(process="p", current_tools="c", target="t")),
    _("digital_case", READERS, _CASE),
    _("digital_case_edit", SPARRING, _CASE),
    _("digital_option_new", SPARRING, _CASE),
    _("digital_option_new", SPARRING, _CASE, method="post", data=_key(title="Option", way="buy")),
    _("digital_option", SPARRING, _OPTION),
    _("digital_option_remove", SPARRING, _OPTION, method="post"),
    _("digital_action_new", SPARRING, _CASE),
    _("digital_action_new", SPARRING, _CASE, method="post", data=_action_data),
    _("digital_session_new", SPARRING, _CASE),
    _("digital_case_end", WORKERS, _CASE),
    _("digital_case_end", WORKERS, _CASE, method="post", data=lambda _: {"end": "leave", "reason": "x", "seen": 1}),
    _("digital_case_reopen", WORKERS, _CASE, method="post", data=lambda _scene: {"seen": 1}),
    _("peer_group", READERS, _in()),
    _("group_note_new", SPARRING, _in()),
    _("group_note_new", SPARRING, _in(), method="post", data=_key(title="New", text="New")),
    _("group_note", READERS, _NOTE),
    _("group_note_edit", SPARRING, _NOTE),
    _("group_note_edit", SPARRING, _NOTE, method="post", data=lambda _scene: {"title": "x", "text": "x", "seen": 1}),
    _("know_how", READERS, _in()),
    _("know_how_new", WORKERS, _in()),
    _("know_how_new", WORKERS, _in(), method="post", data=_key(kind="asks", topic="social", text="x", shared="cohort")),
    _("know_how_edit", WORKERS, _KNOWN),
    _("know_how_remove", WORKERS, _KNOWN, method="post"),
    _("know_how_contact", WORKERS, _KNOWN, method="post", data=lambda _scene: {"show": "1"}),
    _("alumni_own", READERS, _alumni),
    _("alumni_entry", WORKERS, _alumni),
    _("alumni_entry", WORKERS, _alumni, method="post", data=lambda _scene: {"text": "x", "seen": 1}),
    _("alumni_name", READERS - {"mentor"}, _alumni, method="post", data=lambda _scene: {"show": "1"}),
    _("lessons", READERS, _at()),
    _("lesson_new", SPARRING, _in()),
    _("lesson_new", SPARRING, _in(), method="post", data=_key(title="x", what_happened="x", advice="x")),
    _("lesson", READERS, _LESSON),
    _("lesson_edit", SPARRING, _LESSON),
    _("lesson_not_named", WORKERS, _LESSON, method="post"),
    _("lesson_offer", WORKERS, _LESSON, method="post"),
    _("template_start", WORKERS, _at(template="lesson_template")),
    _(
        "template_start", WORKERS, _at(template="lesson_template"), method="post", data=_key(deadline="2099-01-01"),
    ),
    _("sparring_desk", CENTRE, _none),
    _("desk_groups", COORDINATOR, _edition),
    _("desk_group_new", COORDINATOR, _edition),
    _("desk_group_new", COORDINATOR, _edition, method="post", data=_key(name="New group")),
    _("desk_group", COORDINATOR, lambda scene: _edition(scene) | {"group": scene.peer_group.public_id}),
    _(
        "desk_group_dissolve", COORDINATOR, lambda scene: _edition(scene) | {"group": scene.peer_group.public_id},
        method="post",
    ),
    _("desk_close", COORDINATOR, _edition),
    _("desk_close", COORDINATOR, _edition, method="post", data=lambda _scene: {"year": "2020"}),
    _("desk_follow_up", CENTRE, _none),
    _("follow_up_task", CENTRE, _TASK),
    _("follow_up_change", COORDINATOR | {"mentor"}, _TASK),
    _("follow_up_held", COORDINATOR | {"mentor"}, _TASK),
    _(
        "follow_up_held", COORDINATOR | {"mentor"}, _TASK, method="post",
        data=lambda _scene: {"done_on": timezone.localdate().isoformat(), "outcome": "Held", "seen": 1},
    ),
    _("follow_up_leave_out", COORDINATOR | {"mentor"}, _TASK),
    _("desk_lessons", COORDINATOR, _none),
    _("desk_promote", COORDINATOR, _of(lesson="offered_lesson")),
    _(
        "desk_promote", COORDINATOR, _of(lesson="offered_lesson"), method="post",
        data=_key(kind="assignment", title="x", text="x"),
    ),
    _("desk_template", COORDINATOR, _TEMPLATE),
]  # fmt: skip
