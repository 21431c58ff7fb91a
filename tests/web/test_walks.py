"""Walks 1 and 2 of the site, as people take them: in Finnish, in a browser, with a real ledger (Paimio's open data).

Words on pages are named by their English source and looked for in Finnish, so that a missing translation fails too.

Background work is done between pages by ``run_waiting_jobs``. The numbers on the pages are held against the file, added
up here with nothing but the csv module, against what ``docs/methods/validation.md`` prints about this very file, and
against the published table of factors.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import ngettext

from keino.web.base.jobs import run_waiting_jobs
from keino.web.base.mail_sending import send_due
from keino.web.base.models import Person
from keino.web.measurement.choices import LedgerState
from keino.web.measurement.models import Ledger, LedgerFile, Run, Visit
from keino.web.measurement.services.visits import IDLE, retire_visits
from keino.web.organisations.models import Organisation
from tests.factories.web import a_person, a_role, an_organisation, someone_who_is
from tests.web.browser import OpenPage
from tests.web.finnish import fi

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

VALIDATION = Path(__file__).resolve().parents[2] / "docs" / "methods" / "validation.md"
#: Words that only this ledger has: where one of them is found, something of the ledger is.
TRACES = ("paimio_2020_2023_part", "TAP-Service", "0883127")
FIRST_ROW, FIRST_ROWS = (
    "The first row as keino understood it",
    "The first %(rows)s rows as keino understood them",
)
LINE_BEHIND, LINES_BEHIND = "See the %(counter)s line behind this", "See the %(counter)s lines behind this"
BOTH_WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])


@pytest.fixture(autouse=True)
def no_limits_left_over() -> None:
    cache.clear()


@pytest.fixture
def paimio(shared_data: Path) -> Path:
    return shared_data / "ledgers" / "fi" / "paimio_2020_2023_part.csv"


# ---- what the numbers must be, worked out beside keino


def rows_of(paimio: Path) -> list[dict[str, str]]:
    with paimio.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def spend_of(paimio: Path) -> dict[str, Decimal]:
    """Year → sum of the amounts."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in rows_of(paimio):
        found[row["Tositekuukausi"][:4]] += amount(row["Summa (alv 0%)"])
    return found


def validated() -> dict[str, float]:
    """Year → kg CO2e per euro, as the validation page prints it for this file."""
    found = re.findall(
        r"^\| `paimio-(\d{4})` \|[^|]*\|[^|]*\| ([0-9.]+) \|", VALIDATION.read_text("utf-8"), re.MULTILINE
    )
    assert len(found) == 2
    return {year: float(number) for year, number in found}


def amount(text: str) -> Decimal:
    """A number as Finns write it."""
    plain = re.sub(r"[\s€]|kg|CO₂e|\bt\b", "", text).replace("−", "-").replace(",", ".")
    return Decimal(plain)


# ---- steps


def follow(page: Any, name: str, *, within: str = "main") -> None:
    """Follow the first link with this name."""
    page.locator(within).get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_load_state()


