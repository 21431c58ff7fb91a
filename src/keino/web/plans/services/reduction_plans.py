"""Plans to the target: begin, write, ask for, stop, choose, copy, delete. A computed one is kept as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.measurement.queries.runs import current_run
from keino.web.plans.choices import ReductionPlanState as State
from keino.web.plans.errors import NoFootprintYet, NothingToReduce, PlanIsChosen, PlanIsComputed
from keino.web.plans.models import ReductionPlan
from keino.web.plans.queries.reduction_plans import baseline_year_of, offered_in, read_wishes, whole_wishes
from keino.web.plans.queries.targets import footprint_of_year, newest_year, targets_of

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.measurement.models import Run
    from keino.web.organisations.models import Organisation

#: States in which a plan's wishes may be written.
OPEN = (State.DRAFT, State.FAILED)
#: A plan without a target looks so many years ahead.
YEARS_AHEAD = 10


def begin_plan(
    *, organisation: Organisation, title: str, by: Person | None, wishes: dict[str, Any] | None = None
) -> ReductionPlan:
    """Begin a draft from the current footprint and the organisation's own targets. Raises NoFootprintYet.

    Who presses twice gets the same draft.
    """
    from keino.web.organisations.models import Organisation

    with transaction.atomic(), acting(by, act="plan_begun"):
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        run = current_run(organisation)
        if run is None or newest_year(run) is None:
            raise NoFootprintYet
        same = ReductionPlan.objects.filter(
            organisation=organisation, run=run, title=title, state=State.DRAFT, owner=by, version=1
        )
        if wishes is None and (draft := same.first()):
            return draft
        return ReductionPlan.objects.create(
            organisation=organisation, run=run, title=title, wishes=wishes or first_wishes(run), owner=by
        )


def first_wishes(run: Run) -> dict[str, Any]:
    """What a new plan asks for: the organisation's own targets, from the year after the newest purchases."""
    organisation = run.organisation
    assert organisation is not None
    newest = newest_year(run) or timezone.localdate().year
    targets = [each for each in targets_of(organisation) if each.target_year > newest]
    baselines = {each.baseline_year for each in targets}
    known = {year for year in baselines if footprint_of_year(run, year)}
    baseline = known.pop() if len(known) == 1 and len(baselines) == 1 else newest
    first = max(newest, timezone.localdate().year) + 1
    targets = [each for each in targets if each.target_year >= first]
    last = max((each.target_year for each in targets), default=first + YEARS_AHEAD - 1)
    return {
        "plan": {
            "baseline_year": baseline,
            "first_year": first,
            "last_year": last,
            "objective": "least_cost" if targets else "most_reduction",
            "leave_out": [],
        },
        "targets": [
            {"year": each.target_year, "reduction_share": each.reduction_share}
            for each in targets
            if each.target_year >= first
        ],
        "budgets": {},
        "measures": {},
    }


def write_plan(*, plan: ReductionPlan, seen: int, by: Person, wishes: dict[str, Any], **fields: Any) -> ReductionPlan:
    """Save what a draft asks for, checked by the optimiser's own rules: nothing wrong is saved.

    ``fields``: title, time_limit_s. Raises Conflict, PlanIsComputed and the rules' errors (negative budgets, targets
    before the baseline, measures that wait for each other).
    """
    with transaction.atomic(), acting(by, act="plan_written"):
        found = _locked(plan)
        _require_open(found)
        changed = {"wishes": wishes, **fields}
        if all(getattr(found, name) == value for name, value in changed.items()):
            return found  # a second press of the button
        if found.version != seen:
            raise Conflict
        for name, value in changed.items():
            setattr(found, name, value)
        check_wishes(found)
        found.version, found.state, found.error = found.version + 1, State.DRAFT, None
        found.save()
    return found


def check_wishes(plan: ReductionPlan) -> dict[str, Any]:
    """The plan's whole wishes, when a plan can be computed of them. Raises KeinoError."""
    from keino.engine.plan_result import task_of

    wishes = whole_wishes(plan)
    wanted = read_wishes(wishes, title=plan.title)
    year = baseline_year_of(wanted, plan.run)
    if not (footprint_of_year(plan.run, year) or 0) > 0:
        raise NothingToReduce(year=year)
    task_of(wanted, offered_in(wanted, plan.run), year)
    return wishes


def ask_plan(*, plan: ReductionPlan, by: Person | None) -> ReductionPlan:
    """Have a plan computed; own measures and contracts are fixed now. Asking twice asks once. Raises KeinoError."""
    with transaction.atomic(), acting(by, act="plan_asked"):
        found = _locked(plan)
        if found.state in (State.WAITING, State.COMPUTING):
            return found
        _require_open(found)
        found.wishes = check_wishes(found)
        found.state, found.progress, found.error, found.finished_at = State.WAITING, None, None, None
        found.version += 1
        found.save()
    return found


