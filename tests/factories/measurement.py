"""Uploads and ledgers for the site's tests."""

from __future__ import annotations

import io
from typing import Any

from keino.web.measurement.models import Ledger, LedgerFile
from keino.web.measurement.services.uploads import receive_whole
from keino.web.organisations.models import Organisation
from tests.factories.web import an_organisation

HEADER = "Tositenumero;Tositepäivämäärä;Tilinumero;Tilin nimi;Toimittajan nimi;Selite;Netto"


def ledger_text(lines: int = 3, *, wrong: int = 0, header: str = HEADER) -> str:
    """A ledger in which line n costs n + 0.50 euros; ``wrong`` further lines have no amount that can be read."""
    good = [
        f"{20_000 + n};{n % 28 + 1}.{n % 12 + 1}.2023;4340;Asiantuntijapalvelut;Firma {n % 9} Oy;Työ {n};{n},50"
        for n in range(1, lines + 1)
    ]
    bad = [f"{90_000 + n};1.3.2023;4340;Asiantuntijapalvelut;Virhe {n} Oy;Rikki;#ARVO!" for n in range(1, wrong + 1)]
    return "\n".join([header, *good, *bad]) + "\n"


def an_open_ledger(organisation: Organisation | None = None, **fields: Any) -> Ledger:
    fields = {"title": "Purchases 2023"} | fields
    if "visit" not in fields:
        fields["organisation"] = organisation or an_organisation()
    return Ledger.objects.create(**fields)


def an_uploaded_file(ledger: Ledger, content: bytes | str = b"", name: str = "ostot.csv") -> LedgerFile:
    """A file that has come whole."""
    content = content or ledger_text()
    content = content.encode() if isinstance(content, str) else content
    return receive_whole(ledger, name=name, size=len(content), stream=io.BytesIO(content), by=None)
