"""How a procurement of the demo is told: how far it has come, its columns, its records, criteria and risks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from keino.web.procurements.choices import ProcurementState, RiskState
from keino.web.procurements.services.records import Award, Learnt


@dataclass(frozen=True)
class Written:
    """A record: its text, how many days ago, whether it tells why the phase was skipped."""

    text: str
    days_ago: int
    is_skip: bool = False
    reference: str = ""


@dataclass(frozen=True)
class Case:
    """One procurement: how far it has come, its columns, and what is written about it.

    ``starts``: the day the procedure starts, or in how many days from today.
    """

    title: str
    need: str
    state: ProcurementState
    category: str
    themes: tuple[str, ...] = ()
    starts: int | dt.date | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    records: dict[str, Written] = field(default_factory=dict)
    award: Award | None = None
    learnt: Learnt | None = None
    criteria: tuple[dict[str, Any], ...] = ()
    risks: tuple[dict[str, Any], ...] = ()


def criterion(kind: str, level: str, text: str, verification: str, weight: int | None = None, source: str = "") -> Any:
    """What ``add_criterion`` takes; ``weight`` is in per cent."""
    share = None if weight is None else Decimal(weight)
    return {
        "kind": kind,
        "level": level,
        "text": text,
        "verification": verification,
        "weight_percent": share,
        "source": source,
    }


def risk(source: str, text: str, likelihood: int, effect: int, measure: str = "", state: str = RiskState.OPEN) -> Any:
    """What ``add_risk`` takes; ``likelihood`` and ``effect`` are from 1 to 5."""
    return {
        "source": source,
        "text": text,
        "likelihood": likelihood,
        "effect": effect,
        "measure": measure,
        "state": state,
    }
