"""Importing official lists: what a publisher's file becomes, that nothing is overwritten, and what is refused."""

from __future__ import annotations

import csv
import shutil
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from keino.engine import facts_import, import_files
from keino.engine.facts_import import (
    AlreadyImported,
    EditionExists,
    Imported,
    ImportRequest,
    UnusedOption,
    UnwritableFacts,
    WrongCountry,
    WrongEditionName,
    import_facts,
)
from keino.engine.import_files import ImportProblems, MissingImportColumns, UnreadableImport
from keino.engine.official_lists import (
    SourceConflict,
    UnknownCountry,
    UnknownSourceKeys,
    UnknownTableFormat,
    UnlikelyFactors,
)
from keino.errors import FactsError
from keino.facts.own import own_editions
from keino.facts.read import all_editions, all_sources, default_edition, editions, read, sources, table_names

TODAY = date(2026, 11, 21)
#: Header and rows of figaro_purchaser_price_factors_26ed.csv (Ecodex, commit 95b7ccf2), as published.
FIGARO_HEADER = (
    "year,country_code,country,nace_code,product,valuation_year,purchases_pp_meur,share_basic_value,"
    "share_trade_transport_margins,share_taxes_less_subsidies,margins_transport_share,rebasing_ratio,margin_factor,"
    "margin_term,total_basic_prices,total_purchaser_prices_rebased,total_purchaser_prices_with_margins\n"
)
AUSTRIA = (
    "2014,AT,Austria,A02,Forestry and logging,2014,4721.9,0.8659,0.1357,-0.0017,0.0539,0.8659,159.21,21.6,181.6,"
    "157.26,178.86\n"
    "2014,AT,Austria,H51,Air transport,2014,2564.0,0.9806,0.0,0.0194,0.0539,0.9806,159.21,0.0,1379.53,1352.79,"
    "1352.79\n"
)
BELGIUM = (
    "2014,BE,Belgium,A02,Forestry and logging,2014,510.9,0.9328,0.0664,0.0008,0.0,0.9328,207.53,13.78,674.27,628.93,"
    "642.72\n"
)
#: Two rows of the eForms SDK's genericode lists (Publications Office, CC BY 4.0), in their form.
GENERICODE = """<?xml version="1.0" encoding="UTF-8"?>
<gc:CodeList xmlns:gc="http://docs.oasis-open.org/codelist/ns/genericode/1.0/">
   <Identification><ShortName>Cpv</ShortName></Identification>
   <ColumnSet><Column Id="code" Use="required"/><Column Id="Name" Use="optional"/></ColumnSet>
   <SimpleCodeList>
      <Row>
         <Value ColumnRef="code"><SimpleValue>75121000</SimpleValue></Value>
         <Value ColumnRef="Name"><SimpleValue>Administrative educational services</SimpleValue></Value>
         <Value ColumnRef="eng_label"><SimpleValue>Administrative educational services</SimpleValue></Value>
         <Value ColumnRef="fin_label"><SimpleValue>Koulutusalan hallinnolliset palvelut</SimpleValue></Value>
         <Value ColumnRef="swe_label"><SimpleValue>Utbildningsadministration</SimpleValue></Value>
      </Row>
      <Row>
         <Value ColumnRef="code"><SimpleValue>75122000</SimpleValue></Value>
         <Value ColumnRef="Name"><SimpleValue>Administrative healthcare services</SimpleValue></Value>
         <Value ColumnRef="eng_label"><SimpleValue>Administrative healthcare services</SimpleValue></Value>
         <Value ColumnRef="fin_label"><SimpleValue>Terveydenhuollon hallinnolliset palvelut</SimpleValue></Value>
         <Value ColumnRef="swe_label"><SimpleValue>Hälsovårdsförvaltning</SimpleValue></Value>
      </Row>
   </SimpleCodeList>
</gc:CodeList>
"""
LABELS = {
    "75121000": (
        "Koulutusalan hallinnolliset palvelut",
        "Utbildningsadministration",
        "Administrative educational services",
    ),
    "75122000": (
        "Terveydenhuollon hallinnolliset palvelut",
        "Hälsovårdsförvaltning",
        "Administrative healthcare services",
    ),
}
CPV_CSV = "CODE,EN,FI,SV\n" + "".join(f"{code}-1,{en},{fi},{sv}\n" for code, (fi, sv, en) in LABELS.items())


