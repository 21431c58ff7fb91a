"""Put the result of a run together: slices, coverage, hotspots, changes, the factors behind them, and what to mind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from keino import flow
from keino.domain.carbon.changes import CategoryYear
from keino.domain.carbon.factors import Coefficient
from keino.domain.carbon.hotspots import CategoryTotal, quadrant_limits
from keino.engine.factor_sets import ChosenFactors, category_editions, indices_of
from keino.engine.results import (
    CategoryLabel,
    Coverage,
    FactorUse,
    FootprintResult,
    LedgerReading,
    Slice,
    YearChange,
)
from keino.engine.slices import ZERO, Slicer, Sum, largest_first
from keino.facts.read import all_sources, read

#: Kinds of purchase whose factor is known to be a poor guide; see docs/methods/emission-factors.md.
_MATCH_CAVEATS = {"interpolated": "interpolated_years", "earlier_year": "earlier_year", "later_year": "later_year"}

_LANGUAGES = ("fi", "sv", "en")
_NAMES = [(kind, language) for kind in ("label", "short") for language in _LANGUAGES]


@dataclass(frozen=True)
class Material:
    """What a summary is made from."""

    readings: tuple[LedgerReading, ...]
    sums: tuple[Sum, ...]
    units: tuple[Sum, ...]
    suppliers: tuple[Sum, ...]
    coefficients: tuple[Coefficient, ...]
    chosen: ChosenFactors
    chart: str

    @property
    def currency(self) -> str:
        """The one currency of all ledgers."""
        return self.readings[0].currency

    @property
    def purchases(self) -> tuple[Sum, ...]:
        """Sums in scope: what is not excluded."""
        return tuple(part for part in self.sums if not part.exclusion_reason)


def summarise(material: Material, *, population: int | None, organisation: str, code_version: str) -> FootprintResult:
    """Return the result of a run."""
    slicer = Slicer(material.coefficients)
    purchases = material.purchases
    by_category = largest_first(slicer.slices(purchases, lambda part: {"category": part.category}))
    by_year = slicer.slices(sorted(purchases, key=lambda part: part.year), lambda part: {"year": part.year})
    ranked_totals = _totals(by_category)
    factors = _factor_uses(material, purchases)
    return FootprintResult(
        readings=material.readings,
        currency=material.currency,
        years=tuple(sorted({part.year for part in purchases})),
        factor_set=material.chosen.name,
        factor_edition=material.chosen.edition,
        editions={**category_editions(), **material.chosen.editions},
        code_version=code_version,
        total=slicer.total(purchases),
        coverage=_coverage(slicer, material, purchases),
        categories=_labels(),
        by_category=by_category,
        by_main_category=largest_first(slicer.slices(purchases, lambda part: {"category": _main(part.category)})),
        by_year=by_year,
        by_category_year=slicer.slices(purchases, lambda part: {"category": part.category, "year": part.year}),
        by_unit=largest_first(slicer.slices(_in_scope(material.units), lambda part: {"unit_name": part.keys[0]})),
        by_supplier=largest_first(slicer.slices(_in_scope(material.suppliers), _supplier)),
        hotspots=flow.hotspots(ranked_totals),
        limits=quadrant_limits(ranked_totals) if ranked_totals else None,
        changes=_changes(material, purchases),
        factors=factors,
        sources=_sources(factors, material),
        caveats=_caveats(material, purchases),
        population=population,
        organisation=organisation,
    )


def _main(category: str) -> str:
    return category.split(".", 1)[0]


def _supplier(part: Sum) -> dict[str, str | int]:
    return {"supplier_name": part.keys[0], "supplier_business_id": part.keys[1]}


def _in_scope(sums: Iterable[Sum]) -> tuple[Sum, ...]:
    return tuple(part for part in sums if not part.exclusion_reason)


def _labels() -> dict[str, CategoryLabel]:
    rows = read("categories").rows
    return {
        row["code"]: CategoryLabel(
            row["code"], row["parent"], *(row[f"{kind}_{language}"] for kind, language in _NAMES)
        )
        for row in rows
    }


def _coverage(slicer: Slicer, material: Material, purchases: Sequence[Sum]) -> Coverage:
    excluded = (part for part in material.sums if part.exclusion_reason)
    return Coverage(
        spend_in_scope=sum((part.spend for part in purchases), ZERO),
        by_basis=slicer.slices(purchases, lambda part: {"category_basis": part.basis if part.category else "none"}),
        excluded=slicer.slices(excluded, lambda part: {"exclusion_reason": part.exclusion_reason}),
        without_factor=sum((part.spend_without_factor for part in purchases), ZERO),
    )


def _totals(by_category: Sequence[Slice]) -> list[CategoryTotal]:
    return [
        CategoryTotal(
            str(part.keys["category"]), float(part.spend), part.footprint_kgco2e, float(part.spend_without_factor)
        )
        for part in by_category
        if part.keys["category"]
    ]


def _changes(material: Material, purchases: Iterable[Sum]) -> tuple[YearChange, ...]:
    found: dict[tuple[str, int], CategoryYear] = {}
    for part in purchases:
        key = (part.category, part.year)
        before = found.get(key, CategoryYear(*key, Decimal(0), None))
        known = [kg for kg in (before.footprint_kgco2e, part.footprint_kgco2e) if kg is not None]
        found[key] = CategoryYear(*key, before.spend + part.spend, sum(known) if known else None)
    return flow.year_changes(tuple(found.values()), indices_of(material.currency))


def _factor_uses(material: Material, purchases: Iterable[Sum]) -> tuple[FactorUse, ...]:
    spend: dict[tuple[str, int], Decimal] = {}
    for part in purchases:
        key = (part.category, part.year)
        spend[key] = spend.get(key, ZERO) + part.spend
    names, reasons = _product_names(material), _reasons()
    return tuple(
        FactorUse(
            category=made.category,
            year=made.year,
            product=part.product,
            **_texts("product_label", names.get((made.factor_set, part.product)), part.product),
            share=part.share,
            value_kgco2e_per_unit=part.kgco2e_per_unit,
            unit=f"kgCO2e/{made.currency}",
            price_basis=made.price_basis,
            match=made.match,
            gsd=made.gsd,
            origin=made.link_origin,
            **_texts("reason", reasons.get(_link_key(made, part.product)), ""),
            source=part.source,
            locator=part.locator,
            note=part.note,
            spend=spend[(made.category, made.year)],
        )
        for made in material.coefficients
        if (made.category, made.year) in spend
        for part in made.parts
    )


def _product_names(material: Material) -> dict[tuple[str, str], tuple[str, ...]]:
    """Names of product groups in fi, sv and en, by factor set and product."""
    sets = {made.factor_set for made in material.coefficients}
    return {
        (row["factor_set"], row["product"]): tuple(row[f"label_{language}"] for language in _LANGUAGES)
        for row in read("emission_factors", material.chosen.editions.get("emission_factors")).rows
        if row["factor_set"] in sets
    }


def _reasons() -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Why products stand for categories, in fi, sv and en, by factor set, category and product."""
    return {
        (row["factor_set"], row["category"], row["product"]): (row["reason_fi"], row["reason_sv"], row["reason"])
        for row in read("category_products").rows
    }


