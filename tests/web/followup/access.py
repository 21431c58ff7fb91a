"""Who may open what of ``followup``."""

from __future__ import annotations

from typing import Any

from tests.web.access import EVERYONE, READERS, WORKERS, Address

APPROVERS = frozenset({"own_approver"})
PUBLISHERS = frozenset({"own_responsible_person", "own_approver"})


def _slug(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug}


def _answer(scene: Any) -> dict[str, Any]:
    return _slug(scene) | {"answer": scene.answer.public_id}


def _report(scene: Any) -> dict[str, Any]:
    return _slug(scene) | {"report": scene.report.public_id}


def _approved(scene: Any) -> dict[str, Any]:
    return _slug(scene) | {"report": scene.approved_report.public_id}


def _file(wanted: str) -> Any:
    return lambda scene: _report(scene) | {"language": "fi", "wanted": wanted}


def _public(scene: Any) -> dict[str, Any]:
    return {"slug": scene.public_town.slug, "year": scene.public_report.year}


def _not_public(scene: Any) -> dict[str, Any]:
    return _slug(scene) | {"year": scene.approved_report.year}


ADDRESSES: list[Address] = [
    Address("followup:follow_up", READERS, _slug),
    Address("followup:ask", READERS, _slug, method="post", data=lambda _: {"year_from": "2022", "year_to": "2023"}),
    Address("followup:change", READERS, _answer),
    Address("followup:reports", READERS, _slug),
    Address("followup:report_begin", WORKERS, _slug, method="post", data=lambda _: {"year": "2023"}),
    Address("followup:report", READERS, _report),
    Address("followup:report_write", WORKERS, _report),
    Address("followup:report_write", WORKERS, _report, method="post", data=lambda _: {"seen": "1"}),
    Address("followup:report_numbers", WORKERS, _report, method="post"),
    Address("followup:report_approve", APPROVERS, _report),
    Address("followup:report_approve", APPROVERS, _report, method="post", data=lambda _: {"seen": "0"}),
    Address("followup:report_publish", PUBLISHERS, _approved, method="post"),
    Address("followup:report_file", READERS, _file("xlsx")),
    Address("followup:public_report", EVERYONE, _public),
    Address("followup:public_report", frozenset(), _not_public),
    Address(
        "followup:public_report_file", EVERYONE, lambda scene: _public(scene) | {"language": "sv", "wanted": "xlsx"}
    ),
    Address(
        "followup:public_report_file",
        frozenset(),
        lambda scene: _not_public(scene) | {"language": "sv", "wanted": "xlsx"},
    ),
]
