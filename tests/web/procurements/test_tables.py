"""Contracts and procurements as tables: there and back in three formats, wrong rows named, wrong files refused."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from keino.engine.sheet_rows import SheetRow, sheet_rows
from keino.report.plain_sheet import FORMATS, PlainSheet, written
from keino.web.base.jobs import run_waiting_jobs
from keino.web.procurements.models import Contract, Procurement, TableImport
from keino.web.procurements.services.tables import TABLES, retire_tables
from tests.factories.contracts import a_contract
from tests.factories.procurements import a_whole_procurement
from tests.factories.web import an_organisation, someone_who_is
from tests.web.procurements.test_contracts import client_of, url

pytestmark = pytest.mark.django_db
HEAD = [column.name for column in TABLES["contracts"].columns]


def row(**cells: str) -> list[str]:
    whole = {
        "title": "Cleaning",
        "supplier_name": "Imaginary Cleaning Ltd",
        "category": "FOOD",
        "yearly_value_eur": "12 000,50",
        "valid_from": "1.1.2026",
        "ends_on": "2028-12-31",
    }
    return [{**whole, **cells}.get(name, "") for name in HEAD]


def send(client: Any, town: Any, content: bytes, name: str = "contracts.csv", kind: str = "contracts") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(url("table", town, kind=kind), {"file": file})


def sheet(rows: list[list[str]], kind: str = "csv") -> bytes:
    return written(PlainSheet("t", HEAD, rows), kind)


def take(client: Any, town: Any, kind: str = "contracts") -> TableImport:
    sent = TableImport.objects.latest("pk")
    client.post(url("table_take", town, kind=kind, sent=sent.public_id))
    run_waiting_jobs()
    sent.refresh_from_db()
    return sent


def rows_of(content: bytes, kind: str, folder: Path) -> list[SheetRow]:
    path = folder / f"file.{kind}"
    path.write_bytes(content)
    return sheet_rows(path)


def test_five_wrong_rows_of_a_thousand_are_named_and_the_other_995_are_taken_in(tmp_path: Path) -> None:
    member = someone_who_is("member", town := an_organisation())
    client = client_of(member)
    rows = [row(title=f"Contract {number}") for number in range(1000)]
    rows[6] = row(title="")
    rows[99] = row(title="No such category", category="NOWHERE")
    rows[100] = row(title="Two things", yearly_value_eur="much", valid_from="31.2.2026")
    rows[500] = row(title="Ends first", ends_on="2025-01-01")
    rows[999] = row(title="Contract 3")  # there is one in row 5
    answer = send(client, town, sheet(rows))
    sent = TableImport.objects.get()
    preview_url = url("table_preview", town, kind="contracts", sent=sent.public_id)
    assert answer["Location"] == preview_url
    assert not Contract.objects.exists()  # a preview first
    page = client.get(preview_url).content.decode()
    assert [each["row"] for each in sent.rows if each["change"] == "refused"] == [8, 101, 102, 502, 1001]
    for words in ("Take in 995 rows", "“Name” is empty", "NOWHERE", "“Yearly value, €” is “much”", "31.2.2026"):
        assert words in page
    sent = take(client, town)
    assert sent.state == "done"
    assert Contract.objects.filter(organisation=town).count() == 995
    assert Contract.objects.get(title="Contract 3").yearly_value_eur == Decimal("12000.50")
    take(client, town)  # a second press
    assert Contract.objects.count() == 995

    refused = client.get(url("table_refused", town, kind="contracts", sent=sent.public_id, wanted="xlsx")).content
    head, *left = rows_of(refused, "xlsx", tmp_path)
    assert len(left) == 5
    assert head.cells[-1] == "What is wrong"
    mended = [[*each.cells[: len(HEAD)]] for each in left]
    mended[0][HEAD.index("title")] = "A name"
    mended[1][HEAD.index("category")] = "FOOD"
    mended[2][HEAD.index("yearly_value_eur")], mended[2][HEAD.index("valid_from")] = "5", "2026-02-28"
    mended[3][HEAD.index("ends_on")] = "2029-01-01"
    mended[4][HEAD.index("title")] = "Contract 3b"
    send(
        client, town, written(PlainSheet("t", head.cells, [[*each, "old words"] for each in mended]), "xlsx"), "m.xlsx"
    )
    assert take(client, town).passed_over == []
    assert Contract.objects.count() == 1000


@pytest.mark.parametrize("kind", FORMATS)
def test_an_export_is_edited_and_sent_back_and_changes_the_same_rows(kind: str, tmp_path: Path) -> None:
    member = someone_who_is("member", town := an_organisation())
    client = client_of(member)
    kept = a_contract(town, title="=1+1", owner=member)
    edited = a_contract(town, title="Åbo – lunches", ends_on=None, yearly_value_eur=Decimal(0))
    content = client.get(url("table_export", town, kind="contracts", wanted=kind)).content
    head, *rows = rows_of(content, kind, tmp_path)
    cells = [[*each.cells, *[""] * (len(head.cells) - len(each.cells))] for each in rows]
    assert [each[2] for each in cells] == ["=1+1", "Åbo – lunches"]
    cells[1][6] = "2500"
    send(client, town, written(PlainSheet("t", head.cells, cells), kind), f"export.{kind}")
    assert [each["change"] for each in TableImport.objects.get().rows] == ["same", "changed"]
    assert TableImport.objects.get().rows[1]["differs"] == ["yearly_value_eur"]
    take(client, town)
    edited.refresh_from_db()
    kept.refresh_from_db()
    assert (edited.yearly_value_eur, edited.version) == (Decimal("2500.00"), 2)
    assert (kept.title, kept.version, kept.owner) == ("=1+1", 1, member)
    assert Contract.objects.count() == 2
    send(client, town, written(PlainSheet("t", head.cells, cells), kind), f"export.{kind}")  # its version is old now
    changed = TableImport.objects.latest("pk").rows[1]
    assert (changed["change"], changed["problems"][0]["error"]["code"]) == ("refused", "row_changed_meanwhile")


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("language", ["fi", "en"])
def test_procurements_go_there_and_back(kind: str, language: str, tmp_path: Path) -> None:
    member = someone_who_is("member", town := an_organisation())
    client = client_of(member)
    client.cookies["keino_language"] = language
    there = a_whole_procurement(town, is_outcome_based=True, affects=["users", "environment"], owner=member)
    content = client.get(
        url("table_export", town, kind="procurements", wanted=kind), headers={"accept-language": language}
    ).content
    head, *rows = rows_of(content, kind, tmp_path)
    cells = [*rows[0].cells, *[""] * (len(head.cells) - len(rows[0].cells))]
    new = ["", "", "Timber school", *cells[3:]]
    cells[2] = "School lunches, anew"
    send(client, town, written(PlainSheet("t", head.cells, [cells, new]), kind), f"p.{kind}", kind="procurements")
    assert [each["change"] for each in TableImport.objects.get().rows] == ["changed", "new"]
    assert TableImport.objects.get().rows[0]["differs"] == ["title"]
    take(client, town, "procurements")
    there.refresh_from_db()
    made = Procurement.objects.get(title="Timber school")
    assert (there.title, there.state, there.version) == ("School lunches, anew", "idea", 2)
    assert (made.estimated_value_eur, sorted(made.affects)) == (there.estimated_value_eur, ["environment", "users"])
    assert made.is_outcome_based
    assert made.owner == member


def test_rows_of_others_and_rows_named_twice_are_refused() -> None:
    member = someone_who_is("member", town := an_organisation())
    mine, theirs = a_contract(town), a_contract(an_organisation())
    client = client_of(member)
    rows = [
        row(id=str(theirs.public_id), title="Stolen"),
        row(id=str(mine.public_id), title="First"),
        row(id=str(mine.public_id), title="Second"),
        row(title="Owner of elsewhere", owner="somebody@example.org"),
    ]
    send(client, town, sheet(rows))
    found = [
        (each["change"], [p["error"]["code"] for p in each["problems"]]) for each in TableImport.objects.get().rows
    ]
    assert found == [
        ("refused", ["row_unknown"]),
        ("changed", []),
        ("refused", ["row_twice"]),
        ("refused", ["cell_wrong"]),
    ]
    take(client, town)
    theirs.refresh_from_db()
    mine.refresh_from_db()
    assert (theirs.title, mine.title) == ("Cleaning of schools", "First")


def test_what_somebody_changes_between_preview_and_confirmation_is_not_overwritten() -> None:
    member = someone_who_is("member", town := an_organisation())
    contract = a_contract(town)
    client = client_of(member)
    send(client, town, sheet([row(id=str(contract.public_id), version="1", title="From the file")]))
    Contract.objects.update(title="By hand", version=2)
    sent = take(client, town)
    contract.refresh_from_db()
    assert contract.title == "By hand"
    assert [each["change"] for each in sent.rows] == ["refused"]


def test_columns_that_a_file_lacks_keep_what_they_have() -> None:
    member = someone_who_is("member", town := an_organisation())
    contract = a_contract(town, supplier_business_id="1234567-1")
    head = ["id", "title", "supplier_name", "category", "yearly_value_eur", "valid_from"]
    cells = [str(contract.public_id), "Renamed", "Imaginary Cleaning Ltd", "FOOD", "1", "2026-01-01"]
    client = client_of(member)
    send(client, town, written(PlainSheet("t", head, [cells]), "csv"))
    take(client, town)
    contract.refresh_from_db()
    assert (contract.title, contract.supplier_business_id) == ("Renamed", "1234567-1")
    assert contract.ends_on is not None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "0 bytes"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"a;b\n1;2\n", "has no column"),
        (sheet([]), "no rows below"),
    ],
)
def test_a_wrong_file_is_refused_and_nothing_is_kept(content: bytes, words: str) -> None:
    member = someone_who_is("member", town := an_organisation())
    answer = send(client_of(member), town, content, "contracts.xlsx")
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not TableImport.objects.exists()


def test_the_template_says_what_each_column_takes() -> None:
    from python_calamine import CalamineWorkbook

    member = someone_who_is("member", town := an_organisation())
    content = client_of(member).get(url("table_template", town, kind="contracts", wanted="xlsx")).content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    first, notes = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert len(first) == 1
    assert [line[0] for line in notes[1 : 1 + len(HEAD)]] == first[0]


def test_tables_that_nobody_confirmed_are_forgotten_after_a_week() -> None:
    member = someone_who_is("member", town := an_organisation())
    send(client_of(member), town, sheet([row()]))
    assert retire_tables() == 0
    TableImport.objects.update(sent_at=timezone.now() - timedelta(days=8))
    assert retire_tables() == 1
