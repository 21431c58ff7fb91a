"""The example towns: same bytes each time, invented throughout, and answers that another reading confirms."""

import csv
import hashlib
import json
import re
import time
from collections import Counter, defaultdict
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from stdnum.fi import ytunnus

from keino.errors import UsageError
from keino.towns import Town, write_towns

pytestmark = pytest.mark.slow

CPU_SECONDS_LIMIT = 15
MINUS_SIGN = "\u2212"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("towns")


@pytest.fixture(scope="module")
def towns(folder) -> dict[str, Town]:
    started = time.process_time()
    written = write_towns(folder)
    assert time.process_time() - started < CPU_SECONDS_LIMIT
    return {town.key: town for town in written}


@pytest.fixture(scope="module")
def readings(towns, folder) -> dict[str, list[dict]]:
    """Each file's true lines as read here, by the csv module and openpyxl, without keino's reader."""
    answers = [answer for town in towns.values() for answer in town.answers]
    return {answer.file: list(_true_lines(folder / answer.file, answer)) for answer in answers}


def _records(path: Path, answer) -> list[tuple[int, list]]:
    """All rows with the number of their first line."""
    return _records_of(path, answer.encoding, answer.delimiter)


@cache
def _records_of(path: Path, encoding: str, delimiter: str) -> list[tuple[int, list]]:
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, read_only=True)
        page = next(page for page in book if page.title.startswith("Fakturor"))
        return list(enumerate(map(list, page.iter_rows(values_only=True)), 1))
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        records, first = [], 1
        for record in reader:
            records.append((first, record))
            first = reader.line_num + 1
        return records


def _amount(value, decimal: str) -> Decimal | None:
    """An amount read by the plainest rule that covers all dirt: strip blanks and €, look for a minus of any kind."""
    if isinstance(value, int | float):
        return Decimal(str(round(value, 2)))
    text = re.sub(r"[\s\u00a0\u202f€]", "", value or "")
    bare = re.sub(r"[-()\u2212]", "", text)
    if not re.fullmatch(rf"\d+{re.escape(decimal)}\d\d", bare):
        return None
    amount = Decimal(bare.replace(decimal, "."))
    return -amount if any(mark in text for mark in ("-", "(", MINUS_SIGN)) else amount


@cache
def _day(value) -> date:
    if isinstance(value, datetime):
        return value.date()
    text = value.removesuffix(" 00:00:00")
    for style in ("%d.%m.%Y", "%Y-%m-%d", "%Y%m%d"):
        try:
            return datetime.strptime(text, style).date()  # noqa: DTZ007 -- a ledger's date has no zone
        except ValueError:
            continue
    raise AssertionError(text)


NET = re.compile(r"ilman alv|alv 0|nettosumma|nettobelopp|exkl\. moms|utan moms|tiliointisumma", re.IGNORECASE)
DAY = re.compile(r"tositep|tapaht\.pvm|datum", re.IGNORECASE)
ACCOUNT = re.compile(r"tilinumero|tili nro|^tili$|^konto(nummer)?$", re.IGNORECASE)
SUPPLIER = re.compile(r"^y-tunnus|toimittajan y-tunnus|fo-nummer|toimittaja_y_tunnus", re.IGNORECASE)
VOUCHER = re.compile(r"tosite ?numero|tapahtumanumero|ver\.nr|verifikatnummer|lasku_id", re.IGNORECASE)


def _column(header: list, pattern: re.Pattern) -> int:
    return next(number for number, name in enumerate(header) if pattern.search(" ".join((name or "").split())))


def _true_lines(path: Path, answer):
    records = _records(path, answer)
    header = next(record for number, record in records if number == answer.header_row)
    net, day, account = (_column(header, pattern) for pattern in (NET, DAY, ACCOUNT))
    supplier, voucher = _column(header, SUPPLIER), _column(header, VOUCHER)
    for number, record in records:
        amount = _amount(record[net], answer.decimal) if len(record) > net and number > answer.header_row else None
        if amount is None or not record[voucher] or record[voucher] == "Totalt":
            continue
        yield {
            "row": number,
            "amount": amount,
            "printed": record[net],
            "day": _day(record[day]),
            "account": str(record[account]).split(" ", maxsplit=1)[0],
            "supplier": record[supplier] or "",
            "cells": tuple(record),
        }


def _answers(towns):
    return [answer for town in towns.values() for answer in town.answers]


def _hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


# ------------------------------------------------------------------------------------------------------ determinism


