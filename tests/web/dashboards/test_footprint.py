"""The footprint's pages: numbers equal to what the lines add up to, filters, drill, sources, permissions, speed."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from keino.web.dashboards import drawn
from keino.web.dashboards.queries.results import Chosen, chosen_result
from tests.factories.dashboards import LEDGER, a_run_with_lines
from tests.factories.web import a_finished_run, a_person, a_role, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()).replace("\u202f", " ").replace("\xa0", " "))


def lines() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(LEDGER), delimiter=";"))


def amount(line: dict[str, str]) -> Decimal:
    return Decimal(line["Summa"].replace(",", "."))


def test_chosen_unit_adds_up_its_own_lines(town: Any) -> None:
    run = a_run_with_lines(town)
    expected = sum(amount(line) for line in lines() if line["Yksikkö"] == "Kiinteistöt")
    result = chosen_result(run, Chosen(unit="Kiinteistöt"))
    assert (result.total.lines, result.total.spend) == (3, expected)
    assert [part.keys["unit_name"] for part in result.by_unit] == ["Kiinteistöt"]


def test_chosen_parts_add_up_to_the_whole(town: Any) -> None:
    run = a_run_with_lines(town)
    whole = chosen_result(run, Chosen())
    for name, parts, key in (("year", whole.by_year, "year"), ("unit", whole.by_unit, "unit_name")):
        chosen = [chosen_result(run, Chosen(**{name: str(part.keys[key])})).total for part in parts]
        assert sum(part.spend for part in chosen) == whole.total.spend
        assert sum(part.footprint_kgco2e or 0 for part in chosen) == pytest.approx(whole.total.footprint_kgco2e)


def test_chosen_footprint_is_the_sum_of_its_stored_lines(town: Any) -> None:
    import pyarrow.parquet

    from keino.web.measurement.store import folder_of

    run = a_run_with_lines(town)
    stored = pyarrow.parquet.read_table(folder_of(run) / "lines.parquet").to_pylist()
    expected = sum(
        line["footprint_kgco2e"] for line in stored if line["year"] == 2023 and line["category_code"][:4] == "HEAT"
    )
    found = chosen_result(run, Chosen(year="2023", category="HEAT")).total
    assert found.footprint_kgco2e == pytest.approx(expected)
    assert found.low_kgco2e < expected < found.high_kgco2e


def test_footprint_page_shows_coverage_before_categories(town: Any, reader: Client) -> None:
    a_finished_run(town)
    page = reader.get("/o/parish/footprint/").content.decode()
    places = [page.index(f'id="{name}"') for name in ("coverage", "categories-section", "by-year", "by-unit", "method")]
    assert places == sorted(places)


def test_footprint_page_says_numbers_in_words_with_interval(town: Any, reader: Client) -> None:
    a_finished_run(town)
    page = text_of(reader.get("/o/parish/footprint/"))
    assert "caused about 10,100 tonnes of greenhouse gases (CO₂e)" in page
    assert "with 95% certainty it is between 6,530 and 15,700 tonnes" in page


def test_number_opens_its_factor_and_the_factor_its_publication(town: Any, reader: Client) -> None:
    a_finished_run(town)
    page = reader.get("/o/parish/footprint/").content.decode()
    address = re.search(r'href="(/o/parish/footprint/factors/)#(factor-HEAT\.DISTRICT-2023)"', page)
    assert address is not None
    factors = reader.get(address[1]).content.decode()
    assert f'id="{address[2]}"' in factors
    assert 'href="#source-example-factors"' in factors
    assert 'id="source-example-factors"' in factors
    assert 'href="https://example.org/factors?a=1&amp;b=2"' in factors


def test_exact_shows_every_digit(town: Any, reader: Client) -> None:
    a_run_with_lines(town)
    expected = sum(amount(line) for line in lines())
    assert f"{expected:,.2f}" in text_of(reader.get("/o/parish/footprint/?exact=1"))
    assert f"{expected:,.2f}" not in text_of(reader.get("/o/parish/footprint/"))


def test_drill_leads_from_main_category_to_lines(town: Any, reader: Client) -> None:
    a_run_with_lines(town)
    whole = reader.get("/o/parish/footprint/").content.decode()
    assert "/o/parish/footprint/?category=HEAT" in whole
    main = reader.get("/o/parish/footprint/?category=HEAT").content.decode()
    leaf = re.search(r"/o/parish/footprint/\?category=(HEAT\.\w+)", main)
    assert leaf is not None
    deep = reader.get(leaf[0].replace("&amp;", "&")).content.decode()
    assert f"?category={leaf[1]}&amp;unit=Kiinteist%C3%B6t" in deep
    by_unit = reader.get(f"/o/parish/footprint/?category={leaf[1]}&unit=Kiinteistöt").content.decode()
    assert "supplier=1234567-1" in by_unit
    assert "See the 3 lines behind this" in by_unit
    address = re.search(r'href="(/o/parish/lines/\?[^"]+)"', by_unit)
    assert address is not None
    listed = text_of(reader.get(address[1].replace("&amp;", "&")))
    assert "1,900.50" not in listed  # a sum of two years is not what this choice holds
    assert "3,100.50" in listed or "3,101" in listed


def test_choice_that_does_not_exist_is_said_and_nothing_is_shown(town: Any, reader: Client) -> None:
    a_run_with_lines(town)
    answer = reader.get("/o/parish/footprint/?unit=Nowhere&year=1999")
    assert answer.status_code == 200
    assert "Part of this choice doesn't exist" in text_of(answer).replace("&#x27;", "'")


def test_supplier_that_nobody_bought_from_shows_an_empty_choice(town: Any, reader: Client) -> None:
    a_run_with_lines(town)
    assert "No purchase fits this choice." in text_of(reader.get("/o/parish/footprint/?supplier=Nobody"))


def test_text_of_ledgers_is_never_markup(town: Any, reader: Client) -> None:
    a_run_with_lines(town, LEDGER.replace("Hallinto", "<script>alert(1)</script>"))
    for address in ("/o/parish/footprint/", "/o/parish/footprint/?unit=%3Cscript%3Ealert(1)%3C/script%3E"):
        page = reader.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_change_between_years_has_the_price_effect_taken_out(town: Any, reader: Client) -> None:
    a_finished_run(town)
    page = text_of(reader.get("/o/parish/footprint/"))
    assert "What changed, with price changes taken out" in page
    assert "of which price, €" in page


def test_hotspots_are_ranked_with_words_charts_and_tables(town: Any, reader: Client) -> None:
    a_finished_run(town)
    answer = reader.get("/o/parish/hotspots/")
    page = answer.content.decode()
    names = re.findall(r'<h2 id="hotspot-([\w.]+)">', page)
    assert names[:3] == ["HEAT.DISTRICT", "BUILD.REPAIR", "FOOD.CATERING"]
    assert page.count("What would change this?") == 10
    assert page.count("<svg") == 2
    assert 'id="hotspots"' in page


def test_a_tenth_less_is_a_tenth_of_the_footprint(town: Any, reader: Client) -> None:
    a_finished_run(town)
    # district heat: 1 320 000.25 × 0.702 + 1 498 000 × 0.689 kg = 1 958.76 t
    page = text_of(reader.get("/o/parish/hotspots/"))
    assert "1,960 t CO₂e" in page
    assert "about 196 t CO₂e. This is arithmetic" in page


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_charts_and_tables_speak_the_readers_language(town: Any, reader: Client, language: str) -> None:
    a_finished_run(town)
    titles = {
        "fi": "Hiilijalanjälki pääkategorioittain",
        "sv": "Koldioxidavtryck per huvudkategori",
        "en": "Footprint by main category",
    }
    page = reader.get(f"/o/parish/footprint/?language={language}").content.decode()
    assert titles[language] in page
    assert f'<html lang="{language}">' in page


def test_pages_have_no_style_or_script_of_their_own(town: Any, reader: Client) -> None:
    a_finished_run(town)
    for address in ("", "footprint/", "hotspots/", "footprint/factors/", "footprint/peers/", "export/", "shares/"):
        page = reader.get(f"/o/parish/{address}").content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert "<script>" not in page


def test_parts_are_drawn_once_and_then_read(town: Any, reader: Client, monkeypatch: Any) -> None:
    run = a_finished_run(town)
    first = reader.get("/o/parish/footprint/").content
    monkeypatch.setattr("keino.web.dashboards.parts.footprint", lambda *_, **__: pytest.fail("drawn again"))
    assert reader.get("/o/parish/footprint/").content.count(b"<svg") == first.count(b"<svg") > 3
    assert list((drawn.folder_of_drawings() / str(run.public_id)).glob("*.html"))


def test_another_run_is_drawn_anew(town: Any, reader: Client) -> None:
    a_run_with_lines(town)
    before = text_of(reader.get("/o/parish/footprint/?exact=1"))
    a_run_with_lines(town, LEDGER.replace("1200,00", "2200,00"))
    after = text_of(reader.get("/o/parish/footprint/?exact=1"))
    assert "4,051.50" in before
    assert "5,051.50" in after


def test_what_other_code_drew_is_forgotten(town: Any, reader: Client) -> None:
    a_finished_run(town)
    reader.get("/o/parish/footprint/")
    old = drawn.folder_of_drawings().parent / "0123456789abcdef" / "run"
    old.mkdir(parents=True)
    (old / "part.html").write_text("old")
    assert drawn.forget_old_drawings() >= 1
    assert not old.exists()
    assert drawn.folder_of_drawings().is_dir()


@pytest.mark.parametrize("address", ["footprint/", "hotspots/", "footprint/factors/", "footprint/peers/"])
def test_page_asks_as_much_of_one_run_as_of_three(town: Any, reader: Client, address: str) -> None:
    a_finished_run(town)
    reader.get(f"/o/parish/{address}")
    with CaptureQueriesContext(connection) as one:
        reader.get(f"/o/parish/{address}")
    a_finished_run(town)
    a_finished_run(town)
    reader.get(f"/o/parish/{address}")
    with CaptureQueriesContext(connection) as three:
        reader.get(f"/o/parish/{address}")
    assert len(one) == len(three) < 16


def test_page_without_a_result_leads_to_the_ledgers(reader: Client) -> None:
    for address in ("footprint/", "hotspots/", "footprint/factors/"):
        assert "Nothing has been calculated yet" in text_of(reader.get(f"/o/parish/{address}"))


def test_result_without_lines_in_the_store_offers_no_filter(town: Any, reader: Client) -> None:
    a_finished_run(town)
    page = reader.get("/o/parish/footprint/").content.decode()
    assert 'class="filter"' not in page
    assert "?category=" not in page.partition("<main")[2]


def test_footprint_is_refused_to_others(town: Any, client: Client) -> None:
    a_finished_run(town)
    outsider = someone_who_is("member", an_organisation("Other"))
    former = a_person()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    a_role(former, "member", town, valid_from=yesterday - dt.timedelta(days=9), valid_to=yesterday)
    for person in (outsider, former):
        client.force_login(person)
        answer = client.get("/o/parish/footprint/")
        assert answer.status_code == 403
        assert b"Esimerkkitoimittaja" not in answer.content
    client.logout()
    assert client.get("/o/parish/footprint/").status_code == 302


def test_migrations_fit_the_models() -> None:
    call_command("makemigrations", "dashboards", "--check", "--dry-run", verbosity=0)
