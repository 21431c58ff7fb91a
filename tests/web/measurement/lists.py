"""The lists of ledgers, of how they were read, of calculations, lines and rules."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from keino.web.measurement.choices import LedgerState
from keino.web.measurement.models import LedgerFile, SavedMapping
from keino.web.measurement.services.rules import add_rules
from tests.factories.measurement import an_open_ledger, an_uploaded_file, ledger_text
from tests.factories.web import a_finished_run, a_ledger, someone_who_is
from tests.web.lists import Listed


def _ledger(scene: Any, _person: Any, number: int) -> None:
    member = someone_who_is("member", scene.organisation)
    ledger = an_open_ledger(scene.organisation, title=f"Ledger {number}", uploaded_by=member, owner=member)
    an_uploaded_file(ledger, ledger_text(3 + number))


def _counting_ledger(scene: Any, _person: Any, number: int) -> None:
    a_ledger(scene.organisation, title=f"Counts {number}", state=LedgerState.CONFIRMED)


def _mapping(scene: Any, _person: Any, number: int) -> None:
    taught_by = someone_who_is("member", scene.organisation)
    SavedMapping.objects.create(
        organisation=scene.organisation,
        header_key=f"{number}" * 64,
        title="a.csv",
        content="[columns]\n",
        made_by=taught_by,
    )


def _file(scene: Any, _person: Any, number: int) -> None:
    file = LedgerFile.objects.get(pk=scene.ledger_file.pk)
    file.pk, file.public_id, file.name = None, uuid4(), f"{number}.csv"
    file.save()


def _begun_upload(scene: Any, _person: Any, number: int) -> None:
    LedgerFile.objects.create(ledger=scene.ledger, name=f"half-{number}.csv", size_bytes=1_000)


def _run(scene: Any, _person: Any, _number: int) -> None:
    a_finished_run(scene.organisation, asked_by=someone_who_is("member", scene.organisation))


def _rule(scene: Any, _person: Any, number: int) -> None:
    by = someone_who_is("member", scene.organisation)
    add_rules(owner=scene.organisation, conditions=[{"supplier_name": f"S{number}"}], category="FOOD.MEAT", by=by)


LISTS = [
    Listed("measurement:ledgers", _ledger),
    Listed("measurement:mappings", _mapping),
    Listed("measurement:ledger", _file),
    Listed("measurement:ledger_add", _begun_upload),
    Listed("measurement:rejected", why_fixed="its rows come from the file of rejected rows, not from the database"),
    Listed("measurement:runs", _run),
    Listed("measurement:calculate", _counting_ledger),
    Listed("measurement:lines", why_fixed="its rows come from the store, not from the database (test_lines_pages.py)"),
    Listed("measurement:rules", _rule),
]
