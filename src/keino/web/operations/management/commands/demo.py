"""``keino manage demo``: fill an empty site with invented organisations, people and ledgers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from keino.errors import KeinoError
from keino.web.operations.demo.fill import fill
from keino.web.operations.demo.logins import LogIn, read


class Command(BaseCommand):
    """Fill the site with the demo, or print its log-ins."""

    help = "Fill an empty site with invented organisations, people in every role and ledgers; print their log-ins."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options."""
        parser.add_argument("--log-ins", action="store_true", help="only print the log-ins, with codes for this moment")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill and print."""
        if not options["log_ins"]:
            try:
                fill(self.stderr.write)
            except KeinoError as error:
                raise CommandError(str(error)) from error
        secret, log_ins = read()
        if not log_ins:
            raise CommandError("There is no demo in this site yet: keino manage demo")
        self.stdout.write("\n".join(_table(secret, log_ins)))


def _table(secret: str, log_ins: list[LogIn]) -> list[str]:
    lines = [f"Password of everybody: {secret}", ""]
    for each in log_ins:
        code = f"  second factor: code {each.code} (secret {each.totp_secret})" if each.totp_secret else ""
        lines.append(f"  {each.email:30} {each.role:20} {each.organisation}{code}")
    lines += ["", "Codes change every half minute: put the secret into an authenticator, or ask for codes anew with"]
    return [*lines, f"  KEINO_DATA={settings.DATA_FOLDER} keino manage demo --log-ins"]
