"""Tables of the footprint: by category, year, unit and supplier, the hotspots, and the factors behind them."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from keino.engine.results import Slice
from keino.report import codes
from keino.report.tables import Column, Row, Table, View, anchor, number_columns, numbers, place, share_of, slice_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keino.engine.results import FactorUse, YearChange

SUPPLIERS_SHOWN = 50


def largest_first(parts: Iterable[Slice], key: str) -> list[Slice]:
    """Largest footprint first; parts without one after those with, and not classified last."""
    return sorted(
        parts,
        key=lambda part: (
            part.keys[key] == "",
            part.footprint_kgco2e is None,
            -(part.footprint_kgco2e or 0),
            -part.spend,
        ),
    )


def main_categories(view: View) -> Table:
    """Footprint by main category; every footprint opens the factors of its main category."""
    known = {view.main_code(use.category) for use in view.result.factors}
    rows = []
    for part in largest_first(view.result.by_main_category, "category"):
        code = str(part.keys["category"])
        rows.append(
            Row((view.category(code), *numbers(part)), _linked("#" + anchor("factors", code) if code in known else ""))
        )
    text = view.speech.text
    return slice_table(
        view, "main-categories", text("Footprint by main category"), Column(text("Main category")), tuple(rows)
    )


def _linked(address: str) -> tuple[tuple[int, str], ...]:
    return ((3, address), (4, address), (5, address), (6, address)) if address else ()


def categories(view: View) -> Table:
    """Footprint by category, with the share of the whole, spend without a factor and how well the factor fits."""
    text, total = view.speech.text, view.result.total
    newest = _newest_factors(view)
    matches = _matches(view)
    rows = []
    for part in largest_first(view.result.by_category, "category"):
        code = str(part.keys["category"])
        extra = (
            share_of(part.footprint_kgco2e, total.footprint_kgco2e),
            part.spend_without_factor,
            matches.get(code, "–"),
        )
        address = f"#{newest[code]}" if code in newest else ""
        rows.append(Row((view.category(code), *numbers(part), *extra), _linked(address), (anchor("category", code),)))
    columns = (
        Column(text("Category")),
        *number_columns(view),
        Column(text("Share of footprint"), "share", adds_up=True),
        Column(text("Spend without factor, {currency}", currency=view.currency()), "money", adds_up=True),
        Column(text("Factor")),
    )
    whole = 1.0 if (total.footprint_kgco2e or 0) > 0 else None
    last = Row((text("Total"), *numbers(total), whole, total.spend_without_factor, ""))
    return Table("categories", text("Footprint by category"), columns, tuple(rows), last)


def _newest_factors(view: View) -> dict[str, str]:
    """The anchor of the newest factor of each category."""
    return {use.category: anchor("factor", use.category, use.year) for use in _in_order(view)}


def _matches(view: View) -> dict[str, str]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for use in view.result.factors:
        found[use.category][codes.words(view.speech, codes.MATCHES, use.match)] = None
    return {category: ", ".join(words) for category, words in found.items()}


def category_years(view: View) -> Table:
    """Footprint of each category in each year; every number opens its factor."""
    text, years = view.speech.text, view.result.years
    cells = {(str(p.keys["category"]), int(p.keys["year"])): p for p in view.result.by_category_year}
    known = {(use.category, use.year) for use in view.result.factors}
    rows = []
    for part in largest_first(view.result.by_category, "category"):
        code = str(part.keys["category"])
        values = tuple(cells[code, year].footprint_kgco2e if (code, year) in cells else None for year in years)
        links = tuple((n, "#" + anchor("factor", code, y)) for n, y in enumerate(years, 1) if (code, y) in known)
        rows.append(Row((view.category(code), *values), links))
    totals = {int(part.keys["year"]): part.footprint_kgco2e for part in view.result.by_year}
    columns = (
        Column(text("Category")),
        *(Column(text("{year}, t CO₂e", year=year), "tonnes", adds_up=True) for year in years),
    )
    total = Row((text("Total"), *(totals.get(year) for year in years)))
    return Table("category-years", text("Footprint by category and year"), columns, tuple(rows), total)


def years(view: View) -> Table:
    """Footprint by year; every footprint opens the categories of the years."""
    text = view.speech.text
    rows = tuple(
        Row((part.keys["year"], *numbers(part)), _linked(place("category-years"))) for part in view.result.by_year
    )
    return slice_table(view, "years", text("Footprint by year"), Column(text("Year"), "year"), rows)


def changes(view: View, *, whole: bool) -> Table:
    """Change between years, split into price, volume and intensity; of the whole or of each category."""
    text, sign = view.speech.text, view.currency()
    rows = tuple(Row(_change(view, c, whole=whole)) for c in view.result.changes if (c.category == "") is whole)
    columns = (
        Column(text("Years") if whole else text("Category and years")),
        Column(text("Change in spend, {currency}", currency=sign), "money"),
        Column(text("of which price, {currency}", currency=sign), "money"),
        Column(text("of which volume, {currency}", currency=sign), "money"),
        Column(text("Change in footprint, t CO₂e"), "tonnes"),
        Column(text("of which volume, t CO₂e"), "tonnes"),
        Column(text("of which intensity, t CO₂e"), "tonnes"),
        Column(text("Price index")),
    )
    title = text("Change from year to year") if whole else text("Change from year to year by category")
    note = text("Volume is how much was bought at constant prices. Intensity is how much each unit of it emits.")
    return Table("changes" if whole else "changes-by-category", title, columns, rows, note=note)


def _change(view: View, change: YearChange, *, whole: bool) -> tuple[str | Decimal | float | None, ...]:
    period = f"{change.year_from}–{change.year_to}"
    return (
        period if whole else f"{view.category(change.category)}, {period}",
        change.spend_change,
        change.price_effect_spend,
        change.volume_effect_spend,
        change.footprint_change_kgco2e,
        change.volume_effect_kgco2e,
        change.intensity_effect_kgco2e,
        _index(view, change.price_index) or "–",
    )


def _index(view: View, name: str) -> str:
    """A price index in words; of two that were joined, both."""
    return " + ".join(codes.words(view.speech, codes.PRICE_INDICES, part) for part in name.split(" + "))


def units(view: View) -> Table:
    """Footprint by unit of the buyer."""
    text = view.speech.text
    rows = tuple(
        Row((_named(view, p.keys["unit_name"]), *numbers(p)), _linked(place("categories")))
        for p in largest_first(view.result.by_unit, "unit_name")
    )
    return slice_table(view, "units", text("Footprint by unit"), Column(text("Unit of the buyer")), rows)


def _named(view: View, name: str | int) -> str:
    return str(name) or view.speech.text("No name")


def suppliers(view: View, shown: int | None = SUPPLIERS_SHOWN) -> Table:
    """Footprint by supplier: the largest ones, and all others as one row, so that the sums tie."""
    text = view.speech.text
    ordered = largest_first(view.result.by_supplier, "supplier_name")
    largest = ordered if shown is None else ordered[:shown]
    rows = [Row((_named(view, p.keys["supplier_name"]), *numbers(p)), _linked(place("categories"))) for p in largest]
    rest = rest_of(view.result.total, largest)
    if rest.lines or rest.spend:
        rows.append(Row((text("All other suppliers"), *numbers(rest)), _linked(place("categories"))))
    return slice_table(view, "suppliers", text("Footprint by supplier"), Column(text("Supplier")), tuple(rows))


def rest_of(total: Slice, shown: Sequence[Slice]) -> Slice:
    """What a table that shows only some parts leaves out; without an interval, because intervals do not add up.

    Where none of the money left out has a factor, there is no footprint either, only the rounding of the others.
    """
    spend = total.spend - sum((part.spend for part in shown), Decimal(0))
    without = total.spend_without_factor - sum((part.spend_without_factor for part in shown), Decimal(0))
    footprint = None
    if total.footprint_kgco2e is not None and spend != without:
        footprint = total.footprint_kgco2e - sum(part.footprint_kgco2e or 0.0 for part in shown)
    return Slice(
        keys={},
        lines=total.lines - sum(part.lines for part in shown),
        spend=spend,
        footprint_kgco2e=footprint,
        low_kgco2e=None,
        high_kgco2e=None,
        spend_without_factor=without,
    )


def hotspots(view: View) -> Table:
    """Categories in the order of their footprint, with their share, running share and place in the quadrant."""
    text, newest = view.speech.text, _newest_factors(view)
    parts = {str(part.keys["category"]): part for part in view.result.by_category}
    rows = []
    for spot in sorted(view.result.hotspots, key=lambda spot: spot.rank_footprint):
        part = parts[spot.category]
        quadrant = codes.words(view.speech, codes.QUADRANTS, spot.quadrant)
        values = (
            spot.rank_footprint,
            part.spend,
            part.footprint_kgco2e,
            part.intensity_kgco2e_per_unit,
            spot.share_of_footprint,
            spot.cumulative_share,
            quadrant,
        )
        address = newest.get(spot.category)
        links = tuple((column, f"#{address}") for column in (3, 4)) if address else ()
        rows.append(Row((view.category(spot.category), *values), links))
    columns = (
        Column(text("Category")),
        Column(text("Rank"), "count"),
        Column(text("Spend, {currency}", currency=view.currency()), "money"),
        Column(text("Footprint, t CO₂e"), "tonnes"),
        Column(text("kg CO₂e per {currency}", currency=view.currency()), "factor"),
        Column(text("Share of footprint"), "share"),
        Column(text("Running share"), "share"),
        Column(text("What it asks for")),
    )
    return Table("hotspots", text("Hotspots"), columns, tuple(rows))


def _in_order(view: View) -> list[FactorUse]:
    """Factors by category in the order of codes, then by year and product."""
    return sorted(
        view.result.factors, key=lambda use: (view.main_code(use.category), use.category, use.year, use.product)
    )


def factors(view: View) -> Table:
    """Each emission factor as it was used, with its source; rows carry the anchors that footprints link to."""
    text = view.speech.text
    seen: set[str] = set()
    rows = []
    for use in _in_order(view):
        names = (anchor("factor", use.category, use.year), anchor("factors", view.main_code(use.category)))
        new = tuple(name for name in names if name not in seen)
        known = use.source in view.result.sources
        rows.append(Row(_factor(view, use), ((12, "#" + anchor("source", use.source)),) if known else (), new))
        seen.update(new)
    sign = view.currency()
    columns = (
        Column(text("Category")),
        Column(text("Year"), "year"),
        Column(text("Product group of the factor")),
        Column(text("Share of the category"), "share"),
        Column(text("Value"), "factor"),
        Column(text("Unit")),
        Column(text("Price basis")),
        Column(text("How well it fits")),
        Column(text("Spread (GSD)"), "ratio"),
        Column(text("Why this factor")),
        Column(text("Spend, {currency}", currency=sign), "money"),
        Column(text("Place in the source")),
        Column(text("Source")),
    )
    note = text(
        "GSD is the geometric standard deviation: the true value lies, in two cases of three, between the value "
        "divided and multiplied by it."
    )
    return Table("factors", text("Emission factors used"), columns, tuple(rows), note=note)


def _factor(view: View, use: FactorUse) -> tuple[str | int | float | Decimal, ...]:
    return (
        view.category(use.category),
        use.year,
        _product(view, use),
        use.share,
        use.value_kgco2e_per_unit,
        use.unit,
        codes.words(view.speech, codes.PRICE_BASES, use.price_basis),
        codes.words(view.speech, codes.MATCHES, use.match),
        use.gsd,
        _why(view, use) or "–",
        use.spend,
        use.locator or "–",
        use.source,
    )


def _product(view: View, use: FactorUse) -> str:
    if use.origin == "own_factor":  # a buyer's own factor is made for a category, which is its product
        return view.category(use.product)
    return f"{use.product_label(view.speech.language)} ({use.product})"


def _why(view: View, use: FactorUse) -> str:
    """Why the group stands for the category. Remarks on a factor are in English only; caveats say the same in words."""
    said = [view.speech.text(codes.ORIGINS.get(use.origin, "")), _sentence(use.reason(view.speech.language))]
    if view.speech.language == "en":
        said.append(_sentence(use.note))
    return " ".join(part for part in said if part)


def _sentence(text: str) -> str:
    return text if not text or text.endswith(".") else f"{text}."


def sources(view: View) -> Table:
    """Publications that the factors and other facts come from."""
    text = view.speech.text
    rows = tuple(
        Row(
            (
                row.get("citation") or row.get("title") or key,
                row.get("producer", ""),
                row.get("edition", ""),
                row.get("published", ""),
                codes.words(view.speech, codes.LICENCES, row.get("licence", "")),
                row.get("url", ""),
                key,
            ),
            anchors=(anchor("source", key),),
        )
        for key, row in sorted(view.result.sources.items())
    )
    columns = tuple(
        Column(label)
        for label in (
            text("Citation"),
            text("Producer"),
            text("Edition"),
            text("Published"),
            text("Licence"),
            text("Web address"),
            text("Key"),
        )
    )
    return Table("sources", text("Sources"), columns, rows)
