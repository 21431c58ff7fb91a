"""From header and sample rows to a column mapping: which source column is which, and how it is written.

Words and values are combined; values win where they contradict the words. What the evidence leaves open is listed
in ``choices`` with ``is_decided_by_evidence = False``. Method: docs/methods/column-mapping.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from keino.columns import LEDGER
from keino.domain.ledgers import amount_roles, currencies, guesses
from keino.domain.ledgers.assignment import Assignment, Candidate, assign, determines, mapped
from keino.domain.ledgers.choices import MappingChoice
from keino.domain.ledgers.column_fit import is_filled
from keino.domain.ledgers.dates import DateStyle, date_style
from keino.domain.ledgers.samples import Sample, sample_columns
from keino.domain.ledgers.values import AmountStyle, amount_style, is_amount

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keino.domain.ledgers.headers import HeaderWords

AMOUNTS = ("amount_net", "amount_vat", "amount_gross")
DATES = ("posting_date", "doc_date", "payment_date")
_TIMES = (*DATES, "period", "fiscal_year")
_SPLIT_COLUMNS = ("account_code", "account_name", "unit_name", "unit_code", "service_class", "cost_centre")
#: Columns where two equally good sources would give another result.
_WEIGHTY = (*AMOUNTS, *DATES, "account_code", "supplier_name")
_SPLIT_SHARE = 0.6
_EQUAL = 0.03


@dataclass(frozen=True)
class ColumnMapping:
    """How a ledger is read.

    ``columns``: column of ``columns.LEDGER`` → index of the source column (from 0); ``unmapped``: the other indices.
    ``amount_basis``: what the amounts to count are; "gross" only when there is no net amount.
    ``amount_decimal``, ``amount_thousands``: marks as in ``AmountStyle``. ``date_formats``: strptime formats of each
    date column, most frequent first. ``splits``: columns whose cells hold two things ("code_and_name").
    ``currency``: ISO 4217 or None. ``missing``: "amount_net" and "date" where the ledger shows none, with the source
    columns one could choose in ``candidates``. ``float_codes``: code columns printed as numbers (4340.0).
    """

    header: tuple[str, ...]
    columns: dict[str, int]
    unmapped: tuple[int, ...]
    amount_basis: Literal["net", "gross"]
    amount_decimal: str
    amount_thousands: str
    date_formats: dict[str, tuple[str, ...]]
    splits: dict[str, str] = field(default_factory=dict)
    currency: str | None = None
    choices: tuple[MappingChoice, ...] = ()
    missing: tuple[str, ...] = ()
    candidates: dict[str, tuple[int, ...]] = field(default_factory=dict)
    float_codes: tuple[str, ...] = ()

    @property
    def is_decided(self) -> bool:
        """Whether evidence decided every choice (something may still be missing)."""
        return all(choice.is_decided_by_evidence for choice in self.choices)


def map_columns(header: Sequence[str], rows: Sequence[Sequence[str]], words: HeaderWords) -> ColumnMapping:
    """Return the mapping that header words and sample values together suggest.

    ``header``: cells as printed, () when the file has none. ``rows``: some hundred data rows as text, ragged is fine.
    """
    sample = sample_columns(header, rows)
    assignment = assign(sample.header, sample.profiles, words)
    choices: list[MappingChoice] = []
    if not any(cell.strip() for cell in sample.header):
        choices += guesses.guess_everything(sample, assignment)
    choices += guesses.values_over_words(sample, assignment)
    basis, basis_choices = amount_roles.settle(sample, assignment)
    choices += basis_choices
    _name_of_account(sample, assignment)
    choices += _rival_choices(sample, assignment)
    return _mapping(sample, assignment, basis, choices, words)


def restyled(
    mapping: ColumnMapping, guess: ColumnMapping, rows: Sequence[Sequence[str]], *, amounts: bool, dates: bool
) -> ColumnMapping:
    """Return ``mapping`` with the styles of its own columns, where somebody chose others than were guessed.

    ``amounts``, ``dates``: whether their styles are still open. Styles of columns that were guessed stay.
    """
    moved = {name for name, index in mapping.columns.items() if guess.columns.get(name) != index}
    sample = sample_columns(mapping.header, rows)
    choices = list(mapping.choices)
    if amounts and moved & set(AMOUNTS):
        style, found = _amount_style(sample, mapping.columns)
        mapping = replace(mapping, amount_decimal=style.decimal, amount_thousands=style.thousands)
        choices = [choice for choice in choices if choice.code != "decimal_mark"] + found
    if dates and moved & set(DATES):
        formats, found = _date_formats(sample, mapping.columns)
        mapping = replace(mapping, date_formats=formats)
        choices = [choice for choice in choices if choice.code != "date_order"] + found
    return replace(mapping, choices=tuple(choices))


def _mapping(
    sample: Sample,
    assignment: Assignment,
    basis: Literal["net", "gross"],
    choices: list[MappingChoice],
    words: HeaderWords,
) -> ColumnMapping:
    columns = mapped(assignment)
    style, style_choices = _amount_style(sample, columns)
    formats, format_choices = _date_formats(sample, columns)
    currency, currency_choices = currencies.currency(sample, assignment, words)
    missing, candidates = _missing(sample, columns)
    return ColumnMapping(
        header=sample.header,
        columns=columns,
        unmapped=tuple(index for index in range(len(sample.columns)) if index not in columns.values()),
        amount_basis=basis,
        amount_decimal=style.decimal,
        amount_thousands=style.thousands,
        date_formats=formats,
        splits=column_splits(sample, columns),
        currency=currency,
        choices=(*choices, *style_choices, *format_choices, *currency_choices),
        missing=missing,
        candidates=candidates,
        float_codes=float_codes(sample, columns),
    )


def _name_of_account(sample: Sample, assignment: Assignment) -> None:
    """A description or unknown column that has one text for each account is the account's name (North Tyneside)."""
    code = assignment.columns.get("account_code")
    if code is None or "account_name" in assignment.columns:
        return
    description = assignment.columns.get("description")
    unknown = [index for index in range(len(sample.columns)) if index not in assignment.known]
    for index in ([description.index] if description else []) + unknown:
        profile = sample.profiles[index]
        if profile.letters_share >= 0.9 and determines(sample.columns[code.index], sample.columns[index]):
            assignment.give("account_name", index)
            return


