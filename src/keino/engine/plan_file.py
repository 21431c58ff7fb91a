"""The buyer's own plan as a TOML file: targets, years, budgets, contracts, measures. Its keys: docs/how-to/plan.md."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from keino.domain.plans.candidates import Own
from keino.domain.plans.influence import Contract, GivenReach
from keino.domain.plans.task import Limits, Target
from keino.engine.plan_values import YEARS, Section, code, money, shown
from keino.errors import KeinoError, Problem, Problems, UsageError, mark

OBJECTIVES = ("least_cost", "most_reduction")
MOST_BYTES = 1024**2
#: A plan of more years than this is a slip of the pen.
MOST_YEARS = 60
_LIFETIMES = range(1, 101)
_LIMITS = ("investment_eur", "running_eur", "staff_days")


class PlanFileUnreadable(KeinoError):
    """A plan file that is no TOML."""

    code = "plan_file_unreadable"
    template = "{path} can't be read as a plan: {what}. No plan was made. {remedy}"


class PlanFileInvalid(UsageError):
    """What a plan file says can't be used; ``problems`` are all of it."""

    code = "plan_file_invalid"
    template = "{path} can't be used, so no plan was made. Mend what is named here and run again:{problems}"


@dataclass(frozen=True)
class PlanFile:
    """What the buyer wants of a plan. ``baseline_year`` None: the newest year of the ledgers.

    ``objective`` is least_cost or most_reduction. ``probability``: targets are met at least so surely; None: by the
    middle effects.
    """

    years: tuple[int, ...]
    baseline_year: int | None = None
    objective: str = "least_cost"
    targets: tuple[Target, ...] = ()
    limits: Limits = field(default_factory=Limits)
    discount_rate: float = 0.0
    residual_value: bool = False
    probability: float | None = None
    shared_error: float | None = None
    measures: tuple[Own, ...] = ()
    leave_out: tuple[str, ...] = ()
    contracts: tuple[Contract, ...] = ()
    reach: Mapping[str, GivenReach] = field(default_factory=dict)


def read_plan_file(path: Path, categories: frozenset[str]) -> PlanFile:
    """Return what the file says. ``categories`` are the codes there are.

    Raises PlanFileUnreadable, and PlanFileInvalid naming every problem at once.
    """
    return plan_of_values(_content(path), categories, name=path.name)


def plan_of_values(values: Mapping[str, object], categories: frozenset[str], *, name: str) -> PlanFile:
    """Return what the keys of a plan file say, wherever they were kept; ``name`` is what errors call it.

    Raises PlanFileInvalid naming every problem at once.
    """
    problems: list[Problem] = []
    whole = Section("", values, problems)
    found = _plan(whole, categories)
    whole.end()
    if problems:
        raise PlanFileInvalid(path=name, problems=Problems(problems))
    return found


def _content(path: Path) -> dict[str, object]:
    try:
        if path.stat().st_size > MOST_BYTES:
            what, remedy = mark("it is far larger than any plan"), mark("Check that it is the right file.")
            raise PlanFileUnreadable(path=path.name, what=what, remedy=remedy)
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        remedy = mark("Check the path, or write one with --template.")
        raise PlanFileUnreadable(path=path.name, what=mark("there is no such file"), remedy=remedy) from error
    except UnicodeDecodeError as error:
        remedy = mark("Save it as text in UTF-8.")
        raise PlanFileUnreadable(path=path.name, what=mark("it is not text in UTF-8"), remedy=remedy) from error
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        not_toml = Problem("it is not TOML ({detail})", detail=shown(error))
        remedy = mark("Texts and dates stand in quotation marks, decimals have a point: 0.5.")
        raise PlanFileUnreadable(path=path.name, what=not_toml, remedy=remedy) from error


def _plan(whole: Section, categories: frozenset[str]) -> PlanFile:
    targets = tuple(target for row in whole.rows("targets") if (target := _target(row)) is not None)
    general = whole.table("plan")
    baseline = general.whole("baseline_year", YEARS)
    years = _years(general, baseline, targets)
    probability = general.number("probability")
    found = PlanFile(
        years=years,
        baseline_year=baseline,
        objective=general.string("objective", OBJECTIVES) or ("least_cost" if targets else "most_reduction"),
        targets=targets,
        limits=_limits(whole, years),
        discount_rate=general.number("discount_rate") or 0.0,
        residual_value=general.truth("residual_value"),
        probability=probability,
        shared_error=general.number("shared_error"),
        measures=_measures(whole, years, categories),
        leave_out=general.codes("leave_out"),
        contracts=tuple(each for row in whole.rows("contracts") if (each := _contract(row, categories)) is not None),
        reach=_reach(whole, categories),
    )
    general.end()
    return found


def _years(general: Section, baseline: int | None, targets: tuple[Target, ...]) -> tuple[int, ...]:
    """From the first to the last year; without a first the one after the baseline, without a last the last target's."""
    first = general.whole("first_year", YEARS) or (baseline + 1 if baseline else None)
    last = general.whole("last_year", YEARS) or max((target.year for target in targets), default=None)
    if first is None:
        general.problems.append(Problem("{place} is missing", place="plan.first_year"))
    if last is None:
        general.problems.append(Problem("{place} is missing", place="plan.last_year"))
    if first is None or last is None:
        return ()
    if general.raw("last_year") is None and last < first:
        return (first,)  # the task says of the target that it comes too early
    if not first <= last < first + MOST_YEARS:
        allowed = range(first, first + MOST_YEARS)
        wanted = Problem("a whole number from {low} to {high}", low=allowed[0], high=allowed[-1])
        general.wrong("last_year", last, wanted)
        return ()
    return tuple(range(first, last + 1))