@pytest.mark.usefixtures("towns")
def test_write_towns_gives_same_bytes_twice(folder, tmp_path):
    write_towns(tmp_path)
    assert _hashes(tmp_path) == _hashes(folder)


@pytest.mark.usefixtures("towns")
def test_year_does_not_depend_on_other_years(folder, tmp_path):
    write_towns(tmp_path, years=(2023,))
    alone = {file: digest for file, digest in _hashes(tmp_path).items() if file != "answers.json"}
    assert len(alone) == 3
    assert alone.items() <= _hashes(folder).items()


def test_write_towns_refuses_years_without_prices(tmp_path):
    with pytest.raises(UsageError, match="2019"):
        write_towns(tmp_path, years=(2019, 2020))
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------------------------------------------------- answers


def test_answers_agree_with_another_reading(towns, readings):
    for answer in _answers(towns):
        lines = readings[answer.file]
        assert len(lines) == answer.true_lines, answer.file
        assert sum(line["amount"] for line in lines) == answer.amount_total, answer.file
        assert sum(line["amount"] < 0 for line in lines) == answer.negative_lines, answer.file


def test_answers_by_account_and_month_agree_with_another_reading(towns, readings):
    for answer in _answers(towns):
        by_account, by_month = defaultdict(Decimal), defaultdict(Decimal)
        for line in readings[answer.file]:
            by_account[line["account"]] += line["amount"]
            by_month[f"{line['day']:%Y-%m}"] += line["amount"]
        assert dict(by_account) == answer.amount_by_account, answer.file
        assert dict(by_month) == answer.amount_by_month, answer.file


def test_answers_account_for_every_row(towns, folder):
    for answer in _answers(towns):
        records = _records(folder / answer.file, answer)
        assert len(records) == answer.rows_in_file
        title_rows = answer.header_row - 1
        counted = answer.true_lines + len(answer.rejected_rows) + answer.blank_rows + answer.footer_rows
        assert title_rows + 1 + counted + (answer.total_row is not None) == answer.rows_in_file
        blank = [number for number, cells in records if number > answer.header_row and not any(cells)]
        assert len(blank) == answer.blank_rows


def test_rejected_rows_have_no_readable_amount(towns, folder, readings):
    for answer in _answers(towns):
        records = dict(_records(folder / answer.file, answer))
        header = records[answer.header_row]
        assert 3 <= len(answer.rejected_rows) <= 6
        for row in answer.rejected_rows:
            cells = records[row][_column(header, NET) :]
            assert not cells or _amount(cells[0], answer.decimal) is None
        assert not set(answer.rejected_rows) & {line["row"] for line in readings[answer.file]}


def test_total_rows_hold_only_the_sum(towns, folder):
    with_total = {answer.file: answer for answer in _answers(towns) if answer.total_row is not None}
    assert sorted(with_total) == [
        "inkopsvik/inkopsfakturor_2022.xlsx",
        "ostoniemi/ostolaskut_2021.csv",
        "ostoniemi/ostolaskut_2023.csv",
    ]
    for file, answer in with_total.items():
        cells = [cell for cell in dict(_records(folder / file, answer))[answer.total_row] if cell not in {"", None}]
        label = ["Totalt"] if file.startswith("inkopsvik") else []
        assert cells[:-1] == label
        assert _amount(cells[-1], ",") == answer.amount_total == answer.total_row_amount


def test_answers_file_says_the_same(towns, folder):
    written = {town["key"]: town for town in json.loads((folder / "answers.json").read_text())["towns"]}
    for town in towns.values():
        assert Decimal(written[town.key]["amount_total"]) == town.amount_total
        assert written[town.key]["lines"] == town.rows_written
        for answer, described in zip(town.answers, written[town.key]["files"], strict=True):
            assert described["file"] == answer.file
            assert described["rejected_rows"] == list(answer.rejected_rows)
            by_account = {code: Decimal(amount) for code, amount in described["amount_by_account"].items()}
            assert by_account == answer.amount_by_account


def test_net_vat_and_gross_add_up(towns, folder):
    """The town's file of 2022 has all three; vat and gross are printed plainly."""
    answer = towns["ostoniemi"].answers[2]
    records = _records(folder / answer.file, answer)
    header = records[0][1]
    net, vat, gross = (_column(header, re.compile(word)) for word in ("ilman ALV", "ALV määrä", "Kokonaissumma"))
    sums = [
        (_amount(cells[net], ","), _amount(cells[vat], ","), _amount(cells[gross], ","))
        for number, cells in records
        if len(cells) > gross and number > 1 and number not in answer.rejected_rows and cells[net]
    ]
    assert len(sums) == answer.true_lines
    assert all(amount + tax == total for amount, tax, total in sums)


