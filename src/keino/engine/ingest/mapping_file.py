"""A saved mapping: how one publisher's ledger is read, in a small file that people can read and change.

The usual form is TOML, with the header cells as printed::

    currency = "EUR"
    amount_basis = "net"
    decimal = ","
    dates = ["%d.%m.%Y"]

    [columns]
    amount_net = "Summa (alv 0%)"
    posting_date = 3            # a column without a name: its number, counted from 1
    description = ""            # not to be read

JSON with the same keys is read and written too. What a file says always wins over guesses; what it leaves out is
guessed as usual.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from keino.columns import LEDGER
from keino.domain.ledgers.headers import normalise_header
from keino.errors import Problem, Problems, UsageError, mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from keino.domain.ledgers.choices import MappingChoice
    from keino.domain.ledgers.mapping import ColumnMapping

#: What a mapping can miss, and the columns that would be it.
_NEEDS = {
    "amount_net": ("amount_net", "amount_gross"),
    "date": ("posting_date", "doc_date", "payment_date", "period", "fiscal_year"),
}
_DATES = ("posting_date", "doc_date", "payment_date")
_TEXTS = ("currency", "amount_basis", "decimal", "thousands", "encoding", "delimiter", "sheet")
_NUMBERS = ("year", "header_row")
_CHOICES = {"amount_basis": ("net", "gross"), "decimal": (",", "."), "thousands": ("", ".", ",", " ", "'")}
_SPLITS = ("code_and_name",)
_KEYS = (*_TEXTS, *_NUMBERS, "dates", "columns", "splits")
_TOML_PLACE = re.compile(r"\(at line (?P<line>\d+), column (?P<column>\d+)\)$")


class UnreadableMapping(UsageError):
    """The mapping file can't be opened or is no text."""

    code = "unreadable_mapping"
    template = "The mapping file {path} can't be read, so nothing was read with it: {reason}."


class MalformedMapping(UsageError):
    """The mapping file is no TOML, or no JSON where its name ends so; ``place`` is where it breaks."""

    code = "malformed_mapping"
    template = (
        "The mapping file {path} is not well formed {place}, so nothing was read with it. Look for a missing quotation "
        "mark or equals sign there, or write the file anew with keino check --write-mapping."
    )


class BrokenMapping(UsageError):
    """What the mapping file says can't be; ``problems`` are all of it."""

    code = "broken_mapping"
    template = "The mapping file {path} can't be used, so nothing was read. Mend what is named here:{problems}"


class MappingMisfit(UsageError):
    """The mapping names columns that the ledger doesn't have; ``problems`` are all of them."""

    code = "mapping_misfit"
    template = (
        "The saved mapping doesn't fit this file, so nothing was read from it. Change the mapping file, or leave it "
        "out to have the columns guessed:{problems}"
    )


@dataclass(frozen=True)
class SavedMapping:
    """What a mapping file says; None and empty where it leaves the guess alone.

    ``columns``: column of ``columns.LEDGER`` → header cell as printed, or the source column's number from 1; "" for a
    column not to be read. ``dates``: strptime formats of all date columns. ``header_row``: line of the header from 1,
    0 when there is none.
    """

    columns: Mapping[str, str | int]
    currency: str | None = None
    amount_basis: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    dates: tuple[str, ...] = ()
    year: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    sheet: str | None = None
    splits: Mapping[str, str] = field(default_factory=dict)


