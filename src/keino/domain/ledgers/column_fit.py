"""Whether the values of a source column can be what its header says: a date column must hold dates.

``column_profile`` looks at a sample of values once; ``fit`` compares the profile with one of keino's columns.
Method: docs/methods/column-mapping.md.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from keino.domain.ledgers import values as look
from keino.domain.ledgers.dates import date_style, period_share

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: Fit of a column without any values: taken only when nothing better is there.
EMPTY_FIT = 0.15
_MOST_VALUES = 150
_NOTHING = frozenset(("", "n/a", "na", "-", "–", "none", "null", "nan", "#n/a"))


@dataclass(frozen=True)
class ColumnProfile:
    """What a column's sample holds. All shares are 0-1, of the filled values; ``filled`` is their number.

    ``is_running`` is True for line numbers: whole numbers that grow by one.
    """

    filled: int
    filled_share: float
    distinct: int
    amount_share: float
    decimals_share: float
    date_share: float
    period_share: float
    year_share: float
    letters_share: float
    word_share: float
    code_share: float
    account_code_share: float
    code_and_name_share: float
    business_id_share: float
    finnish_id_share: float
    country_share: float
    postcode_share: float
    url_share: float
    percent_share: float
    mean_length: float
    is_running: bool

    @property
    def is_empty(self) -> bool:
        """Whether the sample has no filled value."""
        return self.filled == 0


def is_filled(value: str) -> bool:
    """Whether a cell says something; N/A, a lone dash and blanks don't."""
    return value.strip().casefold() not in _NOTHING


