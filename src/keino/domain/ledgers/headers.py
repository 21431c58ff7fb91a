"""Header cells of a ledger: their plain form, what they may mean, and in which row they stand.

The words themselves are facts and come as an argument (table ``header_words``). Method: docs/methods/column-mapping.md.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from keino.domain.ledgers.dates import formats_of, period_format
from keino.domain.ledgers.values import has_letters, is_amount

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_CAMEL = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])|(?<=[A-ZÅÄÖ])(?=[A-ZÅÄÖ][a-zåäö]{2})")
_APOSTROPHES = re.compile("['’´`]")
_NO_WORD = re.compile(r"[\W_]+")
_NUMBERING = re.compile(r"^\s*\d{1,2}[.)]\s+")
_MARKS = {"ï»¿": "", "\ufeff": "", "\u00ad": "", "\u200b": ""}
_FOLD = str.maketrans({"ä": "a", "ö": "o", "å": "a", "é": "e"})
_CURRENCY_WORDS = frozenset(("eur", "euro", "euroa", "euroina", "gbp", "sek", "kr"))
_STRENGTHS = {1: 0.5, 2: 0.8, 3: 1.0}
_FUZZY_LENGTH = 7
_ROWS_LOOKED_AT = 80
_MOST_ROWS_OF_A_HEADER = 3
#: A header cell is shorter, and a row whose first 300 cells say nothing is no header.
_LONGEST_CELL = 200
_MOST_CELLS = 300


def _without_mojibake(text: str) -> str:
    """Return text that was decoded with the wrong table ("PÃ¤ivÃ¤") as it was meant ("Päivä")."""
    if "Ã" not in text and "â€" not in text:
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


@lru_cache(maxsize=10_000)
def normalise_header(text: str) -> str:
    """Return a header cell in plain form: small letters, single blanks, no punctuation, marks or line breaks.

    >>> normalise_header("ï»¿NetAmount (£):")
    'net amount'
    """
    for mark, plain in _MARKS.items():
        text = text.replace(mark, plain)
    text = unicodedata.normalize("NFC", _without_mojibake(text)).replace("\u00a0", " ")
    text = _APOSTROPHES.sub("", _CAMEL.sub(" ", _NUMBERING.sub("", text)))
    return _NO_WORD.sub(" ", text).strip().casefold()


@lru_cache(maxsize=20_000)
def _key(words: str) -> str:
    """The form in which two headers are compared: no blanks, ä as a and ö as o."""
    return words.replace(" ", "").translate(_FOLD)


@dataclass(frozen=True)
class Meaning:
    """What a header cell may stand for. ``score`` (0-1) is how well the words say it.

    ``amount_basis`` is net, gross, unknown or empty; ``language`` and ``currency`` are those of the word.
    """

    column: str
    score: float
    words: str
    language: str
    amount_basis: str
    currency: str


def _shortened(key: str) -> set[str]:
    """The key and all keys with one letter left out: two keys one slip apart share one of these."""
    return {key} | {key[:place] + key[place + 1 :] for place in range(len(key))}


@dataclass(frozen=True)
class HeaderWords:
    """The header words, ready for look-up. Build it once with ``header_words``."""

    by_key: Mapping[str, tuple[Meaning, ...]] = field(hash=False)
    by_slip: Mapping[str, frozenset[str]] = field(hash=False)
    phrases: Mapping[str, tuple[Meaning, ...]] = field(hash=False)
    currency_hints: tuple[tuple[str, str], ...]

    def meanings(self, cell: str) -> tuple[Meaning, ...]:
        """Return what a header cell may stand for, best first; () when no word fits."""
        if len(cell) > _LONGEST_CELL:
            return ()
        words = normalise_header(cell)
        found = self._exact(words) or self._bilingual(cell) or self._with_slip(words) or self._inside(words)
        return tuple(sorted(found, key=lambda meaning: -meaning.score))

    def _exact(self, words: str) -> tuple[Meaning, ...]:
        found = self.by_key.get(_key(words), ())
        if found or not words:
            return found
        kept = " ".join(word for word in words.split() if word not in _CURRENCY_WORDS)
        return self.by_key.get(_key(kept), ()) if kept else ()

    def _bilingual(self, cell: str) -> tuple[Meaning, ...]:
        """A cell that says it twice: "Toimittaja / Leverantör"."""
        parts = [part for part in re.split(r"\s*[/|\n]\s*", cell) if part.strip()]
        if len(parts) < 2:
            return ()
        found = [self._exact(normalise_header(part)) for part in parts]
        agreed = {meaning.column for meanings in found for meaning in meanings}
        if not all(found) or not any({m.column for m in meanings} == agreed for meanings in found):
            return ()
        return found[0]

    def _with_slip(self, words: str) -> tuple[Meaning, ...]:
        """Words with one letter too many, too few or wrong ("Directotate")."""
        key = _key(words)
        if len(key) < _FUZZY_LENGTH:
            return ()
        near = {known for short in _shortened(key) for known in self.by_slip.get(short, ())}
        near = {known for known in near if len(known) >= _FUZZY_LENGTH and abs(len(known) - len(key)) <= 1}
        found = [meaning for known in sorted(near) for meaning in self.by_key[known]]
        return _best_by_column(_weighted(meaning, 0.85) for meaning in found)

    def _inside(self, words: str) -> tuple[Meaning, ...]:
        """A known phrase among other words ("Oulun kaupungin Y-tunnus"); the longest one counts."""
        tokens = words.split()
        for length in range(min(len(tokens) - 1, 6), 0, -1):
            for start in range(len(tokens) - length + 1):
                phrase = " ".join(tokens[start : start + length])
                if found := self.phrases.get(phrase.translate(_FOLD)):
                    weight = 0.5 + 0.4 * len(phrase) / len(words)
                    return tuple(_weighted(meaning, weight) for meaning in found)
        return ()


def _weighted(meaning: Meaning, weight: float) -> Meaning:
    return Meaning(
        meaning.column, meaning.score * weight, meaning.words, meaning.language, meaning.amount_basis, meaning.currency
    )


def _best_by_column(meanings: Iterable[Meaning]) -> tuple[Meaning, ...]:
    best: dict[str, Meaning] = {}
    for meaning in meanings:
        if meaning.column not in best or best[meaning.column].score < meaning.score:
            best[meaning.column] = meaning
    return tuple(best.values())


def header_words(rows: Iterable[Mapping[str, str]]) -> HeaderWords:
    """Build the look-up from rows of the fact table ``header_words`` (language, words, column, strength, …)."""
    by_key: dict[str, list[Meaning]] = {}
    phrases: dict[str, list[Meaning]] = {}
    hints: list[tuple[str, str]] = []
    for row in rows:
        if row["column"] == "currency_hint":
            hints.append((row["words"], row["currency"]))
            continue
        meaning = _meaning(row)
        by_key.setdefault(_key(row["words"]), []).append(meaning)
        if " " in row["words"] and meaning.score > _STRENGTHS[1] and meaning.column != "other":
            phrases.setdefault(row["words"].translate(_FOLD), []).append(meaning)
    return HeaderWords(
        by_key={key: _best_by_column(found) for key, found in by_key.items()},
        by_slip=_by_slip(by_key),
        phrases={phrase: _best_by_column(found) for phrase, found in phrases.items()},
        currency_hints=tuple(hints),
    )


def _meaning(row: Mapping[str, str]) -> Meaning:
    strength = _STRENGTHS[int(row["strength"])]
    basis, currency = row.get("amount_basis") or "", row.get("currency") or ""
    return Meaning(row["column"], strength, row["words"], row.get("language") or "", basis, currency)


def _by_slip(keys: Iterable[str]) -> dict[str, frozenset[str]]:
    slips: dict[str, set[str]] = {}
    for key in keys:
        if len(key) >= _FUZZY_LENGTH:
            for short in _shortened(key):
                slips.setdefault(short, set()).add(key)
    return {short: frozenset(known) for short, known in slips.items()}


@dataclass(frozen=True)
class HeaderRow:
    """Where the header stands: ``index`` of its first row (from 0), ``span`` rows long, its ``cells`` joined.

    ``score`` is the sum of what its cells say (each 0-1); 0 when only the shape of the rows tells that it is a header.
    """

    index: int
    span: int
    score: float
    cells: tuple[str, ...]

    @property
    def first_data_row(self) -> int:
        """Index of the first row below the header."""
        return self.index + self.span


def _is_value(cell: str) -> bool:
    """Whether a cell is a number, a date or a period: something that stands in data, not in a header."""
    text = cell.strip()
    return bool(text) and (is_amount(text) or bool(formats_of(text)) or bool(period_format(text)))


def _filled(row: Sequence[str]) -> list[str]:
    return [cell for cell in row if cell and cell.strip()]


def _score(cells: Sequence[str], words: HeaderWords) -> tuple[float, int]:
    """(sum of the best meanings, number of different meanings) of a row, less what looks like data."""
    best: dict[str, float] = {}
    extra = 0.0
    for cell in _filled(cells)[:_MOST_CELLS]:
        if _is_value(cell):
            extra -= 0.5
        elif found := words.meanings(cell):
            column = found[0].column
            extra += 0.1 if column in best else 0.0
            best[column] = max(best.get(column, 0.0), found[0].score)
    return sum(best.values()) + extra, len(best)


def _joined(rows: Sequence[Sequence[str]], *, spreading: bool) -> tuple[str, ...]:
    """Cells of several header rows as one; ``spreading`` carries a merged cell of an upper row to the right."""
    width = max(map(len, rows), default=0)
    columns: list[list[str]] = [[] for _ in range(width)]
    for number, row in enumerate(rows):
        carried = ""
        for place in range(width):
            cell = row[place].strip() if place < len(row) and row[place] else ""
            carried = cell or (carried if spreading and number < len(rows) - 1 else "")
            if carried:
                columns[place].append(carried)
    return tuple(" ".join(parts) for parts in columns)


def find_header(rows: Sequence[Sequence[str]], words: HeaderWords) -> HeaderRow | None:
    """Return the header row among the first rows of a file, or None when the file has none.

    The row whose cells say most wins, the first of equals; titles, queries and dates above it say little.
    Two or three rows together win when they say clearly more than one. A row in an unknown language counts when
    it holds only words and the rows below hold numbers or dates in the same columns.
    """
    looked_at = rows[:_ROWS_LOOKED_AT]
    best: HeaderRow | None = None
    for index, row in enumerate(looked_at):
        score, meanings = _score(row, words)
        if meanings >= 2 and score >= 1.2 and (best is None or score > best.score):
            best = HeaderRow(index, 1, score, tuple(cell or "" for cell in row))
    return _taller(looked_at, best, words) or best or _header_by_shape(looked_at)


def _taller(rows: Sequence[Sequence[str]], best: HeaderRow | None, words: HeaderWords) -> HeaderRow | None:
    """A header of two or three rows, when together they say at least 1.5 meanings more than the best single row."""
    needed = (best.score if best else 0.0) + 1.5
    taller: HeaderRow | None = None
    starts = range(max(0, best.index - 2), best.index + 1) if best else range(min(len(rows), 20))
    for start in starts:
        for span in range(2, _MOST_ROWS_OF_A_HEADER + 1):
            part = rows[start : start + span]
            if len(part) < span or any(_is_value(cell) for row in part for cell in _filled(row)):
                continue
            if any(not _filled(row) for row in part):
                continue
            for spreading in (False, True):
                cells = _joined(part, spreading=spreading)
                score, meanings = _score(cells, words)
                if meanings >= 2 and score >= needed and score > (taller.score if taller else 0.0):
                    taller = HeaderRow(start, span, score, cells)
    return taller


def _header_by_shape(rows: Sequence[Sequence[str]]) -> HeaderRow | None:
    """The first row of words only, as wide as the data, above columns of numbers or dates; else None."""
    widths = sorted(len(_filled(row)) for row in rows if _filled(row))
    usual = widths[len(widths) // 2] if widths else 0
    for index, row in enumerate(rows[:-1]):
        filled = _filled(row)
        if len(filled) < max(2, 0.6 * usual):
            continue
        if any(_is_value(cell) for cell in filled) or not all(has_letters(cell) for cell in filled):
            return None
        return HeaderRow(index, 1, 0.0, tuple(cell or "" for cell in row)) if _has_values_below(rows, index) else None
    return None


def _has_values_below(rows: Sequence[Sequence[str]], index: int) -> bool:
    below = [row for row in rows[index + 1 :] if _filled(row)]
    for place, cell in enumerate(rows[index]):
        column = [row[place] for row in below if place < len(row) and row[place] and row[place].strip()]
        if cell and len(column) >= max(1, len(below) // 3) and sum(map(_is_value, column)) >= 0.7 * len(column):
            return True
    return False
