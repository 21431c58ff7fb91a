"""Files of the open data: the same rows in every format, harmless in every program, no personal data."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from django.test import Client

from keino.facts.read import read
from keino.web.opendata.catalogue import ORGANISATION_COLUMNS, datasets, find_dataset
from keino.web.organisations.models import Organisation
from tests.factories.opendata import a_published_run
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def fetched(path: str) -> bytes:
    answer = Client().get(path)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def in_every_format(key: str) -> dict[str, list[dict[str, Any]]]:
    """Rows by format; as text for CSV, as values for the others."""
    text = fetched(f"/data/{key}.csv").decode()
    sheet = openpyxl.load_workbook(io.BytesIO(fetched(f"/data/{key}.xlsx")))["data"]
    names, *cells = list(sheet.iter_rows(values_only=True))
    return {
        "csv": list(csv.DictReader(io.StringIO(text, newline=""))),
        "json": json.loads(fetched(f"/data/{key}.json"))["rows"],
        "parquet": pq.read_table(io.BytesIO(fetched(f"/data/{key}.parquet"))).to_pylist(),
        "xlsx": [dict(zip(names, row, strict=True)) for row in cells],
    }


def test_published_footprint_is_the_same_in_every_format() -> None:
    a_published_run(an_organisation("Ähtäri", is_public=True))
    found = in_every_format("footprints")
    heat = {form: next(row for row in rows if row["category"] == "HEAT") for form, rows in found.items()}
    assert {form: row["name_fi"] for form, row in heat.items()} == dict.fromkeys(found, "Ähtäri")
    assert {form: Decimal(str(row["spend"])) for form, row in heat.items()} == dict.fromkeys(found, Decimal("1234.50"))
    assert {form: float(row["footprint_kgco2e"]) for form, row in heat.items()} == dict.fromkeys(found, 617.25)
    assert {len(rows) for rows in found.values()} == {len(found["csv"])}


def test_fact_table_file_holds_every_row_as_printed() -> None:
    rows = list(csv.DictReader(io.StringIO(fetched("/data/price-indices.csv").decode(), newline="")))
    assert [float(row["value"]) for row in rows] == [float(row["value"]) for row in read("price_indices").rows]


def test_table_of_two_licences_is_two_datasets() -> None:
    finland, britain = find_dataset("emission-factors-fi-figaro"), find_dataset("emission-factors-uk-defra")
    assert finland is not None
    assert britain is not None
    assert (finland.licence.name, britain.licence.name) == ("CC-BY-SA-4.0", "OGL-UK-3.0")
    whole = len(read("emission_factors").rows)
    assert len(list(finland.rows())) + len(list(britain.rows())) == whole
    assert {row["factor_set"] for row in britain.rows()} == {"uk_defra"}


def test_every_fact_table_can_be_taken_away() -> None:
    from keino.facts.read import table_names

    assert {dataset.table for dataset in datasets() if dataset.table} == set(table_names())


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "+cmd|'/C calc'!A0", "-2+3+cmd|'x'!A0", "\t=1", "\r=1"])
def test_name_that_looks_like_a_formula_is_harmless_in_every_format(name: str) -> None:
    an_organisation(name)
    found = in_every_format("organisations")
    assert found["csv"][0]["name_fi"] == f"'{name}"
    assert found["json"][0]["name_fi"] == name
    sheet = openpyxl.load_workbook(io.BytesIO(fetched("/data/organisations.xlsx")))["data"]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
    assert "f" not in kinds


def test_directory_holds_no_people_and_no_companies() -> None:
    organisation = an_organisation("Town")
    person = someone_who_is("responsible_person", organisation)
    an_organisation("Matti Meikäläinen Tmi", kind="company")
    text = fetched("/data/organisations.csv").decode()
    assert "Town" in text
    assert "Meikäläinen" not in text
    assert person.email not in text
    assert person.name not in text
    assert text.splitlines()[0].split(",") == [column.name for column in ORGANISATION_COLUMNS]


def test_unpublished_footprint_is_in_no_file() -> None:
    run = a_published_run()
    Organisation.objects.update(is_public=False)
    for suffix in ("csv", "json"):
        assert str(run.public_id) not in fetched(f"/data/footprints.{suffix}").decode()


def test_file_is_sent_again_only_when_its_rows_changed() -> None:
    an_organisation()
    first = Client().get("/data/organisations.csv")
    known = {"if-none-match": first.headers["ETag"]}
    assert Client().get("/data/organisations.csv", headers=known).status_code == 304
    Organisation.objects.update(name_fi="Renamed", version=2)
    assert Client().get("/data/organisations.csv", headers=known).status_code == 200


def test_edition_has_an_address_of_its_own() -> None:
    assert fetched("/data/regions/2026-1.csv") == fetched("/data/regions.csv")
    assert Client().get("/data/regions/1999-1.csv").status_code == 404


@pytest.mark.parametrize(
    "path", ["/data/none/", "/data/none.csv", "/data/regions.exe", "/data/catalogue.exe", "/data/footprints/2026-1.csv"]
)
def test_unknown_file_is_404(path: str) -> None:
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_open_data_takes_nothing(method: str) -> None:
    assert getattr(Client(), method)("/data/regions.csv").status_code == 405


def test_page_of_a_dataset_shows_columns_licence_and_rows() -> None:
    page = Client().get("/data/regions/", headers={"accept-language": "en"}).content.decode()
    assert "Varsinais-Suomi" in page
    assert "https://creativecommons.org/licenses/by/4.0/" in page
    assert "nuts_2024" in page