def read_mapping(path: Path) -> SavedMapping:
    """Return a saved mapping (TOML, or JSON by the file's ending). Raises UsageError that names what is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise UnreadableMapping(path=path, reason=_reason(problem)) from problem
    return mapping_from_text(text, name=str(path), is_json=path.suffix.casefold() == ".json")


def mapping_from_text(text: str, *, name: str = "", is_json: bool = False) -> SavedMapping:
    """Return the mapping that a file's text holds; ``name`` is the file's in errors. Raises UsageError."""
    try:
        content = json.loads(text) if is_json else tomllib.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as problem:
        raise MalformedMapping(path=name, place=_place_of(problem)) from problem
    return _saved(content, name)


def _reason(problem: Exception) -> Problem:
    if isinstance(problem, FileNotFoundError):
        return Problem("there is no such file")
    if isinstance(problem, UnicodeDecodeError):
        return Problem("it is not text in UTF-8")
    return Problem("the system does not allow it")


def _place_of(problem: Exception) -> Problem:
    if isinstance(problem, json.JSONDecodeError):
        return Problem("in line {line}, column {column}", line=problem.lineno, column=problem.colno)
    if found := _TOML_PLACE.search(str(problem)):
        return Problem("in line {line}, column {column}", line=found["line"], column=found["column"])
    return Problem("at its end")


def _saved(content: Any, name: str) -> SavedMapping:
    if problems := Problems(_problems(content)):
        raise BrokenMapping(path=name, problems=problems)
    texts = {key: content[key] for key in (*_TEXTS, *_NUMBERS) if key in content}
    dates = content.get("dates", ())
    return SavedMapping(
        columns=dict(content.get("columns", {})),
        dates=(dates,) if isinstance(dates, str) else tuple(dates),
        splits=dict(content.get("splits", {})),
        **texts,
    )


def _problems(content: Any) -> list[Problem]:
    """Every problem of a mapping's content; all of them are reported together."""
    if not isinstance(content, dict):
        return [Problem("It must hold keys and values.")]
    found = [_unknown(_NO_KEY, key, _KEYS) for key in content if key not in _KEYS]
    found += [Problem("“{key}” must be text.", key=key) for key in _TEXTS if not isinstance(content.get(key, ""), str)]
    found += [
        Problem("“{key}” must be a whole number.", key=key) for key in _NUMBERS if not _is_whole(content.get(key, 0))
    ]
    for key, allowed in _CHOICES.items():
        if key in content and content[key] not in allowed:
            known = tuple(f'"{value}"' for value in allowed)
            found.append(Problem("“{key}” must be one of {known}.", key=key, known=known))
    dates = content.get("dates", [])
    if not isinstance(dates, str) and not (isinstance(dates, list) and all(isinstance(text, str) for text in dates)):
        found.append(Problem("“dates” must be a list of formats such as {example}.", example='"%d.%m.%Y"'))
    return found + _column_problems(content.get("columns", {})) + _split_problems(content.get("splits", {}))


def _column_problems(columns: Any) -> list[Problem]:
    if not isinstance(columns, dict):
        return [Problem("[columns] must give a header or a number for each column.")]
    found = [_unknown(_NO_COLUMN, name, tuple(LEDGER)) for name in columns if name not in LEDGER]
    for name, place in columns.items():
        if not isinstance(place, str) and not (_is_whole(place) and place >= 1):
            found.append(
                Problem("Column {name} must be a header cell as printed, or a column number from 1.", name=name)
            )
    return found


def _split_problems(splits: Any) -> list[Problem]:
    if not isinstance(splits, dict):
        return [Problem("[splits] must give code_and_name for a column.")]
    found = [_unknown(_NO_COLUMN, name, tuple(LEDGER)) for name in splits if name not in LEDGER]
    unknown = ((name, how) for name, how in splits.items() if how not in _SPLITS)
    return found + [
        Problem("The split “{how}” of {name} is unknown. Known: {known}.", how=how, name=name, known=_SPLITS)
        for name, how in unknown
    ]


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_NO_KEY = mark("There is no key {name}.{hint}")
_NO_COLUMN = mark("There is no column {name}.{hint}")


def _unknown(template: str, name: str, known: Sequence[str]) -> Problem:
    near = tuple(get_close_matches(name, known, n=3))
    hint = Problem(" Near it: {codes}.", codes=near) if near else Problem(" Known: {known}.", known=tuple(known))
    return Problem(template, name=name, hint=hint)


