"""Who may open the pages of contracts, dialogues, assessments and tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.web.access import READERS, WORKERS, Address
from tests.web.procurements.access_hub import DECIDERS


def _at(**names: str) -> Callable[[Any], dict[str, Any]]:
    """Arguments made of the scene's things, by their names there."""
    return lambda scene: {
        "slug": scene.organisation.slug,
        **{name: getattr(scene, thing).public_id for name, thing in names.items()},
    }


def _table(**more: str) -> Callable[[Any], dict[str, Any]]:
    def arguments(scene: Any) -> dict[str, Any]:
        sent = {"sent": scene.sent_table.public_id} if "sent" in more else {}
        kept = {name: value for name, value in more.items() if name != "sent"}
        return {"slug": scene.organisation.slug, "kind": "contracts", **kept, **sent}

    return arguments


_CONTRACT = _at(contract="contract")
_TERM = _at(contract="contract", term="term")
_PROCUREMENT = _at(procurement="procurement")
_EFFECT = _at(procurement="procurement", effect="effect")

CONTRACT_ADDRESSES = [
    Address("procurements:contracts", READERS, _at()),
    Address("procurements:contract_new", WORKERS, _at()),
    Address("procurements:contract_new", WORKERS, _at(), method="post"),
    Address("procurements:contract", READERS, _CONTRACT),
    Address("procurements:contract_edit", WORKERS, _CONTRACT),
    Address("procurements:contract_edit", WORKERS, _CONTRACT, method="post"),
    Address("procurements:term_new", WORKERS, _CONTRACT),
    Address("procurements:term_edit", WORKERS, _TERM),
    Address("procurements:control_new", WORKERS, _TERM),
    Address("procurements:control", READERS, _at(contract="contract", control="control")),
    Address("procurements:dialogue", READERS, _PROCUREMENT),
    Address("procurements:dialogue_step_new", WORKERS, _PROCUREMENT),
    Address("procurements:dialogue_step", WORKERS, _at(procurement="procurement", step="dialogue_step")),
    Address("procurements:dialogue_outcome", WORKERS, _PROCUREMENT),
    Address("procurements:dialogue_finish", WORKERS, _PROCUREMENT, method="post"),
    Address("procurements:dialogue_reopen", WORKERS, _PROCUREMENT, method="post"),
    Address("procurements:assessment", READERS, _PROCUREMENT),
    Address("procurements:assessment_need", WORKERS, _PROCUREMENT),
    Address("procurements:assessment_use", WORKERS, _PROCUREMENT),
    Address("procurements:effect_new", WORKERS, _PROCUREMENT),
    Address("procurements:effect_edit", WORKERS, _EFFECT),
    Address("procurements:effect_remove", WORKERS, _EFFECT),
    Address("procurements:effect_remove", WORKERS, _EFFECT, method="post"),
    Address("procurements:effect_result", WORKERS, _EFFECT),
    Address("procurements:assessment_ready", WORKERS, _PROCUREMENT, method="post"),
    Address("procurements:assessment_decide", DECIDERS, _PROCUREMENT),
    Address(
        "procurements:assessment_decide",
        DECIDERS,
        _PROCUREMENT,
        method="post",
        data=lambda scene: {"seen": scene.assessment.version, "approve": "1"},
    ),
    Address("procurements:assessment_skip", WORKERS, _PROCUREMENT),
    Address("procurements:assessment_skip", WORKERS, _PROCUREMENT, method="post", data=lambda _: {"reason": "Small."}),
    Address("procurements:assessment_reopen", WORKERS, _PROCUREMENT, method="post"),
    Address("procurements:table", WORKERS, _table()),
    Address("procurements:table", WORKERS, _table(), method="post"),
    Address("procurements:table_template", WORKERS, _table(wanted="csv")),
    Address("procurements:table_export", READERS, _table(wanted="csv")),
    Address("procurements:table_preview", WORKERS, _table(sent="")),
    Address("procurements:table_take", WORKERS, _table(sent=""), method="post"),
    Address("procurements:table_refused", WORKERS, _table(sent="", wanted="csv")),
]
