"""The risk register of a procurement."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, locked
from keino.web.base.models import Person
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.procurements.choices import RiskState
from keino.web.procurements.errors import MitigatedHow
from keino.web.procurements.models import Procurement, Risk
from keino.web.procurements.services.open import require_open
from keino.web.procurements.services.owners import require_own


@transaction.atomic
def add_risk(procurement: Procurement, *, by: Person, key: uuid.UUID, **fields: Any) -> Risk:
    """Add a risk. Sent twice, it is there once."""
    row = locked(procurement)
    there = row.risks.filter(made_with=key).first()
    if there is not None:
        return there
    require_open(row)
    risk = Risk(procurement=row, made_with=key, **fields)
    _check(row, risk, set(fields))
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="risk_added"):
        risk.save()
    return risk


@transaction.atomic
def change_risk(risk: Risk, *, by: Person, seen: int, **fields: Any) -> Risk:
    """Change a risk as it was seen in version ``seen``. Raises Conflict."""
    procurement = locked(risk.procurement)
    before = locked(risk)
    changed = {name for name, value in fields.items() if getattr(before, name) != value}
    if not changed:
        return before  # a second press of the button
    row = as_seen(risk, seen)
    require_open(procurement)
    for name in changed:
        setattr(row, name, fields[name])
    _check(procurement, row, changed)
    row.version += 1
    with acting(by, on_behalf_of=on_behalf_of(by, procurement.organisation), act="risk_changed"):
        row.save()
    return row


@transaction.atomic
def give_risk(risk: Risk, to: Person) -> None:
    """Give a risk somebody new to look after it, as one of a hand-over."""
    row = locked(risk)
    row.owner, row.version = to, row.version + 1
    row.save()


def _check(procurement: Procurement, risk: Risk, changed: set[str]) -> None:
    if risk.state == RiskState.MITIGATED and not risk.measure.strip():
        raise MitigatedHow
    if "owner" in changed:
        require_own(risk.owner, procurement.organisation)