def stop_plan(*, plan: ReductionPlan, by: Person) -> None:
    """Stop the search: the plan is a draft again, and what was searched so far is dropped."""
    with transaction.atomic(), acting(by, act="plan_stopped"):
        found = _locked(plan)
        if found.state in (State.WAITING, State.COMPUTING):
            found.state, found.progress, found.version = State.DRAFT, None, found.version + 1
            found.save()


def choose_plan(*, plan: ReductionPlan, by: Person | None) -> None:
    """Follow this plan from now on; the one before is followed no more. Raises NotAllowedNow."""
    from keino.web.organisations.models import Organisation

    with transaction.atomic(), acting(by, act="plan_chosen"):
        Organisation.objects.select_for_update().get(pk=plan.organisation_id)
        found = _locked(plan)
        if found.state != State.DONE:
            raise NotAllowedNow(state=str(found.get_state_display()))
        if found.is_chosen:
            return
        for earlier in ReductionPlan.objects.filter(organisation=found.organisation_id, is_chosen=True):
            earlier.is_chosen = False
            earlier.save(update_fields=["is_chosen"])
        found.is_chosen, found.chosen_at, found.chosen_by = True, timezone.now(), by
        found.save(update_fields=["is_chosen", "chosen_at", "chosen_by"])


def copy_plan(
    *, plan: ReductionPlan, title: str, by: Person, changes: dict[str, Any] | None = None, same_run: bool = False
) -> ReductionPlan:
    """A new draft with the same wishes, from the current footprint or from that of the plan.

    ``changes`` replace top keys of the wishes. Who presses twice gets the same plan. Raises NoFootprintYet.
    """
    wishes = dict(plan.wishes) | (changes or {})
    wishes.pop("own_measures", None)  # the bank as it is now
    with transaction.atomic(), acting(by, act="plan_copied"):
        _locked(plan)
        run = plan.run if same_run else current_run(plan.organisation)
        if run is None:
            raise NoFootprintYet
        fields = {"organisation": plan.organisation, "run": run, "title": title, "wishes": wishes, "owner": by}
        same = ReductionPlan.objects.filter(**fields, state=State.DRAFT, version=1)
        return same.first() or ReductionPlan.objects.create(**fields, time_limit_s=plan.time_limit_s)


def delete_plan(*, plan: ReductionPlan, by: Person) -> None:
    """Delete a plan that nobody follows. Deleting twice changes nothing. Raises PlanIsChosen."""
    with transaction.atomic(), acting(by, act="plan_deleted"):
        for found in ReductionPlan.objects.select_for_update(of=("self",)).filter(pk=plan.pk):
            if found.is_chosen:
                raise PlanIsChosen
            found.delete()


# ---- what the background says of a plan. ``version`` is the plan's when it was asked for: a plan that was stopped, or
# stopped and asked for anew, has another, and the earlier search no longer touches it.


def begin_computing(plan: ReductionPlan, *, version: int) -> bool:
    """Mark a plan as being computed; False when nobody wants it any more, or it is done."""
    wanted = ReductionPlan.objects.filter(
        pk=plan.pk, version=version, state__in=(State.WAITING, State.COMPUTING, State.FAILED)
    )
    return bool(wanted.update(state=State.COMPUTING, error=None, progress=None))


def tell_progress(plan: ReductionPlan, progress: dict[str, Any], *, version: int) -> bool:
    """Keep the best found so far; False when somebody stopped the search."""
    wanted = ReductionPlan.objects.filter(pk=plan.pk, version=version, state=State.COMPUTING)
    return bool(wanted.update(progress=progress))


def keep_plan(plan: ReductionPlan, result: dict[str, Any], *, version: int) -> bool:
    """Keep what was computed; False when the search was stopped or another attempt was first."""
    with transaction.atomic(), acting(plan.owner, act="plan_computed"):
        found = _locked(plan)
        if found.state != State.COMPUTING or found.version != version:
            return False
        found.state, found.result, found.progress = State.DONE, result, None
        found.error, found.finished_at = None, timezone.now()
        found.save()
    return True


def fail_plan(plan: ReductionPlan, error: dict[str, Any] | None, *, version: int) -> None:
    """Say why a plan could not be computed; its wishes stay."""
    with transaction.atomic(), acting(plan.owner, act="plan_failed"):
        found = _locked(plan)
        if found.version == version and found.state in (State.WAITING, State.COMPUTING):
            found.state, found.error, found.progress = State.FAILED, error, None
            found.finished_at = timezone.now()
            found.save()


def _locked(plan: ReductionPlan) -> ReductionPlan:
    rows = ReductionPlan.objects.select_for_update(of=("self",)).select_related("organisation", "run", "owner")
    return rows.defer("run__result", "run__manifest").get(pk=plan.pk)


def _require_open(plan: ReductionPlan) -> None:
    if plan.state == State.DONE:
        raise PlanIsComputed
    if plan.state not in OPEN:
        raise NotAllowedNow(state=str(plan.get_state_display()))
