"""The three sentences a mayor understands: how much, where, and how far to trust it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keino.report import codes
from keino.report.coverage_tables import exclusion_label
from keino.report.language import mark, translator
from keino.report.tables import View, share_of

if TYPE_CHECKING:
    from keino.engine.results import Choice, FootprintResult, Slice

HOTSPOTS_NAMED = 3
#: Shares of spend without a category above which the result asks for more work, and above which it is incomplete.
UNCLASSIFIED_MUCH = 0.10
UNCLASSIFIED_TOO_MUCH = 0.25
REJECTED_MUCH = 0.01
ENERGY_BY_MONEY = {"energy_d35", "energy_by_money"}

_EVERY = {
    "EUR": mark("every euro"),
    "GBP": mark("every pound"),
    "USD": mark("every dollar"),
    "SEK": mark("every krona"),
    "NOK": mark("every krona"),
    "DKK": mark("every krona"),
}


def three_sentences(result: FootprintResult, language: str) -> tuple[str, str, str]:
    """Return (how much, where it comes from, how far to trust it and what to do next), rounded for reading."""
    view = View(result, translator(language))
    return _how_much(view), _where(view), _how_sure(view)


def _when(view: View) -> str:
    years = view.result.years
    if not years:
        return view.speech.text("in these files")
    if len(years) == 1:
        return view.speech.text("in {year}", year=years[0])
    return view.speech.text("in the years {years}", years=view.speech.years(years))


def _how_much(view: View) -> str:
    text, total = view.speech.text, view.result.total
    spend = view.speech.amount_to_read(total.spend, view.result.currency)
    if total.lines == 0:
        return text("There are no purchases {when}.", when=_when(view))
    if total.spend <= 0:
        return text(
            "Credit notes and corrections {when} outweigh purchases: together they come to {spend}, from which no "
            "footprint can be read.",
            when=_when(view),
            spend=spend,
        )
    if total.footprint_kgco2e is None:
        return text(
            "Purchases {when} came to about {spend}, but no emission factor fits any of them, so their footprint is "
            "not known.",
            when=_when(view),
            spend=spend,
        )
    return text(
        "Purchases {when} came to about {spend} and caused about {tonnes} tonnes of greenhouse gases (CO₂e){intensity}"
        "{range}.",
        when=_when(view),
        spend=spend,
        tonnes=view.speech.tonnes(total.footprint_kgco2e),
        range=_range(view, total),
        intensity=_intensity(view, total),
    )


def _range(view: View, part: Slice) -> str:
    if part.low_kgco2e is None or part.high_kgco2e is None:
        return ""
    low, high = view.speech.tonnes(part.low_kgco2e), view.speech.tonnes(part.high_kgco2e)
    return view.speech.text("; with 95% certainty it is between {low} and {high} tonnes", low=low, high=high)


def _intensity(view: View, part: Slice) -> str:
    kg = part.intensity_kgco2e_per_unit
    if kg is None:
        return ""
    if view.result.currency in _EVERY:
        every = view.speech.text(_EVERY[view.result.currency])
    else:
        every = view.speech.text("every unit of {currency}", currency=view.result.currency)
    return view.speech.text(", or {kg} kg for {every} spent", kg=view.speech.to_read(kg, 2), every=every)


def _where(view: View) -> str:
    text = view.speech.text
    if not _has_footprint(view):
        return _largest_spend(view)
    spots = [
        spot for spot in sorted(view.result.hotspots, key=lambda s: s.rank_footprint) if spot.share_of_footprint > 0
    ]
    if not spots:
        return text("No single category stands out.")
    first = view.short(spots[0].category)
    if len(spots) == 1:
        return text("All of it comes from one category: {category}.", category=_inside(first))
    shown = spots[:HOTSPOTS_NAMED]
    named = view.speech.listing(
        f"{_inside(view.short(spot.category))} ({view.speech.percent_to_read(spot.share_of_footprint)})"
        for spot in shown
    )
    # the sum of what is shown, so that a reader who adds up gets the same
    together = min(1.0, sum(round(spot.share_of_footprint, 2) for spot in shown))
    return text(
        "The largest sources are {named}: together {together} of the footprint.",
        named=named,
        together=view.speech.percent_to_read(together),
    )


def _has_footprint(view: View) -> bool:
    total = view.result.total
    return total.spend > 0 and (total.footprint_kgco2e or 0) > 0


def _largest_spend(view: View) -> str:
    parts = sorted((p for p in view.result.by_category if p.spend > 0 and p.keys["category"]), key=lambda p: -p.spend)
    if not parts:
        return view.speech.text("So no hotspot can be named.")
    return view.speech.text(
        "So no hotspot can be named; by money the largest category is {category} ({spend}).",
        category=_inside(view.short(str(parts[0].keys["category"]))),
        spend=view.speech.amount_to_read(parts[0].spend, view.result.currency),
    )


def _inside(name: str) -> str:
    """A name as it stands inside a sentence: without its capital, unless it is an abbreviation such as ICT."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def coverage_sentence(result: FootprintResult, language: str) -> str:
    """Return how much was classified, and by what: ``81% of spend classified by account, 7% not classified.``"""
    view = View(result, translator(language))
    text = view.speech.text
    parts = sorted(result.coverage.by_basis, key=lambda part: (part.keys["category_basis"] == "none", -part.spend))
    said: list[str] = []
    for part in parts:
        basis = str(part.keys["category_basis"])
        share = result.coverage.share(basis)
        if share is None:
            return text("Coverage can't be given as a share, because the sum of purchases is not positive.")
        if basis == "none":
            template = text("{share} not classified") if said else text("{share} of spend not classified")
            said.append(template.format(share=view.speech.percent_to_read(share)))
            continue
        template = text("{share} {how}") if said else text("{share} of spend classified {how}")
        how = codes.words(view.speech, codes.BY_BASIS, basis)
        said.append(template.format(share=view.speech.percent_to_read(share), how=how))
    if not said:
        return text("There are no purchases {when}.", when=_when(view))
    sentence = ", ".join(said)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _how_sure(view: View) -> str:
    parts = (_classified(view), _left_out(view), _next_step(view))
    return " ".join(part for part in parts if part)


