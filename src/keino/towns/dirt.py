"""Dirt: the ways in which real ledgers print a right value badly.

Every function returns the text and the names of its dirt. Shares are of lines (or of negative lines for the signs).
What an encoding cannot hold is not used in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keino.towns.suppliers import FACTORING, Supplier

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from random import Random

POSITIVE_SHARE = 0.025
NEGATIVE_SHARE = 0.30
DATE_SHARE = 0.012
NO_BREAK_SPACE = "\u00a0"
NARROW_NO_BREAK_SPACE = "\u202f"
MINUS_SIGN = "\u2212"
THOUSANDS = {
    "thousands_blank": " ",
    "thousands_nbsp": NO_BREAK_SPACE,
    "thousands_narrow_nbsp": NARROW_NO_BREAK_SPACE,
}
UNICODE_ONLY = frozenset({"thousands_narrow_nbsp", "unicode_minus"})

Tags = tuple[str, ...]


def plain_amount(cents: int, decimal: str) -> str:
    """Return an amount without dirt: minus, digits, decimal mark, two digits."""
    return f"{'-' if cents < 0 else ''}{_digits(cents, '', decimal)}"


def _digits(cents: int, thousands: str, decimal: str) -> str:
    whole, rest = divmod(abs(cents), 100)
    return f"{whole:,}".replace(",", thousands) + f"{decimal}{rest:02d}"


def dirty_amount(cents: int, decimal: str, *, is_unicode: bool, rng: Random) -> tuple[str, Tags]:
    """Return (text, dirt); ("", ()) means: print it plainly."""
    if cents < 0:
        return _dirty_negative(cents, decimal, is_unicode, rng) if rng.random() < NEGATIVE_SHARE else ("", ())
    if rng.random() >= POSITIVE_SHARE:
        return "", ()
    kinds = [kind for kind in THOUSANDS if is_unicode or kind not in UNICODE_ONLY] if cents >= 100_000 else []
    kind = rng.choice([*kinds, "euro_sign"])
    if kind == "euro_sign":
        return f"{_digits(cents, '', decimal)} €", (kind,)
    return _digits(cents, THOUSANDS[kind], decimal), (kind,)


def _dirty_negative(cents: int, decimal: str, is_unicode: bool, rng: Random) -> tuple[str, Tags]:
    forms = {"parentheses": "({})", "trailing_minus": "{}-", "unicode_minus": MINUS_SIGN + "{}"}
    kind = rng.choice([kind for kind in forms if is_unicode or kind not in UNICODE_ONLY])
    with_blank = cents <= -100_000 and rng.random() < 0.5
    digits = _digits(cents, " " if with_blank else "", decimal)
    return forms[kind].format(digits), (kind, "thousands_blank") if with_blank else (kind,)


def plain_date(day: date) -> str:
    """Return d.m.yyyy."""
    return f"{day.day}.{day.month}.{day.year}"


def dirty_date(day: date, *, is_workbook: bool, rng: Random) -> tuple[str, Tags]:
    """Return (text, dirt) with another date style, mostly ("", ())."""
    if rng.random() >= DATE_SHARE:
        return "", ()
    styles = {
        "date_iso": day.isoformat(),
        "date_iso_time": f"{day.isoformat()} 00:00:00",
        "date_compact": f"{day:%Y%m%d}",
        "date_as_text" if is_workbook else "date_padded": plain_date(day) if is_workbook else f"{day:%d.%m.%Y}",
    }
    kind = rng.choice(list(styles))
    return styles[kind], (kind,)


def dirty_supplier(supplier: Supplier, language: str, rng: Random) -> tuple[str, Tags]:
    """Return the supplier's name as this line prints it: capitals, a typo, a factoring firm behind it, or as it is."""
    chance = rng.random()
    if supplier.kind == "company" and chance < 0.04:
        if chance < 0.015:
            return supplier.name.upper(), ("supplier_capitals",)
        if chance < 0.020:
            return _with_typo(supplier.name, rng), ("supplier_typo",)
        return supplier.name + rng.choice(FACTORING[language]), ("supplier_factoring",)
    return supplier.name, ()


def _with_typo(name: str, rng: Random) -> str:
    """Two neighbouring letters change places."""
    place = rng.randint(1, 4)
    if name[place] == name[place + 1]:
        place += 1
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def dirty_business_id(supplier: Supplier, rng: Random) -> tuple[str, Tags]:
    """Return the id as printed: sometimes missing, without its dash or as a VAT number."""
    chance = rng.random()
    if supplier.country != "FI" or not supplier.business_id or chance > 0.02:
        return supplier.business_id, ()
    if chance < 0.005:
        return "", ("business_id_missing",)
    digits = supplier.business_id.replace("-", "")
    if chance < 0.010:
        return digits, ("business_id_without_dash",)
    return f"FI{digits}", ("business_id_as_vat_number",)


def ragged(cells: Sequence[str], optional: int, rng: Random) -> tuple[list[str], Tags]:
    """Return a text row now and then too short (its ``optional`` last cells cut off) or too long."""
    chance = rng.random()
    if optional and chance < 0.003:
        return list(cells[:-optional]), ("short_row",)
    if chance > 0.998:
        return [*cells, rng.choice(("", "tark."))], ("long_row",)
    return list(cells), ()
