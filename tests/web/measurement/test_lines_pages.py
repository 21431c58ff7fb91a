"""The lines behind a number, one line with everything behind it, and addresses of filters."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from keino.engine.stored import Filter
from keino.web.measurement.queries.lines import filter_from, query_of
from keino.web.measurement.queries.runs import run_result
from keino.web.measurement.services.rules import add_rules
from tests.factories.runs import a_calculated_run, a_sent_ledger, add_file, ledger_bytes
from tests.factories.web import a_finished_run, an_organisation
from tests.web.measurement.test_runs_pages import as_a, page, text_of

pytestmark = pytest.mark.django_db


def test_lines_are_filtered_and_their_sum_stands_on_top() -> None:
    town = an_organisation()
    a_calculated_run(town)
    client = as_a("approver", town)
    whole = text_of(client.get(page("lines", town)))
    assert "5 lines , €1,520.75" in whole.replace("€ ", "€")
    food = text_of(client.get(page("lines", town), {"category": "FOOD", "year": "2023"}))
    assert "1 line , €500.50" in food.replace("€ ", "€")
    assert "of 5 lines of purchases" in food
    excluded = text_of(client.get(page("lines", town), {"scope": "excluded"}))
    assert "Keksitty Seura ry" in excluded
    assert "No line fits" in text_of(client.get(page("lines", town), {"unit": "' OR 1=1 --"}))


def test_finance_manager_walks_from_a_number_to_its_source() -> None:
    """Walk 2: number → lines → factor, year, source, what would move it → control total."""
    town = an_organisation()
    ledger = a_sent_ledger(town, books_total=Decimal("1720.75"))
    run = a_calculated_run(town)
    client = as_a("approver", town)
    lines = client.get(page("lines", town), {"category": "FOOD", "year": "2023"})
    url = page("line", town, file=1, row=4)
    assert f"{url}?run={run.public_id}" in lines.content.decode()
    shown = text_of(client.get(f"{url}?run={run.public_id}"))
    result = run_result(run)
    (use,) = (use for use in result.factors if use.category.startswith("FOOD") and use.year == 2023)
    for said in (
        "€500.50 ×",
        "95% interval",
        "in prices of 2023",
        result.sources[use.source]["citation"],
        use.locator,
        "What would move this number?",
        "Your supplier’s own figures",
        "account in the chart of accounts",
        "ostot.csv, row 4",
        "Total of the books, as the approver entered it €1,720.75",
        ledger.title,
    ):
        assert said in shown.replace("€ ", "€"), said


def test_a_line_says_why_it_was_left_out() -> None:
    town = an_organisation()
    a_calculated_run(town)
    shown = text_of(as_a("member", town).get(page("line", town, file=1, row=5)))
    assert "The line is left out of the footprint: Grants and transfers." in shown
    assert "What would move this number?" not in shown


def test_a_line_decided_by_a_rule_names_the_rule() -> None:
    town = an_organisation()
    add_rules(
        owner=town, conditions=[{"supplier_name": "Keksitty Tukku*"}], category="FOOD.MEAT", note="all meat", by=None
    )
    a_calculated_run(town)
    shown = text_of(as_a("member", town).get(page("line", town, file=1, row=4)))
    assert "Your rule Supplier: Keksitty Tukku* – all meat" in shown


@pytest.mark.parametrize(
    ("file", "row"), [(0, 2), (2, 2), (1, 1), (1, 6), (1, 999_999_999_999), (1, 2**80), (10**9, 1)]
)
def test_lines_that_are_not_there_are_not_found(file: int, row: int) -> None:
    town = an_organisation()
    a_calculated_run(town)
    assert as_a("member", town).get(page("line", town, file=file, row=row)).status_code == 404


def test_files_of_one_name_and_path_tricks_keep_their_lines_apart() -> None:
    town = an_organisation()
    ledger = a_sent_ledger(town)
    add_file(ledger, "ostot.csv", ledger_bytes(("9;1.2.2023;4520;Elintarvikkeet;Hallitus;Toinen Oy;;;9,00",)))
    add_file(ledger, "../../etc/ostot.csv", ledger_bytes(("9;1.2.2023;4520;Elintarvikkeet;Hallitus;Kolmas Oy;;;7,00",)))
    run = a_calculated_run(town)
    assert [reading.path for reading in run_result(run).readings] == ["ostot.csv", "ostot (2).csv", "ostot (3).csv"]
    client = as_a("member", town)
    for file, supplier in ((1, "Esimerkkienergia Oy"), (2, "Toinen Oy"), (3, "Kolmas Oy")):
        assert supplier in text_of(client.get(page("line", town, file=file, row=2)))


def test_texts_of_ledgers_are_shown_as_texts() -> None:
    town = an_organisation()
    a_sent_ledger(town, lines=("1;5.1.2023;4520;Ruoka;<b>Y</b>;<script>alert(1)</script>;;<i>x</i>;10,00",))
    a_calculated_run(town)
    client = as_a("member", town)
    for url in (page("lines", town), page("line", town, file=1, row=2), page("correct", town) + "?line=1-2"):
        body = client.get(url).content.decode()
        assert "<script>alert(1)" not in body
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body


def test_lines_take_the_same_queries_for_one_and_many() -> None:
    counts = []
    for many in (1, 40):
        town = an_organisation()
        lines = tuple(f"{n};5.1.2023;4520;Ruoka;Hallitus;Oy {n};;;10,00" for n in range(many))
        a_sent_ledger(town, lines=lines)
        a_calculated_run(town)
        client = as_a("member", town)
        client.get(page("lines", town))
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page("lines", town))
        assert answer.content.count(b'name="line"') == many
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_lines_without_a_run_or_without_their_files_are_explained() -> None:
    town = an_organisation()
    client = as_a("member", town)
    assert "Lines are shown when a footprint has been calculated" in text_of(client.get(page("lines", town)))
    a_finished_run(town)
    for name in ("lines", "rules", "correct"):
        assert client.get(page(name, town)).status_code == 200
    assert "has to be restored" in text_of(client.get(page("lines", town)))
    assert client.get(page("line", town, file=1, row=2)).status_code == 404


@pytest.mark.parametrize("query", ["run=nonsense", "run=00000000-0000-0000-0000-000000000000"])
def test_a_run_that_is_not_there_is_not_found(query: str) -> None:
    town = an_organisation()
    a_calculated_run(town)
    assert as_a("member", town).get(f"{page('lines', town)}?{query}").status_code == 404


@pytest.mark.parametrize(
    "where",
    [
        Filter(),
        Filter(years=(2022, 2023), categories=("FOOD", ""), units=("A & B", "")),
        Filter(suppliers=("8000004-6",), bases=("rule", "none"), exclusions=("tax",), scope="all"),
        Filter(text="maito & 100 %", at_least=Decimal("12.5"), files=("ä.csv",), scope="excluded"),
    ],
)
def test_filters_survive_their_address(where: Filter) -> None:
    assert filter_from(QueryDict(query_of(where))) == where


@pytest.mark.parametrize(
    "query", ["year=x&at_least=abc", "at_least=NaN&year=", "at_least=1e99", "scope=evil&page=-5", "category=&unit="]
)
def test_unreadable_parts_of_an_address_ask_nothing(query: str) -> None:
    assert filter_from(QueryDict(query)) == Filter()
    town = an_organisation()
    a_calculated_run(town)
    assert as_a("member", town).get(f"{page('lines', town)}?{query}").status_code == 200
