"""A plan to the target and its parts in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from keino.web.base.templatetags.keino import money, number, percent, speaker, to_read, tonnes
from keino.web.measurement.names import language

#: Limits, and what can be missing of a measure.
WORDS = {
    "investment_eur": gettext_lazy("investments"),
    "running_eur": gettext_lazy("running costs"),
    "running_eur_per_year": gettext_lazy("running cost"),
    "staff_days": gettext_lazy("working days"),
    "total_eur": gettext_lazy("cost of the whole plan"),
    "lifetime_years": gettext_lazy("lifetime"),
}

#: Why a measure can't be counted (``candidates.NOT_COUNTED``).
REASONS = {
    "no_footprint": gettext_lazy("nothing with a footprint above zero was bought in its category"),
    "no_cited_effect": gettext_lazy("no source gives its effect as a share"),
    "part_unknown": gettext_lazy("its effect is known for a part of the category, and the size of that part is not"),
    "bound_by_contracts": gettext_lazy("no contract of its category comes up in time"),
}

#: Why a category has no potential (``potential.NOT_ASSESSED``).
CATEGORY_REASONS = {
    "no_footprint": gettext_lazy("no footprint above zero is known"),
    "no_measure": gettext_lazy("no measure of this category is known"),
    "no_cited_effect": gettext_lazy("no source gives the effect of its measures as a share"),
    "part_unknown": gettext_lazy("measures work on a part of the category, and the size of that part is not known"),
}

#: What the potential rests on (``potential.ASSUMPTIONS``).
ASSUMPTIONS = {
    "footprint_stays": gettext_lazy("Without measures the footprint of the target year would be today's."),
    "bounds_together": gettext_lazy(
        "Low is where everything turns out low at once, high where everything turns out high."
    ),
    "reach_assumed": gettext_lazy("No contracts are known, so all of it counts as open and in time."),
    "reach_given": gettext_lazy("Influence or timing is your own estimate."),
    "contracts_stand_for_all": gettext_lazy("The known contracts stand for the whole category."),
    "contract_end_unknown": gettext_lazy("Contracts without an end date count as closed."),
    "part_given": gettext_lazy("{measure}: the size of the part is your own estimate."),
    "range_not_published": gettext_lazy("{measure}: the source gives one number and no range."),
    "effect_claimed": gettext_lazy("{measure}: the effect is told by those concerned, not checked by others."),
    "main_category": gettext_lazy(
        "{measure}: the effect is known for the main category and is applied to each part of it."
    ),
    "alternative_left": gettext_lazy("{measure}: not counted, another measure that excludes it is."),
    "limited_availability": gettext_lazy("{measure}: the source says that the market offers little of it."),
}

BASES = {
    "given": gettext_lazy("your own estimate"),
    "contracts": gettext_lazy("from your contracts"),
    "assumed": gettext_lazy("assumed: nothing is known"),
    "published": gettext_lazy("published"),
}


def euros(value: float | None) -> str:
    """Whole euros."""
    return money(value, "EUR")


def names_of(result: Mapping[str, Any]) -> dict[str, str]:
    """The measures of a kept plan by code, in the reader's language."""
    return {code: each[f"name_{language()}"] for code, each in result["names"].items()}


