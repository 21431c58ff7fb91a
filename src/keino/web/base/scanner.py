"""The site's virus scanner, if it has one: a command that is given a path and answers 0 (clean) or 1 (infected)."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

from django.conf import settings

from keino.errors import KeinoError

TIMEOUT_SECONDS = 600


class Infected(KeinoError):
    """The scanner found something."""

    code = "infected"
    template = (
        "The virus scanner refused {name}, so it was deleted unread. Nothing else was touched. Have your own computer "
        "checked, make the file again, and send that."
    )


class ScannerFailed(KeinoError):
    """The scanner gave no answer."""

    code = "scanner_failed"
    template = (
        "{name} could not be checked for viruses, so it was not read. The file is kept. Read it again later; if this "
        "comes again, tell the site's keeper."
    )


def scan(path: Path, name: str) -> None:
    """Have a file looked at; without a scanner there is nothing to do. Raises Infected, ScannerFailed."""
    if not settings.VIRUS_SCANNER:
        return
    command = [*shlex.split(settings.VIRUS_SCANNER), str(path.resolve())]
    try:
        answer = subprocess.run(  # noqa: S603  # the site's keeper chose the command; the path is ours
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScannerFailed(name=name) from error
    if answer.returncode == 1:
        raise Infected(name=name)
    if answer.returncode != 0:
        raise ScannerFailed(name=name)
