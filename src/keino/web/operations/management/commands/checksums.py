"""``keino manage checksums``: one line per table and file; equal before a backup and after its restoration."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from keino.web.operations.backup.write import checksums


class Command(BaseCommand):
    """Print checksums."""

    help = "Print the SHA-256 of every table and file; equal before a backup and after its restoration."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them."""
        for name, digest in checksums().items():
            self.stdout.write(f"{digest}  {name}")
