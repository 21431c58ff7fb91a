"""A procurement of the scene, in the dialogue, with a record, a criterion and a risk."""

from __future__ import annotations

from types import SimpleNamespace

from tests.factories.procurements import a_criterion, a_record, a_risk, a_whole_procurement

TITLE = "Confidential procurement 7361"
NEED = "Confidential need 7362"
RECORD = "Confidential record 7363"
CRITERION = "Confidential criterion 7364"
RISK = "Confidential risk 7365"


def add_hub(scene: SimpleNamespace) -> None:
    """Add the procurement with what is written about it."""
    scene.procurement = a_whole_procurement(
        scene.organisation,
        title=TITLE,
        need=NEED,
        state="dialogue",
        themes=("low_carbon",),
        owner=scene.people["own_member"],
        innovation_note="New for us.",
        cpv="55524000",
    )
    scene.procurement_record = a_record(
        scene.procurement, "need_statement", text=RECORD, recorded_by=scene.people["own_member"]
    )
    scene.criterion = a_criterion(scene.procurement, text=CRITERION, source="Criteria Bank")
    scene.risk = a_risk(scene.procurement, text=RISK, measure="Ask three.", owner=scene.people["own_member"])
    scene.secrets += [TITLE, NEED, RECORD, CRITERION, RISK]