def source_columns(saved: SavedMapping, header: Sequence[str], width: int | None = None) -> dict[str, int]:
    """Return column → index from 0 in a file with this header. ``width``: cells of a data row, if more than the header.

    A header is found as printed, else in its plain form (case, blanks and punctuation don't matter). Raises
    MappingMisfit for headers that the file doesn't have, with the nearest ones, and for those that it has twice.
    """
    found: dict[str, int] = {}
    problems: list[Problem] = []
    for column, place in saved.columns.items():
        if place == "":
            continue
        index = _place(place, header, max(width or 0, len(header)))
        if isinstance(index, Problem):
            problems.append(Problem("{column}: {problem}", column=column, problem=index))
        else:
            found[column] = index
    if problems:
        raise MappingMisfit(problems=Problems(problems))
    return found


def _place(place: str | int, header: Sequence[str], width: int) -> int | Problem:
    """Index of a column from 0, or why there is none."""
    if isinstance(place, int):
        if place > width:
            return Problem("there is no column {number}; the file has {count}.", number=place, count=width)
        return place - 1
    same = [index for index, cell in enumerate(header) if cell.strip() == place.strip()]
    plain = normalise_header(place)
    same = same or [index for index, cell in enumerate(header) if normalise_header(cell) == plain]
    if len(same) == 1:
        return same[0]
    if same:
        numbers = tuple(index + 1 for index in same)
        return Problem(
            "the header “{header}” stands over columns {numbers}; give the number instead.",
            header=place,
            numbers=numbers,
        )
    return Problem("there is no header “{header}”.{hint}", header=place, hint=_near_headers(place, header))


def _near_headers(place: str, header: Sequence[str]) -> Problem:
    plain = {normalise_header(cell): cell.strip() for cell in header if cell.strip()}
    near = tuple(plain[words] for words in get_close_matches(normalise_header(place), list(plain), n=3, cutoff=0.5))
    if near:
        return Problem(" Near it: {codes}.", codes=near)
    return Problem(" The file has: {headers}.", headers=tuple(plain.values()) or "–")


def apply_saved(saved: SavedMapping, guess: ColumnMapping) -> ColumnMapping:
    """Return the guess with everything that the saved mapping says in its place.

    Columns that the file doesn't name stay as guessed, unless it gives their source column to another. Choices that
    the file settles are dropped. Raises MappingMisfit as ``source_columns`` does.
    """
    given = source_columns(saved, guess.header)
    named = {**_still_free(saved, guess, given), **given}
    settled = _settled_choices(saved)
    missing = tuple(need for need in guess.missing if not set(_NEEDS[need]) & set(named))
    return replace(
        guess,
        columns={name: named[name] for name in LEDGER if name in named},
        unmapped=tuple(index for index in range(len(guess.header)) if index not in named.values()),
        amount_basis=_basis(saved, guess, named),
        amount_decimal=saved.decimal or guess.amount_decimal,
        amount_thousands=guess.amount_thousands if saved.thousands is None else saved.thousands,
        date_formats={name: _formats(saved, guess, name) for name in _DATES if name in named},
        splits={name: how for name, how in {**guess.splits, **saved.splits}.items() if name in named},
        currency=saved.currency or guess.currency,
        choices=tuple(choice for choice in guess.choices if not _is_settled(choice, saved, settled)),
        missing=missing,
        candidates={need: guess.candidates[need] for need in missing},
        float_codes=tuple(name for name in guess.float_codes if named.get(name) == guess.columns[name]),
    )


def _still_free(saved: SavedMapping, guess: ColumnMapping, given: Mapping[str, int]) -> dict[str, int]:
    taken = set(given.values())
    return {name: at for name, at in guess.columns.items() if name not in saved.columns and at not in taken}


def _basis(saved: SavedMapping, guess: ColumnMapping, columns: Mapping[str, int]) -> Any:
    if saved.amount_basis:
        return saved.amount_basis
    if "amount_net" in saved.columns or "amount_gross" in saved.columns:
        return "net" if "amount_net" in columns else "gross"
    return guess.amount_basis


def _formats(saved: SavedMapping, guess: ColumnMapping, name: str) -> tuple[str, ...]:
    return saved.dates or guess.date_formats.get(name) or next(iter(guess.date_formats.values()), ("%Y-%m-%d",))


