"""Sections of a procurement's page: each has a template in ``procurements/parts/`` and a function for its context.

A section's template sees the page's context (``procurement``, ``organisation``, ``may_work``, ``may_decide``) and its
own in ``section``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from keino.web.base.models import Person
from keino.web.procurements.models import Procurement


@dataclass(frozen=True)
class Section:
    """One section: its anchor on the page, its template, and what it shows."""

    key: str
    template: str
    content: dict[str, Any]


def assessment(procurement: Procurement, person: Person) -> dict[str, Any]:
    """The ex-ante assessment of effects."""
    return {}


def dialogue(procurement: Procurement, person: Person) -> dict[str, Any]:
    """The market dialogue: questions, events, what was heard."""
    return {}


def contracts(procurement: Procurement, person: Person) -> dict[str, Any]:
    """Contracts with their terms and control dates."""
    return {}


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
