"""``keino manage``: Django's own commands and the site's, with the site's settings."""

from __future__ import annotations

import os
import sys

import click

from keino.cli.site import SETTINGS, NoSite


@click.command(
    "manage",
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="COMMAND [OPTIONS]")
def command(arguments: tuple[str, ...]) -> None:
    """Keep the site: `keino manage help` lists the commands, `keino manage COMMAND --help` explains one.

    Most used: migrate, check --deploy, backup, restore, checksums, demo.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise NoSite(reason=str(error)) from error
    sys.argv = ["keino manage", *arguments]
    execute_from_command_line(sys.argv)
