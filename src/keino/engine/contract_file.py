"""The buyer's contracts as a table (CSV or workbook): rows that can't be used are named, the others are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from keino.domain.plans.influence import Contract
from keino.engine.import_files import Line, UnreadableImport, csv_lines, file_kind, sheets
from keino.engine.plan_values import day, money, shown
from keino.errors import KeinoError, Problem, UsageError, mark

#: Columns of the table; the first two must be there, others than these are passed over.
COLUMNS = ("category", "value_eur", "ends", "renews")
_REMEDY = mark("Save it as CSV (UTF-8) or .xlsx with the columns category, value_eur, ends, renews.")


class ContractsUnreadable(KeinoError):
    """A table of contracts that can't be read."""

    code = "contracts_unreadable"
    template = "{path} can't be read as a table of contracts: {what}. No plan was made. {remedy}"


class ContractColumnsMissing(UsageError):
    """A table of contracts without the columns it needs."""

    code = "contract_columns_missing"
    template = (
        "{path} has no column {missing}, so its contracts can't be told. It needs category and value_eur, and may have "
        "ends and renews; it has: {found}."
    )


@dataclass(frozen=True)
class RowProblem:
    """A row that was left out, by its number in the file, and everything that is wrong with it."""

    row: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class ContractReading:
    """How a table of contracts was read: rows = contracts + rejected."""

    path: str
    rows: int
    contracts: tuple[Contract, ...]
    rejected: tuple[RowProblem, ...]


def read_contracts(path: Path, categories: frozenset[str]) -> ContractReading:
    """Read the table; of a workbook its first sheet that has rows. ``categories`` are the codes there are.

    Raises ContractsUnreadable and ContractColumnsMissing.
    """
    try:
        lines = list(_lines(path))
    except UnreadableImport as error:
        raise ContractsUnreadable(path=path.name, what=error.values["what"], remedy=_REMEDY) from error
    if not lines:
        raise ContractsUnreadable(path=path.name, what=mark("it has no rows"), remedy=_REMEDY)
    places = {" ".join(cell.split()).casefold(): number for number, cell in reversed(list(enumerate(lines[0][1])))}
    missing = [name for name in COLUMNS[:2] if name not in places]
    if missing:
        found = tuple(shown(cell) for cell in lines[0][1] if cell.strip())[:20]
        raise ContractColumnsMissing(path=path.name, missing=tuple(missing), found=found)
    contracts: list[Contract] = []
    rejected: list[RowProblem] = []
    for number, cells in lines[1:]:
        row = {name: cells[at].strip() if (at := places.get(name, len(cells))) < len(cells) else "" for name in COLUMNS}
        problems: list[Problem] = []
        contract = _contract(row, categories, problems)
        if contract is None:
            rejected.append(RowProblem(number, tuple(problems)))
        else:
            contracts.append(contract)
    return ContractReading(path.name, len(lines) - 1, tuple(contracts), tuple(rejected))


def _lines(path: Path) -> Iterator[Line]:
    if file_kind(path) != "xlsx":
        return csv_lines(path)
    return iter(next((sheet for sheet in sheets(path) if sheet), []))


def _contract(row: dict[str, str], categories: frozenset[str], problems: list[Problem]) -> Contract | None:
    if row["category"] not in categories:
        _wrong(problems, "category", row["category"], Problem("the code of a category (`keino facts show categories`)"))
    value = money(row["value_eur"])
    if value is None or value < 0:
        _wrong(problems, "value_eur", row["value_eur"], Problem("an amount of zero or more"))
    days = {name: day(row[name]) for name in ("ends", "renews")}
    for name, found in days.items():
        if row[name] and found is None:
            _wrong(problems, name, row[name], Problem("a date such as 2027-12-31"))
    if problems or value is None:
        return None
    return Contract(row["category"], value, days["ends"], days["renews"])


def _wrong(problems: list[Problem], column: str, text: str, wanted: Problem) -> None:
    if text:
        problems.append(
            Problem("{place} is {text}, it must be {wanted}", place=column, text=shown(text), wanted=wanted)
        )
    else:
        problems.append(Problem("{column} is empty", column=column))
