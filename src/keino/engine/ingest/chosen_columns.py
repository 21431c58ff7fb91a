"""A mapping made of what somebody chose on a form, column by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from keino.columns import LEDGER
from keino.domain.ledgers.dates import date_style
from keino.domain.ledgers.headers import normalise_header
from keino.engine.ingest.layout import DATE_COLUMNS
from keino.engine.ingest.mapping_file import SavedMapping

DAY_FIRST, MONTH_FIRST = "day_first", "month_first"


def chosen_mapping(
    headers: Sequence[str],
    meanings: Mapping[int, str],
    values: Mapping[int, Sequence[str]],
    *,
    date_order: str = "",
    **wishes: str | int | None,
) -> SavedMapping:
    """Return the mapping in which column ``n`` (from 1) means ``meanings[n]`` and nothing else means anything.

    ``values`` are samples by column number. ``date_order`` is day_first, month_first or empty (as keino finds);
    ``wishes`` are further keys of a mapping (currency, amount_basis, decimal, sheet, header_row), empty = as found.
    """
    places = {name: number for number, name in meanings.items() if name}
    return SavedMapping(
        columns={name: _printed(places[name], headers) if name in places else "" for name in LEDGER},
        dates=_formats([values.get(places[name], ()) for name in DATE_COLUMNS if name in places], date_order),
        **{key: wish for key, wish in wishes.items() if wish not in ("", None)},  # type: ignore[arg-type]  # checked by mapping_from_text
    )


def _printed(number: int, headers: Sequence[str]) -> str | int:
    """The header where it is the only one of its kind, else the number."""
    header = headers[number - 1].strip() if number <= len(headers) else ""
    plain = normalise_header(header)
    return header if plain and sum(normalise_header(other) == plain for other in headers) == 1 else number


def _formats(columns: Sequence[Sequence[str]], order: str) -> tuple[str, ...]:
    """The formats of the sample dates, turned to the chosen order where it could be either."""
    if not order:
        return ()
    found = dict.fromkeys(name for values in columns for name in date_style(values).formats if "%?" not in name)
    return tuple(dict.fromkeys(_turned(name, order) for name in found))


def _turned(name: str, order: str) -> str:
    day, month = name.find("%d"), name.find("%m")
    if day < 0 or month < 0 or name.startswith(("%Y", "%y")):
        return name
    is_right = day < month if order == DAY_FIRST else month < day
    return name if is_right else name.translate(str.maketrans("dm", "md"))
