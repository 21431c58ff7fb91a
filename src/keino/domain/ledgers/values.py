"""What the values of a ledger's columns look like: amounts, dates, business ids, codes.

Everything here judges short samples of text. A style or format is stated only as far as the samples decide it;
what they leave open is marked ``is_ambiguous``. Method: docs/methods/column-mapping.md.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from stdnum.fi import ytunnus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BLANKS = " \t\u00a0\u2007\u2009\u202f"
_BLANK_RUN = re.compile(rf"[{BLANKS}]+")
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2010": "-", "\u2011": "-", "\u2019": "'", "\u00b4": "'"})
_CURRENCY = re.compile(
    r"^(?:eur|gbp|sek|dkk|nok|usd|[€£$¤\ufffd])\s*|\s*(?:eur|euroa?|gbp|sek|dkk|nok|usd|kr\.?|[€£$¤\ufffd])$",
    re.IGNORECASE,
)
_MARKED = re.compile(r"^\d+(?:[.,' ]\d+)*(?:[.,])?$|^[.,]\d+$")
_EXPONENT = re.compile(r"^[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,2}$")

_BUSINESS_ID = re.compile(
    r"^(?:\d{7}-\d|\d{6}-\d{4}|FI ?\d{8}|SE ?\d{10,12}|GB ?\d{9}(?:\d{3})?|[A-Z]{2}\d{6}|\d{8,9}"
    r"|[A-Z]{2} ?[A-Z0-9]{8,12})$",
    re.IGNORECASE,
)
_CODE = re.compile(r"^(?=[^\W_]*[\W_]*[^\s]*\d)[^\s]{1,30}$")
_ACCOUNT_CODE = re.compile(r"^\d{2,8}(?:\.0)?$")
_CODE_AND_NAME = re.compile(r"^(\w*\d\w*)(?:\s*[,;:/|–—-]\s*|\s+)(?=[^\W\d_])(.+)$", re.DOTALL)
_COUNTRY_CODE = re.compile(r"^[A-Za-z]{2,3}$")
_POSTCODE = re.compile(r"^(?:\d{5}|\d{3} \d{2}|(?:FI|SE|AX)-\d{5}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$", re.IGNORECASE)
_PERCENT = re.compile(r"^-?\d{1,3}(?:[.,]\d+)?\s*%$")
#: No number, date or code of a ledger is longer; longer texts aren't searched (they could be a megabyte).
LONGEST_VALUE = 60
_LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True)
class AmountStyle:
    """How amounts are written. ``decimal`` is "," or "."; ``thousands`` is "", "." "," "'" or " " (any kind of blank).

    ``is_ambiguous`` is True when the samples fit both readings (1,234 alone: one thousand or one point two).
    """

    decimal: str
    thousands: str
    is_ambiguous: bool = False
    has_parentheses: bool = False
    has_trailing_minus: bool = False
    has_credit_mark: bool = False


@dataclass(frozen=True)
class _Number:
    """A number as printed: sign -1 or 1 and its digits with marks, blanks made one kind."""

    sign: int
    digits: str
    form: str


def _strip_sign(text: str) -> _Number:
    sign, form = 1, ""
    if text.startswith("(") and text.endswith(")"):
        sign, form, text = -1, "parentheses", text[1:-1].strip()
    if text[-2:].upper() in ("CR", "DR") and text[:-2].strip()[-1:].isdigit():
        credit = text[-2:].upper() == "CR"
        sign, form, text = (-sign if credit else sign), "credit", text[:-2].strip()
    text = _CURRENCY.sub("", text).strip()
    if text.endswith("-"):
        sign, form, text = -sign, "trailing", text[:-1].strip()
    elif text.startswith("-"):
        sign, text = -sign, text[1:].strip()
    elif text.startswith("+"):
        text = text[1:].strip()
    return _Number(sign, _CURRENCY.sub("", text).strip(), form)


def _number(value: str) -> _Number | None:
    """Return the parts of a printed number, or None when it is no number."""
    if len(value) > LONGEST_VALUE:
        return None
    text = _BLANK_RUN.sub(" ", value.translate(_MINUS)).strip()
    if not text or not any(character.isdigit() for character in text):
        return None
    if _EXPONENT.match(text):
        return _Number(-1 if text.startswith("-") else 1, text.lstrip("+-"), "exponent")
    number = _strip_sign(text)
    return number if _MARKED.match(number.digits) and _is_grouped_well(number.digits) else None


def _is_grouped_well(digits: str) -> bool:
    """Whether blanks and apostrophes stand between groups of three digits (so that "2 14" is no number)."""
    whole = re.split(r"[.,](?=\d*$)", digits, maxsplit=1)[0] if re.search(r"[ ']", digits) else ""
    groups = re.split(r"[ '.,]", whole)
    return not whole or (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]))


def is_amount(value: str) -> bool:
    """Whether a text is a number in some style: 1 234,50 · (12.5) · 99- · £1,234.50 · 1.5E+05."""
    return _number(value) is not None


def _decided_marks(digits: str) -> tuple[str, str] | None:
    """(decimal, thousands) that one number proves; empty where it says nothing of them. None: nothing proved."""
    marks = [character for character in digits if character in ".,"]
    blank = next((character for character in digits if character in " '"), "")
    if not marks:
        return ("", blank) if blank else None
    last, tail = marks[-1], digits.rsplit(marks[-1], 1)[1]
    if len(set(marks)) == 2:
        return last, marks[0]
    if len(marks) > 1:
        return ("." if last == "," else ","), last
    if blank or len(tail) != 3 or not 1 <= len(digits.split(last, maxsplit=1)[0]) <= 3 or digits.startswith("0"):
        return last, blank
    return None


def amount_style(values: Iterable[str]) -> AmountStyle | None:
    """Return how the amounts among ``values`` are written; None when there is no number among them.

    >>> amount_style(["1.234,50", "12"])
    AmountStyle(decimal=',', thousands='.', is_ambiguous=False, has_parentheses=False, has_trailing_minus=False, \
has_credit_mark=False)
    """
    numbers = [number for number in map(_number, values) if number]
    if not numbers:
        return None
    forms = {number.form for number in numbers}
    printed = [number.digits for number in numbers if number.form != "exponent"]
    decimal, thousands, is_ambiguous = _marks(printed)
    return AmountStyle(decimal, thousands, is_ambiguous, "parentheses" in forms, "trailing" in forms, "credit" in forms)


def _marks(printed: Sequence[str]) -> tuple[str, str, bool]:
    """(decimal, thousands, is_ambiguous) of numbers as printed: what most of the deciding ones prove."""
    proofs = [proof for proof in map(_decided_marks, printed) if proof]
    decimals = Counter(decimal for decimal, _ in proofs if decimal)
    thousands = Counter(mark for _, mark in proofs if mark)
    group = thousands.most_common(1)[0][0] if thousands else ""
    if decimals:
        (decimal, most), *others = decimals.most_common()
        open_group = "" if group == decimal else group
        is_split = bool(others) and others[0][1] * 10 > most
        return decimal, open_group or _group_beside(decimal, printed), is_split
    return _marks_without_proof(printed, group)


def _group_beside(decimal: str, printed: Sequence[str]) -> str:
    """The thousands mark when every number with the other mark has three digits behind it (12.345 beside 1,50)."""
    other = "." if decimal == "," else ","
    return other if any(other in digits for digits in printed) else ""


def _marks_without_proof(printed: Sequence[str], group: str) -> tuple[str, str, bool]:
    """Numbers such as 1,234 and 532: a thousands mark if unmarked numbers stay below 1 000, else undecided."""
    marks = {character for digits in printed for character in digits if character in ".,"}
    if not marks:
        return ".", group, False
    mark = min(marks)
    other = "." if mark == "," else ","
    if len(marks) == 2:
        return ".", ",", True
    unmarked = [digits for digits in printed if mark not in digits]
    if any(len(digits) > 3 for digits in unmarked):
        return mark, "", True
    return other, mark, len(unmarked) < 3


def parse_amount(value: str, style: AmountStyle) -> Decimal | None:
    """Return a printed amount as a number with its sign, or None when it is none.

    >>> parse_amount("(1 234,50)", AmountStyle(",", " "))
    Decimal('-1234.50')
    """
    number = _number(value)
    if number is None:
        return None
    digits = number.digits
    if number.form != "exponent":
        other = "." if style.decimal == "," else ","
        digits = digits.replace(" ", "").replace("'", "").replace(other, "").replace(style.decimal, ".")
    try:
        return number.sign * Decimal(digits)
    except InvalidOperation:
        return None


def share(values: Iterable[str], test: re.Pattern[str]) -> float:
    """Share (0-1) of the filled values that ``test`` matches from their beginning; 0 without filled values."""
    filled = [value.strip() for value in values if value.strip()]
    return sum(bool(test.match(value)) for value in filled) / len(filled) if filled else 0.0


def looks_like_business_id(value: str) -> bool:
    """Whether a text has the form of a business id, company or VAT number (with check digit if Finnish)."""
    text = value.strip()
    if re.match(r"^\d{7}-\d$", text):
        return bool(ytunnus.is_valid(text))
    return bool(_BUSINESS_ID.match(text))


def is_finnish_business_id(value: str) -> bool:
    """Whether a text is a Finnish business id (1234567-8 with a right check digit)."""
    text = value.strip()
    return bool(re.match(r"^\d{7}-\d$", text)) and bool(ytunnus.is_valid(text))


def is_code(value: str) -> bool:
    """Whether a text is one word with at least one digit in it."""
    return len(value) <= LONGEST_VALUE and bool(_CODE.match(value.strip()))


def looks_like_account_code(value: str) -> bool:
    """Whether a text has two to eight digits; 4340.0 (a number read from a spreadsheet) counts."""
    return bool(_ACCOUNT_CODE.match(value.strip()))


def split_code_and_name(value: str) -> tuple[str, str] | None:
    """Return ("4340", "Asiantuntijapalvelut") for "4340 Asiantuntijapalvelut", "4340, …" or "4340 - …"; else None."""
    match = _CODE_AND_NAME.match(value.strip()[:300])
    return (match[1], match[2].strip()) if match else None


def looks_like_country(value: str) -> bool:
    """Whether a text has the form of a country code: two or three letters."""
    return bool(_COUNTRY_CODE.match(value.strip()))


def looks_like_postcode(value: str) -> bool:
    """Whether a text has the form of a Finnish, Swedish or UK postcode."""
    return bool(_POSTCODE.match(value.strip()))


def is_percentage(value: str) -> bool:
    """Whether a text is a number with a percent sign."""
    return bool(_PERCENT.match(value.strip()))


def has_letters(value: str) -> bool:
    """Whether a text has two letters in a row, as names and descriptions do and numbers don't."""
    return bool(_LETTERS.search(value[:300]))
