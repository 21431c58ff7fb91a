"""Who may open what of actions."""

from __future__ import annotations

import uuid
from typing import Any

from tests.factories.actions import written
from tests.web.access import EVERYONE, LOGGED_IN, READERS, WORKERS, Address


def _slug(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug}


def _action(scene: Any) -> dict[str, Any]:
    return _slug(scene) | {"action": scene.action.public_id}


def _job(scene: Any) -> dict[str, Any]:
    return _slug(scene) | {"job": scene.improvement_job.public_id}


def _category_plan(scene: Any) -> dict[str, Any]:
    return _slug(scene) | {"plan": scene.plan_for_actions.public_id}


def _written(_scene: Any) -> dict[str, Any]:
    return written()


def _moved(_scene: Any) -> dict[str, Any]:
    return {"to": "started"}


def _reviewed(_scene: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "kind": "yearly", "held_on": "2026-01-15", "seen": "Well."}


def _(name: str, allowed: frozenset[str], arguments: Any = _slug, **more: Any) -> Address:
    return Address(f"plans:{name}", allowed, arguments, **more)


ADDRESSES = [
    *(
        _(name, READERS)
        for name in (
            "actions",
            "actions_board",
            "actions_month",
            "action_budget",
            "actions_undecided",
            "actions_undecided_xlsx",
            "improvement",
            "improvement_xlsx",
        )
    ),
    _("improvement_ask_pdf", READERS, method="post"),
    _("improvement_pdf", READERS, _job),
    _("improvement_pdf_content", READERS, _job),
    _("action", READERS, _action),
    _("budget_days", WORKERS),
    _("action_new", WORKERS),
    _("action_new", WORKERS, method="post", data=_written),
    _("action_edit", WORKERS, _action),
    _("action_edit", WORKERS, _action, method="post", data=_written),
    _("action_move", WORKERS, _action, query="?to=done"),
    _("action_move", WORKERS, _action, method="post", data=_moved),
    _("action_review_new", WORKERS, _action),
    _("action_review_new", WORKERS, _action, method="post", data=_reviewed),
    _("plan_review_new", WORKERS),
    _("plan_review_new", WORKERS, method="post", data=_reviewed),
    _("actions_of_plan", WORKERS),
    _("actions_of_plan", WORKERS, method="post"),
    _("actions_of_category_plan", WORKERS, _category_plan),
    _("actions_of_category_plan", WORKERS, _category_plan, method="post"),
    _("my_calendar", LOGGED_IN, lambda _scene: {}),
    _("my_calendar", LOGGED_IN, lambda _scene: {}, method="post"),
    # whoever has the secret gets the dates of its owner, here somebody without a role: an empty calendar
    _("calendar_feed", EVERYONE, lambda scene: {"token": scene.calendar_token}),
]