@pytest.fixture(autouse=True)
def own_facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "facts"
    monkeypatch.setenv("KEINO_FACTS", str(folder))
    read.cache_clear()
    return folder


def written(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*") if path.name != ".lock")


def load(kind: str, path: Path, **rest: object) -> Imported:
    return import_facts(ImportRequest(kind, path, TODAY, **rest))


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def labels(edition: str = "own-2026-1") -> dict[str, tuple[str, str, str]]:
    rows = read("cpv_codes", edition).rows
    return {row["code"]: (row["label_fi"], row["label_sv"], row["label_en"]) for row in rows}


# ---- CPV


def test_cpv_is_read_from_csv(tmp_path: Path) -> None:
    imported = load("cpv", file(tmp_path, "cpv.csv", CPV_CSV))
    assert (imported.table, imported.edition, imported.rows, imported.expected_rows) == (
        "cpv_codes", "own-2026-1", 2, 9454,
    )  # fmt: skip
    assert labels() == LABELS


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_cpv_is_read_from_any_usual_csv(tmp_path: Path, delimiter: str, encoding: str) -> None:
    load("cpv", file(tmp_path, "cpv.csv", CPV_CSV.replace(",", delimiter).encode(encoding)))
    assert labels() == LABELS


def test_cpv_is_read_from_genericode(tmp_path: Path) -> None:
    load("cpv", file(tmp_path, "cpv.gc", GENERICODE))
    assert labels() == LABELS


def test_cpv_is_read_from_the_sheet_of_a_workbook_that_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "cpv.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("About").write_row(0, 0, ["Common Procurement Vocabulary"])
        sheet = book.add_worksheet("CPV codes")
        for number, line in enumerate(CPV_CSV.splitlines()):
            sheet.write_row(number, 0, line.split(","))
    load("cpv", path)
    assert labels() == LABELS


def test_cpv_of_the_supplementary_vocabulary_is_left_out_and_counted(tmp_path: Path) -> None:
    imported = load("cpv", file(tmp_path, "cpv.csv", CPV_CSV + "AA01-1,Metal,Metalli,Metall\n"))
    assert (imported.rows, imported.left_out) == (2, 1)


def test_whole_cpv_equals_the_names_of_the_eforms_translations(shared_data: Path) -> None:
    """The list comes from the CPV workbook, the expected names from the translation files of the eForms SDK."""
    imported = load("cpv", shared_data / "codelists" / "cpv_2008_fi_sv_en.csv")
    with (shared_data / "labelled" / "cpv_names_fi_sv_en.csv").open(encoding="utf-8") as stream:
        expected = {
            row["cpv"]: tuple(" ".join(row[name].split()) for name in ("name_fi", "name_sv", "name_en"))
            for row in csv.DictReader(stream)
        }
    assert imported.rows == imported.expected_rows
    assert labels() == expected


# ---- FIGARO


def test_figaro_becomes_kg_per_euro_of_one_country(tmp_path: Path) -> None:
    path = file(tmp_path, "figaro_purchaser_price_factors_26ed.csv", FIGARO_HEADER + AUSTRIA + BELGIUM)
    imported = load("figaro", path, country="at")
    rows = {row["product"]: row for row in read("emission_factors", imported.edition).rows}
    assert {product: (row["value"], row["year"], row["factor_set"]) for product, row in rows.items()} == {
        "A02": ("0.17886", "2014", "at_figaro"),
        "H51": ("1.35279", "2014", "at_figaro"),
    }
    assert {(row["unit"], row["currency"], row["price_basis"]) for row in rows.values()} == {
        ("kgCO2e/EUR", "EUR", "purchaser")
    }
    source = all_sources()[imported.sources[0]]
    assert (source["edition"], source["published"], source["licence"]) == (
        "26ed", "", sources()["figaro_fi"]["licence"],
    )  # fmt: skip
    assert {"A01", "C10T12", "H51"} - set(imported.missing_products) == {"H51"}


def test_figaro_extract_of_finland_equals_what_the_package_carries(shared_data: Path) -> None:
    load("figaro", shared_data / "factors" / "figaro_fi_purchaser_price_factors_2015_2023.csv")
    package = {
        (row["product"], row["year"]): row["value"]
        for row in read("emission_factors").rows
        if row["factor_set"] == "fi_figaro" and row["year"] in ("2015", "2023")
    }
    own = {(row["product"], row["year"]): row["value"] for row in read("emission_factors", "own-2026-1").rows}
    assert own == package
    assert len(own) == 124


def test_figaro_names_the_countries_it_has(tmp_path: Path) -> None:
    with pytest.raises(UnknownCountry, match=r"no factors for FI.*Its countries are: AT, BE\.$"):
        load("figaro", file(tmp_path, "f.csv", FIGARO_HEADER + AUSTRIA + BELGIUM))


def test_figaro_in_another_unit_is_refused(tmp_path: Path, own_facts: Path) -> None:
    in_kg_per_euro = FIGARO_HEADER + BELGIUM.replace("642.72", "0.64272")
    with pytest.raises(UnlikelyFactors, match="another unit"):
        load("figaro", file(tmp_path, "f.csv", in_kg_per_euro), country="BE")
    assert not own_facts.exists()


@pytest.mark.parametrize("cell", ["abc", "nan", "inf", "1e400", "1e999999999", "1_000", ""])
def test_figaro_with_text_in_numbers_is_refused(tmp_path: Path, own_facts: Path, cell: str) -> None:
    path = file(tmp_path, "f.csv", FIGARO_HEADER + BELGIUM.replace("642.72", cell) + BELGIUM)
    with pytest.raises(ImportProblems, match=r"\(1\).*row 2: total_purchaser_prices_with_margins is .* not a number"):
        load("figaro", path, country="BE")
    assert not own_facts.exists()


# ---- a table's own format


def exported(tmp_path: Path, name: str, **changes: str) -> Path:
    """The first row of a package table as a file, with changed cells."""
    row = {**read(name).rows[0], **changes}
    path = tmp_path / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, row)
        writer.writeheader()
        writer.writerow(row)
    return path