def press(page: Any, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def wait_for(page: Any, words: str) -> None:
    """Until the page says this: by itself where it may, by loading it again where scripts are off."""
    run_waiting_jobs()
    if not page.evaluate("matchMedia('(scripting: enabled)').matches"):
        page.reload()
    page.locator("main").get_by_text(words).first.wait_for()


def cells(page: Any, table: str, row: str) -> list[str]:
    """The cells of the row with this heading."""
    found = page.locator(f"table#{table} tr").filter(has=page.get_by_role("rowheader", name=row, exact=True))
    return [text.strip() for text in found.first.locator("td").all_inner_texts()]


def send_file(page: Any, paimio: Path) -> None:
    page.get_by_label(fi("Ledger files")).set_input_files(str(paimio))
    press(page, fi("Send and read"))
    page.get_by_role("heading", level=1, name="paimio_2020_2023_part").wait_for()


def see_how_it_was_read(page: Any, paimio: Path) -> None:
    """20 rows, the totals, what was left out, all of it before anything counts."""
    wait_for(page, fi("Looks right"))
    rows, total = rows_of(paimio), sum(spend_of(paimio).values())
    said = page.get_by_role("heading", level=2).first.inner_text()
    numbers = re.findall(r"\d[\d\s]*(?:,\d+)?", said)
    assert [amount(number) for number in numbers] == [total, len(rows)]
    with translation.override("fi"):
        caption = ngettext(FIRST_ROW, FIRST_ROWS, 20) % {"rows": 20}
    sample = page.get_by_role("table", name=caption)
    shown = [row.locator("th, td").all_inner_texts() for row in sample.locator("tbody tr").all()]
    assert [(row[2], amount(row[6])) for row in shown] == [
        (row["Toimittajan nimi"], amount(row["Summa (alv 0%)"])) for row in rows[:20]
    ]
    assert not Run.objects.exists()


def see_the_footprint(page: Any, paimio: Path) -> None:
    """The interval around the footprint, and each year as the validation page has it."""
    spend = spend_of(paimio)
    for year, kg_per_euro in validated().items():
        lines, euros, tonnes, low, high, intensity = cells(page, "years", year)
        of_year = [row for row in rows_of(paimio) if row["Tositekuukausi"].startswith(year)]
        assert (int(lines), amount(euros)) == (len(of_year), round(spend[year], 0))
        assert float(amount(tonnes)) == pytest.approx(kg_per_euro * float(spend[year]) / 1000, rel=0.006)
        assert float(amount(intensity)) == pytest.approx(kg_per_euro, abs=0.0006)
        assert amount(low) < amount(tonnes) < amount(high)
    assert page.get_by_role("heading", name=fi("Coverage: how far the answer can be trusted")).is_visible()
    figures = [re.sub(r"\s", " ", text) for text in page.locator(".key-figure").all_inner_texts()]
    assert [bool(re.search(r"\d t CO₂e.*95 %\D+\d+–\d+ t", text)) for text in figures].count(True) == 1


def first_footprint(page: Any, paimio: Path) -> None:
    """From the front page to the answer."""
    follow(page, fi("Try it with your ledger"))
    send_file(page, paimio)
    see_how_it_was_read(page, paimio)
    press(page, fi("Looks right"))
    wait_for(page, fi("See the footprint"))
    follow(page, fi("See the footprint"))
    see_the_footprint(page, paimio)
    spots = page.get_by_role("heading", name=fi("Three hotspots")).locator("xpath=..").get_by_role("listitem")
    said = [re.sub(r"\s", " ", text) for text in spots.all_inner_texts()]
    assert len(said) == 3
    for words in said:
        assert re.search(r"\d (t|kg) CO₂e \(95 %\D+[\d –,]+ (t|kg)\), \d+ %", words), words
    follow(page, fi("All hotspots, and what would change each"))
    first = page.get_by_role("group").filter(has_text=fi("What would change this?")).first
    first.locator("summary").click()
    assert first.get_by_role("listitem").first.is_visible()


def traces() -> list[str]:
    """Whatever is left of the ledger: rows of any table, files and folders."""
    rows = [
        model._meta.label
        for model in apps.get_models()
        for row in model._base_manager.values()
        if any(trace in str(row) for trace in TRACES)
    ]
    folders = [Path(settings.MEDIA_ROOT), Path(settings.STORE_FOLDER)]
    files = [path for folder in folders for path in folder.rglob("*") if path.name != "ledgers"]
    return rows + [str(path) for path in files]


# ---- walk 1: first footprint


@BOTH_WAYS
def test_first_footprint_without_an_account_vanishes_with_the_visit(
    open_page: OpenPage, paimio: Path, javascript: bool
) -> None:
    page = open_page("/", javascript=javascript)
    first_footprint(page, paimio)
    assert len(traces()) > 5
    follow(page, fi("Forget it now"))
    press(page, fi("Forget it now"))
    assert page.get_by_text(fi("Everything of your visit was deleted: files, readings and results.")).is_visible()
    assert traces() == []
    assert [model.objects.count() for model in (Visit, Ledger, LedgerFile, Run)] == [0, 0, 0, 0]
    page.goto("/footprint/result/")
    assert page.get_by_role("heading", level=1).inner_text() == fi("Try it without an account")
    assert page.complaints == []


def test_visit_that_was_left_vanishes_by_itself(open_page: OpenPage, paimio: Path) -> None:
    page = open_page("/")
    first_footprint(page, paimio)
    assert retire_visits() == 0
    Visit.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    page.reload()
    assert page.get_by_role("heading", level=1).inner_text() == fi("Try it without an account")
    assert retire_visits() == 1
    assert traces() == []
    assert dt.timedelta(hours=1) <= IDLE <= dt.timedelta(hours=3)  # the page says two hours


@BOTH_WAYS
def test_first_footprint_is_kept_with_a_new_account(open_page: OpenPage, paimio: Path, javascript: bool) -> None:
    page = open_page("/", javascript=javascript)
    first_footprint(page, paimio)
    follow(page, fi("Make an account to keep it"))
    follow(page, fi("Make an account"))
    page.get_by_label("Sähköposti").fill("taina.talous@paimio.example")
    press(page, fi("Make an account"))
    page.locator("input[name=code]").fill(code_from_the_mail("taina.talous@paimio.example"))
    press(page, page.locator("main form button[type=submit]").first.inner_text())
    page.get_by_label(fi("Name of the organisation")).fill("Paimion kaupunki")
    page.get_by_label(fi("What it is")).select_option(label=fi("municipality or city"))
    press(page, fi("Keep it"))
    assert page.get_by_text(fi("Your ledger is kept under %(name)s.", name="Paimion kaupunki")).is_visible()
    person, town = Person.objects.get(email="taina.talous@paimio.example"), Organisation.objects.get()
    kept, run = Ledger.objects.get(), Run.objects.get()
    assert (kept.organisation, kept.state, kept.owner) == (town, LedgerState.CONFIRMED, person)
    assert (run.organisation, run.visit, town.is_public) == (town, None, False)
    assert retire_visits() == 0
    follow(page, fi("Footprint"), within="nav.stepper")
    assert page.url.endswith("/footprint/")
    see_the_footprint(page, paimio)
    assert page.complaints == []


def code_from_the_mail(address: str) -> str:
    """The code of the mail, which the worker sends."""
    send_due()
    (sent,) = [each for each in mail.outbox if each.to == [address]]
    (code,) = re.findall(r"^([A-Z0-9-]{5,12})$", str(sent.body), re.MULTILINE)
    return str(code)


# ---- walk 2: doubt answered


@pytest.fixture
def town(paimio: Path) -> Organisation:
    """Paimio with its ledger read, confirmed by a member and calculated."""
    town = an_organisation("Paimion kaupunki", slug="paimio")
    client = Client()
    client.force_login(someone_who_is("member", town))
    with paimio.open("rb") as stream:
        client.post("/o/paimio/ledger/new/", {"ledger_files": stream})
    run_waiting_jobs()
    ledger = Ledger.objects.get()
    client.post(f"/o/paimio/ledger/{ledger.public_id}/confirm/", {"version": ledger.version})
    run_waiting_jobs()
    return town


@BOTH_WAYS
def test_doubt_is_answered_from_a_number_to_the_books(
    open_page: OpenPage, town: Organisation, paimio: Path, shared_data: Path, javascript: bool
) -> None:
    approver = a_person("Riitta Rahastonhoitaja")
    a_role(approver, "approver", town)
    page = open_page("/home/", approver, javascript=javascript)
    follow(page, "Paimion kaupunki")
    follow(page, fi("Open the footprint"))
    see_the_footprint(page, paimio)
    category = "Kiinteistöjen, alueiden ja laitteiden ylläpito"
    count = int(cells(page, "main-categories", category)[0])
    follow(page, category)
    with translation.override("fi"):
        lines = ngettext(LINE_BEHIND, LINES_BEHIND, count) % {"counter": count}
    follow(page, lines)
    assert str(count) in page.locator("main").get_by_role("status").inner_text()
    see_one_line(page, paimio, shared_data)
    follow(page, fi("Open the ledger with its control totals"))
    compare_with_the_books(page, sum(spend_of(paimio).values(), Decimal()))
    assert [said for said in page.complaints if "400 (Bad Request)" not in said] == []  # the total that differed
    trail = open_page("/o/paimio/audit/", someone_who_is("responsible_person", town), javascript=javascript)
    by_her = re.compile(r"Riitta Rahastonhoitaja\s.*paimio_2020_2023_part", re.DOTALL)
    (newest,) = [row for row in trail.locator("tbody tr").all_inner_texts() if by_her.search(row)]
    with translation.override("fi"):
        confirmed, approved = str(LedgerState.CONFIRMED.label), str(LedgerState.APPROVED.label)
    assert f"{confirmed} → {approved}" in newest


def see_one_line(page: Any, paimio: Path, shared_data: Path) -> None:
    """The dearest line of a supplier: amount as in the file, factors as published, and their product."""
    supplier = "TAP-Service Oy"
    follow(page, supplier)
    dearest = max(
        amount(row["Summa (alv 0%)"]) for row in rows_of(paimio) if row["Toimittajan nimi"].strip() == supplier
    )
    assert amount(page.get_by_role("heading", level=1).inner_text().removeprefix(f"{supplier},")) == dearest
    published = factors_of(shared_data)
    mean = 0.0
    for heading in page.get_by_role("heading", level=3).all():
        (code,) = re.findall(r"\((\w+)\)$", heading.inner_text())
        facts = heading.locator("xpath=following-sibling::dl[1]")
        number, year = re.findall(r"^([\d,]+) kgCO2e/EUR.*(\d{4})", fact(facts, fi("Value")))[0]
        assert float(amount(number)) == pytest.approx(published[year, code], abs=0.00001)
        share = fact(facts, fi("Share of the category"))
        mean += float(amount(number)) * (float(amount(share.rstrip("%"))) / 100 if share else 1)
        assert "FIGARO" in fact(facts, fi("Source"))
    exactly = fact(page.locator("main"), fi("Exactly"))
    assert float(amount(exactly)) == pytest.approx(float(dearest) * mean, rel=0.001)
    assert re.search(r"\d–\d", fact(page.locator("main"), fi("95%% interval").replace("%%", "%")))
    moves = page.get_by_role("heading", name=fi("What would move this number?"))
    assert moves.locator("xpath=following-sibling::ul[1]").get_by_role("listitem").count() >= 3


def fact(within: Any, label: str) -> str:
    """What stands beside a label; nothing where the label isn't."""
    found = within.locator("dt").filter(has_text=re.compile(f"^{re.escape(label)}$")).locator("xpath=following::dd[1]")
    return re.sub(r"\s", " ", found.first.inner_text()) if found.count() else ""


def factors_of(shared_data: Path) -> dict[tuple[str, str], float]:
    """(Year, product) → kg CO2e per euro at purchaser prices, as published by the makers of the factors."""
    path = shared_data / "factors" / "figaro_fi_purchaser_price_factors_2015_2023.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return {
            (row["year"], row["nace_code"]): float(row["total_purchaser_prices_with_margins_kgco2e_per_keur"]) / 1000
            for row in csv.DictReader(stream)
        }