def _settled_choices(saved: SavedMapping) -> set[str]:
    """Codes of the choices that the saved mapping makes itself."""
    settled = {"currency"} if saved.currency else set()
    if saved.amount_basis or {"amount_net", "amount_gross"} & set(saved.columns):
        settled |= {"amount_net_or_gross", "amount_gross_only", "amount_words_contradicted"}
    if saved.decimal:
        settled.add("decimal_mark")
    if saved.dates:
        settled.add("date_order")
    return settled


def _is_settled(choice: MappingChoice, saved: SavedMapping, settled: set[str]) -> bool:
    """Whether the file makes this choice: by its own key, or by naming the column that the choice is about."""
    is_about_column = choice.code in ("one_of_several_columns", "values_over_words", "guessed_from_values")
    return choice.code in settled or (is_about_column and choice.values["column"] in saved.columns)


def saved_from(
    mapping: ColumnMapping,
    *,
    year: int | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_row: int | None = None,
    sheet: str | None = None,
) -> SavedMapping:
    """Return a mapping in the form that is saved; unnamed and repeated headers become column numbers."""
    formats = list(dict.fromkeys(name for formats in mapping.date_formats.values() for name in formats))
    return SavedMapping(
        columns={name: _printed(index, mapping.header) for name, index in mapping.columns.items()},
        currency=mapping.currency,
        amount_basis=mapping.amount_basis,
        decimal=mapping.amount_decimal,
        thousands=mapping.amount_thousands,
        dates=tuple(formats),
        year=year,
        encoding=encoding,
        delimiter=delimiter,
        header_row=header_row,
        sheet=sheet,
        splits=dict(mapping.splits),
    )


def _printed(index: int, header: Sequence[str]) -> str | int:
    cell = header[index].strip() if index < len(header) else ""
    plain = normalise_header(cell)
    is_alone = sum(normalise_header(other) == plain for other in header) == 1
    return cell if plain and is_alone else index + 1


def mapping_text(saved: SavedMapping) -> str:
    """Return a saved mapping as TOML; the same mapping always gives the same text."""
    lines = ["# How keino reads this ledger. Change what is wrong and give the file back with --mapping."]
    for key in (*_TEXTS, *_NUMBERS):
        value = getattr(saved, key)
        if value is not None:
            lines.append(f"{key} = {_quoted(value) if isinstance(value, str) else value}")
    if saved.dates:
        lines.append(f"dates = [{', '.join(map(_quoted, saved.dates))}]")
    lines += ["", "# Left: keino's column. Right: the header as printed, or the column's number from 1.", "[columns]"]
    for name in LEDGER:
        if name in saved.columns:
            place = saved.columns[name]
            lines.append(f"{name} = {_quoted(place) if isinstance(place, str) else place}")
    if saved.splits:
        lines += ["", "# Cells that hold a code and its name.", "[splits]"]
        lines += [f"{name} = {_quoted(saved.splits[name])}" for name in LEDGER if name in saved.splits]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string. JSON escapes the same way, save for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _content(saved: SavedMapping) -> dict[str, Any]:
    content: dict[str, Any] = {key: getattr(saved, key) for key in (*_TEXTS, *_NUMBERS)}
    content = {key: value for key, value in content.items() if value is not None}
    if saved.dates:
        content["dates"] = list(saved.dates)
    content["columns"] = {name: saved.columns[name] for name in LEDGER if name in saved.columns}
    if saved.splits:
        content["splits"] = {name: saved.splits[name] for name in LEDGER if name in saved.splits}
    return content


def write_mapping(path: Path, saved: SavedMapping) -> None:
    """Write a saved mapping as TOML, or as JSON when the path ends so."""
    is_json = path.suffix.casefold() == ".json"
    text = json.dumps(_content(saved), ensure_ascii=False, indent=2) + "\n" if is_json else mapping_text(saved)
    path.write_text(text, encoding="utf-8", newline="\n")