def _target(row: Section) -> Target | None:
    year, share, kgco2e = row.whole("year", YEARS), row.number("reduction_share"), row.number("reduction_kgco2e")
    if year is None or (share is None) == (kgco2e is None):
        row.problems.append(
            Problem("{place} needs a year, and either reduction_share or reduction_kgco2e", place=row.place)
        )
    row.end()
    return None if year is None else Target(year, kgco2e, share)


def _limits(whole: Section, years: tuple[int, ...]) -> Limits:
    budgets = whole.table("budgets")
    by_name = {name: _by_year(budgets, name, years) for name in _LIMITS}
    found = Limits(**by_name, total_eur=budgets.number("total_eur"))
    budgets.end()
    return found


def _by_year(budgets: Section, name: str, years: tuple[int, ...]) -> dict[int, float]:
    """A number for every year, or a table with single years and ``every_year`` for those not named."""
    value = budgets.raw(name)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        number = budgets.number(name)
        return {} if number is None else dict.fromkeys(years, number)
    table = Section(f"{budgets.place}.{name}", value, budgets.problems)
    every = table.number("every_year")
    found = {} if every is None else dict.fromkeys(years, every)
    for key in value:
        if key.isascii() and key.isdigit() and int(key[:5]) in YEARS:
            number = table.number(key)
            if number is not None:
                found[int(key)] = number
    table.end()
    return found


def _measures(whole: Section, years: tuple[int, ...], categories: frozenset[str]) -> tuple[Own, ...]:
    known = [_measure(name, table, years, None) for name, table in whole.sections("measures").items()]
    own = [_measure(name, table, years, categories) for name, table in whole.sections("own_measures").items()]
    return tuple(each for each in (*known, *own) if each is not None)


def _measure(name: str, table: Section, years: tuple[int, ...], categories: frozenset[str] | None) -> Own | None:
    """What is said of a measure; of the buyer's own (with ``categories``) also where it acts and what it is called."""
    if code(name) is None:
        table.wrong("", name, Problem("a code of letters, digits, points, dashes and underscores"))
    allowed = range(years[0], years[-1] + 1) if years else YEARS
    effect, kgco2e = table.estimate("effect", 1), table.estimate("effect_kgco2e_per_year")
    if effect is not None and kgco2e is not None:
        table.problems.append(Problem("{place} has its effect twice: give one of the two", place=table.place))
    found = Own(
        code=name,
        category=_category(table, categories) if categories is not None else "",
        name=table.string("name") if categories is not None else "",
        effect=effect,
        effect_kgco2e_per_year=kgco2e,
        part=table.estimate("part", 1) if categories is None else None,
        investment_eur=table.number("investment_eur"),
        running_eur_per_year=table.number("running_eur_per_year"),
        lifetime_years=table.whole("lifetime_years", _LIFETIMES),
        staff_days_start=table.number("staff_days_start") or 0.0,
        staff_days_per_year=table.number("staff_days_per_year") or 0.0,
        start_years=table.years("start_years", allowed),
        prerequisites=table.codes("prerequisites"),
        exclusive_group=table.string("exclusive_group"),
        source=table.string("source"),
    )
    table.end()
    return found


def _category(table: Section, categories: frozenset[str]) -> str:
    value = table.string("category")
    if value not in categories:
        table.wrong("category", value or "–", Problem("the code of a category (`keino facts show categories`)"))
    return value


def _contract(row: Section, categories: frozenset[str]) -> Contract | None:
    category, before = _category(row, categories), len(row.problems)
    given = row.raw("value_eur")
    value = money(str(given)) if not isinstance(given, bool) else None
    if value is None or value < 0:
        row.wrong("value_eur", "–" if given is None else given, Problem("an amount of zero or more"))
    ends, renews = row.when("ends"), row.when("renews")
    row.string("name")
    row.end()
    return None if value is None or len(row.problems) > before else Contract(category, value, ends, renews)


def _reach(whole: Section, categories: frozenset[str]) -> dict[str, GivenReach]:
    found = {}
    for name, table in _flat(whole.raw("reach"), "reach", whole.problems).items():
        if name not in categories:
            table.wrong("", name, Problem("the code of a category (`keino facts show categories`)"))
        found[name] = GivenReach(table.estimate("influence", 1), table.estimate("timing", 1))
        table.end()
    return found


def _flat(value: object, place: str, problems: list[Problem]) -> dict[str, Section]:
    """Tables by category; [reach.FOOD.MEAT] without quotation marks is a table in a table and means FOOD.MEAT."""
    found: dict[str, Section] = {}
    if value is None:
        return found
    if not isinstance(value, Mapping):
        Section(place, value, problems)
        return found
    for name, table in value.items():
        inner = (
            {key: each for key, each in table.items() if isinstance(each, Mapping)}
            if isinstance(table, Mapping)
            else {}
        )
        for key, each in inner.items():
            found[f"{name}.{key}"] = Section(f"{place}.{name}.{key}", each, problems)
        rest = {key: each for key, each in table.items() if key not in inner} if isinstance(table, Mapping) else table
        if rest or not inner:
            found[name] = Section(f"{place}.{name}", rest, problems)
    return found
