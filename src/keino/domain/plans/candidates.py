"""From what is known of measures to those a plan can choose from, and what is missing of the others.

A measure is a candidate when its effect, cost and lifetime are known, from a publication or from the buyer. Nothing is
filled in: what has no effect is not assessed, what has no cost or lifetime is asked for.
Method: docs/methods/plan-candidates.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from keino.domain.plans.estimates import Estimate, share
from keino.domain.plans.influence import Contract, GivenReach, reach, tender_calendar
from keino.domain.plans.measure_effects import MeasureEffect, covers
from keino.domain.plans.measures import (
    CodesUnknown,
    EffectBeyondCategory,
    Measure,
    PrerequisitesCircular,
    circular_prerequisites,
)
from keino.domain.plans.plan_categories import Candidate, on_plan_categories, with_groups
from keino.errors import UsageError, mark
from keino.units import KG_PER_TONNE

#: Why a measure can't be counted, besides what ``potential.NOT_ASSESSED`` says.
NOT_COUNTED = {
    "no_footprint": mark("nothing with a footprint above zero was bought in its category"),
    "no_cited_effect": mark("no source gives its effect as a share, and you gave none"),
    "part_unknown": mark("its effect is known for a part of the category; give the size of that part"),
    "bound_by_contracts": mark("no contract of its category comes up in time"),
}


class UnknownMeasure(UsageError):
    """Codes of measures that are neither in the bank nor the buyer's own."""

    code = "unknown_measure"
    template = (
        "No measure has the code {codes} ({where}). Use codes of the measures (`keino facts show measures`), or "
        "describe a measure of your own under own_measures."
    )


class OwnMeasureTwice(UsageError):
    """The buyer's own measure has the code of one in the bank."""

    code = "own_measure_twice"
    template = (
        "Your own measure {codes} has the code of one that keino knows already. Give it another code, or say what is "
        "different under measures."
    )


@dataclass(frozen=True)
class Known:
    """A measure of the bank: its published effect, cost and lifetime where a source gives them."""

    effect: MeasureEffect
    eur_per_tonne: float | None = None
    lifetime_years: int | None = None


@dataclass(frozen=True)
class Own:
    """What the buyer says of a measure: of the bank's (``category`` empty) or of one of its own. None = not said.

    ``effect``: share (0–1) of its category's footprint where the buyer can still choose, or ``effect_kgco2e_per_year``
    of the whole. ``part``: share of the category on which a published effect works.
    """

    code: str
    category: str = ""
    name: str = ""
    effect: Estimate | None = None
    effect_kgco2e_per_year: Estimate | None = None
    part: Estimate | None = None
    investment_eur: float | None = None
    running_eur_per_year: float | None = None
    lifetime_years: int | None = None
    staff_days_start: float = 0.0
    staff_days_per_year: float = 0.0
    start_years: tuple[int, ...] | None = None
    prerequisites: tuple[str, ...] = ()
    exclusive_group: str = ""
    source: str = ""


@dataclass(frozen=True)
class Wishes:
    """What the buyer brings to the bank of measures; ``years`` are the plan's."""

    years: tuple[int, ...]
    measures: tuple[Own, ...] = ()
    leave_out: tuple[str, ...] = ()
    contracts: tuple[Contract, ...] = ()
    reach: Mapping[str, GivenReach] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A measure with an effect that waits for the buyer: names of what is missing, and measures it waits for."""

    code: str
    category: str
    missing: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotAssessed:
    """A measure without an effect that could be counted, and why (a code of NOT_COUNTED)."""

    code: str
    category: str
    reason: str


@dataclass(frozen=True)
class Candidates:
    """All measures in a category of the buyer's, each once. ``footprints_kgco2e`` are those of plan categories."""

    candidates: tuple[Candidate, ...]
    asked: tuple[Asked, ...]
    not_assessed: tuple[NotAssessed, ...]
    left_out: tuple[str, ...]
    footprints_kgco2e: Mapping[str, float]


@dataclass(frozen=True)
class _Draft:
    """One measure on its way: the bank's facts with the buyer's words over them."""

    own: Own
    known: Known | None
    category: str

    @property
    def group(self) -> str:
        return self.own.exclusive_group or (self.known.effect.exclusive_group if self.known else "")

    @property
    def lifetime_years(self) -> int | None:
        return self.own.lifetime_years or (self.known.lifetime_years if self.known else None)


