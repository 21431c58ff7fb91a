"""The lines that somebody filtered, taken away as a file: those and no others, of the result on the page."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from html import unescape
from typing import Any

import polars as pl
from django.test import Client

from keino.web.base.jobs import run_waiting_jobs
from keino.web.dashboards.models import Export
from tests.factories.dashboards import LEDGER, a_run_with_lines
from tests.factories.web import a_finished_run, an_organisation, someone_who_is


def amounts(supplier: str) -> list[Decimal]:
    """What the ledger's lines of a supplier come to, read here."""
    lines = csv.DictReader(io.StringIO(LEDGER), delimiter=";")
    return sorted(Decimal(each["Summa"].replace(",", ".")) for each in lines if supplier in each["Toimittaja"])


def form_of(page: str, wanted: str) -> tuple[str, dict[str, str]]:
    """Where the button of a format sends, and what."""
    form = next(each for each in re.findall(r"<form.*?</form>", page, re.DOTALL) if f"/{wanted}/ask/" in each)
    action = re.search(r'action="([^"]+)"', form)
    assert action is not None
    fields = dict(re.findall(r'name="(run|lines)" value="([^"]*)"', form))
    return action[1], {name: unescape(value) for name, value in fields.items()}


def taken(client: Client, action: str, fields: dict[str, str]) -> tuple[bytes, str]:
    asked = client.post(action, fields)
    run_waiting_jobs()
    answer = client.get(f"{asked.headers['Location']}file/")
    return b"".join(answer.streaming_content), answer.headers["Content-Disposition"]  # type: ignore[attr-defined]


def test_filtered_lines_are_taken_and_no_others(town: Any, reader: Client) -> None:
    a_run_with_lines(town)
    supplier = next(csv.DictReader(io.StringIO(LEDGER), delimiter=";"))["Toimittaja"]
    page = reader.get("/o/parish/lines/", {"q": supplier, "scope": "all"}).text
    for wanted in ("lines.csv", "lines.parquet"):
        content, name = taken(reader, *form_of(page, wanted))
        if wanted == "lines.csv":
            table = pl.read_csv(content, separator=";", infer_schema_length=0)
        else:
            table = pl.read_parquet(io.BytesIO(content))
        assert sorted(Decimal(str(value)) for value in table["amount_net"].to_list()) == amounts(supplier)
        assert "chosen-lines" in name
    assert Export.objects.count() == 2


def test_lines_of_an_older_result_are_taken_from_that_one(town: Any, reader: Client) -> None:
    older = a_run_with_lines(town)
    page = reader.get("/o/parish/lines/").text
    a_finished_run(town)
    action, fields = form_of(page, "lines.csv")
    assert fields["run"] == str(older.public_id)
    taken(reader, action, fields)
    assert Export.objects.get().run == older


def test_other_choices_are_other_files_and_the_same_one_is_made_once(town: Any, reader: Client) -> None:
    a_run_with_lines(town)
    asked = "/o/parish/export/lines.csv/ask/"
    for lines in ("q=a&scope=all", "scope=all&q=a", "q=b&scope=all"):
        reader.post(asked, {"lines": lines})
    reader.post(asked)
    assert sorted(Export.objects.values_list("query", flat=True)) == ["", "scope=all&q=a", "scope=all&q=b"]
    assert (
        reader.post(asked, {"lines": "q=" + "ä" * 200 + "&supplier=x" * 500 + "&unit=" + "u" * 2000}).status_code == 400
    )


def test_nobody_takes_lines_of_others(town: Any, reader: Client) -> None:
    other = an_organisation()
    foreign = a_run_with_lines(other)
    a_run_with_lines(town)
    asked = "/o/parish/export/lines.csv/ask/"
    assert reader.post(asked, {"run": str(foreign.public_id), "lines": "q=a"}).status_code == 404
    assert reader.post(asked, {"run": "no key"}).status_code == 404
    stranger = Client()
    stranger.force_login(someone_who_is("responsible_person", other))
    assert stranger.post(asked, {"lines": "q=a"}).status_code == 403
    assert not Export.objects.exists()
