"""The ``keino`` command. Heavy rooms are imported by the command that needs them: ``--help`` answers at once."""

from __future__ import annotations

import io
import sys
from importlib import import_module
from typing import NoReturn

import click

from keino import __version__
from keino.cli.plain_text import PLAIN
from keino.errors import KeinoError

#: Commands in the order of the help page; the module holds a click command called ``command``.
COMMANDS = {
    "demo": ("keino.cli.demo", "Analyse three example towns, and show a site with them."),
    "check": ("keino.cli.check", "Read ledgers and say how each was understood, to the row and the cent."),
    "footprint": ("keino.cli.footprint", "Calculate the carbon footprint and hotspots of ledgers."),
    "plan": ("keino.cli.plan", "Say what procurement can take away, and plan measures towards a target."),
    "followup": ("keino.cli.followup", "Say why the footprint changed between two years, and whether measures showed."),
    "facts": ("keino.cli.facts", "Look up the numbers keino uses, with their sources."),
    "serve": ("keino.cli.serve", "Run the site: the web server and its workers."),
    "worker": ("keino.cli.worker", "Run background work without the web server."),
    "manage": ("keino.cli.manage", "Keep the site: database, backup, checks."),
}


class Commands(click.Group):
    """Commands that are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import one command."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list without importing the commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="keino")
def cli() -> None:
    """From purchase ledgers to a carbon footprint that can be defended: every euro accounted for, every number sourced.

    Start with `keino check FILE` to see how your ledger is read, then `keino footprint FILE --out FOLDER`.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command; errors meant for people go to stderr and set the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that can't show ₂ or € shows the nearest plain text instead of failing.
            stream.reconfigure(errors=PLAIN)
    try:
        cli.main(args=arguments, prog_name="keino", standalone_mode=True)
    except KeinoError as error:
        _end_with(error)
    except OSError as error:
        _end_with(FileTrouble(path=error.filename or "?", reason=error.strerror or str(error)))


class FileTrouble(KeinoError):
    """The system refused to read or write: no room, no permission."""

    code = "file_trouble"
    template = (
        "The system did not let keino use {path}: {reason}. What was written before is whole; nothing else was "
        "changed. Make room or choose another folder, and try again."
    )


def _end_with(error: KeinoError) -> NoReturn:
    from keino.cli.console import show_error

    sys.exit(show_error(error))


if __name__ == "__main__":
    main()
