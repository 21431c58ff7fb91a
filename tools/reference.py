"""Write the generated pages of docs/reference from the code: columns, fact tables and commands.

``make reference`` runs it; tests/docs compares the pages with what it would write.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from keino import columns
from keino.cli.main import cli
from keino.facts.read import FactTable, editions, read, sources, table_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
GENERATED = "<!-- written by `make reference`; edit the code instead -->"


def page(title: str, *parts: str) -> str:
    """Return a page: its title, the note that it is generated, and its parts with a blank line between them."""
    return "\n\n".join((f"# {title}", GENERATED, *parts)) + "\n"


def grid(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; bars and line breaks inside cells are made harmless."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cell(text) for text in line)} |" for line in lines)


def cell(text: str) -> str:
    """Return text that may stand in a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    """Return text set as code; empty stays empty."""
    return f"`{text}`" if text else ""


# ---- columns


def columns_page() -> str:
    """Return the page that lists every column with type, unit and meaning."""
    return page(
        "Columns",
        "Every column once. `money` is a decimal number, exact to the cent; `number` is a floating-point number.",
        "## What a ledger may hold",
        "A mapping sends the headers of a ledger to these names.",
        column_grid(columns.LEDGER),
        "## purchases: a line after reading",
        column_grid(columns.PURCHASES),
        "## categorised: what categorising adds",
        column_grid(columns.CATEGORISED),
        "## footprint: what the footprint adds",
        column_grid(columns.FOOTPRINT),
    )


def column_grid(group: dict[str, columns.Column]) -> str:
    """Return the table of one group of columns."""
    rows = ([code(column.name), column.type, column.unit, column.meaning] for column in group.values())
    return grid(["column", "type", "unit", "meaning"], rows)


# ---- facts


def facts_page() -> str:
    """Return the page that describes every fact table and lists the sources."""
    newest = [read(name) for name in table_names() if editions(name)]
    return page(
        "Fact tables",
        "The numbers that keino uses. Each row names its source and the place in it, and says by when to look again. A "
        "released edition is never edited; a correction is a new edition.",
        *(part for table in newest for part in table_parts(table)),
        "## Sources",
        grid(["key", "publication", "edition", "licence"], map(source_row, sources().values())),
    )


def table_parts(table: FactTable) -> Iterator[str]:
    """Yield heading, description, editions and columns of one fact table."""
    yield f"## {table.name}: {table.about['title_en']}"
    yield cell(table.about["about"]).replace("\\|", "|")
    counts = ", ".join(f"{edition} ({len(read(table.name, edition).rows)} rows)" for edition in editions(table.name))
    keys = ", ".join(map(code, table.keys))
    yield f"Editions: {counts}. A row is identified by {keys}. Licence: {table.about['licence'].rstrip('.')}."
    described = table.about["columns"].items()
    yield grid(
        ["column", "type", "unit", "required", "meaning"],
        ([code(n), c["type"], c["unit"], "yes" if c["required"] else "", c["meaning"]] for n, c in described),
    )


def source_row(source: dict[str, str]) -> list[str]:
    """Return what readers need of a publication; the title is a link where there is an address."""
    title = f"[{source['title']}]({source['url']})" if source["url"].startswith("http") else source["title"]
    return [code(source["key"]), f"{source['producer']}: {title}", source["edition"], source["licence"]]


# ---- commands


def commands_page() -> str:
    """Return the page that describes every command with its arguments and options."""
    return page(
        "Commands",
        "Exit codes: 0 done, 1 done with rejected rows under `--strict`, 2 wrong usage, 3 unreadable input. With "
        "`--json` one JSON object goes to standard output and everything else to standard error.",
        *(part for path, command in command_tree("keino", cli) for part in command_parts(path, command)),
    )


def command_tree(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """Yield the commands that do something, each with its full name; groups only hold others."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in sorted(command.list_commands(context)):
        part = command.get_command(context, name)
        if part is not None and not part.hidden:
            yield from command_tree(f"{path} {name}", part)


def command_parts(path: str, command: click.Command) -> Iterator[str]:
    """Yield heading, usage, explanation and options of one command."""
    context = click.Context(command, info_name=path)
    yield f"## {path}"
    yield f"```text\n{path} {' '.join(command.collect_usage_pieces(context))}\n```"
    yield "\n\n".join(cell(part) for part in (command.help or "").replace("\b", "").split("\n\n") if part.strip())
    options = [option for option in command.params if isinstance(option, click.Option) and not option.hidden]
    if options:
        rows = ([code(option_names(option, context)), option_default(option), option.help or ""] for option in options)
        yield grid(["option", "default", "meaning"], rows)


def option_names(option: click.Option, context: click.Context) -> str:
    """Return the names of an option with what it takes, for example ``--lang [fi|sv|en]``."""
    names = ", ".join((*option.opts, *option.secondary_opts))
    return names if option.is_flag or option.count else f"{names} {option.make_metavar(context)}"


def option_default(option: click.Option) -> str:
    """Return a fixed default as text; flags, missing and computed defaults are empty."""
    if option.is_flag or not isinstance(option.default, (str, int, float)) or option.default == "":
        return ""
    return code(str(option.default))


PAGES: dict[str, Callable[[], str]] = {
    "columns.md": columns_page,
    "facts.md": facts_page,
    "commands.md": commands_page,
}


def main() -> None:
    """Write all generated pages."""
    for name, write in PAGES.items():
        (FOLDER / name).write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
