"""What the terminal shows: language, errors, progress on long work. Results go to stdout, all else to stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from keino.errors import KeinoError
    from keino.report.language import Translator

LANGUAGES = ("fi", "sv", "en")


def language_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--lang``: the language of what is shown; without it that of the terminal, else English."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(LANGUAGES),
        default=terminal_language,
        show_default="the terminal's, else en",
        help="Language of sentences and reports.",
    )(command)


def terminal_language() -> str:
    """The language the terminal is set to (LC_ALL, LC_MESSAGES, LANG) where keino speaks it, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if wanted := os.environ.get(name, "")[:2]:
            return wanted if wanted in LANGUAGES else "en"
    return "en"


def speech(language: str) -> Translator:
    """The texts and number style of a language."""
    from keino.report.language import translator

    return translator(language)


def show_error(error: KeinoError, language: str = "") -> int:
    """Write an error's sentence to stderr and return its exit code."""
    from keino.report.language import translator

    chosen = language or _language_of_call()
    click.echo(translator(chosen).describe(error), err=True)
    return error.exit_code


def _language_of_call() -> str:
    """The language asked for on the command line, for errors that end the command."""
    words = sys.argv
    for place, word in enumerate(words):
        if word == "--lang" and place + 1 < len(words) and words[place + 1] in LANGUAGES:
            return words[place + 1]
        if word.startswith("--lang=") and word[7:] in LANGUAGES:
            return word[7:]
    return terminal_language()


def show_json(content: object) -> None:
    """Write one JSON object to stdout."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))


def _silent(step: str, done: int, whole: int) -> None:  # the shape that every progress has
    """Show nothing."""


@contextmanager
def progress_bar(language: str) -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function that shows progress on a terminal and stays silent elsewhere."""
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from keino.report.language import mark

    steps = {
        "read": mark("Reading the ledgers"),
        "categorise": mark("Finding categories"),
        "lines": mark("Writing the lines"),
        "summarise": mark("Adding up"),
        "plan": mark("Looking for the best plan"),
    }
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=None)

        def tell(step: str, done: int, whole: int) -> None:
            text = speech(language).text(steps[step])
            # One step has no parts to count: the bar moves to and fro until it ends.
            shown.update(task, description=text, completed=done, total=whole if whole > 1 else None)

        yield tell
