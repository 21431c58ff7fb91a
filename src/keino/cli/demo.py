"""``keino demo``: three example towns, analysed, and a site filled with them."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import click

from keino.cli.console import language_option, progress_bar, speech
from keino.errors import UsageError, mark

FOLDER = Path("demo")


class DemoOfAnotherVersion(UsageError):
    """The demo's folder was filled by a keino whose tables were others."""

    code = "demo_of_another_version"
    template = mark(
        "The example site in {folder} was made by another version of keino and can't be opened by this one. Nothing "
        "was changed. Delete the folder, and ask again: the examples are made anew."
    )


@click.command("demo")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Only write the example ledgers and their reports, into this folder.",
)
@click.option("--serve/--no-serve", default=True, help="Show the site until stopped, or stop before.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port of the site.")
@language_option
def command(out: Path | None, port: int, language: str, *, serve: bool) -> None:
    """Write the ledgers of three invented buyers, analyse them, write a report for each, and show a site with them.

    A Finnish town, a Swedish-speaking municipality and a state agency, five years each. They do not exist; their
    ledgers have what real ones have: credit notes, totals, odd dates, broken rows.

    Everything goes into the folder demo; the site's part, demo/site, is apart from any other site's data. It has people
    in every role, whose log-ins are printed, and is reached from this machine only.
    """
    site = FOLDER / "site"
    if out is None:
        must_be_of_this_version(site)
    _reports(out or FOLDER, language)
    if out is None:
        _site(site, port, serve=serve)


def _reports(out: Path, language: str) -> None:
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


def _site(data: Path, port: int, *, serve: bool) -> None:
    """Fill the demo's own site and show it."""
    from keino.cli.serve import must_be_free, only_here
    from keino.cli.site import prepare, set_up

    host = "127.0.0.1"
    if serve:
        must_be_free(host, port)
    for name in ("DATABASE_URL", "KEINO_STORE", "KEINO_FILE_STORAGE", "KEINO_FILE_STORAGE_OPTIONS", "KEINO_SECRET_KEY"):
        os.environ.pop(name, None)  # the demo never touches another site's data
    os.environ["KEINO_DATA"] = str(data.absolute())
    os.environ["KEINO_SMTP_URL"] = f"filemail:///{data.absolute() / 'mail'}"  # mail to invented people stays here
    os.environ.setdefault("KEINO_LOG_FORMAT", "text")
    os.environ.setdefault("KEINO_LOG_LEVEL", "WARNING")
    only_here(host, port)
    set_up()
    prepare(quietly=True)
    click.echo("")
    sys.stdout.flush()
    # in a process of its own, so that its memory is free again before the site is served
    filled = subprocess.run([sys.executable, "-m", "keino", "manage", "demo"], check=False)
    if filled.returncode:
        sys.exit(filled.returncode)
    click.echo(f"  (mail that the site sends is written to {data / 'mail'})")
    if serve:
        from keino.cli.serve import serve as serve_site

        serve_site(host, port, workers=2, threads=4, long=1)


def must_be_of_this_version(data: Path) -> None:
    """Refuse an example site with other tables than this keino's. Raises DemoOfAnotherVersion.

    Migrations are squashed until the first release, so that the database can't say it by itself.
    """
    found = hashlib.sha256()
    for file in sorted(Path(__file__).parents[1].glob("web/*/migrations/0*.py")):
        found.update(file.read_bytes())
    stamp = data / "tables.sha256"
    if (data / "keino.sqlite3").exists() and (not stamp.exists() or stamp.read_text("ascii") != found.hexdigest()):
        raise DemoOfAnotherVersion(folder=data)
    data.mkdir(parents=True, exist_ok=True)
    stamp.write_text(found.hexdigest(), "ascii")
