"""Which currency are the amounts in? Told by the user, shown by the ledger, or hinted at by words around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from keino.domain.ledgers.headers import HeaderWords, normalise_header
from keino.domain.ledgers.mapping import ColumnMapping
from keino.engine.results import Choice

#: Nearly all ledgers that keino is made for are in euros.
ASSUMED = "EUR"
_LONGEST_CODE = 5
_CODES = {"€": "EUR", "EURO": "EUR", "EUROA": "EUR", "£": "GBP", "KR": "SEK", "$": "USD"}


def ledger_currency(
    path: Path,
    mapping: ColumnMapping,
    told: str,
    above: Sequence[Sequence[str]],
    data: Sequence[Sequence[str]],
    words: HeaderWords,
) -> tuple[str, list[Choice]]:
    """Return the currency (ISO 4217) and the choices made for it.

    ``above``: the rows above the first line; ``data``: a sample of lines.
    """
    lines = Counter(_codes(mapping, data))
    main = told.upper() or mapping.currency or next(iter(dict(lines.most_common(1))), "")
    if main:
        return main, [*_mapped(mapping, told), *_mixed(main, lines)]
    for place in ((cell for row in above for cell in row), _texts(data), [path.stem]):
        if (hint := _hint(place, words)) is not None:
            return hint[0], [Choice("currency", hint[0], (), {"word": hint[1]}, is_decided_by_evidence=False)]
    return ASSUMED, [Choice("currency_assumed", ASSUMED, (), {"currency": ASSUMED}, is_decided_by_evidence=False)]


def _codes(mapping: ColumnMapping, data: Sequence[Sequence[str]]) -> Iterator[str]:
    """The currency of each line that prints one."""
    index = mapping.columns.get("currency")
    if index is None:
        return
    for row in data:
        text = row[index].strip().upper() if index < len(row) else ""
        if text and len(text) <= _LONGEST_CODE:
            yield _CODES.get(text, text)


def _mapped(mapping: ColumnMapping, told: str) -> list[Choice]:
    return [
        Choice(choice.code, choice.chosen, choice.alternatives, dict(choice.values), choice.is_decided_by_evidence)
        for choice in mapping.choices
        if choice.code == "currency" and not told
    ]


def _mixed(main: str, lines: Counter[str]) -> list[Choice]:
    others = tuple(code for code, _ in lines.most_common() if code != main)
    if not others:
        return []
    return [Choice("mixed_currencies", main, others, {"currency": main, "others": ", ".join(others)})]


def _texts(data: Sequence[Sequence[str]]) -> Iterator[str]:
    return (cell for row in data for cell in row if any(map(str.isalpha, cell[:200])))


def _hint(texts: Iterable[str], words: HeaderWords) -> tuple[str, str] | None:
    """The currency whose words stand in most of the texts, and its commonest word."""
    found: Counter[tuple[str, str]] = Counter()
    for text in texts:
        plain = f" {normalise_header(text[:200])} "
        found.update((code, word) for word, code in words.currency_hints if f" {word} " in plain)
    totals: Counter[str] = Counter()
    for (code, _), number in found.items():
        totals[code] += number
    if not totals:
        return None
    (best, _), *_ = totals.most_common(1)
    return next((code, word) for (code, word), _ in found.most_common() if code == best)