def source_file(tmp_path: Path, **changes: str) -> Path:
    row = {**sources()["keino"], "key": "our-study", "producer": "Our town", "title": "Study", **changes}
    path = tmp_path / "sources.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, row)
        writer.writeheader()
        writer.writerow(row)
    return path


def test_table_in_the_format_of_the_package_is_recognised_by_its_columns(tmp_path: Path) -> None:
    imported = load("table", exported(tmp_path, "price_indices", value="1.5"))
    assert (imported.table, read("price_indices", imported.edition).rows[0]["value"]) == ("price_indices", "1.5")


def test_table_brings_its_sources_under_keys_that_the_package_never_uses(tmp_path: Path) -> None:
    path = exported(tmp_path, "price_indices", source="our-study")
    load("table", path, sources=source_file(tmp_path))
    assert read("price_indices", "own-2026-1").rows[0]["source"] == "own-our-study"
    assert all_sources()["own-our-study"]["producer"] == "Our town"
    assert "own-our-study" not in sources()


def test_table_with_an_undescribed_source_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownSourceKeys, match="our-study"):
        load("table", exported(tmp_path, "price_indices", source="our-study"))


def test_source_is_not_redefined_by_a_later_import(tmp_path: Path) -> None:
    path = exported(tmp_path, "price_indices", source="our-study")
    load("table", path, sources=source_file(tmp_path))
    with pytest.raises(SourceConflict, match="our-study"):
        load("table", path, sources=source_file(tmp_path, title="Another study"))


def test_table_with_an_unknown_category_is_refused(tmp_path: Path, own_facts: Path) -> None:
    with pytest.raises(ImportProblems, match=r"cpv_categories own-2026-1, row 2: there is no category NOWHERE\.X"):
        load("table", exported(tmp_path, "cpv_categories", category="NOWHERE.X"))
    assert not own_facts.exists()


