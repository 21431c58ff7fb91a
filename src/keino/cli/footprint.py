"""``keino footprint``: the path from ledgers to hotspots, and the report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keino.cli.console import language_option, progress_bar, show_json
from keino.cli.options import FILES, read_options, reading_options

if TYPE_CHECKING:
    from keino.engine.results import FootprintResult

SLICES = ("category", "main", "year", "unit", "supplier")


@click.command("footprint")
@FILES
@click.option(
    "--factors",
    default="",
    metavar="fi|uk|FILE",
    help="Emission factors (fi@EDITION for one edition); without it those of the currency.",
)
@click.option("--rules", type=click.Path(path_type=Path, dir_okay=False), help="Your own rules for categories (CSV).")
@click.option("--year", type=click.IntRange(1990, 2100), help="Count only this year's lines.")
@click.option("--by", type=click.Choice(SLICES), default="main", show_default=True, help="What the table shows.")
@click.option("--top", type=click.IntRange(1), default=15, show_default=True, help="Rows of the table.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the report and the lines.")
@click.option("--population", type=click.IntRange(1), help="Residents, for the footprint per resident.")
@click.option("--organisation", default="", help="Name of the buyer, for the report.")
@click.option(
    "--unclassified",
    type=click.Choice(["none", "average"]),
    default="none",
    show_default=True,
    help="Give purchases without a category no footprint, or the average one.",
)
@click.option("--engine", default="duckdb", show_default=True, help="Where to calculate: duckdb (this machine).")
@reading_options
@language_option
def command(
    files: tuple[Path, ...],
    factors: str,
    rules: Path | None,
    year: int | None,
    by: str,
    top: int,
    out: Path | None,
    population: int | None,
    organisation: str,
    unclassified: str,
    engine: str,
    mapping: Path | None,
    currency: str,
    ledger_year: int | None,
    sheet: str,
    language: str,
    *,
    strict: bool,
    as_json: bool,
) -> None:
    """Calculate the carbon footprint of ledgers by category, with intervals, hotspots and coverage.

    With --out, FOLDER gets the report (report.html, report.xlsx), every line with its category and factor (lines.csv,
    lines.parquet), rejected rows to mend, and manifest.json.
    """
    from keino.engine.run import RunOptions, run_footprint

    options = RunOptions(
        read=read_options(mapping, currency, ledger_year, sheet),
        factors=factors,
        rules=rules,
        year=year,
        by=(by,) if by in ("unit", "supplier") else (),
        out=out,
        strict=strict,
        engine=engine,
        population=population,
        organisation=organisation,
        unclassified=unclassified,
    )
    with progress_bar(language) as progress:
        result = run_footprint(files, options, progress)
    show_result(result, language, by=by, top=top, out=out, as_json=as_json)
    if strict and any(reading.rejected for reading in result.readings):
        sys.exit(1)


def show_result(
    result: FootprintResult, language: str, *, by: str, top: int, out: Path | None, as_json: bool = False
) -> None:
    """Write the report where one is wanted, and show the result."""
    written: dict[str, Path] = {}
    if out is not None:
        from keino.engine.manifest import write_manifest
        from keino.report.write import write_report

        written = write_report(result, out, language)
        written["manifest"] = write_manifest(result, out)
    if as_json:
        from keino.cli.as_json import footprint_json

        show_json(footprint_json(result))
        return
    from keino.cli.footprint_text import footprint_text

    click.echo(footprint_text(result, language, by=by, top=top, report=written.get("html")))
