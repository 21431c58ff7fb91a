"""Contracts with terms and controls, dialogues and assessments for the site's tests."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from keino.web.organisations.models import Organisation
from keino.web.procurements.models import (
    AssessedEffect,
    Contract,
    ContractTerm,
    DialogueStep,
    ImpactAssessment,
    MarketDialogue,
    Procurement,
    TermControl,
)
from tests.factories.web import an_organisation


def a_contract(organisation: Organisation | None = None, **fields: Any) -> Contract:
    """A contract of two years in force."""
    today = timezone.localdate()
    defaults = {
        "title": "Cleaning of schools",
        "supplier_name": "Imaginary Cleaning Ltd",
        "category": "FOOD",
        "yearly_value_eur": Decimal("12000.50"),
        "valid_from": today - dt.timedelta(days=365),
        "ends_on": today + dt.timedelta(days=365),
    }
    return Contract.objects.create(organisation=organisation or an_organisation(), **{**defaults, **fields})


def a_term(contract: Contract, **fields: Any) -> ContractTerm:
    defaults = {"term": "Only ecolabelled agents are used.", "control": "List of agents.", "sanction": "500 €"}
    return ContractTerm.objects.create(contract=contract, **{**defaults, **fields})


def a_control(term: ContractTerm, due_on: dt.date | None = None, **fields: Any) -> TermControl:
    return TermControl.objects.create(term=term, due_on=due_on or timezone.localdate(), **fields)


def a_dialogue(procurement: Procurement, **fields: Any) -> MarketDialogue:
    """A dialogue with one event and everything a report needs."""
    defaults = {"changes": "Smaller lots.", "equal_information": "Notice for all.", "all_got_the_same": True}
    dialogue = MarketDialogue.objects.create(procurement=procurement, **{**defaults, **fields})
    a_step(dialogue)
    return dialogue


def a_step(dialogue: MarketDialogue, **fields: Any) -> DialogueStep:
    defaults = {
        "way": "event",
        "held_on": timezone.localdate() - dt.timedelta(days=7),
        "invited": "Imaginary Cleaning Ltd\nMade-up Services Ltd",
        "took_part": "Imaginary Cleaning Ltd",
        "asked": "Which agents can be had without fragrance?",
        "answers": "All but one.",
    }
    return DialogueStep.objects.create(dialogue=dialogue, **{**defaults, **fields})


def an_assessment(procurement: Procurement, **fields: Any) -> ImpactAssessment:
    """An assessment of four whole steps that waits for an approver."""
    defaults = {
        "state": "ready",
        "need": "Pupils breathe it.",
        "need_answered_at": timezone.now(),
        "use": "Minimum requirement 3.",
    }
    assessment = ImpactAssessment.objects.create(procurement=procurement, **{**defaults, **fields})
    an_effect(assessment)
    return assessment


def an_effect(assessment: ImpactAssessment, **fields: Any) -> AssessedEffect:
    defaults = {
        "perspective": "social",
        "goal": "Fewer days of absence",
        "shows_after_years": 4,
        "indicator": "days of absence per pupil",
        "unit": "days",
        "baseline": "9",
        "target": "7",
    }
    return AssessedEffect.objects.create(assessment=assessment, **{**defaults, **fields})
