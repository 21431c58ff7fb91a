"""Text files that are broken, strange or meant to harm: the right rows, or a sentence that says what to do."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from keino.engine.ingest import problems
from keino.engine.ingest.container import ledger_files
from keino.engine.ingest.counting import count
from keino.engine.ingest.mapping_file import SavedMapping
from keino.engine.ingest.reading import ReadOptions, open_ledger
from keino.errors import KeinoError
from tests.engine.ingest.ledgers import HEADER, lines, read, total, way_of
from tests.engine.ingest.ledgers import ledger as write

GOOD = "\n".join([HEADER, *lines(60), ""])


def problem(path: Path, **options: object) -> KeinoError:
    """The error that reading the file ends with; its sentence names the file and what to do."""
    with pytest.raises(KeinoError) as caught:
        read(path, **options)
    assert path.name in str(caught.value)
    assert str(caught.value).endswith((".", ")"))
    return caught.value


def of_bytes(folder: Path, content: bytes, name: str = "ostot.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", problems.EmptyFile),
        (b"\n\n  \n", problems.NoText),
        (b"\xef\xbb\xbf", problems.NoText),
        ((HEADER + "\n").encode(), problems.NoRows),
        ((HEADER + "\n;;;;\n\n").encode(), problems.NoRows),
        (b"one word only\nanother line\n" * 20, problems.NoColumns),
        (bytes(range(256)) * 40, problems.IsBinary),
        (os.urandom(64) + b"\x00\x01\x02\x03" * 2000, problems.IsBinary),
        (b"%PDF-1.7 ...", problems.IsPdf),
        (b"\x1f\x8b\x08\x00abc", problems.IsArchive),
        (b"7z\xbc\xaf\x27\x1c", problems.IsArchive),
        (b"\x89PNG\r\n", problems.IsPicture),
        (b"SQLite format 3\x00", problems.IsDatabase),
        (b"\x7fELF\x02", problems.IsProgram),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", problems.IsWebPage),
        ("\ufeff<!DOCTYPE html><html>".encode("utf-16"), problems.IsWebPage),
        (b'<?xml version="1.0"?><Finvoice/>', problems.IsXml),
        (b'[{"amount": 1}]', problems.IsJson),
        (b"PK\x03\x04 and then nothing", problems.BrokenWorkbook),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and nothing", problems.IsOldOffice),
        (b"PAR1 and nothing PAR1", problems.BrokenParquet),
    ],
)
def test_what_is_no_ledger_is_named(tmp_path: Path, content: bytes, expected: type[KeinoError]) -> None:
    assert type(problem(of_bytes(tmp_path, content))) is expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_any_encoding_and_line_end_give_the_same_lines(tmp_path: Path, encoding: str, end: str) -> None:
    found = read(of_bytes(tmp_path, GOOD.replace("\n", end).encode(encoding)))
    assert (found.reading.accepted, found.reading.amount_accepted) == (60, total(range(1, 61)))
    assert [row.number for row in found.rows] == list(range(2, 62))
    assert "Tositepäivämäärä" in found.reading.mapping.values()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_mark_is_recognised(tmp_path: Path, encoding: str) -> None:
    found = read(of_bytes(tmp_path, GOOD.encode(encoding)))
    assert (found.reading.encoding, found.reading.accepted) == (encoding, 60)


def test_other_line_ends_in_the_middle_of_a_file(tmp_path: Path) -> None:
    mac, unix, dos = ("\r".join(lines(20)), "\n".join(lines(20, 21)), "\r\n".join(lines(20, 41)))
    found = read(of_bytes(tmp_path, f"{HEADER}\n{mac}\n{unix}\n{dos}\n".encode()))
    assert (found.reading.accepted, found.reading.amount_accepted) == (60, total(range(1, 61)))


def test_stray_return_inside_a_text_ends_no_line(tmp_path: Path) -> None:
    rows = lines(300)
    rows[7] = rows[7].replace("Firma", "Fir\rma")
    assert read(write(tmp_path / "l.csv", rows)).reading.amount_accepted == total(range(1, 301))


def test_nul_bytes_are_passed_over(tmp_path: Path) -> None:
    found = read(of_bytes(tmp_path, GOOD.replace("Firma 3 Oy", "Fir\0ma 3 Oy", 1).encode()))
    assert (found.reading.accepted, found.rows[2].supplier) == (60, "Firma 3 Oy")


@pytest.mark.parametrize("way", ["typed", "text", "careful"])
def test_lines_glued_in_from_another_encoding_are_mended(tmp_path: Path, way: str) -> None:
    body = [line.replace("Firma", "Yhtiö Äyräs").encode() for line in lines(60)]
    for row in (5, 40):
        body[row] = body[row].decode().replace("Yhtiö Äyräs", "Mäki").encode("cp1252")
    found = read(of_bytes(tmp_path, b"\n".join([HEADER.encode(), *body, b""])), way)
    assert found.notes() == {7: "repaired encoding", 42: "repaired encoding"}
    assert [found.rows[row].supplier for row in (5, 40)] == ["Mäki 6 Oy", "Mäki 5 Oy"]
    assert found.reading.amount_total == total(range(1, 61))


@pytest.mark.parametrize("way", ["typed", "text", "careful"])
def test_stray_quotes_are_characters(tmp_path: Path, way: str) -> None:
    rows = lines(60)
    rows[3] = rows[3].replace("Firma", 'Putki 5" ja')
    rows[9] = rows[9].replace("Firma", '"Firma"')
    rows[20] = rows[20].replace("Firma", '"Firma')
    found = read(write(tmp_path / "l.csv", rows), way)
    assert (found.reading.rows, found.reading.amount_total) == (60, total(range(1, 61)))
    assert set(found.notes().values()) <= {"repaired broken_quotes"}
    assert {22} <= set(found.notes())
    assert found.rows[3].supplier == 'Putki 5" ja 4 Oy'


def test_header_of_two_lines_does_not_slow_the_rest(tmp_path: Path) -> None:
    rows = [*lines(600), "601;1.2.2023;4300;Firma Oy;puuttuu"]
    found = read(write(tmp_path / "l.csv", rows, HEADER.replace("Toimittajan nimi", '"Toimittajan\nnimi"')))
    assert (found.way, found.reading.header_row, found.rows[0].number) == ("typed", 1, 3)
    assert found.reading.amount_accepted == total(range(1, 601))
    assert found.notes() == {603: "rejected bad_amount"}


def test_unterminated_quote_near_the_top_swallows_nothing(tmp_path: Path) -> None:
    rows = lines(30_000)
    rows[1] = rows[1].replace("Firma", '"Firma')
    found = read(write(tmp_path / "l.csv", rows))
    assert (found.reading.rows, found.reading.amount_total) == (30_000, total(range(1, 30_001)))
    assert found.notes() == {3: "repaired broken_quotes"}


def test_cell_with_line_breaks_is_one_row(tmp_path: Path) -> None:
    rows = lines(600)
    rows[500] = rows[500].replace("Firma 6 Oy", '"Firma\n\n6\nOy"')
    found = read(write(tmp_path / "l.csv", rows))
    assert (found.reading.rows, found.reading.blank_rows, found.way) == (600, 0, "careful")
    assert (found.rows[500].number, found.rows[501].number) == (502, 506)  # lines, as an editor counts them


@pytest.mark.parametrize("way", ["typed", "text", "careful"])
def test_delimiter_inside_unquoted_text_is_rejected_not_shifted(tmp_path: Path, way: str) -> None:
    rows = lines(60)
    rows[9] = rows[9].replace("Firma 1 Oy", "Firma; Tytär ja Poika")
    found = read(write(tmp_path / "l.csv", rows), way)
    assert found.notes() == {11: "rejected too_many_fields"}
    assert found.reading.amount_accepted == total(range(1, 61)) - Decimal("10.5")


@pytest.mark.parametrize("way", ["typed", "text", "careful"])
def test_rows_cut_short_are_named(tmp_path: Path, way: str) -> None:
    rows = lines(60)
    rows[9] = ";".join(rows[9].split(";")[:2])
    found = read(write(tmp_path / "l.csv", rows), way)
    assert found.notes() == {11: "rejected no_amount"}


@pytest.mark.parametrize("way", ["typed", "text", "careful"])
def test_blank_lines_anywhere_are_counted_and_move_no_number(tmp_path: Path, way: str) -> None:
    rows = lines(60)
    for place in (50, 20, 20, 5):
        rows.insert(place, "")
    found = read(write(tmp_path / "l.csv", [*rows, "", "", ""]), way)
    assert (found.way, found.reading.blank_rows, found.reading.accepted) == (way, 7, 60)
    places = {row.number: row.amount for row in found.rows}
    assert (places[7], places[8], places[25], places[62]) == (None, Decimal("6.5"), Decimal("21.5"), Decimal("57.5"))


def test_many_blank_lines_in_a_larger_file_do_not_need_the_careful_way(tmp_path: Path) -> None:
    rows = [line for n in range(0, 6000, 6) for line in (*lines(6, n + 1), "")]
    found = read(write(tmp_path / "l.csv", rows))
    assert (found.way, found.reading.blank_rows) == ("typed", 1000)
    assert [row.number for row in found.rows[:8]] == [2, 3, 4, 5, 6, 7, 8, 9]
    assert found.rows[-2].amount == Decimal("6000.5")


def test_ten_thousand_columns_are_refused(tmp_path: Path) -> None:
    row = ";".join(["1"] * 10_000)
    assert problem(of_bytes(tmp_path, f"{row}\n{row}\n{row}\n".encode())).values["columns"] == 10_000


@pytest.mark.parametrize("content", [b"x", b"1;"])
def test_one_endless_line_is_refused_without_reading_it(tmp_path: Path, content: bytes) -> None:
    """A file of a gigabyte, sparse but for its beginning, stands for an endless line."""
    path = of_bytes(tmp_path, content * 3_000_000)
    os.truncate(path, 1024**3)
    assert type(problem(path)) in {problems.LineTooLong, problems.IsBinary}


def test_endless_line_behind_good_ones_is_refused(tmp_path: Path) -> None:
    path = of_bytes(tmp_path, GOOD.encode() + b"9;" * 2_000_000)
    assert type(problem(path)) is problems.LineTooLong


@pytest.mark.parametrize(
    "name",
    ["a*b.csv", "[ab].csv", "mikä?.csv", "isän'äiti.csv", 'lai"naus.csv', "kaksi\nriviä.csv", "back\\slash.csv",
     "{x,y}.csv", "year=2020.csv", "~.csv", "ostot.csv.gz", "%20.csv", " .csv", f"{'ä' * 100}.csv"],
)  # fmt: skip
def test_marks_of_patterns_in_a_name_are_letters(tmp_path: Path, name: str) -> None:
    """Beside the file lie others that its name, taken as a pattern, would match."""
    folder = tmp_path / "vuosi=2019 [x]*"
    folder.mkdir()
    for other in ("aXXb.csv", "a.csv", "mikäs.csv"):
        write(folder / other, lines(90))
    path = of_bytes(folder, GOOD.encode(), name)
    for way in ("typed", "text", "careful"):
        found = read(path, way)
        assert (found.reading.path, found.reading.rows) == (str(path), 60)


def test_two_files_of_one_name_in_two_folders_do_not_meet(tmp_path: Path) -> None:
    """Both leave temporary files: a line of each is mended."""
    con = duckdb.connect()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    opened = []
    for folder, number in (("a", 60), ("b", 90)):
        (tmp_path / folder).mkdir()
        path = write(tmp_path / folder / "ostot.csv", [*lines(number), "1;bad;1;1;1"])
        opened.append(open_ledger(path, con, temporary, ReadOptions()))
    for _ in range(2):  # counted twice, nothing is left over from the first time or from the other file
        assert [count(con, each).reading.rows for each in opened] == [61, 91]
        assert [count(con, each).reading.rejections[0].sample_row for each in opened] == [62, 92]
    assert [way_of(each) for each in opened] == ["typed", "typed"]


def test_folder_gives_its_ledgers_and_nothing_hidden(tmp_path: Path) -> None:
    (tmp_path / "x" / ".hidden").mkdir(parents=True)
    for name in ("x/b.csv", "x/a.XLSX", "x/.hidden/c.csv", "x/~$a.xlsx", "x/readme.md"):
        of_bytes(tmp_path, b"1", name)
    (tmp_path / "x" / "loop").symlink_to(tmp_path / "x")
    assert [path.name for path in ledger_files([tmp_path])] == ["a.XLSX", "b.csv"]


def test_paths_that_are_no_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "round.csv").symlink_to(tmp_path / "round.csv")
    for name, expected in (
        ("nothing.csv", problems.NoSuchPath),
        ("empty", problems.EmptyFolder),
        ("pipe.csv", problems.NotAFile),
        ("round.csv", problems.NoSuchPath),
    ):
        with pytest.raises(expected):
            ledger_files([tmp_path / name])
    with pytest.raises(problems.NotAFile):
        ledger_files([Path("/dev/null")])


def test_file_that_may_not_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = of_bytes(tmp_path, b"1;2\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(problems.MayNotOpen, match="Permission denied"):
        ledger_files([path])


def test_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "l.csv", lines(60))
    con = duckdb.connect()
    opened = open_ledger(path, con, tmp_path, ReadOptions())
    write(path, lines(61))
    with pytest.raises(problems.ChangedMeanwhile):
        count(con, opened)


def test_wrong_words_in_a_mapping_are_named(tmp_path: Path) -> None:
    path = of_bytes(tmp_path, GOOD.encode())
    encoding = SavedMapping(columns={}, encoding="klingon")
    assert type(problem(path, mapping=encoding)) is problems.UnknownEncoding
    assert type(problem(path, mapping=SavedMapping(columns={}, header_row=5000))) is problems.NoHeaderThere


def test_ledger_without_amount_or_date_names_what_to_choose(tmp_path: Path) -> None:
    rows = [f"{n};Hanke {n};{n},50;{n + 7},25" for n in range(30)]
    error = problem(write(tmp_path / "l.csv", rows, "Nro;Hanke;Budjetti;Rahoitus"))
    assert type(error) is problems.AmountUnclear
    assert error.values["columns"] == '"Nro", "Budjetti", "Rahoitus"'
    no_amount = problem(write(tmp_path / "m.csv", [f"a{n};b{n}" for n in range(30)], "Nimi;Selite"))
    assert (type(no_amount), no_amount.values["columns"]) == (problems.NoAmount, "Nimi, Selite")
    no_date = problem(write(tmp_path / "n.csv", [f"Firma {n};{n},50" for n in range(30)], "Toimittaja;Netto"))
    assert type(no_date) is problems.NoDate
    assert "--ledger-year" in str(no_date)
    assert no_date.exit_code == 2


def test_temporary_files_lie_in_the_given_folder_only(tmp_path: Path) -> None:
    path = of_bytes(tmp_path, GOOD.replace("Firma 3 Oy", '"Firma', 1).encode("utf-16"))
    assert read(path).left_behind
    assert [item.name for item in tmp_path.iterdir()] == ["ostot.csv"]
