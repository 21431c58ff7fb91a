"""A sent table: what it would change, taking it in, and writing the same table for people to fill in."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.errors import KeinoError
from keino.report.plain_sheet import PlainSheet
from keino.web.base.audit import acting
from keino.web.base.errors import NotAllowedNow, as_data, said
from keino.web.base.scanner import scan
from keino.web.measurement.names import category_choices
from keino.web.procurements.models import TableImport
from keino.web.procurements.services.table_contracts import ContractTable
from keino.web.procurements.services.table_kinds import Known, TableOf, Values
from keino.web.procurements.services.table_procurements import ProcurementTable
from keino.web.procurements.table_cells import Cell, Column, folded, in_every_language
from keino.web.procurements.table_choices import Change, ImportState, TableKind
from keino.web.procurements.table_errors import (
    ColumnsMissing,
    NoRowsBelow,
    RowChangedMeanwhile,
    RowThereAlready,
    RowTwice,
    RowUnknown,
)

if TYPE_CHECKING:
    from keino.engine.sheet_rows import SheetRow
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

#: Days after which a table that nobody confirmed is deleted, and refused rows of one that was taken in.
UNCONFIRMED_DAYS, REFUSED_DAYS = 7, 90
TABLES: dict[str, TableOf] = {TableKind.CONTRACTS: ContractTable(), TableKind.PROCUREMENTS: ProcurementTable()}


@dataclass
class ReadRow:
    """A row of a sent table: its number in the file, its texts, the values read, and what is wrong with it."""

    number: int
    cells: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    change: str = Change.REFUSED
    problems: list[tuple[str, KeinoError]] = field(default_factory=list)
    there: Any = None
    #: Columns whose value is another one than before.
    differs: list[str] = field(default_factory=list)

    def refuse(self, column: str, error: KeinoError) -> None:
        """Note what is wrong in a column."""
        self.problems.append((column, error))
        self.change = Change.REFUSED

    def kept(self) -> dict[str, Any]:
        """The row as JSON."""
        return {
            "row": self.number,
            "cells": self.cells,
            "change": str(self.change),
            "differs": self.differs,
            "problems": [{"column": column, "error": as_data(error)} for column, error in self.problems],
        }


# ---- reading


def preview(organisation: Organisation, kind: str, path: Path, *, by: Person) -> TableImport:
    """Read a sent table and keep what each row would do; nothing of the organisation's is changed.

    Raises TableUnreadable, Infected, ScannerFailed, ColumnsMissing, NoRowsBelow.
    """
    from keino.engine.sheet_rows import sheet_rows

    scan(path, path.name)
    head, *below = sheet_rows(path)
    table = TABLES[kind]
    places, passed_over = _places(table.columns, head, path)
    if not below:
        raise NoRowsBelow(path=path.name)
    rows = _judged(table, organisation, [_cells_of(row, places) for row in below])
    return TableImport.objects.create(
        organisation=organisation,
        kind=kind,
        file_name=path.name[-200:],
        rows=[row.kept() for row in rows],
        passed_over=passed_over,
        sent_by=by,
    )


def _places(columns: Sequence[Column], head: SheetRow, path: Path) -> tuple[dict[str, int], list[str]]:
    """Which column of the file is which, and the headings that keino doesn't know."""
    by_name = {name: column.name for column in columns for name in column.names()}
    places: dict[str, int] = {}
    passed_over = []
    for place, text in enumerate(head.cells):
        name = by_name.get(folded(text))
        if name is not None and name not in places:
            places[name] = place
        elif text and folded(text) not in _error_headings():
            passed_over.append(text[:60])
    missing = tuple(str(column.label) for column in columns if column.is_required and column.name not in places)
    if missing:
        raise ColumnsMissing(path=path.name, missing=missing, found=tuple(text[:60] for text in head.cells[:20]))
    return places, passed_over[:20]


def errors_heading() -> str:
    """The heading over what is wrong, in a file of refused rows."""
    return _("What is wrong")


