"""Options that several commands share, and what they mean for the engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from keino.engine.ingest.reading import ReadOptions

FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")

_READING = (
    click.option(
        "--mapping",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Saved mapping of columns; it wins over what keino recognises.",
    ),
    click.option("--currency", metavar="CODE", default="", help="Currency of the amounts, such as EUR or GBP."),
    click.option("--ledger-year", type=click.IntRange(1990, 2100), help="Year of rows that have no date of their own."),
    click.option("--sheet", default="", help="Sheet of a workbook; without it the longest one is read."),
    click.option(
        "--strict",
        is_flag=True,
        help="Refuse to choose between equally good readings, and end with code 1 when a row was rejected.",
    ),
    click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else."),
)


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options on how ledgers are read."""
    for option in reversed(_READING):
        command = option(command)
    return command


def read_options(mapping: Path | None, currency: str, ledger_year: int | None, sheet: str) -> ReadOptions:
    """What the options on reading mean. Raises UsageError for a mapping file that can't be used."""
    from keino.engine.ingest.mapping_file import read_mapping
    from keino.engine.ingest.reading import ReadOptions

    saved = read_mapping(mapping) if mapping else None
    return ReadOptions(mapping=saved, currency=currency.upper(), year=ledger_year, sheet=sheet)
