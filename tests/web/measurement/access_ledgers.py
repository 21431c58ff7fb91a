"""Who may open what of ledgers."""

from __future__ import annotations

from typing import Any

from tests.web.access import EVERYONE, OWN, READERS, WORKERS, Address


def _organisation(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug}


def _ledger(scene: Any) -> dict[str, Any]:
    return _organisation(scene) | {"ledger": scene.ledger.public_id}


def _file(scene: Any) -> dict[str, Any]:
    return _organisation(scene) | {"ledger": scene.read_ledger.public_id, "file": scene.read_file.public_id}


def _mapping(scene: Any) -> dict[str, Any]:
    return _organisation(scene) | {"mapping": scene.mapping.public_id}


def _visit_ledger(scene: Any) -> dict[str, Any]:
    return {"ledger": scene.ledger.public_id}


def _visit_file(scene: Any) -> dict[str, Any]:
    return {"ledger": scene.ledger.public_id, "file": scene.ledger_file.public_id}


#: Pages that stand both under an organisation and on a visit: name, arguments, who may, method.
_BOTH: tuple[tuple[str, Any, Any, frozenset[str], str], ...] = (
    ("ledger", _ledger, _visit_ledger, READERS, "get"),
    ("ledger_add", _ledger, _visit_ledger, WORKERS, "get"),
    ("ledger_read", _ledger, _visit_ledger, WORKERS, "post"),
    ("ledger_confirm", _ledger, _visit_ledger, WORKERS, "post"),
    ("ledger_details", _ledger, _visit_ledger, WORKERS, "get"),
    ("file_start", _ledger, _visit_ledger, WORKERS, "post"),
    ("file_piece", _file, _visit_file, WORKERS, "get"),
    ("file_finish", _file, _visit_file, WORKERS, "post"),
    ("file_remove", _file, _visit_file, WORKERS, "post"),
    ("mapping", _file, _visit_file, WORKERS, "get"),
    ("rejected", _file, _visit_file, READERS, "get"),
    ("rejected_csv", _file, _visit_file, READERS, "get"),
    ("rejected_upload", _file, _visit_file, WORKERS, "post"),
    ("rejected_read", _file, _visit_file, WORKERS, "post"),
)

LEDGER_ADDRESSES = [
    Address("measurement:ledgers", READERS, _organisation),
    Address("measurement:upload", WORKERS, _organisation),
    Address("measurement:upload_start", WORKERS, _organisation, method="post"),
    Address("measurement:mappings", WORKERS, _organisation),
    Address("measurement:mapping_forget", WORKERS, _mapping, method="post"),
    Address("measurement:ledger_approve", OWN & {"own_approver"}, _ledger),
    Address("measurement:ledger_withdraw", WORKERS, _ledger),
    Address("measurement:ledger_delete_files", OWN & {"own_responsible_person"}, _ledger),
    *(Address(f"measurement:{name}", who, own, method=method) for name, own, _visit, who, method in _BOTH),
    # On a visit everyone sees their own; without one they are sent to its beginning.
    *(
        Address(f"measurement:visit_{name}", EVERYONE, visit, method=method)
        for name, _own, visit, _who, method in _BOTH
    ),
    Address("measurement:try", EVERYONE),
    Address("measurement:try_start", EVERYONE, method="post"),
    Address("measurement:forget_visit", EVERYONE),
    Address("measurement:keep_visit", EVERYONE),
]
