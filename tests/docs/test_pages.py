"""What pages say can be done: commands with their options, make targets, links, headings of method pages."""

from __future__ import annotations

import csv
import re
import shlex
import textwrap
import tomllib
from pathlib import Path

import click
import pytest

from keino.cli.main import cli
from keino.columns import LEDGER
from keino.domain.ledgers.buyer_rules import parse_buyer_rules
from keino.domain.ledgers.categories import EVIDENCE_COLUMNS
from keino.facts.read import read

REPOSITORY = Path(__file__).resolve().parents[2]
DOCS = REPOSITORY / "docs"
TOP_PAGES = [REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES = [*TOP_PAGES, *sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)]

METHOD_HEADINGS = [
    "Question",
    "Answer in one sentence",
    "Formula",
    "Units",
    "Data used",
    "Example with numbers",
    "Exclusions",
    "Assumptions",
    "Uncertainty",
    "Sources",
    "Demonstration",
]
#: Pages among the methods that explain no single method.
NO_METHOD = {"index.md", "validation.md"}


def name_of(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def shell_lines(path: Path) -> list[str]:
    """Command lines in the ``sh`` blocks of a page, without their comments."""
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [line.partition(" #")[0].strip() for block in blocks for line in block.splitlines()]


def keino_commands() -> list[tuple[str, str]]:
    return [(name_of(page), line) for page in PAGES for line in shell_lines(page) if line.startswith("keino ")]


def command_of(words: list[str], top: click.Group) -> tuple[click.Command, list[str]]:
    """Return the command that the words name, and the words after it."""
    command: click.Command = top
    while isinstance(command, click.Group) and words:
        part = command.get_command(click.Context(command), words[0])
        if part is None:
            break
        command, words = part, words[1:]
    return command, words


@pytest.mark.parametrize(("page", "line"), keino_commands())
def test_command_in_page_exists(page: str, line: str) -> None:
    command, words = command_of(shlex.split(line)[1:], cli)
    assert not isinstance(command, click.Group) or words == ["--help"], f"{page} names an unknown command: {line}"
    options = {name for param in command.params for name in (*param.opts, *param.secondary_opts)} | {"--help"}
    unknown = [word for word in words if word.startswith("--") and word.partition("=")[0] not in options]
    assert unknown == [], f"{page} uses unknown options: {line}"


def test_make_targets_in_pages_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {target for page in PAGES for target in re.findall(r"`?make ([a-z]+)\b", "\n".join(shell_lines(page)))}
    named |= {target for page in PAGES for target in re.findall(r"`make ([a-z]+)", page.read_text("utf-8"))}
    assert named >= {"demo", "test", "check"}
    assert named - targets == set()


@pytest.mark.parametrize("page", TOP_PAGES, ids=name_of)
def test_links_of_top_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text("utf-8"))
    missing = [link for link in links if "://" not in link and not (REPOSITORY / link).exists()]
    assert missing == []


def test_method_pages_share_their_headings() -> None:
    pages = [path for path in sorted((DOCS / "methods").glob("*.md")) if path.name not in NO_METHOD]
    wrong = {}
    for path in pages:
        headings = re.findall(r"^## (.+)$", path.read_text("utf-8"), re.MULTILINE)
        if headings != METHOD_HEADINGS:
            wrong[path.name] = headings
    assert wrong == {}


def test_decisions_are_numbered_without_gaps_and_share_their_headings() -> None:
    pages = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert [int(path.name[:4]) for path in pages] == list(range(1, len(pages) + 1))
    for path in pages:
        text = path.read_text("utf-8")
        assert text.startswith(f"# {path.name[:4]} "), path.name
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"], path.name


def test_example_of_own_rules_is_read_without_complaint() -> None:
    block = re.search(r"```text\n(.*?)```", (DOCS / "how-to" / "own-rules.md").read_text("utf-8"), re.DOTALL)
    assert block
    rules = parse_buyer_rules(
        csv.DictReader(textwrap.dedent(block[1]).splitlines()),
        columns=EVIDENCE_COLUMNS,
        categories=read("categories").rows,
        exclusion_reasons=read("exclusion_reasons").rows,
    )
    assert [rule.category or rule.exclusion_reason for rule in rules] == ["FOOD.CATERING", "CLEAN.LAUNDRY", "transfer"]


def test_example_of_a_mapping_names_known_columns() -> None:
    block = re.search(r"```toml\n(.*?)```", (DOCS / "how-to" / "read-a-new-ledger.md").read_text("utf-8"), re.DOTALL)
    assert block
    columns = tomllib.loads(textwrap.dedent(block[1]))["columns"]
    assert columns
    assert set(columns) - set(LEDGER) == set()