def candidates(bank: Sequence[Known], footprints_kgco2e: Mapping[str, float], wishes: Wishes) -> Candidates:
    """Return what a plan can choose from, given the footprint (kgCO2e a year) of each category.

    Raises UnknownMeasure, OwnMeasureTwice, PrerequisitesCircular, CodesUnknown, BadShare and NegativeContract.
    """
    drafts = _drafts(bank, footprints_kgco2e, wishes)
    _check_links(drafts, bank)
    made: list[Candidate] = []
    asked: list[Asked] = []
    unknown: list[NotAssessed] = []
    for draft in drafts:
        if draft.own.code in wishes.leave_out:
            continue
        found = _candidate(draft, footprints_kgco2e, wishes)
        if isinstance(found, Candidate):
            made.append(found)
        elif isinstance(found, Asked):
            asked.append(found)
        else:
            unknown.append(found)
    usable, waiting = _without_waiting(made)
    words = {draft.own.code: draft.group for draft in drafts}
    placed, footprints = on_plan_categories(usable, words, footprints_kgco2e)
    return Candidates(
        with_groups(placed, words, footprints_kgco2e),
        tuple(sorted((*asked, *waiting), key=lambda each: each.code)),
        tuple(unknown),
        tuple(sorted(wishes.leave_out)),
        footprints,
    )


def footprint_of(category: str, footprints_kgco2e: Mapping[str, float]) -> float:
    """Footprint in kgCO2e of a leaf, or of all leaves of a main category."""
    return float(sum(value for code, value in footprints_kgco2e.items() if covers(category, code)))


def _drafts(bank: Sequence[Known], footprints_kgco2e: Mapping[str, float], wishes: Wishes) -> list[_Draft]:
    """The bank's measures that fit what was bought or that the buyer speaks of, and the buyer's own."""
    known = {each.effect.code: each for each in bank}
    said = {each.code: each for each in wishes.measures}
    twice = tuple(code for code, each in said.items() if each.category and code in known)
    if twice:
        raise OwnMeasureTwice(codes=twice)
    for codes, where in (
        ([code for code, each in said.items() if not each.category and code not in known], "measures"),
        ([code for code in wishes.leave_out if code not in known and code not in said], "leave_out"),
    ):
        if codes:
            raise UnknownMeasure(codes=tuple(codes), where=where)
    fitting = [
        each
        for code, each in known.items()
        if code in said or any(covers(each.effect.category, category) for category in footprints_kgco2e)
    ]
    drafts = [_Draft(said.get(e.effect.code, Own(e.effect.code)), e, e.effect.category) for e in fitting]
    return drafts + [_Draft(each, None, each.category) for each in said.values() if each.category]


def _check_links(drafts: Sequence[_Draft], bank: Sequence[Known]) -> None:
    """Rings and unknown prerequisites are errors, also among measures that can't be counted yet."""
    codes = {draft.own.code for draft in drafts} | {each.effect.code for each in bank}
    for draft in drafts:
        unknown = tuple(code for code in draft.own.prerequisites if code not in codes)
        if unknown:
            raise CodesUnknown(measure=draft.own.code, field="prerequisites", codes=unknown)
    links = [Measure(draft.own.code, "", 1, prerequisites=draft.own.prerequisites) for draft in drafts]
    ring = circular_prerequisites(links)
    if ring:
        raise PrerequisitesCircular(chain=" → ".join(ring))