def _error_headings() -> set[str]:
    from django.utils.translation import gettext_lazy

    return {folded(text) for text in in_every_language(gettext_lazy("What is wrong"))}


def _cells_of(row: SheetRow, places: dict[str, int]) -> ReadRow:
    cells = {name: row.cells[at] if at < len(row.cells) else "" for name, at in places.items()}
    return ReadRow(row.number, cells)


def _judged(table: TableOf, organisation: Organisation, rows: list[ReadRow]) -> list[ReadRow]:
    """What every row would do. Every cell of a row is looked at, so that all that is wrong is told at once."""
    for row in rows:
        for column in table.columns:
            try:
                row.values[column.name] = column.value_of(row.cells.get(column.name, ""))
            except KeinoError as error:
                row.refuse(column.name, error)
    wanted = [row.values["id"] for row in rows if row.values.get("id")]
    there, known = table.by_id(organisation, wanted), table.known(organisation)
    seen: dict[uuid.UUID, int] = {}
    for row in rows:
        if not row.problems:
            _find(row, table, there, seen)
        if not row.problems:
            _compare(row, table, known)
    return rows


def _find(row: ReadRow, table: TableOf, there: dict[uuid.UUID, Any], seen: dict[uuid.UUID, int]) -> None:
    """The thing that the row's id names. Raises nothing: the row is refused."""
    key = row.values["id"]
    if key is None:
        return
    label = str(table.columns[0].label)
    if key not in there:
        row.refuse("id", RowUnknown(column=label))
    elif key in seen:
        row.refuse("id", RowTwice(column=label, other=seen[key]))
    elif row.values["version"] not in {None, there[key].version}:
        row.refuse("version", RowChangedMeanwhile())
    else:
        row.there = there[key]
        seen[key] = row.number


def _compare(row: ReadRow, table: TableOf, known: Known) -> None:
    """Whether the row is new, changes something, or nothing."""
    _fill_in(row, table)
    try:
        table.check(row.values, known, row=row.there)
    except KeinoError as error:
        row.refuse(getattr(error, "field", ""), error)
        return
    told = table.told_by(row.values)
    if row.there is None:
        if told in known.there:
            row.refuse("id", RowThereAlready(title=known.there[told], column=str(table.columns[0].label)))
            return
        row.change, known.there[told] = Change.NEW, row.values["title"]
        return
    before, after = _written(table, table.values_of(row.there)), _written(table, row.values)
    row.differs = [name for name in row.cells if name not in {"id", "version"} and before[name] != after[name]]
    row.change = Change.CHANGED if row.differs else Change.SAME


def _fill_in(row: ReadRow, table: TableOf) -> None:
    """Columns that the file doesn't have keep the value they have."""
    if row.there is None:
        return
    values = _as_values(table, row.there)
    for column in table.columns:
        if column.name not in row.cells:
            row.values[column.name] = values[column.name]


def _as_values(table: TableOf, there: Any) -> dict[str, Any]:
    """The values of a row as reading its own export gives them."""
    written = _written(table, table.values_of(there))
    return {
        column.name: column.value_of("" if written[column.name] is None else str(written[column.name]))
        for column in table.columns
    }


def _written(table: TableOf, values: Values) -> dict[str, Cell]:
    """Values by column as they stand in a file; None for an empty cell."""
    cells = {column.name: column.write(values[column.name]) for column in table.columns}
    return {name: None if cell == "" else cell for name, cell in cells.items()}


# ---- taking in


def begin_taking(sent: TableImport) -> bool:
    """Say that a table is being taken in; False when it is, or was, already."""
    with transaction.atomic():
        kept = TableImport.objects.select_for_update().get(pk=sent.pk)
        if kept.state != ImportState.PREVIEW:
            return False
        if not any(row["change"] in {Change.NEW, Change.CHANGED} for row in kept.rows):
            raise NotAllowedNow(state=str(Change.REFUSED.label))
        kept.state = ImportState.TAKING
        kept.save(update_fields=["state"])
    sent.state = kept.state
    return True


