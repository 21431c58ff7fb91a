"""For the matrix of who may open what: a ledger that was read, with rejected rows, and a mapping that was taught."""

from __future__ import annotations

from typing import Any

from keino.web.measurement.choices import LedgerState
from keino.web.measurement.models import Ledger, LedgerFile, SavedMapping
from keino.web.measurement.services.ledgers_reading import read_file
from tests.factories.measurement import an_open_ledger, an_uploaded_file, ledger_text


def add_ledgers(scene: Any) -> None:
    """Set ``scene.read_ledger``, ``scene.read_file`` and ``scene.mapping``."""
    scene.read_ledger = an_open_ledger(scene.organisation, title="Read 2023")
    file = an_uploaded_file(scene.read_ledger, ledger_text(30, wrong=2))
    read_file(LedgerFile.objects.select_related("ledger").get(pk=file.pk), by=None)
    Ledger.objects.filter(pk=scene.read_ledger.pk).update(state=LedgerState.READ)
    scene.read_file = LedgerFile.objects.get(pk=file.pk)
    scene.mapping = SavedMapping.objects.create(
        organisation=scene.organisation, header_key="f" * 64, title="taught.csv", content="[columns]\n"
    )
