"""``keino manage backup``: everything that the site keeps, in one file, while it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from keino.web.operations.backup.write import write_backup


class Command(BaseCommand):
    """Write a backup."""

    help = (
        "Write the database, the uploaded files and the store into one file, while the site runs. Whoever has the file "
        "has everything: keep it where only you can read it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the arguments."""
        parser.add_argument("file", type=Path, help="new file; .tar, .tar.gz or .tar.zst")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it."""
        manifest = write_backup(options["file"])
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(
            f"{options['file']}: {len(manifest['tables'])} tables, {rows} rows, {len(manifest['files'])} files"
        )
