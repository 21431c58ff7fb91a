"""What the access matrix needs of calculations: one with real lines, and a rule."""

from __future__ import annotations

from types import SimpleNamespace

from keino.web.measurement.services.rules import add_rules
from tests.factories.runs import LINES, a_calculated_run, a_sent_ledger

SUPPLIER = "Confidential Energy 7315 Oy"


def add_runs(scene: SimpleNamespace) -> None:
    by = scene.people["own_member"]
    lines = tuple(line.replace("Esimerkkienergia Oy", SUPPLIER) for line in LINES)
    a_sent_ledger(scene.organisation, lines=lines, name="confidential-7316.csv")
    scene.category_rule = add_rules(
        owner=scene.organisation, conditions=[{"supplier_name": SUPPLIER}], category="ELEC.POWER", by=by
    )[0]
    ledgers = scene.organisation.ledgers.filter(title="confidential-7316.csv")
    scene.calculated_run = a_calculated_run(scene.organisation, by=by, ledgers=ledgers)
    scene.secrets += [SUPPLIER, "confidential-7316"]
