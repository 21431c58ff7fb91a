"""The commands of the pages that a newcomer follows are run, in order, and print what the page says they print.

A ``text`` block is what the ``sh`` blocks before it print. Its lines must be printed in that order; ``…`` stands for
what the page leaves out, at the end of a line or as a line of its own. Spaces that only align a table don't count.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from keino.cli.demo import FOLDER
from tests.factories.commands import in_this_process

REPOSITORY = Path(__file__).resolve().parents[2]

#: Steps of a page that a test can't or needn't take: getting and installing keino.
PREPARATION = ("git clone ", "make test", ". .venv/bin/activate")
#: What `make demo` does once keino is installed, see the Makefile.
DEMO = "keino demo --out demo"
#: The reader's own ledger in these pages.
OWN_LEDGER = "purchases.csv"


def blocks(page: str) -> Iterator[tuple[str, list[str]]]:
    """Yield (kind, lines) of the sh and text blocks of a page, in order."""
    text = (REPOSITORY / page).read_text("utf-8")
    for kind, body in re.findall(r"^ *```(sh|text)\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL):
        yield kind, textwrap.dedent(body).splitlines()


def to_run(line: str) -> str:
    """The command that a line of a page stands for; empty for preparation."""
    command = line.partition(" #")[0].strip()
    if command.startswith(PREPARATION):
        return ""
    if command in {"make demo", "make demo SERVE=0"}:
        return DEMO
    assert command.startswith("keino "), f"this page has a command that the test doesn't know: {line}"
    return command


#: A terminal in English.
ENGLISH = {"LANG": "en_GB.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}
#: What a shell would do something with, other than splitting words.
OF_SHELLS = re.compile(r"[|&;<>()$`*?~#\[\]{}!]")


def run(command: str, folder: Path) -> str:
    """What a command prints to a terminal in English; without a shell where it says nothing that needs one."""
    if OF_SHELLS.search(command):
        return run_in_shell(command, folder)
    name, *words = shlex.split(command)
    assert name == "keino"
    done = in_this_process(*words, folder=folder, **ENGLISH)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def run_in_shell(command: str, folder: Path) -> str:
    """The same from a shell, in a process of its own."""
    words = f'keino() {{ "{sys.executable}" -m keino "$@"; }}; {command}'
    environment = {**os.environ, **ENGLISH, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        ["sh", "-c", words], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def squeezed(line: str) -> str:
    return " ".join(line.split())


def is_shown(shown: str, printed: str) -> bool:
    start, ellipsis, _ = squeezed(shown).partition("…")
    return printed.startswith(start.rstrip()) if ellipsis else printed == squeezed(shown)


def missing_lines(shown: list[str], output: str) -> list[str]:
    """Lines of a text block that the output doesn't have, or not in this order."""
    printed = iter([squeezed(line) for line in output.splitlines()])
    wanted = [line for line in shown if squeezed(line) not in {"", "…"}]
    return [line for line in wanted if not any(is_shown(line, found) for found in printed)]


def follow(page: str, folder: Path, demo_output: str) -> None:
    """Take every step of a page in a folder where the demo was run, and compare what is printed."""
    output = ""
    for kind, lines in blocks(page):
        if kind == "sh":
            commands = filter(None, map(to_run, lines))
            output += "".join(demo_output if command == DEMO else run(command, folder) for command in commands)
        else:
            assert missing_lines(lines, output) == [], f"{page} shows what isn't printed. Printed was:\n{output}"
            output = ""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder in which the demo has been run, with a ledger of the reader's own; and what the demo printed."""
    folder = tmp_path_factory.mktemp("newcomer")
    output = run_in_shell(DEMO, folder)
    reports = sorted(path.parent.name for path in (folder / "demo").glob("*/report.html"))
    assert reports == ["esimerkkivirasto", "inkopsvik", "ostoniemi"]
    shutil.copy(folder / "demo" / "ledgers" / "ostoniemi" / "ostolaskut_2022.csv", folder / OWN_LEDGER)
    return folder, output


@pytest.mark.slow
@pytest.mark.parametrize("page", ["README.md", "docs/tutorials/first-footprint.md"])
def test_page_can_be_followed(page: str, demo: tuple[Path, str]) -> None:
    follow(page, *demo)


@pytest.mark.slow
def test_rejected_rows_can_be_mended_as_the_guide_says(demo: tuple[Path, str]) -> None:
    folder, _ = demo
    (_, reading), (_, read), (_, again), (_, mended) = list(blocks("docs/how-to/mend-rejected-rows.md"))[:4]
    assert missing_lines(read, "".join(run(to_run(line), folder) for line in reading)) == []
    rejects = folder / "to-mend" / "rejected-ostolaskut_2023.csv"
    header, *rows = rejects.read_text("utf-8-sig").splitlines()
    amount, account = header.split(";").index("Summa (alv 0%)"), header.split(";").index("Tili nro")
    kept = [row.split(";") for row in rows if row.split(";")[account]]
    for cells in kept:
        cells[amount] = "100,00"
    rejects.write_text("\n".join([header, *map(";".join, kept)]), encoding="utf-8")
    assert missing_lines(mended, "".join(run(to_run(line), folder) for line in again)) == []


def test_make_demo_does_what_these_tests_run() -> None:
    recipe = (REPOSITORY / "Makefile").read_text("utf-8")
    assert "\t$(BIN)/keino demo $(if $(filter 0 no,$(SERVE)),--no-serve) --port $(PORT)\n" in recipe
    assert str(FOLDER) == "demo"  # where it writes the reports; the site it shows afterwards has tests of its own


def test_a_line_that_is_not_printed_would_be_found() -> None:
    output = "a  1\nb 2 and more\nc\n"
    assert missing_lines(["a 1", "…", "b 2 …", "c"], output) == []
    assert missing_lines(["a 2"], output) == ["a 2"]
    assert missing_lines(["c", "a 1"], output) == ["a 1"]
    assert missing_lines(["b 2"], output) == ["b 2"]
