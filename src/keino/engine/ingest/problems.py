"""Why a file can't be read as a ledger: one class for each reason, with its whole sentence.

Each sentence is a constant with ``{named}`` values, so that the catalogues can translate it. ``code`` is stable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keino.errors import UnreadableLedger, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class LedgerProblem(UnreadableLedger):
    """A file that can't be read; ``path`` is the file, ``values`` what its sentence needs."""

    def __init__(self, path: Path, **values: object) -> None:
        super().__init__(path=path.name or str(path), **values)


class NoSuchPath(LedgerProblem):
    """A path that leads nowhere."""

    code = "no_such_path"
    template = "{path} could not be read: there is no such file or folder. Nothing was counted from it. Check the path."


class EmptyFolder(LedgerProblem):
    """A folder without a ledger."""

    code = "empty_folder"
    template = (
        "{path} could not be read: the folder holds no ledger. "
        "Nothing was counted from it. Put a file there ({suffixes})."
    )


class NotAFile(LedgerProblem):
    """A pipe, a device or something else that is not a file."""

    code = "not_a_file"
    template = (
        "{path} could not be read: it is no ordinary file. "
        "Nothing was counted from it. Save the ledger as a file and give that."
    )


class MayNotOpen(LedgerProblem):
    """The operating system refuses to open the file."""

    code = "may_not_open"
    template = (
        "{path} could not be read: it may not be opened ({reason}). "
        "Nothing was counted from it. Ask for the right to read it, or copy it where you may."
    )


class EmptyFile(LedgerProblem):
    """Nothing at all."""

    code = "empty_file"
    template = (
        "{path} could not be read: the file is empty (0 bytes). Nothing was counted from it. Export the ledger again."
    )


class NoText(LedgerProblem):
    """Blanks and line ends only."""

    code = "no_text"
    template = "{path} could not be read: it holds no text. Nothing was counted from it. Export the ledger again."


class NoRows(LedgerProblem):
    """A header and nothing below."""

    code = "no_rows"
    template = (
        "{path} could not be read: it has a header but no rows below it. "
        "Nothing was counted from it. Export the ledger again, with its lines."
    )


class ChangedMeanwhile(LedgerProblem):
    """Somebody wrote to the file while it was read."""

    code = "changed_meanwhile"
    template = (
        "{path} could not be read: the file changed while it was read. "
        "Nothing was counted from it. Wait until it is complete and read it again."
    )


class IsPdf(LedgerProblem):
    """A PDF."""

    code = "is_pdf"
    template = (
        "{path} could not be read: it is a PDF document. "
        "Nothing was counted from it. Ask the finance system for the ledger as CSV or Excel."
    )


class IsArchive(LedgerProblem):
    """A compressed file."""

    code = "is_archive"
    template = (
        "{path} could not be read: it is a compressed archive. "
        "Nothing was counted from it. Unpack it first and give the file inside."
    )


class IsPicture(LedgerProblem):
    """A picture."""

    code = "is_picture"
    template = (
        "{path} could not be read: it is a picture. "
        "Nothing was counted from it. Give the ledger itself, as CSV or Excel."
    )


class IsDatabase(LedgerProblem):
    """A database file."""

    code = "is_database"
    template = (
        "{path} could not be read: it is a database file. "
        "Nothing was counted from it. Export the purchase lines as CSV."
    )


class IsProgram(LedgerProblem):
    """A program."""

    code = "is_program"
    template = (
        "{path} could not be read: it is a program. "
        "Nothing was counted from it. Give the ledger itself, as CSV or Excel."
    )


class IsWebPage(LedgerProblem):
    """HTML, often named .xls."""

    code = "is_web_page"
    template = (
        "{path} could not be read: it is a web page, whatever its name says. "
        "Nothing was counted from it. Open it in a spreadsheet program and save it as .xlsx or .csv."
    )


class IsXml(LedgerProblem):
    """An XML document."""

    code = "is_xml"
    template = (
        "{path} could not be read: it is an XML document, not a table. "
        "Nothing was counted from it. Export the ledger as CSV or Excel."
    )


class IsJson(LedgerProblem):
    """JSON."""

    code = "is_json"
    template = (
        "{path} could not be read: it is JSON, not a table. "
        "Nothing was counted from it. Export the ledger as CSV, Excel or Parquet."
    )


class IsOldOffice(LedgerProblem):
    """An old Office document that is no workbook."""

    code = "is_old_office"
    template = (
        "{path} could not be read: it is an old Office document without a workbook. "
        "Nothing was counted from it. Save the ledger as .xlsx or .csv."
    )


class IsBinaryWorkbook(LedgerProblem):
    """.xlsb."""

    code = "is_binary_workbook"
    template = (
        "{path} could not be read: it is a binary workbook (.xlsb). "
        "Nothing was counted from it. Save it as .xlsx or .csv."
    )


class IsBinary(LedgerProblem):
    """Bytes that are no text."""

    code = "is_binary"
    template = (
        "{path} could not be read: it is a binary file, not text. "
        "Nothing was counted from it. Export the ledger as CSV or Excel."
    )


class NoWorkbookInside(LedgerProblem):
    """A zip of something else."""

    code = "no_workbook_inside"
    template = (
        "{path} could not be read: it is a zip archive without a workbook. "
        "Nothing was counted from it. Unpack it and give the ledger inside."
    )


class BrokenWorkbook(LedgerProblem):
    """A workbook that can't be unpacked or parsed."""

    code = "broken_workbook"
    template = (
        "{path} could not be read: the workbook is broken or cut short. "
        "Nothing was counted from it. Open it in a spreadsheet program and save it again."
    )


