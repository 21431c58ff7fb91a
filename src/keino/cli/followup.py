"""``keino followup``: why the footprint changed between two years, and whether planned measures showed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keino.cli.console import language_option, progress_bar, show_json
from keino.cli.options import FILES, read_options, reading_options

if TYPE_CHECKING:
    from keino.engine.followup import FollowUpResult


@click.command("followup")
@FILES
@click.option("--from", "year_from", type=click.IntRange(1990, 2100), required=True, help="The year to compare with.")
@click.option("--to", "year_to", type=click.IntRange(1990, 2100), required=True, help="The year to explain.")
@click.option(
    "--factors",
    default="",
    metavar="fi|uk|FILE",
    help="Emission factors of both years (fi@EDITION for one edition); without it those of the currency.",
)
@click.option(
    "--factors-from",
    default="",
    metavar="fi|uk|FILE",
    help="Factors by which the earlier year was reported, where they were others: their effect is told apart.",
)
@click.option(
    "--moved-unit",
    "moved_units",
    multiple=True,
    metavar="NAME",
    help="Unit that joined or left the organisation between the years, as the ledger writes it; may be repeated.",
)
@click.option(
    "--moved-category",
    "moved_categories",
    multiple=True,
    metavar="CODE",
    help="Category that was handed over or taken over between the years; may be repeated.",
)
@click.option(
    "--plan",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Planned reductions (CSV: measure, category, year, reduction_kgco2e): did each show?",
)
@click.option("--rules", type=click.Path(path_type=Path, dir_okay=False), help="Your own rules for categories (CSV).")
@click.option("--top", type=click.IntRange(1), default=10, show_default=True, help="Categories in the table.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for tables and the manifest.")
@reading_options
@language_option
def command(
    files: tuple[Path, ...],
    year_from: int,
    year_to: int,
    factors: str,
    factors_from: str,
    moved_units: tuple[str, ...],
    moved_categories: tuple[str, ...],
    plan: Path | None,
    rules: Path | None,
    top: int,
    out: Path | None,
    mapping: Path | None,
    currency: str,
    ledger_year: int | None,
    sheet: str,
    language: str,
    *,
    strict: bool,
    as_json: bool,
) -> None:
    """Say why the footprint changed from one year to another: prices, volume, mix, intensity, factors, organisation.

    FILE... are the ledgers of both years, in one file or several. The parts add up to the change.

    With --out, FOLDER gets followup.json (what --json prints), followup.csv (a row for each category) and
    manifest.json. The keys of the JSON are in docs/how-to/follow-up.md.
    """
    from keino.engine.followup import FollowUpOptions, run_followup
    from keino.engine.run import RunOptions

    options = FollowUpOptions(
        year_from=year_from,
        year_to=year_to,
        run=RunOptions(
            read=read_options(mapping, currency, ledger_year, sheet), factors=factors, rules=rules, strict=strict
        ),
        factors_from=factors_from,
        moved_units=moved_units,
        moved_categories=moved_categories,
        plan=plan,
    )
    with progress_bar(language) as progress:
        result = run_followup(files, options, progress)
    _show(result, language, top=top, out=out, as_json=as_json)
    if strict and any(reading.rejected for reading in result.result.readings):
        sys.exit(1)


def _show(result: FollowUpResult, language: str, *, top: int, out: Path | None, as_json: bool) -> None:
    """Write the tables where they are wanted, and show the result."""
    from keino.cli.followup_files import followup_json, write_followup

    if out is not None:
        write_followup(result, out)
    if as_json:
        show_json(followup_json(result))
        return
    from keino.cli.followup_text import followup_text

    click.echo(followup_text(result, language, top=top, out=out))