def test_table_without_a_licence_for_its_source_is_refused(tmp_path: Path) -> None:
    path = exported(tmp_path, "price_indices", source="our-study")
    with pytest.raises(ImportProblems, match="own-our-study has no licence"):
        load("table", path, sources=source_file(tmp_path, licence=""))


def test_table_of_no_known_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownTableFormat, match="a, b"):
        load("table", file(tmp_path, "t.csv", "a,b\n1,2\n"))
    with pytest.raises(MissingImportColumns, match="index, year, value"):
        load("table", file(tmp_path, "t.csv", "a,b\n1,2\n"), table="price_indices")


# ---- editions


def test_imported_edition_changes_nothing_that_is_read_without_naming_it(tmp_path: Path) -> None:
    before = (read("price_indices"), table_names(), editions("price_indices"), sources())
    load("table", exported(tmp_path, "price_indices", value="1.5"))
    assert (read("price_indices"), table_names(), editions("price_indices"), sources()) == before
    assert default_edition("price_indices") == before[0].edition
    assert all_editions("price_indices") == (*before[2], "own-2026-1")


def test_table_that_only_the_user_has_is_read_by_its_newest_edition(tmp_path: Path) -> None:
    load("cpv", file(tmp_path, "a.csv", CPV_CSV), edition="own-2025-10")
    load("cpv", file(tmp_path, "b.csv", CPV_CSV.replace("Hälso", "H")), edition="2025-9")
    assert own_editions("cpv_codes") == ("own-2025-9", "own-2025-10")
    assert read("cpv_codes").edition == "own-2025-10"


def test_edition_carries_the_hash_of_its_file(tmp_path: Path) -> None:
    imported = load("cpv", file(tmp_path, "a.csv", CPV_CSV))
    before = read("cpv_codes").sha256
    imported.path.write_text(imported.path.read_text("utf-8").replace("Utbildnings", "X"), "utf-8")
    read.cache_clear()
    assert before
    assert read("cpv_codes").sha256 != before
    assert read("price_indices").sha256 == ""


def test_next_free_edition_of_the_year_is_taken(tmp_path: Path) -> None:
    load("cpv", file(tmp_path, "a.csv", CPV_CSV))
    assert load("cpv", file(tmp_path, "b.csv", CPV_CSV.replace("Hälso", "H"))).edition == "own-2026-2"


def test_existing_edition_is_refused_and_stays_as_it_is(tmp_path: Path, own_facts: Path) -> None:
    load("cpv", file(tmp_path, "a.csv", CPV_CSV), edition="own-2026-1")
    before = {name: (own_facts / name).read_bytes() for name in written(own_facts)}
    with pytest.raises(EditionExists, match="own-2026-1"):
        load("cpv", file(tmp_path, "b.csv", CPV_CSV), edition="2026-1")
    assert {name: (own_facts / name).read_bytes() for name in written(own_facts)} == before


def test_same_file_is_not_imported_twice(tmp_path: Path) -> None:
    path = file(tmp_path, "a.csv", CPV_CSV)
    load("cpv", path)
    with pytest.raises(AlreadyImported, match="own-2026-1"):
        load("cpv", path)


@pytest.mark.parametrize("name", ["2026", "../x", "own-2026-0", "own-2026-01", "newest", "2026-1/../../x"])
def test_edition_of_another_form_is_refused(tmp_path: Path, own_facts: Path, name: str) -> None:
    with pytest.raises(WrongEditionName):
        load("cpv", file(tmp_path, "a.csv", CPV_CSV), edition=name)
    assert not own_facts.exists()