class LockedWorkbook(LedgerProblem):
    """A workbook behind a password."""

    code = "locked_workbook"
    template = (
        "{path} could not be read: the workbook is locked with a password. "
        "Nothing was counted from it. Save it without a password and try again."
    )


class UnpacksTooLarge(LedgerProblem):
    """A zip bomb, or what looks like one."""

    code = "unpacks_too_large"
    template = (
        "{path} could not be read: it unpacks to {size_mib} MiB, far more than a ledger of its size. "
        "Nothing was counted from it. It may be a harmful file. If it is yours, save the ledger as CSV."
    )


class HarmfulWorkbook(LedgerProblem):
    """XML that defines entities."""

    code = "harmful_workbook"
    template = (
        "{path} could not be read: the workbook defines entities of its own, which no spreadsheet program does. "
        "Nothing was counted from it. It may be a harmful file. If it is yours, save the ledger as CSV."
    )


class SheetTooLarge(LedgerProblem):
    """A sheet whose outermost cells lie impossibly far apart."""

    code = "sheet_too_large"
    template = (
        "{path} could not be read: sheet {sheet} spans {rows} rows and {columns} columns. "
        "Nothing was counted from it. Delete the stray cells far outside the table, or save the ledger as CSV."
    )


class NoSheet(LedgerProblem):
    """A workbook without sheets."""

    code = "no_sheet"
    template = (
        "{path} could not be read: the workbook has no sheet. "
        "Nothing was counted from it. Open it in a spreadsheet program and save it again."
    )


class NoSuchSheet(LedgerProblem):
    """--sheet names what is not there."""

    code = "no_such_sheet"
    template = (
        "{path} could not be read: it has no sheet called {sheet}. "
        "Nothing was counted from it. Its sheets are: {sheets}."
    )


class EmptySheet(LedgerProblem):
    """A sheet without cells."""

    code = "empty_sheet"
    template = (
        "{path} could not be read: sheet {sheet} is empty. "
        "Nothing was counted from it. Name the right sheet with --sheet."
    )


class BrokenParquet(LedgerProblem):
    """Parquet that can't be read."""

    code = "broken_parquet"
    template = (
        "{path} could not be read: the Parquet file is broken or cut short. "
        "Nothing was counted from it. Write it again."
    )


class TooManyColumns(LedgerProblem):
    """Thousands of columns."""

    code = "too_many_columns"
    template = (
        "{path} could not be read: it has {columns} columns. "
        "Nothing was counted from it. It is no ledger of purchases; export the purchase lines only."
    )


class LineTooLong(LedgerProblem):
    """A line of megabytes."""

    code = "line_too_long"
    template = (
        "{path} could not be read: a line is longer than {limit_kib} KiB. "
        "Nothing was counted from it. It is no table of purchases; export it again."
    )


class NoColumns(LedgerProblem):
    """Lines that do not split."""

    code = "no_columns"
    template = (
        "{path} could not be read: its lines do not split into columns by any delimiter (; , tab | ^ ~). "
        "Nothing was counted from it. Export it as CSV, or name the delimiter in a mapping file."
    )


class UnknownEncoding(LedgerProblem):
    """A mapping names an encoding that does not exist or does not fit."""

    code = "unknown_encoding"
    template = (
        "{path} could not be read: it can't be read as {encoding}. "
        "Nothing was counted from it. Correct the encoding in the mapping file, or leave it out."
    )


class NoAmount(UsageError):
    """No column holds the amount; ``columns`` are the header cells."""

    code = "no_amount_column"
    template = (
        "{path}: no column holds the amount of a purchase, and without it nothing can be counted. "
        "The columns are: {columns}. "
        "Name it in a mapping file ([columns] amount_net = ...) and give it with --mapping."
    )


class AmountUnclear(UsageError):
    """No column says for certain that it holds the amount; ``columns`` could be it, ``first`` is one of them."""

    code = "amount_unclear"
    template = (
        "{path}: no column says for certain that it holds the amount of a purchase, and without it nothing can be "
        "counted. It could be one of: {columns}. "
        "Choose one in a mapping file ([columns] amount_net = {first}) and give it with --mapping."
    )


class NoDate(UsageError):
    """No column holds a date and nothing tells the year; ``columns`` are the header cells."""

    code = "no_date_column"
    template = (
        "{path}: no column holds the date of a purchase, and without its year no emission factor fits. "
        "The columns are: {columns}. Give the year with --ledger-year, or name the column in a mapping file "
        "([columns] doc_date = ...) and give it with --mapping."
    )


class DateUnclear(UsageError):
    """No column says for certain that it holds the date; ``columns`` could be it, ``first`` is one of them."""

    code = "date_unclear"
    template = (
        "{path}: no column says for certain that it holds the date of a purchase, and without its year no emission "
        "factor fits. It could be one of: {columns}. Choose one in a mapping file ([columns] doc_date = {first}) and "
        "give it with --mapping, or give the year with --ledger-year."
    )


class NoHeaderThere(UsageError):
    """The mapping names a header row below the end of the file."""

    code = "no_header_there"
    template = "{path}: the mapping says that the header is row {row}, but the file is shorter. Correct header_row."


def named(texts: Sequence[str], most: int = 40) -> str:
    """Return texts as a list to read, cut after ``most``; a dash when there are none."""
    listed = ", ".join(text[:80] for text in texts[:most]) or "–"
    return f"{listed}, …" if len(texts) > most else listed
