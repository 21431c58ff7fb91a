"""``keino facts``: the numbers keino uses with their sources, what is due for review, and official lists to import."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from keino.cli.console import language_option, show_json

if TYPE_CHECKING:
    from keino.engine.facts_import import Imported

SHOWN_ROWS = 20

_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
_WHERE = click.option(
    "--where",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="Only rows with this value; several columns narrow, several values of one column widen.",
)
_EDITION = click.option("--edition", default="", help="Edition to look at; without it the one that results use.")


@click.group("facts")
def command() -> None:
    """Look up the numbers keino uses, with their sources.

    Every number names its publication, its place there, its licence and by when it should be looked at again.
    """


def _today() -> date:
    return datetime.now(UTC).date()  # noqa: TID251  # the command line is where the clock is asked


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else _today()
    except ValueError as error:
        raise click.BadParameter("write the day as YYYY-MM-DD", param_hint="--date") from error


@command.command("list")
@_JSON
@language_option
def list_tables(language: str, *, as_json: bool) -> None:
    """List the fact tables: edition, rows, licences of their sources, and how many rows are due for review."""
    from keino.cli.facts_answers import table_list
    from keino.cli.facts_text import list_text

    answer = table_list(_today())
    _show(answer, "" if as_json else list_text(answer, language), as_json=as_json)


@command.command("show")
@click.argument("table")
@_EDITION
@_WHERE
@click.option(
    "--limit",
    type=click.IntRange(0),
    help=f"At most so many rows; without it {SHOWN_ROWS} on the terminal, and all with --json or --csv.",
)
@_JSON
@click.option("--csv", "as_csv", is_flag=True, help="Print the rows as CSV, as they are in the table.")
@language_option
def show(
    table: str, edition: str, where: tuple[str, ...], limit: int | None, language: str, *, as_json: bool, as_csv: bool
) -> None:
    """Show rows of a fact table with their units and sources."""
    from keino.cli.facts_answers import chosen_rows, fact_table, table_rows
    from keino.cli.facts_text import rows_text

    if as_json and as_csv:
        raise click.UsageError("Choose one of --json and --csv.")
    found = fact_table(table, edition)
    if as_csv:
        rows = chosen_rows(found, where)
        click.echo(_csv(list(found.about["columns"]), rows if limit is None else rows[:limit]), nl=False)
        return
    answer = table_rows(found, where, SHOWN_ROWS if limit is None and not as_json else limit)
    _show(answer, "" if as_json else rows_text(answer, language), as_json=as_json)


def _csv(columns: list[str], rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@command.command("cite")
@click.argument("name", required=False, default="", metavar="[TABLE|SOURCE]")
@_EDITION
@_WHERE
@_JSON
@language_option
def cite(name: str, edition: str, where: tuple[str, ...], language: str, *, as_json: bool) -> None:
    """Cite the publications behind a table or some of its rows, one publication by its key, or all of them."""
    from keino.cli.facts_answers import citations
    from keino.cli.facts_text import citations_text

    answer = citations(name, edition, where)
    _show(answer, "" if as_json else citations_text(answer, language), as_json=as_json)


@command.command("due")
@click.option("--date", "day", default="", metavar="YYYY-MM-DD", help="The day to look from; without it today.")
@_JSON
@language_option
def due_rows(day: str, language: str, *, as_json: bool) -> None:
    """List what should be looked at again: rows past their review date, by table and source. Ends with 0 either way."""
    from keino.cli.facts_answers import due
    from keino.cli.facts_text import due_text

    answer = due(_day(day))
    _show(answer, "" if as_json else due_text(answer, language), as_json=as_json)


@command.command("import")
@click.argument("kind", type=click.Choice(["cpv", "figaro", "table"]))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--edition", default="", help="Name of the new edition, such as own-2026-1; without it the next free one."
)
@click.option("--country", default="", help="For figaro: two letters, such as FI or SE; without it FI.")
@click.option("--table", default="", help="For table: which one; without it the one whose columns the file has.")
@click.option(
    "--sources",
    type=click.Path(path_type=Path, dir_okay=False),
    help="For table: CSV with the sources its rows name, in the columns of `keino facts cite --json`.",
)
@_JSON
@language_option
def import_list(
    kind: str,
    file: Path,
    edition: str,
    country: str,
    table: str,
    sources: Path | None,
    language: str,
    *,
    as_json: bool,
) -> None:
    """Import an official list from its publisher's own file into your own facts.

    cpv: the whole CPV 2008 (CSV or workbook with CODE and language columns, or the cpv.gc of eForms). figaro:
    figaro_purchaser_price_factors_*.csv, one country of it. table: a CSV in the format of a fact table.

    The list becomes an edition of its own beside those of keino. Nothing is overwritten, and no result changes until
    you name the edition.
    """
    from keino.cli.facts_answers import fact_table
    from keino.engine.facts_import import ImportRequest, import_facts

    if table:
        fact_table(table)
    request = ImportRequest(kind, file, _today(), edition, country, table, sources)
    imported = import_facts(request)
    if as_json:
        show_json(_imported_json(imported))
        return
    from keino.cli.facts_text import imported_text

    click.echo(imported_text(imported, language))


def _imported_json(imported: Imported) -> dict[str, Any]:
    lists = {"sources": list(imported.sources), "missing_products": list(imported.missing_products)}
    return asdict(imported) | lists | {"path": str(imported.path)}


def _show(answer: dict[str, Any], text: str, *, as_json: bool) -> None:
    if as_json:
        show_json(answer)
    else:
        click.echo(text)
