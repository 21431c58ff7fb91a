"""``keino manage restore``: a backup, into an empty site or in the place of one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from keino.errors import KeinoError
from keino.web.operations.backup.restore import restore


class Command(BaseCommand):
    """Restore a backup."""

    help = "Put a backup in place. The site must be stopped; a site that has people or files needs --replace."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the arguments."""
        parser.add_argument("file", type=Path, help="a file that “keino manage backup” wrote")
        parser.add_argument("--replace", action="store_true", help="put it in the place of what is here")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore it."""
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        try:
            manifest = restore(options["file"], replace=options["replace"])
        except KeinoError as error:
            raise CommandError(str(error), returncode=error.exit_code) from error
        self.stdout.write(f"Restored the backup of {manifest['made_at']} (keino {manifest['keino']}).")