def _rival_choices(sample: Sample, assignment: Assignment) -> list[MappingChoice]:
    """One choice for each weighty column that two or more source columns could be."""
    choices = []
    for column in _WEIGHTY:
        winner = assignment.columns.get(column)
        rivals = [rival for rival in assignment.rivals if rival.column == column]
        rivals = [rival for rival in rivals if not _is_settled(sample, assignment, rival)]
        if winner and rivals and winner.meaning.score:
            is_equal = any(winner.score - rival.score < _EQUAL for rival in rivals)
            choices.append(_rival_choice(sample, column, winner, rivals, is_decided=not is_equal))
    return choices


def _is_settled(sample: Sample, assignment: Assignment, rival: Candidate) -> bool:
    """A rival that found another use, is empty, or holds the same values as the winner."""
    winner = assignment.columns[rival.column].index if rival.column in assignment.columns else -1
    is_same = winner >= 0 and sample.columns[rival.index] == sample.columns[winner]
    return rival.index in assignment.taken or sample.profiles[rival.index].is_empty or is_same


def _rival_choice(
    sample: Sample, column: str, winner: Candidate, rivals: Sequence[Candidate], *, is_decided: bool
) -> MappingChoice:
    return MappingChoice(
        code="one_of_several_columns",
        chosen=sample.name(winner.index),
        alternatives=tuple(sample.name(rival.index) for rival in rivals),
        values={"column": column, "index": str(winner.index), "reason": "wording" if is_decided else "first"},
        is_decided_by_evidence=is_decided,
    )


