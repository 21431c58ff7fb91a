"""Procurements, records, criteria and risks for the site's tests."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from keino.web.procurements.choices import EXIT_RECORDS
from keino.web.procurements.models import ChosenCriterion, ExitRecord, Procurement, ProcurementTheme, Risk, StateMove
from tests.factories.web import an_organisation, someone_who_is


def a_procurement(
    organisation: Organisation | None = None, *, themes: tuple[str, ...] = (), **fields: Any
) -> Procurement:
    """A procurement in any state, without the records that the way there would have left."""
    organisation = organisation or an_organisation()
    procurement = Procurement.objects.create(organisation=organisation, **{"title": "School lunches", **fields})
    StateMove.objects.create(procurement=procurement, to_state=procurement.state)
    for theme in themes:
        ProcurementTheme.objects.create(procurement=procurement, theme=theme)
    return procurement


def a_whole_procurement(organisation: Organisation | None = None, **fields: Any) -> Procurement:
    """A procurement with every fact that any state asks for."""
    organisation = organisation or an_organisation()
    facts = {
        "owner": fields.pop("owner", None) or someone_who_is("member", organisation),
        "category": "FOOD",
        "purchase_kind": "services",
        "estimated_value_eur": Decimal("140500.00"),
        "procedure": "open",
        "procedure_starts_on": dt.date(2025, 3, 1),
    }
    return a_procurement(organisation, **{**facts, **fields})


def a_record(procurement: Procurement, kind: str, **fields: Any) -> ExitRecord:
    defaults = {"dated_on": dt.date(2025, 1, 15), "text": f"What the {kind} says."}
    return ExitRecord.objects.create(procurement=procurement, kind=kind, **{**defaults, **fields})


def with_records(procurement: Procurement) -> Procurement:
    """The procurement with one record of every kind."""
    for kind in EXIT_RECORDS.values():
        a_record(procurement, kind)
    return procurement


def a_criterion(procurement: Procurement, **fields: Any) -> ChosenCriterion:
    defaults = {
        "kind": "minimum_requirement",
        "level": "basic",
        "text": "At least 30 % of the servings are vegetarian.",
        "verification": "Menus of four weeks with the tender.",
    }
    return ChosenCriterion.objects.create(procurement=procurement, **{**defaults, **fields})


def a_risk(procurement: Procurement, **fields: Any) -> Risk:
    defaults = {"source": "market", "text": "Only one tender comes.", "likelihood": 3, "effect": 4}
    return Risk.objects.create(procurement=procurement, **{**defaults, **fields})


# ---- what people send


def record_data(**fields: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "dated_on": "2025-01-20", "text": "What we found.", **fields}


def decision_data(procurement: Procurement, **fields: Any) -> dict[str, Any]:
    defaults = {
        "seen": procurement.version,
        "supplier": "Firma Oy",
        "business_id": "",
        "value_eur": "139000.50",
        "tenders_received": "3",
        "basis": "price_quality",
    }
    return {**record_data(), **defaults, **fields}


def evaluation_data(**fields: Any) -> dict[str, Any]:
    defaults = {"category": "FOOD", "lesson": "Ask for menus earlier.", "indicator": "Waste", "result": "12 g"}
    return {**record_data(), **defaults, **fields}


def criterion_data(**fields: Any) -> dict[str, Any]:
    defaults = {
        "key": str(uuid.uuid4()),
        "kind": "award_criterion",
        "level": "front_runner",
        "text": "Deliveries by zero-emission vans.",
        "verification": "Registration certificates before the start.",
        "weight_percent": "15",
        "source": "Criteria Bank",
    }
    return {**defaults, **fields}


def risk_data(**fields: Any) -> dict[str, Any]:
    defaults = {
        "key": str(uuid.uuid4()),
        "source": "object",
        "text": "The new ovens fail.",
        "likelihood": "2",
        "effect": "5",
        "state": "open",
    }
    return {**defaults, **fields}


def someone_who_works(procurement: Procurement) -> Person:
    return someone_who_is("member", procurement.organisation)


def someone_who_decides(procurement: Procurement) -> Person:
    return someone_who_is("approver", procurement.organisation)
