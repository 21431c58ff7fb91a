"""Who may open the engagement log and a programme's effect."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from tests.web.access import Address

#: Everyone of the centre who works in programmes; nobody is named in the edition of the scene.
WORK = frozenset({"coordinator", "expert", "mentor", "other_mentor"})
EFFECT = frozenset({"coordinator", "expert", "ministry_officer"})
MANAGE = frozenset({"coordinator"})
#: Drafts are for those who see the effect and work at the centre.
DRAFTS = frozenset({"coordinator", "expert"})
OWN_ROW = frozenset({"expert"})


def _row(scene: Any) -> dict[str, Any]:
    return {"row": scene.work.public_id}


def _edition(scene: Any) -> dict[str, Any]:
    return {"edition": scene.effect_edition.slug}


def _draft(scene: Any) -> dict[str, Any]:
    return {"report": scene.effect_draft.public_id}


def _approved(scene: Any) -> dict[str, Any]:
    return {"report": scene.effect_report.public_id}


def _line(scene: Any) -> dict[str, Any]:
    return {
        "day": timezone.localdate().isoformat(),
        "kind": "advice",
        "organisation": scene.organisation.slug,
        "quarters": "1,5",
        "made_with": str(uuid.uuid4()),
        "seen": "1",
    }


def _source(_scene: Any) -> dict[str, Any]:
    return {"source": f"event:{uuid.uuid4()}"}


ADDRESSES: list[Address] = [
    Address("cohorts:my_log", WORK),
    Address("cohorts:my_log", WORK, method="post", data=_line),
    Address("cohorts:my_log_file", WORK, lambda _scene: {"wanted": "csv"}),
    Address("cohorts:engagement", OWN_ROW, _row),
    Address("cohorts:engagement", OWN_ROW, _row, method="post", data=_line),
    Address("cohorts:engagement_remove", OWN_ROW, _row),
    Address("cohorts:proposal_take_up", WORK, method="post", data=_source),
    Address("cohorts:proposal_decline", WORK, method="post", data=_source),
    Address("cohorts:edition_log", MANAGE, _edition),
    Address("cohorts:edition_log_file", MANAGE, lambda scene: _edition(scene) | {"wanted": "xlsx"}),
    Address("cohorts:edition_effect", EFFECT, _edition),
    Address("cohorts:edition_effect_count", EFFECT, _edition, method="post"),
    Address("cohorts:edition_effect_report", MANAGE, _edition, method="post"),
    Address("cohorts:effect", EFFECT),
    Address("cohorts:effect_count", EFFECT, method="post"),
    Address("cohorts:effect_report_begin", MANAGE, method="post"),
    Address("cohorts:effect_report", EFFECT, _approved),
    Address("cohorts:effect_report", DRAFTS, _draft),
    Address("cohorts:effect_report_write", MANAGE, _draft),
    Address("cohorts:effect_report_write", MANAGE, _draft, method="post", data=lambda _: {"seen": "1"}),
    Address("cohorts:effect_report_numbers", MANAGE, _draft, method="post"),
    Address("cohorts:effect_report_approve", MANAGE, _draft),
    Address("cohorts:effect_report_approve", MANAGE, _draft, method="post", data=lambda _: {"seen": "0"}),
    Address(
        "cohorts:effect_report_file", EFFECT, lambda scene: _approved(scene) | {"language": "fi", "wanted": "xlsx"}
    ),
    Address("cohorts:effect_report_file", DRAFTS, lambda scene: _draft(scene) | {"language": "sv", "wanted": "xlsx"}),
]
