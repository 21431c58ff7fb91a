"""Write the three towns: a folder of ledgers for each buyer and the answers beside them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from keino.errors import UsageError
from keino.towns.buyers import BUYERS, Buyer
from keino.towns.chart import accounts
from keino.towns.events import with_events
from keino.towns.files import write_text, write_workbook
from keino.towns.invoices import year_invoices
from keino.towns.layouts import layout
from keino.towns.seasons import YEARS
from keino.towns.sheet import Sheet
from keino.towns.suppliers import Pool, pool

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from keino.towns.answers import FileAnswers

ANSWERS_FILE = "answers.json"


class NoTownLedgers(UsageError):
    """Years in which the example towns do not live."""

    code = "no_town_ledgers"
    template = "The example towns have no ledgers for {years}, so none were written. Choose from {first}–{last}."


@dataclass(frozen=True)
class Town:
    """An invented buyer as written: names, ``kind`` (municipality or state_agency), inhabitants (None for an agency),
    its ledger files and their answers. ``rows_written`` counts true lines, ``amount_total`` is their sum.
    """

    key: str
    name_fi: str
    name_sv: str
    name_en: str
    kind: str
    population: int | None
    currency: str
    files: tuple[Path, ...]
    rows_written: int
    amount_total: Decimal
    answers: tuple[FileAnswers, ...]


def write_towns(folder: Path, *, years: Sequence[int] = YEARS) -> tuple[Town, ...]:
    """Write ``folder``/<town>/<ledger of each year> and ``folder``/answers.json; return what was written.

    The same years give the same bytes; a year's file does not depend on which other years are asked for.
    Raises NoTownLedgers for a year without prices (the towns live from 2020 to 2024).
    """
    unknown = sorted(set(years) - set(YEARS))
    if unknown:
        raise NoTownLedgers(years=tuple(unknown), first=YEARS[0], last=YEARS[-1])
    towns = tuple(_write_town(buyer, folder, sorted(set(years))) for buyer in BUYERS)
    _write_answers(towns, folder)
    return towns


def _write_town(buyer: Buyer, folder: Path, years: Sequence[int]) -> Town:
    home = folder / buyer.key
    home.mkdir(parents=True, exist_ok=True)
    suppliers = pool(buyer.key, buyer.block, buyer.name[buyer.language], buyer.languages, buyer.suppliers_scale)
    answers = tuple(_write_year(buyer, suppliers, year, home) for year in years)
    return Town(
        key=buyer.key,
        name_fi=buyer.name["fi"],
        name_sv=buyer.name["sv"],
        name_en=buyer.name["en"],
        kind=buyer.kind,
        population=buyer.population,
        currency="EUR",
        files=tuple(folder / answer.file for answer in answers),
        rows_written=sum(answer.true_lines for answer in answers),
        amount_total=sum((answer.amount_total for answer in answers), Decimal(0)),
        answers=answers,
    )


def _write_year(buyer: Buyer, suppliers: Pool, year: int, home: Path) -> FileAnswers:
    chart = accounts(buyer.chart)
    invoices = with_events(buyer, suppliers, chart, year, year_invoices(buyer, suppliers, chart, year))
    sheet = Sheet(buyer, suppliers.own, layout(buyer, year), year)
    sheet.fill(invoices)
    path = home / sheet.layout.file_name
    (write_text if sheet.layout.delimiter else write_workbook)(sheet, path)
    return sheet.answers(f"{home.name}/{path.name}")


def _write_answers(towns: tuple[Town, ...], folder: Path) -> None:
    """Write answers.json: amounts as decimal strings."""
    about = "What a reader must find in the ledgers beside this file. Everything in them is invented."
    described = [
        {
            "key": town.key,
            "name_fi": town.name_fi,
            "name_sv": town.name_sv,
            "name_en": town.name_en,
            "kind": town.kind,
            "population": town.population,
            "currency": town.currency,
            "lines": town.rows_written,
            "amount_total": town.amount_total,
            "files": [asdict(answer) for answer in town.answers],
        }
        for town in towns
    ]
    text = json.dumps({"about": about, "towns": described}, default=str, ensure_ascii=False, indent=1)
    (folder / ANSWERS_FILE).write_bytes((text + "\n").encode())