# ------------------------------------------------------------------------------------------------ nobody who exists


def test_business_ids_have_right_check_digit_and_begin_with_8(readings):
    for file, lines in readings.items():
        finnish = {line["supplier"] for line in lines if re.match(r"(FI)?\d", line["supplier"])}
        assert len(finnish) > 200, file
        assert all(ytunnus.is_valid(number.removeprefix("FI")) for number in finnish)
        assert all(number.removeprefix("FI").startswith("8") for number in finnish)


def test_suppliers_are_300_to_600(towns, readings):
    for town in towns.values():
        lines = [line for answer in town.answers for line in readings[answer.file]]
        ids = {line["supplier"].removeprefix("FI").replace("-", "") for line in lines} - {""}
        assert 300 <= len(ids) <= 600, town.key


def test_no_real_id_begins_with_8(shared_data):
    with (shared_data / "ledgers/fi_reference/kunnat_y_tunnukset.csv").open(encoding="utf-8") as file:
        ids = [row["bid"] for row in csv.DictReader(file)]
    with (shared_data / "labelled/fi_suppliers_industry.csv").open(encoding="utf-8") as file:
        ids += [row["y_tunnus"] for row in csv.DictReader(file)]
    assert len(ids) > 700
    assert not [number for number in ids if number.startswith("8")]


def test_buyers_are_no_real_municipality(shared_data):
    with (shared_data / "ledgers/fi_reference/kunnat_y_tunnukset.csv").open(encoding="utf-8") as file:
        real = list(csv.DictReader(file))
    names = {row["name"].casefold() for row in real}
    assert len(names) > 300
    assert not names & {"ostoniemi", "ostonäs", "inköpsvik", "esimerkkivirasto", "exempelverket"}
    assert not {row["number"] for row in real} & {"998", "997"}


def test_supplier_names_are_invented(readings, shared_data):
    with (shared_data / "labelled/fi_suppliers_industry.csv").open(encoding="utf-8") as file:
        real = {row["toimittaja"].casefold() for row in csv.DictReader(file)}
    printed = {
        cell.casefold()
        for lines in readings.values()
        for line in lines
        for cell in line["cells"]
        if isinstance(cell, str)
    }
    assert len(real) > 400
    assert not real & printed


# ---------------------------------------------------------------------------------------------------------- realism


def _month_share(lines, account: str, months: set[int]) -> float:
    chosen = [line for line in lines if line["account"] == account]
    return float(
        sum(line["amount"] for line in chosen if line["day"].month in months) / sum(line["amount"] for line in chosen)
    )


def test_seasons_show(readings):
    lines = [line for file in readings if file.startswith("ostoniemi") for line in readings[file]]
    assert _month_share(lines, "4568", {12, 1, 2}) > 0.40  # a quarter of the year
    assert _month_share(lines, "4568", {6, 7, 8}) < 0.10
    assert _month_share(lines, "4390", {6, 7, 8}) > 0.32
    assert _month_share(lines, "4520", {6, 7}) < 0.10


def test_rents_are_equal_each_month(readings):
    lines = [line for line in readings["ostoniemi/ostolaskut_2022.csv"] if line["account"] == "4820"]
    times_a_year = Counter(line["amount"] for line in lines)
    assert sum(times for times in times_a_year.values() if times >= 11) > 0.9 * len(lines)


def test_energy_prices_peak_in_2022(towns):
    power = [answer.amount_by_account["4569"] for answer in towns["ostoniemi"].answers]
    assert max(power) == power[2]
    assert power[2] > Decimal("1.3") * power[1]
    assert power[4] < Decimal("0.8") * power[2]


@pytest.mark.parametrize("key", ["ostoniemi", "inkopsvik"])
def test_health_social_and_rescue_leave_in_2023(towns, key):
    gone = {"4430", "4460", "4533", "4534"}
    for answer in towns[key].answers:
        assert gone & set(answer.amount_by_account) == (gone if answer.year <= 2022 else set())
    before, after = towns[key].answers[2], towns[key].answers[3]
    assert after.amount_total < before.amount_total * Decimal("0.6")


