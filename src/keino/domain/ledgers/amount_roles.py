"""Settle which source columns are the net amount, the tax and the gross amount of a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from keino.domain.ledgers.amount_columns import AmountTriple, amount_triple, exceeds, vat_basis
from keino.domain.ledgers.choices import MappingChoice
from keino.domain.ledgers.values import AmountStyle, amount_style, parse_amount

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from keino.domain.ledgers.assignment import Assignment
    from keino.domain.ledgers.samples import Sample

Basis = Literal["net", "gross"]
_ROLES = ("amount_net", "amount_vat", "amount_gross")
_VAGUE = 0.5
_MOST_MONEY_COLUMNS = 8


def settle(sample: Sample, assignment: Assignment) -> tuple[Basis, list[MappingChoice]]:
    """Give the money columns their roles in ``assignment``; return the basis of the amount to count and the choices."""
    amounts = _parsed(sample, _money_columns(sample, assignment))
    triple = amount_triple(amounts)
    if triple and _is_about_amounts(sample, assignment, triple):
        return "net", _give_triple(sample, assignment, triple)
    _second_amount(assignment, amounts)
    _total_alone(assignment)
    net = assignment.columns.get("amount_net")
    if net is not None and net.meaning.amount_basis == "unknown":
        return _vague(sample, assignment, amounts, net.index)
    if net is None and "amount_gross" in assignment.columns:
        return "gross", [_gross_only(sample, assignment)]
    return "net", []


def _money_columns(sample: Sample, assignment: Assignment) -> list[int]:
    """Columns named as amounts, and unnamed or unknown ones that hold amounts with decimals; at most eight."""
    named = [assignment.columns[role].index for role in _ROLES if role in assignment.columns]
    named += [rival.index for rival in assignment.rivals if rival.column in _ROLES]
    open_columns = [
        index
        for index, profile in enumerate(sample.profiles)
        if index not in assignment.known and profile.amount_share >= 0.8 and profile.decimals_share >= 0.3
    ]
    return list(dict.fromkeys(named + open_columns))[:_MOST_MONEY_COLUMNS]


def _parsed(sample: Sample, places: Iterable[int]) -> dict[int, tuple[Decimal | None, ...]]:
    columns = list(places)
    style = amount_style(text for place in columns for text in sample.columns[place]) or AmountStyle(".", "")
    return {place: tuple(parse_amount(text, style) for text in sample.columns[place]) for place in columns}


def _is_about_amounts(sample: Sample, assignment: Assignment, triple: AmountTriple) -> bool:
    """Whether a header names one of the three as an amount, or the file has no header to name anything."""
    places = {triple.net, triple.vat, triple.gross}
    named = {assignment.columns[role].index for role in _ROLES if role in assignment.columns}
    named |= {rival.index for rival in assignment.rivals if rival.column in _ROLES}
    return bool(places & named) or not any(cell.strip() for cell in sample.header)


def _give_triple(sample: Sample, assignment: Assignment, triple: AmountTriple) -> list[MappingChoice]:
    before = {role: assignment.columns[role].index for role in _ROLES if role in assignment.columns}
    vague = any(assignment.columns[role].meaning.amount_basis == "unknown" for role in before)
    after = {"amount_net": triple.net, "amount_vat": triple.vat, "amount_gross": triple.gross}
    meanings = {candidate.index: candidate.meaning for candidate in assignment.columns.values()}
    for role in before:
        del assignment.columns[role]
    for role, index in after.items():
        assignment.give(role, index, meanings.get(index))
    if before == after and not vague:
        return []
    contradicted = any(before.get(role, index) != index for role, index in after.items()) and not vague
    return [
        MappingChoice(
            code="amount_words_contradicted" if contradicted else "amount_net_or_gross",
            chosen=sample.name(triple.net) if contradicted else "net",
            alternatives=tuple(sample.name(index) for index in before.values()) if contradicted else ("gross",),
            values={"header": sample.name(triple.net), "reason": "net_plus_vat_is_gross", "rows": str(triple.rows)},
            is_decided_by_evidence=True,
        )
    ]


def _second_amount(assignment: Assignment, amounts: dict[int, tuple[Decimal | None, ...]]) -> None:
    """A vague amount beside the net one that is never smaller is the gross one ("Netto" and "Summa")."""
    net = assignment.columns.get("amount_net")
    if net is None or "amount_gross" in assignment.columns:
        return
    for rival in assignment.rivals:
        is_vague = rival.column == "amount_net" and rival.meaning.amount_basis == "unknown"
        is_free = rival.index in amounts and rival.index not in assignment.taken
        if is_vague and is_free and exceeds(amounts[rival.index], amounts[net.index]):
            assignment.give("amount_gross", rival.index, rival.meaning)
            return


def _total_alone(assignment: Assignment) -> None:
    """The word "Total" over the only amount of a ledger says nothing of tax: it is as open as "Amount"."""
    gross = assignment.columns.get("amount_gross")
    if gross and "amount_net" not in assignment.columns and gross.meaning.score <= _VAGUE:
        meaning = gross.meaning
        assignment.give("amount_net", gross.index, type(meaning)(**{**vars(meaning), "amount_basis": "unknown"}))


def _vague(
    sample: Sample, assignment: Assignment, amounts: dict[int, tuple[Decimal | None, ...]], index: int
) -> tuple[Basis, list[MappingChoice]]:
    """The amount's words don't say net or gross: a basis column, the tax column or a gross column may."""
    basis, reason = _evidence(sample, assignment, amounts, index)
    chosen: Basis = "gross" if basis == "gross" else "net"
    if chosen == "gross":
        assignment.give("amount_gross", index, assignment.columns["amount_net"].meaning)
    choice = MappingChoice(
        code="amount_net_or_gross",
        chosen=chosen,
        alternatives=("net" if chosen == "gross" else "gross",),
        values={"header": sample.name(index), "index": str(index), "reason": reason},
        is_decided_by_evidence=bool(basis),
    )
    return chosen, [choice]


def _evidence(
    sample: Sample, assignment: Assignment, amounts: dict[int, tuple[Decimal | None, ...]], index: int
) -> tuple[str, str]:
    """("net" or "gross" or "", code of the reason)."""
    if "amount_basis" in assignment.roles:
        said = {text.strip().casefold() for text in sample.columns[assignment.roles["amount_basis"]] if text.strip()}
        if said in ({"net"}, {"gross"}):
            return said.pop(), "basis_column"
    vat, gross = assignment.columns.get("amount_vat"), assignment.columns.get("amount_gross")
    if vat and (basis := vat_basis(amounts[index], amounts[vat.index])):
        return basis, "tax_rates"
    if gross and exceeds(amounts[gross.index], amounts[index]):
        return "net", "smaller_than_gross"
    return "", "ledgers_are_mostly_net"


def _gross_only(sample: Sample, assignment: Assignment) -> MappingChoice:
    gross = assignment.columns["amount_gross"]
    has_tax = "amount_vat" in assignment.columns
    values = {"header": sample.name(gross.index), "index": str(gross.index), "has_vat_column": str(has_tax).lower()}
    return MappingChoice("amount_gross_only", "gross", (), values, is_decided_by_evidence=True)
