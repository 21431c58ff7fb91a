"""Columns by their values alone: where the header is missing, or says what the values contradict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keino.domain.ledgers.assignment import Assignment, determines
from keino.domain.ledgers.choices import MappingChoice
from keino.domain.ledgers.headers import Meaning

if TYPE_CHECKING:
    from collections.abc import Callable

    from keino.domain.ledgers.column_fit import ColumnProfile
    from keino.domain.ledgers.samples import Sample

_DATES = ("posting_date", "doc_date", "payment_date")


def _is_date(profile: ColumnProfile) -> bool:
    return profile.date_share >= 0.8 and profile.decimals_share < 0.5


def _is_money(profile: ColumnProfile) -> bool:
    return profile.amount_share >= 0.9 and profile.decimals_share >= 0.5 and profile.date_share < 0.5


def _is_name(profile: ColumnProfile) -> bool:
    return profile.letters_share >= 0.8 and profile.word_share >= 0.3 and profile.date_share < 0.2


def values_over_words(sample: Sample, assignment: Assignment) -> list[MappingChoice]:
    """Give columns whose header is contradicted by their values to what the values are, where that is still open.

    Only an exchange of labels is mended: a column is given away only if its own header says what it can't be.
    """
    choices: list[MappingChoice] = []
    weak = assignment.columns.get("amount_net")
    if weak is not None and weak.score < 0.7 * weak.meaning.score:
        _drop_if_replaced(sample, assignment, "amount_net")
    needs: list[tuple[str, Callable[[ColumnProfile], bool]]] = []
    if not any(name in assignment.columns for name in _DATES):
        needs.append((_wanted_date(assignment), _is_date))
    if "amount_net" not in assignment.columns and "amount_gross" not in assignment.columns:
        needs.append(("amount_net", _is_money))
    if "supplier_name" not in assignment.columns:
        needs.append(("supplier_name", _is_name))
    for column, is_kind in needs:
        fitting = [index for index in assignment.contradicted if is_kind(sample.profiles[index])]
        fitting = [index for index in fitting if index not in assignment.taken]
        if len(fitting) == 1 and _is_wanted(assignment, column):
            choices.append(_give(sample, assignment, column, fitting[0]))
    return choices


def _drop_if_replaced(sample: Sample, assignment: Assignment, column: str) -> None:
    """Leave an amount that looks like numbers of vouchers, when another contradicted column holds real amounts."""
    if any(_is_money(sample.profiles[index]) for index in assignment.contradicted):
        dropped = assignment.columns.pop(column)
        assignment.contradicted[dropped.index] = (dropped.meaning,)


def _wanted_date(assignment: Assignment) -> str:
    """The date that a contradicted header names; the posting date when none does."""
    named = [meaning.column for meanings in assignment.contradicted.values() for meaning in meanings]
    return next((column for column in named if column in _DATES), "posting_date")


def _is_wanted(assignment: Assignment, column: str) -> bool:
    """Whether some contradicted header names the column, so that its values must stand under another label."""
    named = {meaning.column for meanings in assignment.contradicted.values() for meaning in meanings}
    return column in named or (column == "posting_date" and bool(named & set(_DATES)))


def _give(sample: Sample, assignment: Assignment, column: str, index: int) -> MappingChoice:
    wanted = [
        meaning for meanings in assignment.contradicted.values() for meaning in meanings if meaning.column == column
    ]
    assignment.give(column, index, wanted[0] if wanted else None)
    values = {"column": column, "header": sample.name(index), "index": str(index)}
    return MappingChoice("values_over_words", sample.name(index), (), values, is_decided_by_evidence=True)


def guess_everything(sample: Sample, assignment: Assignment) -> list[MappingChoice]:
    """Fill an assignment for a file without any header from its values; one choice for each column guessed."""
    _guess_times(sample, assignment)
    _guess_ids_and_codes(sample, assignment)
    _guess_amount(sample, assignment)
    _guess_names(sample, assignment)
    return [
        MappingChoice(
            "guessed_from_values",
            name,
            (),
            {"column": name, "index": str(candidate.index), "example": _example(sample, candidate.index)},
            is_decided_by_evidence=False,
        )
        for name, candidate in assignment.columns.items()
    ]


def _example(sample: Sample, index: int) -> str:
    return next((text.strip() for text in sample.columns[index] if text.strip()), "")


def _free(sample: Sample, assignment: Assignment, is_kind: Callable[[ColumnProfile], bool]) -> list[int]:
    return [
        index
        for index, profile in enumerate(sample.profiles)
        if index not in assignment.taken and not profile.is_empty and is_kind(profile)
    ]


def _guess_times(sample: Sample, assignment: Assignment) -> None:
    if dates := _free(sample, assignment, _is_date):
        assignment.give("posting_date", dates[0])
    elif periods := _free(sample, assignment, lambda profile: profile.period_share >= 0.9):
        assignment.give("period", periods[0])


def _guess_ids_and_codes(sample: Sample, assignment: Assignment) -> None:
    if ids := _free(sample, assignment, lambda profile: profile.finnish_id_share >= 0.5 and profile.distinct > 1):
        assignment.give("supplier_business_id", ids[0])
    if codes := _free(sample, assignment, _is_account_code):
        assignment.give("account_code", codes[0])
    if countries := _free(sample, assignment, lambda profile: profile.country_share >= 0.9):
        assignment.give("supplier_country", countries[0])


def _is_account_code(profile: ColumnProfile) -> bool:
    coded = max(profile.account_code_share, profile.code_and_name_share)
    return coded >= 0.9 and profile.mean_length >= 3 and 1 < profile.distinct <= 0.5 * profile.filled


def _guess_amount(sample: Sample, assignment: Assignment) -> None:
    """The only column of amounts; of several none, unless net + VAT = gross tells them apart later."""
    money = _free(sample, assignment, lambda profile: profile.amount_share >= 0.9 and profile.decimals_share >= 0.3)
    if len(money) == 1:
        assignment.give("amount_net", money[0], Meaning("amount_net", 0.0, "", "", "unknown", ""))


def _guess_names(sample: Sample, assignment: Assignment) -> None:
    for code, name in (("account_code", "account_name"), ("supplier_business_id", "supplier_name")):
        if code not in assignment.columns:
            continue
        keys = sample.columns[assignment.columns[code].index]
        names = _free(sample, assignment, lambda profile: profile.letters_share >= 0.8)
        if found := [index for index in names if determines(keys, sample.columns[index])]:
            assignment.give(name, max(found, key=lambda index: sample.profiles[index].distinct))
    if "supplier_name" not in assignment.columns:
        texts = _free(sample, assignment, _is_name)
        if texts:
            assignment.give("supplier_name", max(texts, key=lambda index: sample.profiles[index].distinct))
