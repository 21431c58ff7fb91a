"""Further invented buyers of the same kind and size as the town of Ostoniemi, so that it has peers to compare with.

The town's generator makes them with other names, suppliers, scales and seeds; few lines each, as only sums are
compared.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from keino.towns.buyers import BUYERS, Buyer
from keino.towns.chart import accounts
from keino.towns.events import with_events
from keino.towns.files import write_text
from keino.towns.invoices import year_invoices
from keino.towns.layouts import layout
from keino.towns.sheet import Sheet
from keino.towns.suppliers import pool
from keino.towns.write import Town

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

#: key, names, residents, euros per chart euro and resident. All invented.
_NEIGHBOURS = (
    ("satuniemi", "Satuniemen kaupunki", "Satuniemi stad", "Town of Satuniemi", 28_000, 0.97),
    ("tarinaharju", "Tarinaharjun kaupunki", "Tarinaharju stad", "Town of Tarinaharju", 34_000, 1.08),
    ("haavelaakso", "Haavelaakson kaupunki", "Haavelaakso stad", "Town of Haavelaakso", 41_000, 0.92),
    ("arvoituskoski", "Arvoituskosken kaupunki", "Arvoituskoski stad", "Town of Arvoituskoski", 25_500, 1.03),
    ("kuvitelmaranta", "Kuvitelmarannan kaupunki", "Kuvitelmaranta stad", "Town of Kuvitelmaranta", 37_000, 1.12),
    ("luulosalmi", "Luulosalmen kaupunki", "Luulosalmi stad", "Town of Luulosalmi", 31_000, 0.88),
)


def write_neighbours(folder: Path, *, years: Sequence[int]) -> tuple[Town, ...]:
    """Write ``folder``/<neighbour>/<ledger of each year>; return what was written.

    The same years give the same bytes.
    """
    return tuple(_write(number, folder, years) for number in range(len(_NEIGHBOURS)))


def _write(number: int, folder: Path, years: Sequence[int]) -> Town:
    key, name_fi, name_sv, name_en, residents, scale = _NEIGHBOURS[number]
    model = BUYERS[0]
    buyer: Buyer = replace(
        model,
        key=key,
        name={"fi": name_fi, "sv": name_sv, "en": name_en},
        population=residents,
        number=str(996 - number),
        block=3 + number,
        euros_per_chart_euro=residents * scale,
        lines_scale=0.06,
        suppliers_scale=0.2,
    )
    home = folder / key
    home.mkdir(parents=True, exist_ok=True)
    suppliers = pool(key, buyer.block, name_fi, buyer.languages, buyer.suppliers_scale)
    chart = accounts(buyer.chart)
    files, answers = [], []
    for year in years:
        invoices = with_events(buyer, suppliers, chart, year, year_invoices(buyer, suppliers, chart, year))
        sheet = Sheet(buyer, suppliers.own, layout(model, year), year)
        sheet.fill(invoices)
        path = home / sheet.layout.file_name
        write_text(sheet, path)
        files.append(path)
        answers.append(sheet.answers(f"{key}/{path.name}"))
    return Town(
        key=key,
        name_fi=name_fi,
        name_sv=name_sv,
        name_en=name_en,
        kind=buyer.kind,
        population=residents,
        currency="EUR",
        files=tuple(files),
        rows_written=sum(answer.true_lines for answer in answers),
        amount_total=sum((answer.amount_total for answer in answers), Decimal(0)),
        answers=tuple(answers),
    )