def test_services_dominate(towns):
    """Accounts 4300–4499 are services in the municipal chart."""
    for answer in towns["ostoniemi"].answers:
        services = sum(amount for code, amount in answer.amount_by_account.items() if "4300" <= code < "4480")
        assert services > answer.amount_total * Decimal("0.5")


def test_capitalisation_cancels_out(towns):
    for key in ("ostoniemi", "inkopsvik"):
        for answer in towns[key].answers:
            nature = answer.amount_by_nature
            assert nature["capitalisation"] == -nature["capitalised_cost"] < 0
            assert nature["capitalisation"] == sum(answer.amount_by_account[code] for code in ("4480", "4640", "4990"))


def test_line_counts_are_as_promised(towns):
    for key, low, high in (
        ("ostoniemi", 8_300, 9_700),
        ("inkopsvik", 2_250, 2_750),
        ("esimerkkivirasto", 4_700, 5_400),
    ):
        for answer in towns[key].answers:
            assert low <= answer.true_lines <= high, answer.file


def test_true_repeats_are_whole_rows(readings):
    repeats = sum(
        times - 1 for times in Counter(line["cells"] for line in readings["ostoniemi/ostolaskut_2020.csv"]).values()
    )
    assert repeats >= 10


# ------------------------------------------------------------------------------------------------------------- dirt


def test_share_of_dirt_is_limited(towns):
    for answer in _answers(towns):
        assert 0.07 <= answer.dirt["any"] / answer.true_lines <= 0.13, answer.file


PRINTED = {
    "thousands_blank": r"\d \d",
    "thousands_nbsp": r"\d\u00a0\d",
    "thousands_narrow_nbsp": r"\d\u202f\d",
    "parentheses": r"^\(.*\)$",
    "trailing_minus": r"-$",
    "unicode_minus": r"^\u2212",
    "euro_sign": r"€$",
}


@pytest.mark.parametrize("kind", PRINTED)
def test_amount_dirt_is_counted(towns, readings, kind):
    for answer in _answers(towns):
        seen = sum(bool(re.search(PRINTED[kind], str(line["printed"]))) for line in readings[answer.file])
        assert seen == answer.dirt.get(kind, 0), answer.file


def test_every_kind_of_dirt_occurs_where_the_format_allows_it(towns):
    by_town = {key: set().union(*(answer.dirt for answer in town.answers)) for key, town in towns.items()}
    amounts = {"thousands_blank", "thousands_nbsp", "parentheses", "trailing_minus", "euro_sign"}
    names = {"supplier_capitals", "supplier_typo", "supplier_factoring"}
    ids = {"business_id_missing", "business_id_without_dash", "business_id_as_vat_number"}
    dates = {"date_iso", "date_iso_time", "date_compact"}
    everywhere = amounts | names | ids | dates | {"any"}
    beyond_cp1252 = {"thousands_narrow_nbsp", "unicode_minus"}
    ragged = {"short_row", "long_row", "quoted_delimiter", "date_padded"}
    assert by_town["ostoniemi"] == everywhere | ragged
    assert by_town["inkopsvik"] == everywhere | beyond_cp1252 | {"date_as_text"}
    assert by_town["esimerkkivirasto"] == everywhere | beyond_cp1252 | {"long_row", "date_padded"}


def test_headers_drift_repeat_and_are_padded(towns, folder):
    answers = towns["ostoniemi"].answers
    headers = [dict(_records(folder / answer.file, answer))[answer.header_row] for answer in answers]
    assert len({tuple(header) for header in headers}) == 5
    assert headers[3].count("Tulosalue") == 2
    assert any(name != name.strip() for name in headers[1])
    assert "Toimittajan\nnimi" in headers[4]


def test_notes_sheet_comes_first_in_2024_only(towns):
    first_sheets = [openpyxl.load_workbook(path, read_only=True).sheetnames[0] for path in towns["inkopsvik"].files]
    assert first_sheets == ["Fakturor 2020", "Fakturor 2021", "Fakturor 2022", "Fakturor 2023", "Anteckningar"]


# ---------------------------------------------------------------------------------------------------- documentation


def test_every_file_and_kind_of_dirt_is_documented(towns):
    page = (Path(__file__).parents[2] / "docs/reference/example-towns.md").read_text(encoding="utf-8")
    kinds = set().union(*(answer.dirt for answer in _answers(towns)))
    files = {Path(answer.file).name for answer in _answers(towns)}
    documented = set(re.findall(r"^\| `([^`]+)` \|", page, flags=re.MULTILINE))
    assert kinds - {"any"} | files | set(towns) == documented