def targets_in(result: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The plan's years that have a target."""
    return [year for year in result["years"] if year["target_kgco2e"] is not None]


def headline(result: Mapping[str, Any]) -> str:
    """The answer in one sentence: whether the plan arrives, and what it costs."""
    baseline, cost = result["baseline_kgco2e"], result["cost_eur"]
    years = result["years"]
    asked = targets_in(result)
    if result["conflict"] is not None:
        missed = result["conflict"]["missed"]
        if missed:
            last = missed[-1]
            return _(
                "The target of −{target} by {year} is out of reach within these limits: −{reachable} can be reached."
            ).format(
                target=percent(last["target_kgco2e"] / baseline),
                year=last["year"],
                reachable=percent(last["reachable_kgco2e"] / baseline),
            )
        return _("The targets can't be met within these limits.")
    if asked:
        last = asked[-1]
        text = (
            _("The plan reaches −{share} by {year} for {cost}.")
            if cost >= 0
            else _("The plan reaches −{share} by {year} and saves {cost}.")
        )
        share = last["reduction_kgco2e"] / baseline
        return text.format(share=percent(share), year=last["year"], cost=euros(abs(cost)))
    last = years[-1]
    return _("Within these limits the plan reduces the footprint by {share} by {year}, for {cost}.").format(
        share=percent(last["reduction_kgco2e"] / baseline), year=last["year"], cost=euros(cost)
    )


def sentences(result: Mapping[str, Any]) -> list[str]:
    """What follows the headline: size, certainty, how good the plan is, what more money would bring."""
    found = [
        ngettext(
            "It starts {count} measure and takes away {tonnes} t CO₂e over its years.",
            "It starts {count} measures and takes away {tonnes} t CO₂e over its years.",
            len(result["chosen"]),
        ).format(count=number(len(result["chosen"])), tonnes=tonnes(result["reduction_kgco2e"])),
        _("Costs are discounted to {year}; what measures save is taken off.").format(year=result["years"][0]["year"]),
    ]
    if result["met_probability"] is not None:
        found.append(
            _("When effects vary over their ranges, the targets are met with a probability of {share}.").format(
                share=percent(result["met_probability"])
            )
        )
    if result["optimal"]:
        share = speaker().percent(max(result["gap"], 1e-4), 2)
        found.append(_("It is proven that no other plan is better by more than {share}.").format(share=share))
    else:
        found.append(
            _("The time was up: another plan may be better by {share} at most. Give it more time to be surer.").format(
                share=percent(min(result["gap"], 9.99))
            )
        )
    if price := result["shadow_price"]:
        found.append(price_words(price))
    return found


def price_words(price: Mapping[str, float]) -> str:
    """What more money would bring; a gram for a euro is nothing."""
    extra = euros(price["extra_eur"])
    if price["kgco2e_per_eur"] < 1e-3:
        return _("{extra} more in the budgets would take away nothing more.").format(extra=extra)
    return _("{extra} more in the budgets would take away {tonnes} t more: {kg} kg for a euro.").format(
        extra=extra, tonnes=tonnes(price["extra_kgco2e"]), kg=to_read(price["kgco2e_per_eur"])
    )


def conflict_words(result: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Which targets are missed by how much, and what stands in the way."""
    conflict, baseline = result["conflict"], result["baseline_kgco2e"]
    missed = [
        _("By {year} the target is {target} t less (−{share}); {reachable} t (−{part}) can be reached.").format(
            year=each["year"],
            target=tonnes(each["target_kgco2e"]),
            share=percent(each["target_kgco2e"] / baseline),
            reachable=tonnes(each["reachable_kgco2e"]),
            part=percent(each["reachable_kgco2e"] / baseline),
        )
        for each in conflict["missed"]
    ]
    if conflict["beyond_limits"]:
        text = _("No money or time would do: measures, their effects, start years and exclusions stand in the way.")
        return missed, [text]
    return missed, [_limit_words(each) for each in conflict["limits"]]


def _limit_words(each: Mapping[str, Any]) -> str:
    is_days = each["name"] == "staff_days"
    limit, more = (number(value) if is_days else euros(value) for value in (each["limit"], each["more"]))
    name = str(WORDS.get(each["name"], each["name"]))
    if each["year"] is None:
        return _("{name}: {more} more than {limit}").format(name=name, more=more, limit=limit)
    text = _("{name} of {year}: {more} more than {limit}")
    return text.format(name=name, year=each["year"], more=more, limit=limit)


def missing_words(each: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What has to be said of a measure before a plan counts with it."""
    words = [str(WORDS.get(name, name)) for name in each["missing"]]
    words += [_("waits for {measure}").format(measure=names.get(code, code)) for code in each["waits_for"]]
    return ", ".join(words)


def broken_words(broken: tuple[tuple[str, int | None], ...]) -> list[str]:
    """What a look at other numbers breaks."""
    found = []
    for name, year in broken:
        if name == "target_kgco2e":
            found.append(_("The target of {year} is missed.").format(year=year))
        elif year is None:
            found.append(_("The limit of the whole plan's cost is broken."))
        else:
            found.append(_("The limit is broken: {name} of {year}.").format(name=WORDS.get(name, name), year=year))
    return found