def column_profile(values: Sequence[str]) -> ColumnProfile:
    """Return what the values of one column look like, from at most 150 different ones (spread over the sample)."""
    filled = [text for value in values if is_filled(text := value.strip())]
    counts = Counter(filled)
    kept = list(counts.items())[:: max(1, len(counts) // _MOST_VALUES)]
    total = sum(times for _, times in kept) or 1

    def share(test: Callable[[str], bool]) -> float:
        return sum(times for text, times in kept if test(text)) / total

    texts = [text for text, _ in kept]
    return ColumnProfile(
        filled=len(filled),
        filled_share=len(filled) / len(values) if values else 0.0,
        distinct=len(counts),
        amount_share=share(look.is_amount),
        decimals_share=share(_has_decimals),
        date_share=date_style(texts).share,
        period_share=period_share(texts),
        year_share=share(lambda text: len(text) == 4 and text.isdecimal() and "1990" <= text <= "2100"),
        letters_share=share(look.has_letters),
        word_share=share(lambda text: " " in text and look.has_letters(text)),
        code_share=share(look.is_code),
        account_code_share=share(look.looks_like_account_code),
        code_and_name_share=share(lambda text: look.split_code_and_name(text) is not None),
        business_id_share=share(look.looks_like_business_id),
        finnish_id_share=share(look.is_finnish_business_id),
        country_share=share(look.looks_like_country),
        postcode_share=share(look.looks_like_postcode),
        url_share=share(lambda text: text.startswith(("http://", "https://"))),
        percent_share=share(look.is_percentage),
        mean_length=sum(len(text) * times for text, times in kept) / total,
        is_running=_is_running(filled),
    )


def _has_decimals(text: str) -> bool:
    """A number with one or two decimals, a minus or parentheses: what amounts have and numbers of things don't."""
    if not look.is_amount(text):
        return False
    return text[-3:-2] in (",", ".") or text[-2:-1] in (",", ".") or text[:1] in "-(−" or text[-1:] in "-)"


def _is_running(filled: Sequence[str]) -> bool:
    whole = [int(text) for text in filled if len(text) < 16 and text.isdecimal()]
    if len(whole) < 5 or len(whole) < 0.95 * len(filled):
        return False
    steps = Counter(second - first for first, second in pairwise(whole))
    return steps[1] >= 0.95 * (len(whole) - 1)


def _money(profile: ColumnProfile) -> float | None:
    if profile.amount_share < 0.5 or profile.is_running or profile.date_share >= 0.9 > profile.decimals_share:
        return None
    if profile.decimals_share < 0.1 and profile.distinct > 0.95 * profile.filled > 19 and profile.mean_length >= 6:
        return 0.2
    return 1.0 if profile.amount_share >= 0.8 else 0.5


def _date(profile: ColumnProfile) -> float | None:
    return None if profile.date_share < 0.5 else 1.0 if profile.date_share >= 0.8 else 0.6


def _period(profile: ColumnProfile) -> float | None:
    if profile.period_share >= 0.8:
        return 1.0
    is_month_number = profile.amount_share >= 0.9 and profile.mean_length <= 2
    return 0.7 if is_month_number else None if profile.date_share >= 0.8 or profile.decimals_share > 0.5 else 0.3


def _year(profile: ColumnProfile) -> float | None:
    if profile.year_share >= 0.8:
        return 1.0
    return None if profile.date_share >= 0.8 or profile.decimals_share > 0.5 else 0.4


def _is_other_kind(profile: ColumnProfile) -> bool:
    """Dates, and numbers with decimals: never a name and never an id."""
    is_date = profile.date_share >= 0.8 and not profile.account_code_share >= 0.8
    return is_date or (profile.decimals_share >= 0.5 and profile.account_code_share < 0.5)


def _name(profile: ColumnProfile) -> float | None:
    if _is_other_kind(profile) or profile.letters_share < 0.5 or profile.url_share >= 0.5:
        return None
    return 1.0 if profile.code_share < 0.5 else 0.5


def _free_text(profile: ColumnProfile) -> float | None:
    return None if _is_other_kind(profile) else 0.8


def _code(profile: ColumnProfile) -> float | None:
    """Codes, also with the name behind them."""
    if _is_other_kind(profile):
        return None
    if max(profile.account_code_share, profile.code_share, profile.code_and_name_share) >= 0.6:
        return 1.0
    return None if profile.letters_share >= 0.6 and profile.word_share >= 0.2 else 0.5


def _account_code(profile: ColumnProfile) -> float | None:
    coded = max(profile.account_code_share, profile.code_share, profile.code_and_name_share)
    if _is_other_kind(profile) or (coded < 0.5 and profile.letters_share >= 0.5):
        return None
    return 0.4 if profile.distinct > 0.9 * profile.filled > 100 else 1.0


def _unit_code(profile: ColumnProfile) -> float | None:
    if _is_other_kind(profile) or (profile.letters_share >= 0.5 and profile.code_share < 0.5):
        return None
    return 1.0


def _id(profile: ColumnProfile) -> float | None:
    if _is_other_kind(profile) and profile.date_share < 0.8:
        return None
    if profile.date_share >= 0.8 and profile.code_share < 0.8:
        return None
    return 0.3 if profile.word_share >= 0.8 else 1.0


def _business_id(profile: ColumnProfile) -> float | None:
    if _is_other_kind(profile) or (profile.word_share >= 0.5 and profile.business_id_share < 0.1):
        return None
    is_one_party = profile.distinct == 1 and profile.filled >= 20
    return 0.2 if is_one_party else max(0.5, profile.business_id_share)


def _buyer_business_id(profile: ColumnProfile) -> float | None:
    return None if _is_other_kind(profile) or profile.word_share >= 0.5 else 1.0 if profile.distinct <= 5 else 0.4


def _country(profile: ColumnProfile) -> float | None:
    if _is_other_kind(profile) or profile.letters_share < 0.5:
        return None
    return 1.0 if profile.country_share >= 0.6 else 0.6


def _postcode(profile: ColumnProfile) -> float | None:
    return None if _is_other_kind(profile) else max(0.4, profile.postcode_share)


_FITS: dict[str, Callable[[ColumnProfile], float | None]] = {
    **dict.fromkeys(("amount_net", "amount_vat", "amount_gross"), _money),
    **dict.fromkeys(("posting_date", "doc_date", "payment_date"), _date),
    "period": _period,
    "fiscal_year": _year,
    **dict.fromkeys(("account_code", "account_code_standard"), _account_code),
    **dict.fromkeys(("account_name", "account_name_standard", "supplier_name", "unit_name", "subunit_name"), _name),
    **dict.fromkeys(("buyer_name", "parent_name"), _name),
    **dict.fromkeys(("unit_code", "supplier_id"), _unit_code),
    **dict.fromkeys(("voucher_id", "invoice_id", "order_id", "contract_id"), _id),
    **dict.fromkeys(("supplier_business_id", "supplier_vat_id", "supplier_charity_id"), _business_id),
    "buyer_business_id": _buyer_business_id,
    "supplier_country": _country,
    "supplier_postcode": _postcode,
    "cpv_code": _code,
    "service_class": _code,
}


def fit(column: str, profile: ColumnProfile) -> float | None:
    """Return 0-1 for how well values fit a column of ``columns.LEDGER``; None when they contradict it."""
    if profile.is_empty:
        return EMPTY_FIT
    return _FITS.get(column, _free_text)(profile)
