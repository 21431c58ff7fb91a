"""From lines to emissions: one join, and grouped sums. Tables in, tables out; nothing runs here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ibis.expr.types import Table

    from keino.domain.carbon.factors import Coefficient

#: Columns of the coefficient table that ``footprint`` joins with, and their Ibis types.
COEFFICIENT_SCHEMA = {
    "category_code": "string",
    "year": "int64",
    "factor_product": "string",
    "factor_match": "string",
    "factor_kgco2e_per_unit": "float64",
}


def coefficient_columns(coefficients: Iterable[Coefficient]) -> dict[str, list[object]]:
    """Return the coefficients as columns of ``COEFFICIENT_SCHEMA``, ready for an in-memory table."""
    rows = list(coefficients)
    return {
        "category_code": [row.category for row in rows],
        "year": [row.year for row in rows],
        "factor_product": [row.factor_product for row in rows],
        "factor_match": [row.match for row in rows],
        "factor_kgco2e_per_unit": [row.kgco2e_per_unit for row in rows],
    }


def footprint(lines: Table, coefficients: Table) -> Table:
    """Return the lines with their emissions.

    footprint_kgco2e = amount_net × factor_kgco2e_per_unit

    ``amount_net`` excludes VAT and is in ledger currency of the line's ``year``; so is the factor. Lines without a
    factor stay, with an empty footprint and ``factor_match = "none"``: a missing number must stay visible. Lines with
    an ``exclusion_reason`` get no factor. Works on single lines and on sums of lines alike (category_code, year,
    amount_net are all it reads). Method: docs/methods/spend-footprint.md.
    """
    wanted = coefficients.select(
        _category=coefficients.category_code,
        _year=coefficients.year.cast("int64"),
        factor_product=coefficients.factor_product,
        factor_match=coefficients.factor_match,
        factor_kgco2e_per_unit=coefficients.factor_kgco2e_per_unit,
    )
    keyed = lines.mutate(_key_category=_key(lines), _key_year=lines.year.cast("int64"))
    joined = keyed.left_join(wanted, [("_key_category", "_category"), ("_key_year", "_year")])
    with_factor = joined.drop("_key_category", "_key_year", "_category", "_year")
    return with_factor.mutate(
        factor_match=with_factor.factor_match.fill_null("none"),
        # decimal × float differs between engines, so the amount becomes a float first (exact sums stay in totals)
        footprint_kgco2e=with_factor.amount_net.cast("float64") * with_factor.factor_kgco2e_per_unit,
    )


def _key(lines: Table) -> ibis.Value:
    """The category to look up: "" for unclassified purchases, empty (never found) for what is excluded."""
    category = lines.category_code.fill_null("")
    if "exclusion_reason" not in lines.columns:
        return category
    is_purchase = lines.exclusion_reason.fill_null("") == ""
    return ibis.ifelse(is_purchase, category, ibis.null("string"))


def totals(lines: Table, by: Sequence[str]) -> Table:
    """Return sums of lines that carry a footprint, grouped by the columns ``by`` (none = one row for all).

    Columns: ``by``, lines (count), spend (exact), footprint_kgco2e (empty when no line has a factor),
    spend_without_factor (exact). Lines that are sums already bring their own ``lines`` count.
    """
    amount = lines.amount_net
    has_factor = lines.factor_kgco2e_per_unit.notnull()
    zero = ibis.literal(0).cast(amount.type())
    prepared = lines.mutate(
        _lines=lines.lines if "lines" in lines.columns else ibis.literal(1),
        _known=ibis.ifelse(has_factor, 1, 0),
        _without=ibis.ifelse(has_factor, zero, amount),
    )
    grouped = prepared.group_by(list(by)) if by else prepared
    summed = grouped.aggregate(
        lines=prepared["_lines"].sum().cast("int64"),
        spend=prepared.amount_net.sum(),
        footprint_kgco2e=prepared.footprint_kgco2e.sum(),
        spend_without_factor=prepared["_without"].sum(),
        _known=prepared["_known"].sum(),
    )
    known = ibis.ifelse(summed["_known"] > 0, summed.footprint_kgco2e, ibis.null("float64"))
    return summed.mutate(footprint_kgco2e=known).drop("_known")