def give_up_taking(sent: TableImport) -> None:
    """Taking was given up: the table waits for a confirmation again."""
    TableImport.objects.filter(pk=sent.pk, state=ImportState.TAKING).update(state=ImportState.PREVIEW)


@transaction.atomic
def take(sent: TableImport, *, by: Person) -> TableImport:
    """Do what the rows of a table say, all in one transaction; each row is judged anew first.

    A row that doesn't hold any more is refused, the others are kept. Doing it twice changes nothing.
    """
    kept = TableImport.objects.select_for_update().get(pk=sent.pk)
    if kept.state != ImportState.TAKING:
        return kept
    table = TABLES[kept.kind]
    wanted = [row for row in kept.rows if row["change"] in {Change.NEW, Change.CHANGED}]
    rows = _judged(table, kept.organisation, [ReadRow(row["row"], row["cells"]) for row in wanted])
    known = table.known(kept.organisation)
    with acting(by, act="table_taken_in"):
        for row in rows:
            if row.change != Change.REFUSED:
                _take(row, table, known, by=by, key=uuid.uuid5(kept.public_id, str(row.number)))
    done = {row.number: row.kept() | ({} if row.problems else {"cells": {}}) for row in rows}
    kept.rows = [
        done.get(row["row"], row if row["change"] == Change.REFUSED else row | {"cells": {}}) for row in kept.rows
    ]
    kept.state, kept.taken_at = ImportState.DONE, timezone.now()
    kept.save()
    return kept


def _take(row: ReadRow, table: TableOf, known: Known, *, by: Person, key: uuid.UUID) -> None:
    try:
        with transaction.atomic():
            table.save(row.values, known, row=row.there, by=by, key=key)
    except KeinoError as error:
        row.refuse(getattr(error, "field", ""), error)


# ---- writing


def export_of(organisation: Organisation, kind: str) -> PlainSheet:
    """Everything there is, to be edited and sent back."""
    table = TABLES[kind]
    rows = (list(_written(table, table.values_of(row)).values()) for row in table.rows(organisation))
    return _sheet(table, kind, rows)


def template_of(kind: str) -> PlainSheet:
    """The headings, without rows."""
    return _sheet(TABLES[kind], kind, ())


def refused_of(sent: TableImport) -> PlainSheet:
    """The refused rows as they were sent, each with what is wrong: to be mended and sent again."""
    table = TABLES[sent.kind]
    rows = (
        [*(row["cells"].get(column.name, "") for column in table.columns), " ".join(_said(row))]
        for row in sent.rows
        if row["change"] == Change.REFUSED
    )
    head = [*(str(column.label) for column in table.columns), errors_heading()]
    return PlainSheet(str(TableKind(sent.kind).label), head, rows, _("How to fill it in"), _notes(table))


def _said(row: dict[str, Any]) -> Iterator[str]:
    return (said(problem["error"]) for problem in row["problems"])


def _sheet(table: TableOf, kind: str, rows: Any) -> PlainSheet:
    head = [str(column.label) for column in table.columns]
    return PlainSheet(str(TableKind(kind).label), head, rows, _("How to fill it in"), _notes(table))


def _notes(table: TableOf) -> list[list[str]]:
    """What each column takes, then the codes of categories."""
    columns = [
        [str(column.label), str(column.hint), _("must be filled in") if column.is_required else ""]
        for column in table.columns
    ]
    categories = [[code, str(name), ""] for _main, leaves in category_choices() for code, name in leaves]
    return [[_("Column"), _("What to write"), ""], *columns, ["", "", ""], [_("Code"), _("Category"), ""], *categories]


# ---- forgetting


def retire_tables() -> int:
    """Delete tables that nobody confirmed, and those taken in whose refused rows had their time."""
    now = timezone.now()
    old = TableImport.objects.filter(state=ImportState.PREVIEW, sent_at__lt=now - timedelta(days=UNCONFIRMED_DAYS))
    done = TableImport.objects.filter(state=ImportState.DONE, taken_at__lt=now - timedelta(days=REFUSED_DAYS))
    return old.delete()[0] + done.delete()[0]
