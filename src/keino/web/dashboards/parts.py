"""Parts of pages that show a result, drawn with the tables and charts of the report; kept by ``drawn``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from keino.report import charts, codes, coverage_tables, footprint_tables
from keino.report.page import figures
from keino.report.sentences import coverage_sentence, three_sentences
from keino.report.tables import View, share_of
from keino.web.base.templatetags.keino import speaker
from keino.web.dashboards.hotspot_words import spots
from keino.web.dashboards.queries.results import Chosen, supplier_key
from keino.web.dashboards.shown import Links, ShownTable, chart, table
from keino.web.measurement.queries.lines import NONE

if TYPE_CHECKING:
    from keino.engine.results import FootprintResult, Slice

EVERYTHING = Chosen()


def answer(result: FootprintResult) -> str:
    """Three sentences and the large numbers."""
    return render_to_string("dashboards/parts/answer.html", _answer(result))


def _answer(result: FootprintResult) -> dict[str, Any]:
    view = View(result, speaker())
    return {"sentences": three_sentences(result, view.speech.language), "figures": figures(view)}


def footprint(
    result: FootprintResult,
    links: Links,
    *,
    whole: FootprintResult | None = None,
    chosen: Chosen = EVERYTHING,
    exact: bool = False,
    units: bool = True,
    suppliers: bool = True,
    ledgers_url: str = "",
) -> str:
    """Coverage first, then by category, year, unit and supplier. ``whole`` is what a choice was made of."""
    view = View(result, speaker())
    context = {
        "links": links,
        "coverage": coverage_sentence(result, view.speech.language),
        "tables": _footprint_tables(view, links, chosen, exact=exact, units=units, suppliers=suppliers),
        "charts": _footprint_charts(view, chosen, units=units),
        "ledgers_url": ledgers_url,
        **_method(view),
    }
    if chosen.is_everything:
        context |= _answer(result)
    else:
        context["chosen_sentence"] = _chosen_sentence(view, whole or result)
    return render_to_string("dashboards/parts/footprint.html", context)


def _footprint_tables(
    view: View, links: Links, chosen: Chosen, *, exact: bool, units: bool, suppliers: bool
) -> dict[str, ShownTable]:
    def drills(parts: Sequence[Slice], name: str, key: str) -> list[str]:
        return [links.drill(**chosen.address(**{name: part.keys[key]})) for part in parts]

    def shown(made: Any, addresses: Sequence[str] = ()) -> ShownTable:
        return table(view, made, links, addresses, exact=exact)

    result, whole = view.result, footprint_tables
    by_main = whole.largest_first(result.by_main_category, "category")
    by_leaf = whole.largest_first(result.by_category, "category")
    leaf_drills = drills(by_leaf, "category", "category")
    bases = sorted(result.coverage.by_basis, key=lambda p: (p.keys["category_basis"] == "none", -p.spend))
    tables = {
        "by_basis": shown(coverage_tables.by_basis(view), drills(bases, "basis", "category_basis")),
        "excluded": shown(coverage_tables.excluded(view)),
        "categories": shown(whole.categories(view), leaf_drills),
        "years": shown(whole.years(view), drills(result.by_year, "year", "year")),
        "category_years": shown(whole.category_years(view), leaf_drills),
        "changes": shown(whole.changes(view, whole=True)),
        "changes_by_category": shown(whole.changes(view, whole=False)),
    }
    if not chosen.category:
        tables["main_categories"] = shown(whole.main_categories(view), drills(by_main, "category", "category"))
    if units:
        by_unit = whole.largest_first(result.by_unit, "unit_name")
        tables["units"] = shown(whole.units(view), drills(by_unit, "unit", "unit_name"))
    if suppliers:
        by_supplier = whole.largest_first(result.by_supplier, "supplier_name")[: whole.SUPPLIERS_SHOWN]
        addresses = [links.drill(**chosen.address(supplier=supplier_key(part))) for part in by_supplier]
        tables["suppliers"] = shown(whole.suppliers(view), addresses)
    return tables


def _footprint_charts(view: View, chosen: Chosen, *, units: bool) -> dict[str, Any]:
    is_leaf = "." in chosen.category or chosen.category == NONE
    drawn = {"year": chart(charts.by_year(view)), "effects": chart(charts.effects(view))}
    if not is_leaf:
        drawn["category"] = chart((charts.by_category if chosen.category else charts.by_main_category)(view))
    if units:
        drawn["unit"] = chart(charts.by_unit(view))
    return drawn


def _chosen_sentence(view: View, whole: FootprintResult) -> str:
    """How much the choice is, and of what."""
    speech, total = view.speech, view.result.total
    values = {
        "count": speech.number(total.lines),
        "spend": speech.amount_to_read(total.spend, view.result.currency),
        "tonnes": "–" if total.footprint_kgco2e is None else speech.tonnes(total.footprint_kgco2e),
    }
    if not total.lines:
        return _("No purchase fits this choice.")
    if total.footprint_kgco2e is None:
        return _("This choice is %(count)s lines and %(spend)s. No emission factor fits them.") % values
    share = share_of(total.footprint_kgco2e, whole.total.footprint_kgco2e)
    values["share"] = "–" if share is None else speech.percent_to_read(share)
    values["low"], values["high"] = speech.tonnes(total.low_kgco2e or 0.0), speech.tonnes(total.high_kgco2e or 0.0)
    return (
        _(
            "This choice is %(count)s lines, %(spend)s and %(tonnes)s t CO₂e (95%% interval %(low)s–%(high)s t): "
            "%(share)s of the whole footprint."
        )
        % values
    )


def _method(view: View) -> dict[str, Any]:
    result = view.result
    return {
        "caveats": [codes.words(view.speech, codes.CAVEATS, code) for code in result.caveats],
        "editions": view.speech.text(
            "Calculated with keino {version}, factor set {set}, edition {edition}.",
            version=result.code_version,
            set=result.factor_set,
            edition=result.factor_edition,
        ),
    }


def factors(result: FootprintResult, links: Links, *, exact: bool = False) -> str:
    """Method, emission factors and their sources."""
    view = View(result, speaker())
    tables = {
        "factors": table(view, footprint_tables.factors(view), links, exact=exact),
        "sources": table(view, footprint_tables.sources(view), links, exact=exact),
    }
    return render_to_string("dashboards/parts/factors.html", {"links": links, "tables": tables, **_method(view)})


def first_hotspots(result: FootprintResult, links: Links) -> str:
    """The three largest hotspots in words."""
    shown = spots(View(result, speaker()), links)[:3]
    return render_to_string("dashboards/parts/first_hotspots.html", {"spots": shown})


def hotspots(result: FootprintResult, links: Links, *, exact: bool = False) -> str:
    """The hotspots in words, as quadrant, as Pareto chart and as a table."""
    view = View(result, speaker())
    ranked = sorted(result.hotspots, key=lambda spot: spot.rank_footprint)
    addresses = [links.drill(category=spot.category) for spot in ranked]
    context = {
        "links": links,
        "spots": spots(view, links),
        "charts": {"quadrant": chart(charts.quadrant(view)), "pareto": chart(charts.pareto(view))},
        "tables": {"hotspots": table(view, footprint_tables.hotspots(view), links, addresses, exact=exact)},
    }
    return render_to_string("dashboards/parts/hotspots.html", context)