def _link_key(made: Coefficient, product: str) -> tuple[str, str, str]:
    """Where the facts hold the link behind a coefficient; nowhere for the user's own factors and for averages."""
    category = {"category": made.category, "main_category": _main(made.category)}.get(made.link_origin, "")
    return made.factor_set, category, product


def _texts(name: str, texts: tuple[str, ...] | None, otherwise: str) -> dict[str, Any]:
    """Fields of a text in three languages: ``name_fi``, ``name_sv`` and ``name_en``."""
    return {
        f"{name}_{language}": text
        for language, text in zip(_LANGUAGES, texts or (otherwise,) * len(_LANGUAGES), strict=True)
    }


def _sources(factors: Iterable[FactorUse], material: Material) -> dict[str, dict[str, str]]:
    """Publications behind the numbers shown: factors, price indices, exchange rates and the charts of accounts."""
    known = all_sources()
    used = {factor.source for factor in factors}
    indices = {index.name for index in indices_of(material.currency)}
    used |= {row["source"] for row in read("price_indices").rows if row["index"] in indices}
    if any("other_country_factor" in made.caveats for made in material.coefficients):
        used |= {row["source"] for row in read("exchange_rates").rows if row["currency"] == material.currency}
    if material.chart:
        used |= {row["source"] for row in read("account_categories").rows if row["chart"] == material.chart}
    return {key: dict(known[key]) for key in sorted(used) if key in known}


def _caveats(material: Material, purchases: Iterable[Sum]) -> tuple[str, ...]:
    """Codes of what a reader must mind, the most general first."""
    shown = {(part.category, part.year) for part in purchases}
    used = [made for made in material.coefficients if (made.category, made.year) in shown]
    found: list[str] = [f"{basis}_prices" for basis in sorted({made.price_basis for made in used})]
    found += [caveat for made in used for caveat in made.caveats if caveat != "basic_price_factor"]
    found += [_MATCH_CAVEATS[made.match] for made in used if made.match in _MATCH_CAVEATS]
    if any(reading.amount_basis == "gross" for reading in material.readings):
        found.append("vat_included")
    if any(not part.category for part in purchases) and not any(not made.category for made in used):
        found.append("unclassified_left_out")
    if not indices_of(material.currency) and len({part.year for part in purchases}) > 1:
        found.append("no_price_index")
    if any(part.exclusion_reason == "capitalised" and part.spend < 0 for part in material.sums):
        found.append("capitalised_twice")
    if material.chart.startswith("fi_municipal"):
        found.append("municipal_chain")
    return tuple(dict.fromkeys(found))
