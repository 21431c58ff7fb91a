"""The mapping wizard: what people say of columns counts, is learned for the same headings, and is theirs to forget."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from keino.engine.ingest import sheet_text
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.base.jobs import run_waiting_jobs
from keino.web.measurement import previews
from keino.web.measurement.choices import LedgerState
from keino.web.measurement.models import Ledger, LedgerFile, SavedMapping
from keino.web.measurement.queries.ledgers import reconciliation
from keino.web.measurement.services.mapping import save_mapping
from keino.web.measurement.tasks.ledgers import ask_reading
from keino.web.organisations.models import Organisation
from tests.factories.measurement import an_open_ledger, an_uploaded_file
from tests.factories.web import an_organisation, someone_who_is

#: Sum of n + 0.50 for n from 1 to 40.
BETA = Decimal("840.00")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]

#: Two columns could be the amount and none says so; keino must ask.
ODD = "Koodi;Alfa;Beta;Gamma\n" + "\n".join(f"4340;{n % 28 + 1}.3.2023;{n},50;{n * 2},25" for n in range(1, 41)) + "\n"


def a_read_file(city: Organisation, content: str | bytes = ODD, name: str = "outo.csv") -> LedgerFile:
    file = an_uploaded_file(an_open_ledger(city), content, name)
    return read(file)


def read(file: LedgerFile) -> LedgerFile:
    ask_reading(file.ledger, by=None)
    run_waiting_jobs()
    return LedgerFile.objects.select_related("ledger", "ledger__organisation").get(pk=file.pk)


def page(file: LedgerFile) -> str:
    assert file.ledger.organisation is not None
    where = {"slug": file.ledger.organisation.slug, "ledger": file.ledger.public_id, "file": file.public_id}
    return reverse("measurement:mapping", kwargs=where)


def choice(**changes: Any) -> dict[str, Any]:
    first = {
        "column_1": "account_code",
        "column_2": "posting_date",
        "column_3": "amount_net",
        "column_4": "",
        "seen": 0,
    }
    return first | changes


def test_a_file_that_needs_help_offers_its_columns(member: Client, city: Organisation) -> None:
    file = a_read_file(city)
    assert file.state == "failed"
    answer = member.get(page(file)).text
    for text in ("Koodi", "Alfa", "Beta", "Gamma", "1,50", "2,25", "Amount without VAT"):
        assert text in answer


def test_preview_shows_and_saves_nothing(member: Client, city: Organisation) -> None:
    file = a_read_file(city)
    answer = member.post(page(file), choice(preview="1"))
    assert answer.status_code == 200
    assert "2 March 2023" in answer.text.replace("\xa0", " ")
    assert ">1.50<" in answer.text
    assert not SavedMapping.objects.exists()


def test_saved_mapping_is_used_and_learned(member: Client, city: Organisation) -> None:
    file = a_read_file(city)
    member.post(page(file), choice())
    run_waiting_jobs()
    (total,) = reconciliation(Ledger.objects.get(pk=file.ledger_id)).totals
    assert (total.rows, total.counted) == (40, BETA)
    # the next file with these headings is read so without a word, another column order under other headings is not
    learned = a_read_file(city, ODD.replace("2023", "2024"), "seuraava.csv")
    assert (learned.state, learned.mapping) == ("read", SavedMapping.objects.get())
    assert a_read_file(city, ODD.replace("Beta", "Delta"), "toinen.csv").state == "failed"
    assert a_read_file(an_organisation(), ODD).state == "failed"  # nor is it another organisation's


def test_another_column_gives_another_total(member: Client, city: Organisation) -> None:
    file = a_read_file(city)
    member.post(page(file), choice(column_3="", column_4="amount_net"))
    run_waiting_jobs()
    (total,) = reconciliation(Ledger.objects.get(pk=file.ledger_id)).totals
    assert total.counted == sum((2 * Decimal(n) + Decimal("0.25") for n in range(1, 41)), Decimal(0))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"column_3": "", "column_4": ""}, "Choose the column that holds the amount"),
        ({"column_4": "amount_net"}, "is also chosen for column 3"),
        ({"column_2": ""}, "Alfa"),  # the engine: no date
        ({"column_1": "no_such_thing"}, "Select a valid choice"),
    ],
)
def test_a_choice_that_cannot_be_is_said(
    member: Client, city: Organisation, changes: dict[str, Any], said: str
) -> None:
    file = a_read_file(city)
    answer = member.post(page(file), choice(preview="1", **changes))
    assert answer.status_code == 400
    assert said in answer.text
    assert not SavedMapping.objects.exists()


def test_what_somebody_else_taught_meanwhile_is_not_overwritten(member: Client, city: Organisation) -> None:
    file = a_read_file(city)
    member.post(page(file), choice())
    run_waiting_jobs()
    answer = member.post(page(file), choice(column_3="", column_4="amount_net"))  # opened before: seen=0
    assert answer.status_code == 400
    assert "Somebody else changed this" in answer.text
    assert '<option value="amount_net" selected>' in answer.text  # the choice is still in the form
    assert SavedMapping.objects.get().version == 1


def test_a_mapping_changed_later_never_changes_an_older_reading(member: Client, city: Organisation) -> None:
    old = a_read_file(city)
    member.post(page(old), choice())
    run_waiting_jobs()
    new = a_read_file(city, ODD.replace("2023", "2024"), "uusi.csv")
    member.post(page(new), choice(column_3="", column_4="amount_net", seen=1))
    run_waiting_jobs()
    again = read(old)
    assert again.reading is not None
    assert Decimal(again.reading["amount_accepted"]) == BETA


def test_learned_mappings_are_listed_and_forgotten(member: Client, city: Organisation) -> None:
    file = a_read_file(city)
    member.post(page(file), choice())
    run_waiting_jobs()
    mappings = reverse("measurement:mappings", kwargs={"slug": city.slug})
    assert "Amount without VAT: Beta" in member.get(mappings).text
    kept = SavedMapping.objects.get()
    forget = reverse("measurement:mapping_forget", kwargs={"slug": city.slug, "mapping": kept.public_id})
    stranger = Client()
    stranger.force_login(someone_who_is("member"))
    assert stranger.post(forget).status_code == 403
    member.post(forget)
    assert not SavedMapping.objects.exists()
    assert read(file).state == "read"  # a file stays as it was read
    assert a_read_file(city, ODD, "kolmas.csv").state == "failed"


def test_headings_in_another_row_are_looked_for(member: Client, city: Organisation) -> None:
    file = a_read_file(city, "Raportti;;;\nTulostettu;1.1.2024;;\n" + ODD)
    assert file.preview is not None
    answer = member.post(page(file), choice(header_row="3", look="1"))
    assert "Beta" in answer.text
    member.post(page(file), choice(header_row="3"))
    run_waiting_jobs()
    assert LedgerFile.objects.get(pk=file.pk).reading["header_row"] == 3  # type: ignore[index]


@pytest.mark.parametrize(("order", "expected"), [("day_first", "2023-05-04"), ("month_first", "2023-04-05")])
def test_order_of_day_and_month_is_theirs_to_say(member: Client, city: Organisation, order: str, expected: str) -> None:
    rows = [f"4340;04/05/2023;{n}.50;x" for n in range(1, 41)]
    file = a_read_file(city, "\n".join(["Koodi;Alfa;Beta;Gamma", *rows]) + "\n")
    member.post(page(file), choice(date_order=order))
    run_waiting_jobs()
    kept = LedgerFile.objects.get(pk=file.pk)
    assert kept.preview is not None
    assert {row["date"] for row in kept.preview["rows"]} == {expected}


@pytest.mark.parametrize("state", [LedgerState.READING, LedgerState.APPROVED, LedgerState.WITHDRAWN])
def test_a_closed_ledger_keeps_its_columns(city: Organisation, state: str) -> None:
    file = a_read_file(city)
    Ledger.objects.update(state=state)
    with pytest.raises(NotAllowedNow):
        save_mapping(file, content="[columns]\n", by=None)


def test_two_first_teachers_at_once(city: Organisation) -> None:
    file = a_read_file(city)
    save_mapping(file, content='[columns]\namount_net = "Beta"\n', by=None, seen=0)
    with pytest.raises(Conflict):
        save_mapping(file, content='[columns]\namount_net = "Gamma"\n', by=None, seen=0)


def a_workbook() -> bytes:
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for name in ("Ostot", "Muut"):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(ODD.splitlines()):
                sheet.write_row(number, 0, row.split(";"))
    return content.getvalue()


@pytest.mark.parametrize("asked", [{"preview": "1"}, {"look": "1", "header_row": "2"}, {"look": "1", "sheet": "Muut"}])
def test_large_workbook_is_not_unpacked_while_somebody_waits(
    member: Client, city: Organisation, monkeypatch: pytest.MonkeyPatch, asked: dict[str, str]
) -> None:
    file = a_read_file(city, a_workbook(), "outo.xlsx")
    with monkeypatch.context() as patch:
        patch.setattr(previews, "TRIED_WORKBOOK_BYTES", 4000)
        patch.setattr(sheet_text, "_look", lambda *_: pytest.fail("the workbook was unpacked"))
        answer = member.post(page(file), choice(**asked))
    assert "outo.xlsx is too large a workbook to be tried while you wait" in answer.text
    member.post(page(file), choice())  # saving has it read in the background
    run_waiting_jobs()
    assert reconciliation(file.ledger).totals[0].counted == BETA


def test_small_workbook_is_tried_at_once(member: Client, city: Organisation) -> None:
    file = a_read_file(city, a_workbook(), "outo.xlsx")
    assert "too large" not in member.post(page(file), choice(preview="1")).text
