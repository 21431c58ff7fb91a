"""Answers of ``keino facts`` as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from keino.report.language import translator

if TYPE_CHECKING:
    from keino.engine.facts_import import Imported
    from keino.report.language import Translator

WIDEST_CELL = 48
SHOWN_PARTS = 3
#: Columns of a row that are for checking it, not for reading it; ``--json`` and ``--csv`` have them.
ASIDE = ("locator", "note", "review_by")


def list_text(answer: dict[str, Any], language: str) -> str:
    """Every table in a line."""
    say = translator(language)
    header = (
        say.text("Table"),
        say.text("Title"),
        say.text("Edition"),
        say.text("Rows"),
        say.text("Due"),
        say.text("Licences of the sources"),
    )
    rows = [
        (
            entry["name"],
            entry[f"title_{language}"],
            entry["edition"],
            say.number(entry["rows"]),
            say.number(entry["due"]),
            _some(say, entry["licences"]),
        )
        for entry in answer["tables"]
    ]
    own = [f"{entry['name']} {name}" for entry in answer["tables"] for name in entry["editions"] if name[:4] == "own-"]
    parts = [_grid([header, *rows], right=(3, 4), uncut=(5,))]
    if own:
        parts += [
            "",
            say.text("Your own editions in {folder}: {editions}.", folder=answer["folder"], editions=", ".join(own)),
        ]
    return "\n".join(parts)


def rows_text(answer: dict[str, Any], language: str) -> str:
    """Rows of a table, then the publications behind them."""
    say = translator(language)
    title = f"{answer['table']} {answer['edition']}: {answer[f'title_{language}']}"
    if not answer["rows_found"]:
        return f"{title}\n{say.text('No row is like this.')}"
    count = say.text(
        "{shown} of {found} rows.", shown=say.number(len(answer["rows"])), found=say.number(answer["rows_found"])
    )
    if not answer["rows"]:
        return f"{title}\n{count}"
    sources = [f"{source['key']}: {_publication(source)}" for source in answer["sources"]]
    return "\n".join([title, "", _rows_grid(answer, language), "", count, say.text("Sources"), *sources])


def _rows_grid(answer: dict[str, Any], language: str) -> str:
    names = _shown_columns(answer["rows"], language)
    columns = [column for column in answer["columns"] if column["name"] in names]
    header = tuple(_heading(column) for column in columns)
    rows = [tuple(_cell(row[column["name"]]) for column in columns) for row in answer["rows"]]
    right = tuple(place for place, column in enumerate(columns) if column["type"] in ("number", "integer"))
    return _grid([header, *rows], right=right)


def _shown_columns(rows: Sequence[dict[str, Any]], language: str) -> set[str]:
    """Columns that hold something, with labels in one language: the reader's, or what there is."""
    filled = {name for name in rows[0] if name not in ASIDE and any(row[name] is not None for row in rows)}
    label = next((name for name in (f"label_{language}", "label_en", "label_fi") if name in filled), "")
    return {name for name in filled if not name.startswith("label_") or name == label}


def _heading(column: dict[str, Any]) -> str:
    unit = column["unit"]
    return f"{column['name']} ({unit})" if unit and unit not in ("1", "see unit") else str(column["name"])


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _publication(source: dict[str, Any]) -> str:
    parts = (source["producer"], source["title"], source["edition"], source["licence"])
    return ", ".join(part for part in parts if part)


def citations_text(answer: dict[str, Any], language: str) -> str:
    """Each publication in full."""
    say = translator(language)
    if not answer["citations"]:
        return say.text("No row is like this.")
    return "\n\n".join(_citation(say, source) for source in answer["citations"])


def _citation(say: Translator, source: dict[str, Any]) -> str:
    lines = [
        (say.text("Cite as"), source["citation"]),
        (say.text("Producer"), source["producer"]),
        (say.text("Title"), source["title"]),
        (say.text("Edition"), source["edition"]),
        (say.text("Published"), source["published"]),
        (say.text("Address"), source["url"]),
        (say.text("Licence"), source["licence"]),
        (say.text("Note"), source["note"]),
        (say.text("Rows"), say.number(source["rows"]) if "rows" in source else ""),
        (say.text("Places"), _some(say, source.get("locators", ()))),
    ]
    return "\n".join([source["key"], *(f"  {label}: {value}" for label, value in lines if value)])


def _some(say: Translator, parts: Sequence[str]) -> str:
    """The first few of many, and how many more there are."""
    shown = "; ".join(parts[:SHOWN_PARTS])
    more = len(parts) - SHOWN_PARTS
    return shown + " " + say.text("and {count} more", count=say.number(more)) if more > 0 else shown


def due_text(answer: dict[str, Any], language: str) -> str:
    """What should be looked at again, by table and source."""
    say = translator(language)
    if not answer["due"]:
        return say.text("No fact is past its review date on {date}.", date=say.date(answer["date"]))
    first = say.plural(
        "{count} row is past its review date on {date}.",
        "{count} rows are past their review date on {date}.",
        answer["rows"],
        date=say.date(answer["date"]),
    )
    return "\n".join([first, *(_due_group(say, group) for group in answer["due"])])


def _due_group(say: Translator, group: dict[str, Any]) -> str:
    named = _some(say, [" · ".join(key.values()) for key in group["keys"]])
    title = say.text(
        "{table} {edition}, source {source} ({title}), since {date}: {rows}",
        table=group["table"],
        edition=group["edition"],
        source=group["source"],
        title=group["title"],
        date=say.date(group["review_by"]),
        rows=named,
    )
    return f"  {title}" + (f"\n    {group['url']}" if group["url"] else "")


def imported_text(imported: Imported, language: str) -> str:
    """What was imported, what to mind, and how it is used."""
    say = translator(language)
    named = {"table": imported.table, "edition": imported.edition}
    rows = say.plural("{count} row", "{count} rows", imported.rows)
    parts = [say.text("Imported {rows} as {table} {edition}.", rows=rows, **named)]
    if imported.expected_rows is not None and imported.rows != imported.expected_rows:
        parts.append(
            say.text(
                "The whole list has {expected} codes, so this file is another list or a part of it.",
                expected=say.number(imported.expected_rows),
            )
        )
    if imported.left_out:
        parts.append(
            say.plural(
                "{count} code of the supplementary vocabulary was left out.",
                "{count} codes of the supplementary vocabulary were left out.",
                imported.left_out,
            )
        )
    if imported.missing_products:
        parts.append(
            say.text(
                "The file has no factor for {products}; categories that need them will have no footprint.",
                products=", ".join(imported.missing_products),
            )
        )
    if not imported.is_default:
        parts.append(
            say.text(
                "Results stay as they were: this edition is used only where its name, {edition}, is given.", **named
            )
        )
    parts.append(say.text("The file is {path}", path=imported.path))
    return "\n".join(parts)


def _grid(rows: Iterable[tuple[str, ...]], right: Sequence[int] = (), uncut: Sequence[int] = ()) -> str:
    cut = [tuple(text if place in uncut else _cut(text) for place, text in enumerate(row)) for row in rows]
    widths = [max(len(row[place]) for row in cut) for place in range(len(cut[0]))]
    return "\n".join(
        "  ".join(
            f"{text:>{widths[place]}}" if place in right else f"{text:<{widths[place]}}"
            for place, text in enumerate(row)
        ).rstrip()
        for row in cut
    )


def _cut(text: str) -> str:
    return text if len(text) <= WIDEST_CELL else f"{text[: WIDEST_CELL - 1]}…"
