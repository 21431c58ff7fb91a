"""A contract of the scene with a term and its control, a dialogue, an assessment and a sent table."""

from __future__ import annotations

from types import SimpleNamespace

from keino.web.procurements.models import TableImport
from tests.factories.contracts import a_contract, a_control, a_dialogue, a_term, an_assessment

CONTRACT = "Confidential contract 7371"
SUPPLIER = "Confidential supplier 7372"
TERM = "Confidential term 7373"
EVIDENCE = "Confidential evidence 7374"
ANSWERS = "Confidential answers 7375"
NEED = "Confidential effects 7376"
SENT = "Confidential row 7377"


def add_contracts(scene: SimpleNamespace) -> None:
    """Add them to the scene's organisation and procurement."""
    owner = scene.people["own_member"]
    scene.contract = a_contract(
        scene.organisation, title=CONTRACT, supplier_name=SUPPLIER, owner=owner, procurement=scene.procurement
    )
    scene.term = a_term(scene.contract, term=TERM)
    scene.control = a_control(scene.term, evidence=EVIDENCE)
    scene.dialogue = a_dialogue(scene.procurement)
    scene.dialogue_step = scene.dialogue.steps.get()
    scene.dialogue_step.answers = ANSWERS
    scene.dialogue_step.save()
    scene.assessment = an_assessment(scene.procurement, need=NEED)
    scene.effect = scene.assessment.effects.get()
    row = {"row": 2, "cells": {"title": SENT}, "change": "new", "differs": [], "problems": []}
    scene.sent_table = TableImport.objects.create(
        organisation=scene.organisation, kind="contracts", file_name="contracts.csv", rows=[row], sent_by=owner
    )
    scene.secrets += [CONTRACT, SUPPLIER, TERM, EVIDENCE, ANSWERS, NEED, SENT]