def compare_with_the_books(page: Any, total: Decimal) -> None:
    """A total that differs is asked about; the right one is enough."""
    follow(page, fi("Compare with the books and approve"))
    shown = page.get_by_text(fi("Control total: what keino counts")).locator("xpath=following::dd[1]")
    assert amount(shown.inner_text()) == total
    page.get_by_label(fi("Total in the books")).fill("732.000,00")
    press(page, fi("Approve the ledger"))
    assert Ledger.objects.get().state == LedgerState.CONFIRMED
    page.get_by_label(fi("Total in the books")).fill(f"{total:.2f}".replace(".", ","))
    press(page, fi("Approve the ledger"))
    ledger = Ledger.objects.get()
    assert (ledger.state, ledger.books_total) == (LedgerState.APPROVED, total)
    assert page.get_by_text(re.compile(r"^Hyväksynyt Riitta Rahastonhoitaja \d+\.\d+\.\d{4}\.")).is_visible()


# ---- by keyboard alone


def test_keyboard_alone_from_upload_to_dashboard(open_page: OpenPage, paimio: Path) -> None:
    town = an_organisation("Paimion kaupunki", slug="paimio")
    page = open_page("/o/paimio/", someone_who_is("member", town))
    tab_to(page, fi("Go to the ledgers"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/ledger/")
    tab_to(page, fi("Send the first ledger"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/ledger/new/")
    tab_to(page, fi("Ledger files"))
    # what follows the press of Space is the system's own dialog, not the page
    page.set_input_files("input:focus", str(paimio))
    tab_to(page, fi("What this ledger is called"))
    page.keyboard.type("Ostot 2020 ja 2023")
    tab_to(page, fi("Send and read"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Ostot 2020 ja 2023").wait_for()
    wait_for(page, fi("Looks right"))
    tab_to(page, fi("Looks right"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/runs/*/")
    run_waiting_jobs()
    page.get_by_text(fi("This is the current result.")).wait_for()
    tab_to(page, fi("Footprint"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/footprint/")
    see_the_footprint(page, paimio)
    tab_to(page, fi("Choose year, category, unit, supplier"))
    page.keyboard.press("Space")
    tab_to(page, fi("Year"))
    page.keyboard.type("2023")
    tab_to(page, fi("Show", "verb"))
    page.keyboard.press("Enter")
    page.wait_for_url("**year=2023**")
    assert "168" in page.locator("#result").inner_text()
    assert page.complaints == []


def tab_to(page: Any, name: str) -> None:
    """Press Tab until what has the focus is called this, and can be seen to have it."""
    seen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        called, is_marked = page.evaluate(FOCUS)
        seen.append(called)
        if called in {name, f"{name} {fi('(optional)')}"}:
            assert is_marked, f"nothing shows that “{name}” has the focus"
            return
    raise AssertionError(f"no Tab leads to “{name}”, only to {seen}")


#: What the focused control is called, and whether a line around it shows the focus.
FOCUS = """() => {
  const part = document.activeElement, style = getComputedStyle(part);
  const name = part.labels?.length ? part.labels[0].innerText : part.innerText;
  return [name.trim(), style.outlineStyle !== "none" || style.boxShadow !== "none"];
}"""
