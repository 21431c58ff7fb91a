"""Plans to the target: an organisation's, the chosen one, and what a plan may choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from keino.web.measurement.queries.runs import current_run, run_result
from keino.web.plans.choices import ReductionPlanState
from keino.web.plans.models import ReductionPlan
from keino.web.plans.plan_json import measures_of
from keino.web.plans.queries.contracts import contracts_of
from keino.web.plans.queries.measures import as_wish, own_measures_of

if TYPE_CHECKING:
    from keino.domain.plans.candidates import Candidates
    from keino.domain.plans.task import Task
    from keino.engine.plan_file import PlanFile
    from keino.web.measurement.models import Run
    from keino.web.organisations.models import Organisation


def plans_of(organisation: Organisation) -> QuerySet[ReductionPlan]:
    """The organisation's plans, the chosen one first, then the newest; without the run's result."""
    found = ReductionPlan.objects.filter(organisation=organisation).select_related("run", "owner", "chosen_by")
    return found.defer("run__result", "run__manifest").order_by("-is_chosen", "-created_at", "-pk")


def chosen_plan(organisation: Organisation) -> ReductionPlan | None:
    """The plan that the organisation follows."""
    return plans_of(organisation).filter(is_chosen=True).first()


def computed_plans(organisation: Organisation) -> QuerySet[ReductionPlan]:
    """Those with a result."""
    return plans_of(organisation).filter(state=ReductionPlanState.DONE)


def has_newer_footprint(plan: ReductionPlan) -> bool:
    """Whether a newer calculation is finished than the one that the plan was made from."""
    current = current_run(plan.organisation)
    return current is not None and current.pk != plan.run_id


def whole_wishes(plan: ReductionPlan) -> dict[str, Any]:
    """What a draft asks for, with the organisation's own measures and contracts as they are now.

    A plan that was computed has them in its own wishes and keeps them.
    """
    wishes = dict(plan.wishes)
    left_out = set(wishes.get("plan", {}).get("leave_out", ()))
    said = dict(wishes.pop("measures", {}))
    own = {each.code: as_wish(each) for each in own_measures_of(plan.organisation)}
    own = {code: wish | _own_words(said.pop(code, {})) for code, wish in own.items()}
    known = _published_codes()
    for wish in own.values():  # a measure that is no longer in use holds nothing up
        wish["prerequisites"] = [code for code in wish.get("prerequisites", ()) if code in known or code in own]
    wishes["plan"] = dict(wishes.get("plan", {})) | {"leave_out": sorted(left_out & (known | own.keys()))}
    wishes["measures"] = {code: each for code, each in said.items() if code in known and each}
    wishes["own_measures"] = own
    if contracts := contracts_of(plan.organisation):
        wishes["contracts"] = [
            {
                "category": each.category,
                "value_eur": str(each.value_eur),
                **({"ends": each.ends.isoformat()} if each.ends else {}),
                **({"renews": each.renews.isoformat()} if each.renews else {}),
            }
            for each in contracts
        ]
    return wishes


def _own_words(said: Mapping[str, Any]) -> dict[str, Any]:
    """What a plan says of an own measure beside its bank: a part is of published effects only."""
    return {name: value for name, value in said.items() if name != "part"}


def _published_codes() -> frozenset[str]:
    from keino.facts.read import read

    return frozenset(row["code"] for row in read("measures").rows)


def read_wishes(wishes: Mapping[str, Any], *, title: str) -> PlanFile:
    """Wishes as the engine has them. Raises PlanFileInvalid."""
    from keino.engine.plan_file import plan_of_values
    from keino.facts.read import read

    return plan_of_values(wishes, frozenset(row["code"] for row in read("categories").rows), name=title)


def baseline_year_of(wanted: PlanFile, run: Run) -> int:
    """The year that the plan's reductions are measured from."""
    return wanted.baseline_year or run_result(run).years[-1]


def offered_in(wanted: PlanFile, run: Run) -> Candidates:
    """What the plan may choose from, and what is missing of the others. Raises KeinoError."""
    from keino.engine.plan_result import footprints_of, offered_of, wishes_of

    footprints = footprints_of(run_result(run), baseline_year_of(wanted, run))
    return offered_of(footprints, wishes_of(wanted, None))


def task_of_plan(plan: ReductionPlan) -> Task:
    """The task of a computed plan, from what it kept."""
    from keino.domain.plans.candidates import Candidates
    from keino.engine.plan_result import task_of

    wanted = read_wishes(plan.wishes, title=plan.title)
    kept = plan.result or {}
    task = task_of(wanted, Candidates((), (), (), (), kept["footprints_kgco2e"]), kept["baseline_year"])
    return replace(task, measures=measures_of(kept))
