"""``keino demo``: three example towns, analysed; or a ledger of the user's own."""

from __future__ import annotations

from pathlib import Path

import click

from keino.cli.console import language_option, progress_bar, speech


@click.command("demo")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo"),
    show_default=True,
    help="Folder for the example ledgers and their reports.",
)
@language_option
def command(out: Path, language: str) -> None:
    """Write the ledgers of three invented buyers, analyse them and write a report for each.

    A Finnish town, a Swedish-speaking municipality and a state agency, five years each. They do not exist; their
    ledgers have what real ones have: credit notes, totals, odd dates, broken rows.
    """
    from keino.cli.footprint import show_result
    from keino.engine.run import RunOptions, run_footprint
    from keino.towns import write_towns

    texts = speech(language)
    towns = write_towns(out / "ledgers")
    for number, town in enumerate(towns):
        name = str(getattr(town, f"name_{language}"))
        folder = out / town.key
        options = RunOptions(out=folder, population=town.population, organisation=name)
        with progress_bar(language) as progress:
            result = run_footprint(list(town.files), options, progress)
        if number:
            click.echo("")
        click.echo(click.style(texts.text("Example buyer (invented): {name}", name=name), bold=True))
        show_result(result, language, by="main", top=5, out=folder)
