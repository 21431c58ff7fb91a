"""``keino check``: read ledgers, calculate nothing, and say how each was understood."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from keino.cli.console import language_option, progress_bar, show_error, show_json
from keino.cli.options import FILES, read_options, reading_options
from keino.errors import KeinoError

if TYPE_CHECKING:
    from keino.engine.ingest.counting import Counted


@click.command("check")
@FILES
@reading_options
@click.option(
    "--write-mapping",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Save how the file was read, to be changed and given back with --mapping. For one file.",
)
@click.option(
    "--rejects",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the rejected rows, one file each, to be mended and read again.",
)
@language_option
def command(
    files: tuple[Path, ...],
    mapping: Path | None,
    currency: str,
    ledger_year: int | None,
    sheet: str,
    write_mapping: Path | None,
    rejects: Path | None,
    language: str,
    *,
    strict: bool,
    as_json: bool,
) -> None:
    """Read ledgers (CSV, TSV, Excel, ODS, Parquet; files or folders) and say how each was understood.

    Every row is accepted, repaired or rejected, and so is every cent. Rows that only sum other rows are named and not
    counted. Ends with 0 when all was read, 1 with --strict when rows were rejected, 2 when a column must be chosen, 3
    when a file can't be read.
    """
    from keino.engine.ingest.container import ledger_files
    from keino.engine.run import RunOptions, read_ledgers

    options = RunOptions(read=read_options(mapping, currency, ledger_year, sheet), strict=strict)
    paths, worst = ledger_files(list(files)), 0
    counted: list[Counted] = []
    errors: list[dict[str, str]] = []
    with progress_bar(language) as progress:
        for number, path in enumerate(paths):
            progress("read", number, len(paths))
            try:
                counted += read_ledgers([path], options, rejects=rejects)
            except KeinoError as error:
                worst = max(worst, error.exit_code)
                errors.append({"path": str(path), "code": error.code, "message": str(error)})
                if not as_json:
                    show_error(error, language)
    if write_mapping is not None and counted:
        _write_mapping(write_mapping, counted)
    _show(counted, errors, language, as_json=as_json)
    if not worst and strict and any(each.reading.rejected for each in counted):
        worst = 1
    sys.exit(worst)


def _write_mapping(path: Path, counted: list[Counted]) -> None:
    from keino.engine.ingest.mapping_file import saved_from, write_mapping

    if len(counted) != 1:
        raise click.UsageError("--write-mapping saves the reading of one file; give one file.")
    ledger = counted[0].ledger
    saved = saved_from(
        ledger.mapping,
        year=ledger.layout.file_year if not ledger.layout.dates else None,
        encoding=ledger.encoding or None,
        delimiter=ledger.delimiter or None,
        header_row=ledger.layout.header_row if ledger.header else 0,
        sheet=ledger.sheet or None,
    )
    write_mapping(path, saved)


def _show(counted: list[Counted], errors: list[dict[str, str]], language: str, *, as_json: bool) -> None:
    if as_json:
        from keino.cli.as_json import reading_json

        content: dict[str, Any] = {"files": [reading_json(each.reading) for each in counted]}
        if errors:
            content["errors"] = errors
        show_json(content)
        return
    from keino.cli.reading_text import reading_text

    for each in counted:
        click.echo(reading_text(each.reading, language))
