"""Who may open the pages of the operating model and of category plans."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from tests.web.access import EVERYONE, OWN, READERS, WORKERS, Address
from tests.web.plans.document_browsing import rows_data
from tests.web.plans.scene_documents import APPROVED, DRAFT, REVIEWED

APPROVERS = frozenset({"own_approver"})
PUBLISHERS = OWN - {"own_member"}


def _town(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug}


def _model(number: int, **more: str) -> Callable[[Any], dict[str, Any]]:
    return lambda scene: {"slug": scene.organisation.slug, "number": number, **more}


def _plan(category: str, **more: Any) -> Callable[[Any], dict[str, Any]]:
    return lambda scene: {"slug": scene.organisation.slug, "category": category, **more}


def _nothing_new(_scene: Any) -> dict[str, Any]:
    return {"version": "0", **rows_data([])}


def _said(_scene: Any) -> dict[str, Any]:
    return {"text": "A comment", "key": str(uuid.uuid4())}


_SECTION = {"section": "purpose"}
_ROWS = {"section": "goals"}

ADDRESSES = [
    Address("plans:operating_model", READERS, _town),
    Address("plans:operating_model_begin", WORKERS, _town, method="post"),
    Address("plans:operating_model_versions", READERS, _town),
    Address("plans:operating_model_comparison", READERS, _town, query="?old=1&new=2"),
    Address("plans:operating_model_version", READERS, _model(2)),
    Address("plans:operating_model_version", READERS, _model(1)),
    Address("plans:operating_model_file", READERS, _model(1)),
    Address("plans:operating_model_section", WORKERS, _model(2, **_SECTION)),
    Address("plans:operating_model_section", WORKERS, _model(2, **_SECTION), method="post", data=_nothing_new,
            answers=frozenset({302, 409, 422})),
    Address("plans:operating_model_send", WORKERS, _model(2), method="post"),
    Address("plans:operating_model_return", OWN, _model(2), method="post"),
    Address("plans:operating_model_approve", APPROVERS, _model(2)),
    Address("plans:operating_model_approve", APPROVERS, _model(2), method="post", data=_nothing_new,
            answers=frozenset({302, 409, 422})),
    Address("plans:category_plans", READERS, _town),
    Address("plans:category_plan_begin", WORKERS, _town),
    Address("plans:category_plan_begin", WORKERS, _town, method="post"),
    Address("plans:category_plan", READERS, _plan(DRAFT)),
    Address("plans:category_plan", READERS, _plan(REVIEWED)),
    Address("plans:category_plan", READERS, _plan(APPROVED)),
    Address("plans:category_plan_section", WORKERS, _plan(DRAFT, **_ROWS)),
    Address("plans:category_plan_section", WORKERS, _plan(DRAFT, **_ROWS), method="post", data=_nothing_new,
            answers=frozenset({302, 409, 422})),
    Address("plans:category_plan_comment", READERS, _plan(DRAFT), method="post", data=_said),
    Address("plans:category_plan_history", READERS, _plan(APPROVED)),
    Address("plans:category_plan_version", READERS, _plan(APPROVED, number=1)),
    Address("plans:category_plan_comparison", READERS, _plan(APPROVED, number=1)),
    Address("plans:category_plan_review", WORKERS, _plan(DRAFT)),
    Address("plans:category_plan_review", WORKERS, _plan(DRAFT), method="post"),
    Address("plans:category_plan_approve", APPROVERS, _plan(REVIEWED)),
    Address("plans:category_plan_approve", APPROVERS, _plan(REVIEWED), method="post", data=_nothing_new,
            answers=frozenset({302, 409, 422})),
    Address("plans:category_plan_reopen", OWN, _plan(REVIEWED), method="post"),
    Address("plans:category_plan_reopen", WORKERS, _plan(APPROVED), method="post"),
    Address("plans:category_plan_in_force", WORKERS, _plan(APPROVED), method="post"),
    Address("plans:category_plan_close", WORKERS, _plan(APPROVED)),
    Address("plans:category_plan_close", WORKERS, _plan(APPROVED), method="post"),
    Address("plans:category_plan_publish", PUBLISHERS, _plan(APPROVED), method="post"),
    # the organisation of the scene shows nothing to everyone, so that nobody sees the plan that it published
    Address("plans:public_plan", frozenset(), _plan(APPROVED)),
    Address("plans:public_plan", EVERYONE, lambda scene: {"slug": scene.public_plan_town.slug, "category": APPROVED}),
]  # fmt: skip