def test_failure_while_writing_leaves_no_edition(
    tmp_path: Path, own_facts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(facts_import.os, "fsync", full_disk)
    with pytest.raises(UnwritableFacts, match="No space left"):
        load("cpv", file(tmp_path, "a.csv", CPV_CSV))
    assert written(own_facts) == []


def test_folder_that_is_a_file_is_refused(tmp_path: Path, own_facts: Path) -> None:
    own_facts.write_text("not a folder")
    with pytest.raises(UnwritableFacts):
        load("cpv", file(tmp_path, "a.csv", CPV_CSV))


def test_own_edition_that_was_damaged_is_not_read(tmp_path: Path) -> None:
    path = load("cpv", file(tmp_path, "a.csv", CPV_CSV)).path
    path.write_bytes(path.read_bytes()[:-20])
    read.cache_clear()
    with pytest.raises(FactsError, match="can't be read"):
        read("cpv_codes")


def test_options_of_another_kind_are_refused(tmp_path: Path) -> None:
    path = file(tmp_path, "a.csv", CPV_CSV)
    with pytest.raises(UnusedOption, match="--country means nothing for cpv"):
        load("cpv", path, country="FI")
    with pytest.raises(WrongCountry):
        load("figaro", path, country="Finland")


# ---- files that can't be what they should be

ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE c [{}]>'
    '<c><Row><Value ColumnRef="code"><SimpleValue>{}</SimpleValue></Value></Row></c>'
)
LAUGHS = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", UnreadableImport),
        (bytes(range(256)) * 20, UnreadableImport),
        ("CODE,EN\n75121000,Räksmörgås\n".encode("latin-1"), UnreadableImport),
        (b"CODE,EN\n75121000,a\0b\n", UnreadableImport),
        (b"CODE,EN\n", UnreadableImport),
        (b"\n \n", UnreadableImport),
        (b"CODE,EN,EN\n75121000,a,b\n", UnreadableImport),
        (b'CODE,EN\n75121000,"a\n', UnreadableImport),
        (b"CODE,EN\n75121000," + b"a" * 200_000 + b"\n", UnreadableImport),
        (",".join(map(str, range(10_000))).encode(), UnreadableImport),
        (b"a,b\n1,2\n", MissingImportColumns),
        (b"CODE,EN\n75121000\n", ImportProblems),
        (b"CODE,EN\n75121000-1,a\n75121000-1,b\n", ImportProblems),
        (b"CODE,EN\n3000000,lost its zero\n", ImportProblems),
        (b"CODE,EN\n75121000,\n", ImportProblems),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", UnreadableImport),
        (b'<?xml version="1.0"?><c><Row><Value ColumnRef="co', UnreadableImport),
        (b'<?xml version="1.0"?><c><Row/></c>', MissingImportColumns),
        (ENTITY.format('<!ENTITY e SYSTEM "file:///etc/passwd">', "&e;").encode(), UnreadableImport),
        (ENTITY.format('<!ENTITY e SYSTEM "http://example.org/x">', "&e;").encode("utf-16"), UnreadableImport),
        (ENTITY.format(LAUGHS, "&a11;").encode(), UnreadableImport),
        (b"PK\x03\x04 cut short", UnreadableImport),
    ],
)
def test_file_that_is_no_cpv_list_is_refused(
    tmp_path: Path, own_facts: Path, content: bytes, error: type[Exception]
) -> None:
    path = file(tmp_path, "list", content)
    with pytest.raises(error) as caught:
        load("cpv", path)
    assert "root:" not in str(caught.value)
    assert not own_facts.exists()


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableImport, match="there is no such file"):
        load("cpv", tmp_path / "absent.csv")


def test_huge_text_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.write(b"CODE,EN\n")
        stream.truncate(10 * 1024**3)  # sparse: takes no room on the disk
    with pytest.raises(UnreadableImport, match="far larger"):
        load("cpv", path)


def test_workbook_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/a.xml", "w") as part:
        for _ in range(import_files.MAX_UNPACKED_BYTES // 1024**2 + 1):
            part.write(b"0" * 1024**2)
    with pytest.raises(UnreadableImport, match="far larger"):
        load("cpv", path)


def test_workbook_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "liar.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 5 * 1024**2)
    content = bytearray(path.read_bytes())
    entry = content.find(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = content[22:26] = struct.pack("<I", 10)
    path.write_bytes(content)
    with pytest.raises(UnreadableImport, match="broken"):
        load("cpv", path)


def test_import_needs_no_home_to_be_created_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KEINO_FACTS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("sys.platform", "linux")
    imported = load("cpv", file(tmp_path, "a.csv", CPV_CSV))
    assert imported.path == tmp_path / "data" / "keino" / "facts" / "cpv_codes" / "own-2026-1.csv"
    shutil.rmtree(tmp_path / "data")