def _amount_style(sample: Sample, columns: Mapping[str, int]) -> tuple[AmountStyle, list[MappingChoice]]:
    texts = [text for name in AMOUNTS if name in columns for text in sample.columns[columns[name]]]
    style = amount_style(texts) or AmountStyle(".", "")
    if not style.is_ambiguous:
        return style, []
    example = next(text for text in texts if is_amount(text) and ("," in text or "." in text))
    values = {"example": example.strip()}
    other = "." if style.decimal == "," else ","
    return style, [MappingChoice("decimal_mark", style.decimal, (other,), values, is_decided_by_evidence=False)]


def _date_formats(sample: Sample, columns: Mapping[str, int]) -> tuple[dict[str, tuple[str, ...]], list[MappingChoice]]:
    """Formats of each date column; an open order of day and month follows a date column that proves its own."""
    styles = {name: date_style(sample.columns[columns[name]]) for name in DATES if name in columns}
    proved = next((style for style in styles.values() if style.formats and not style.is_ambiguous), None)
    choices = []
    for name, style in styles.items():
        if style.is_ambiguous and proved is not None and proved.formats[0][2:3] == style.formats[0][2:3]:
            styles[name] = _in_order_of(proved, style)
        elif style.is_ambiguous:
            choices.append(_order_choice(sample, name, columns[name], style))
    return {name: _readable(style) for name, style in styles.items()}, choices


def _readable(style: DateStyle) -> tuple[str, ...]:
    """Formats that strptime knows; ISO dates where the sample shows none."""
    return tuple(name for name in style.formats if "%?" not in name) or ("%Y-%m-%d",)


def _in_order_of(proved: DateStyle, style: DateStyle) -> DateStyle:
    if proved.formats[0][:2] != "%m":
        return style
    turned = tuple(name.translate(str.maketrans("dm", "md")) for name in style.formats)
    return DateStyle(turned, style.share, is_ambiguous=False)


def _order_choice(sample: Sample, name: str, index: int, style: DateStyle) -> MappingChoice:
    chosen = style.formats[0]
    example = next((text.strip() for text in sample.columns[index] if text.strip()), "")
    values = {"column": name, "header": sample.name(index), "example": example}
    other = chosen.translate(str.maketrans("dm", "md"))
    return MappingChoice("date_order", chosen, (other,), values, is_decided_by_evidence=False)


def column_splits(sample: Sample, columns: Mapping[str, int]) -> dict[str, str]:
    """Columns whose cells hold a code and its name: "4340 Asiantuntijapalvelut", "100, Konsernihallinto"."""
    return {
        name: "code_and_name"
        for name in _SPLIT_COLUMNS
        if name in columns and sample.profiles[columns[name]].code_and_name_share >= _SPLIT_SHARE
    }


def float_codes(sample: Sample, columns: Mapping[str, int]) -> tuple[str, ...]:
    """Text columns whose codes a spreadsheet turned into numbers: every filled value is whole and ends in ".0"."""
    return tuple(
        name
        for name, index in columns.items()
        if LEDGER[name].type == "text" and not sample.profiles[index].is_empty and _are_floats(sample.columns[index])
    )


def _are_floats(values: Sequence[str]) -> bool:
    filled = [text.strip() for text in values if is_filled(text)]
    return all(text.endswith(".0") and text[:-2].isdigit() for text in filled)


def _missing(sample: Sample, columns: Mapping[str, int]) -> tuple[tuple[str, ...], dict[str, tuple[int, ...]]]:
    """What every ledger needs and this one doesn't show, and the source columns that could be it."""
    free = [index for index in range(len(sample.columns)) if index not in columns.values()]
    candidates: dict[str, tuple[int, ...]] = {}
    if "amount_net" not in columns and "amount_gross" not in columns:
        money = [index for index in free if sample.profiles[index].amount_share >= 0.8]
        candidates["amount_net"] = tuple(index for index in money if sample.profiles[index].date_share < 0.9)
    if not any(name in columns for name in _TIMES):
        candidates["date"] = tuple(
            index
            for index in free
            if max(sample.profiles[index].date_share, sample.profiles[index].period_share) >= 0.8
        )
    return tuple(candidates), candidates