def _candidate(
    draft: _Draft, footprints_kgco2e: Mapping[str, float], wishes: Wishes
) -> Candidate | Asked | NotAssessed:
    own, category = draft.own, draft.category
    footprint = footprint_of(category, footprints_kgco2e)
    if footprint <= 0:
        return NotAssessed(own.code, category, "no_footprint")
    technical, reason = _technical(draft)
    if technical is None and own.effect_kgco2e_per_year is None:
        return NotAssessed(own.code, category, reason)
    influence, basis, start = _open_part(category, wishes)
    if influence.high <= 0:
        return NotAssessed(own.code, category, "bound_by_contracts")
    missing = _missing(draft)
    if missing:
        return Asked(own.code, category, missing)
    assert draft.lifetime_years is not None
    effect = share(technical, own.code).times(influence) if technical is not None else None
    kgco2e = effect.scaled(footprint) if effect else own.effect_kgco2e_per_year
    assert kgco2e is not None
    if kgco2e.high > footprint * (1 + 1e-9):
        raise EffectBeyondCategory(
            measure=own.code, category=category, high_kgco2e=kgco2e.high, footprint_kgco2e=footprint
        )
    investment, running, cost_basis = _cost(draft, kgco2e.mid / KG_PER_TONNE)
    measure = Measure(
        code=own.code,
        category=category,
        lifetime_years=draft.lifetime_years,
        share=effect,
        kgco2e_per_year=None if effect else own.effect_kgco2e_per_year,
        investment_eur=investment,
        running_eur_per_year=running,
        staff_days_start=own.staff_days_start,
        staff_days_per_year=own.staff_days_per_year,
        start_years=own.start_years or start,
        prerequisites=own.prerequisites,
    )
    given = own.effect is not None or own.effect_kgco2e_per_year is not None
    return Candidate(measure, category, "given" if given else "published", cost_basis, influence, basis)


def _technical(draft: _Draft) -> tuple[Estimate | None, str]:
    """The effect as a share of the category, else why there is none. The buyer's word goes before the bank's."""
    own, known = draft.own, draft.known
    if own.effect is not None:
        return share(own.effect, own.code), ""
    if known is None or known.effect.effect is None or own.effect_kgco2e_per_year is not None:
        return None, "no_cited_effect"
    parts = {} if own.part is None else {own.code: share(own.part, own.code)}
    return known.effect.technical_share(parts), "part_unknown"


def _open_part(category: str, wishes: Wishes) -> tuple[Estimate, str, tuple[int, ...] | None]:
    """How much of a category can be chosen anew, on what basis, and in which years that may begin (None = any)."""
    mine = [
        replace(contract, category=category)
        for contract in wishes.contracts
        if covers(contract.category, category) or covers(category, contract.category)
    ]
    calendar = tender_calendar(mine, wishes.years)
    start = tuple(year for year in wishes.years if year >= calendar[0]) if calendar else None
    said = reach(category, [], wishes.reach, target_year=wishes.years[-1])
    influence, basis = said.influence, said.influence_basis
    if basis == "assumed" and calendar is not None:
        influence, basis = Estimate.exactly(calendar[1]), "contracts"
    return influence.times(said.timing), basis, start


def _missing(draft: _Draft) -> tuple[str, ...]:
    own = draft.own
    published = draft.known is not None and draft.known.eur_per_tonne is not None
    by_money = (
        ()
        if published and own.investment_eur is None and own.running_eur_per_year is None
        else tuple(name for name in ("investment_eur", "running_eur_per_year") if getattr(own, name) is None)
    )
    return (*by_money, *(() if draft.lifetime_years else ("lifetime_years",)))


def _cost(draft: _Draft, tonnes_a_year: float) -> tuple[float, float, str]:
    """Investment in €, running cost in € a year, and whose numbers they are. A published cost is per tonne avoided."""
    own = draft.own
    if own.investment_eur is not None and own.running_eur_per_year is not None:
        return own.investment_eur, own.running_eur_per_year, "given"
    assert draft.known is not None
    assert draft.known.eur_per_tonne is not None
    return 0.0, draft.known.eur_per_tonne * tonnes_a_year, "published"


def _without_waiting(made: Sequence[Candidate]) -> tuple[list[Candidate], list[Asked]]:
    """Take out those that wait for a measure which is not among them, again until none does."""
    left = list(made)
    waiting: list[Asked] = []
    while True:
        codes = {each.measure.code for each in left}
        stuck = {
            each.measure.code: tuple(code for code in each.measure.prerequisites if code not in codes)
            for each in left
            if not codes.issuperset(each.measure.prerequisites)
        }
        if not stuck:
            return left, waiting
        waiting += [
            Asked(c.measure.code, c.category, (), stuck[c.measure.code]) for c in left if c.measure.code in stuck
        ]
        left = [each for each in left if each.measure.code not in stuck]