def unclassified_share(result: FootprintResult) -> float | None:
    """Share (0–1) of the spend in scope that has no category; None when there is no positive spend."""
    share = result.coverage.share("none")
    return None if share is None else min(1.0, max(0.0, share))


def rejected_share(result: FootprintResult) -> float:
    """Share (0–1) of all rows that were rejected."""
    rows = sum(reading.rows for reading in result.readings)
    return sum(reading.rejected for reading in result.readings) / rows if rows else 0.0


def _classified(view: View) -> str:
    text, unknown = view.speech.text, unclassified_share(view.result)
    if unknown is None:
        return text("Coverage can't be given as a share, because the sum of purchases is not positive.")
    known = view.speech.percent_to_read(1 - unknown)
    if unknown > UNCLASSIFIED_TOO_MUCH:
        return text("Treat this as incomplete: only {share} of the money has a category.", share=known)
    if unknown == 0:
        return text("All of the money has a category{factors}.", factors=_factors(view))
    if _is_estimated(view):
        return text("{share} of the money has a category; the rest is counted with the average of that.", share=known)
    return text(
        "{share} of the money has a category{factors}; the rest is not in the footprint.",
        share=known,
        factors=_factors(view),
    )


def _is_estimated(view: View) -> bool:
    """Whether purchases without a category have a footprint all the same: an average."""
    unknown = [part for part in view.result.by_category if part.keys["category"] == ""]
    return any(part.footprint_kgco2e is not None for part in unknown)


def _factors(view: View) -> str:
    """The part with an emission factor, when it differs from the part with a category."""
    coverage = view.result.coverage
    missing = share_of(coverage.without_factor, coverage.spend_in_scope) or 0.0
    if view.result.total.footprint_kgco2e is None or missing - (unclassified_share(view.result) or 0.0) < 0.005:
        return ""
    share = view.speech.percent_to_read(max(0.0, 1 - missing))
    return view.speech.text(" and {share} an emission factor", share=share)


def _left_out(view: View) -> str:
    parts = sorted(view.result.coverage.excluded, key=lambda part: -abs(part.spend))
    if not parts:
        return ""
    amount = view.speech.amount_to_read(sum((part.spend for part in parts[1:]), parts[0].spend), view.result.currency)
    reason = _inside(exclusion_label(view, str(parts[0].keys["exclusion_reason"])))
    if len(parts) == 1:
        return view.speech.text(
            "{amount} was left out because it is not purchases: {reason}.", amount=amount, reason=reason
        )
    if any(part.spend * parts[0].spend < 0 for part in parts):  # a sum of pluses and minuses would look too small
        largest = view.speech.amount_to_read(parts[0].spend, view.result.currency)
        return view.speech.text(
            "Left out, because it is not purchases: {reason} ({amount}) and smaller items.",
            amount=largest,
            reason=reason,
        )
    return view.speech.text(
        "{amount} was left out because it is not purchases, mostly: {reason}.", amount=amount, reason=reason
    )


def _next_step(view: View) -> str:
    """The one step that would improve the answer most."""
    text, result = view.speech.text, view.result
    unknown = unclassified_share(result)
    if result.total.lines == 0 or unknown is None:
        return text("Next: check that the files hold a whole year of purchases.")
    if rejected_share(result) > REJECTED_MUCH:
        rows = sum(reading.rejected for reading in result.readings)
        return view.speech.plural(
            "Next: mend the {count} rejected row and read the file again.",
            "Next: mend the {count} rejected rows and read the file again.",
            rows,
        )
    if result.total.footprint_kgco2e is None:
        return text("Next: choose emission factors for this currency and these years.")
    if unknown > UNCLASSIFIED_MUCH:
        return text("Next: give a category to the largest accounts without one.")
    if any(_is_open(choice) for reading in result.readings for choice in reading.choices):
        return text("Next: make sure that the amounts are without VAT.")
    return _next_for_hotspot(view)


def _is_open(choice: Choice) -> bool:
    """Whether nothing in the file told if its amounts include VAT."""
    return choice.code == "amount_net_or_gross" and not choice.is_decided_by_evidence


def _next_for_hotspot(view: View) -> str:
    spots = sorted(view.result.hotspots, key=lambda spot: spot.rank_footprint)
    if not spots:
        return view.speech.text("Next: read in an earlier year to see what has changed.")
    if ENERGY_BY_MONEY & set(view.result.caveats) and view.main_code(spots[0].category) in {"HEAT", "ELEC"}:
        return view.speech.text("Next: replace money by kilowatt-hours for energy, where money is a poor measure.")
    name = _inside(view.short(spots[0].category))
    return view.speech.text("Next: look at the contracts behind the largest source ({category}).", category=name)
