"""Who may open the pages of procurements themselves."""

from __future__ import annotations

from typing import Any

from tests.factories.procurements import criterion_data, decision_data, evaluation_data, record_data, risk_data
from tests.web.access import READERS, WORKERS, Address

DECIDERS = frozenset({"own_approver"})


def _organisation(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug}


def _one(scene: Any, **more: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "procurement": scene.procurement.public_id, **more}


def _part(scene: Any) -> dict[str, Any]:
    return _one(scene, part="basics")


def _kind(scene: Any) -> dict[str, Any]:
    return _one(scene, kind="procurement_plan")


def _record(scene: Any) -> dict[str, Any]:
    return _one(scene, record=scene.procurement_record.public_id)


def _criterion(scene: Any) -> dict[str, Any]:
    return _one(scene, criterion=scene.criterion.public_id)


def _risk(scene: Any) -> dict[str, Any]:
    return _one(scene, risk=scene.risk.public_id)


HUB_ADDRESSES = [
    Address("procurements:procurements", READERS, _organisation),
    Address("procurements:board", READERS, _organisation),
    Address("procurements:themes", READERS, _organisation),
    Address("procurements:procurement_new", WORKERS, _organisation),
    Address("procurements:procurement_new", WORKERS, _organisation, method="post", data=lambda _: {"title": "New"}),
    Address("procurements:procurement", READERS, _one),
    Address("procurements:procurement_edit", WORKERS, _part),
    Address(
        "procurements:procurement_edit",
        WORKERS,
        _part,
        method="post",
        data=lambda scene: {"title": "Changed", "seen": scene.procurement.version},
    ),
    Address("procurements:procurement_move", WORKERS, _one, query="?to=cancelled"),
    Address(
        "procurements:procurement_move",
        WORKERS,
        _one,
        method="post",
        data=lambda scene: {"to": "cancelled", "seen": scene.procurement.version, "reason": "No money."},
    ),
    Address("procurements:record_new", WORKERS, _kind),
    Address("procurements:record_new", WORKERS, _kind, method="post", data=lambda _: record_data()),
    Address("procurements:record_edit", WORKERS, _record),
    Address(
        "procurements:record_edit",
        WORKERS,
        _record,
        method="post",
        data=lambda scene: record_data(seen=scene.procurement_record.version),
    ),
    Address("procurements:decide", DECIDERS, _one),
    Address("procurements:decide", DECIDERS, _one, method="post", data=lambda scene: decision_data(scene.procurement)),
    Address("procurements:evaluate", WORKERS, _one),
    Address("procurements:evaluate", WORKERS, _one, method="post", data=lambda _: evaluation_data()),
    Address("procurements:criterion_new", WORKERS, _one),
    Address("procurements:criterion_new", WORKERS, _one, method="post", data=lambda _: criterion_data()),
    Address("procurements:criterion_edit", WORKERS, _criterion),
    Address(
        "procurements:criterion_edit",
        WORKERS,
        _criterion,
        method="post",
        data=lambda scene: criterion_data(seen=scene.criterion.version),
    ),
    Address("procurements:criterion_remove", WORKERS, _criterion),
    Address("procurements:criterion_remove", WORKERS, _criterion, method="post"),
    Address("procurements:risk_new", WORKERS, _one),
    Address("procurements:risk_new", WORKERS, _one, method="post", data=lambda _: risk_data()),
    Address("procurements:risk_edit", WORKERS, _risk),
    Address(
        "procurements:risk_edit", WORKERS, _risk, method="post", data=lambda scene: risk_data(seen=scene.risk.version)
    ),
]
