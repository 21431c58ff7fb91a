"""Sections of a procurement's page: each has a template in ``procurements/parts/`` and a function for its context.

A section's template sees the page's context (``procurement``, ``organisation``, ``may_work``, ``may_decide``) and its
own in ``section``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from keino.web.base.models import Person
from keino.web.procurements.models import Procurement
from keino.web.procurements.queries.assessments import assessment_of, indicators_of
from keino.web.procurements.queries.contracts import contracts_from
from keino.web.procurements.queries.dialogues import dialogue_of, steps_of


@dataclass(frozen=True)
class Section:
    """One section: its anchor on the page, its template, and what it shows."""

    key: str
    template: str
    content: dict[str, Any]


def assessment(procurement: Procurement, person: Person) -> dict[str, Any]:
    """The ex-ante assessment of effects."""
    return {"assessment": assessment_of(procurement), "indicators": indicators_of(procurement)}


def dialogue(procurement: Procurement, person: Person) -> dict[str, Any]:
    """The market dialogue: questions, events, what was heard."""
    found = dialogue_of(procurement)
    return {"dialogue": found, "steps": list(steps_of(found)) if found else []}


def contracts(procurement: Procurement, person: Person) -> dict[str, Any]:
    """Contracts with their terms and control dates."""
    return {"contracts": list(contracts_from(procurement)), "today": timezone.localdate()}


#: In the order of the page.
SECTIONS: dict[str, Callable[[Procurement, Person], dict[str, Any]]] = {
    "assessment": assessment,
    "dialogue": dialogue,
    "contracts": contracts,
}


def sections_of(procurement: Procurement, person: Person) -> dict[str, Section]:
    """The sections of a procurement's page, by their keys."""
    return {
        key: Section(key, f"procurements/parts/{key}.html", say(procurement, person)) for key, say in SECTIONS.items()
    }
