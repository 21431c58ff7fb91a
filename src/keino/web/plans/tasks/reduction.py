"""Background work on plans to the target: compute one."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from keino.web.base.jobs import ClaimLost, Tell, ask_for, work
from keino.web.base.models import Job, Person
from keino.web.measurement.queries.runs import run_result
from keino.web.plans.models import ReductionPlan
from keino.web.plans.plan_json import plan_as_json
from keino.web.plans.queries.reduction_plans import read_wishes
from keino.web.plans.services.reduction_plans import begin_computing, fail_plan, keep_plan, tell_progress

if TYPE_CHECKING:
    from keino.domain.plans.solver import Progress

COMPUTE = "plans.compute"
#: How often a search tells where it is; more often would only keep the database busy.
TELL_EVERY_S = 0.5


def _plan(public_id: str) -> ReductionPlan | None:
    """The plan; None when somebody deleted it meanwhile."""
    rows = ReductionPlan.objects.select_related("organisation", "run", "owner")
    return rows.filter(public_id=public_id).first()


def _given_up(job: Job) -> None:
    plan = _plan(job.arguments["plan"])
    if plan is not None:
        fail_plan(plan, job.error, version=job.arguments["version"])


class _Watch:
    """Tells of a search, and ends it when nobody wants it any more.

    The solver calls from inside its own code, where no error may rise: what went wrong is kept and raised afterwards.
    """

    def __init__(self, plan: ReductionPlan, tell: Tell, version: int) -> None:
        self._plan, self._tell, self._version = plan, tell, version
        self._told = 0.0
        self.is_unwanted = False
        self.lost: ClaimLost | None = None

    def __call__(self, found: Progress) -> bool | None:
        if self.is_unwanted:
            return False
        if monotonic() - self._told >= TELL_EVERY_S:
            self._told = monotonic()
            best = {"seconds": found.seconds, "value": found.value, "bound": found.bound}
            try:
                self.is_unwanted = not tell_progress(self._plan, best, version=self._version)
            except ClaimLost as lost:
                self.lost, self.is_unwanted = lost, True
        return False if self.is_unwanted else None

    def progress(self, step: str, done: int, whole: int) -> None:
        """Beat the job's heart as the search goes on."""
        if self.is_unwanted or (done and monotonic() - self._told < TELL_EVERY_S):
            return
        try:
            self._tell(step, done, whole)
        except ClaimLost as lost:
            self.lost, self.is_unwanted = lost, True


@work(COMPUTE, on_failure=_given_up)
def compute(job: Job, tell: Tell, *, plan: str, version: int) -> None:
    """Compute a plan; one that is done, stopped or deleted is left alone, so this may be done again at any time."""
    from keino.engine.plan_result import PlanRequest, plan_result
    from keino.errors import KeinoError

    found = _plan(plan)
    if found is None or not begin_computing(found, version=version):
        return
    watch = _Watch(found, tell, version)
    wanted = read_wishes(found.wishes, title=found.title)
    asked = PlanRequest(wanted, baseline_year=wanted.baseline_year, time_limit_s=float(found.time_limit_s), watch=watch)
    try:
        result = plan_result(run_result(found.run), asked, watch.progress)
    except KeinoError:
        if not watch.is_unwanted:  # else the search found nothing because it was stopped
            raise
    else:
        if not watch.is_unwanted:
            keep_plan(found, plan_as_json(result), version=version)
    if watch.lost is not None:
        raise watch.lost


def start(plan: ReductionPlan, *, by: Person | None) -> Job:
    """Have a plan computed that was asked for; one that was asked for once keeps its job."""
    job = job_of(plan)
    if job is not None and job.arguments.get("version") == plan.version:
        return job
    return ask_for(COMPUTE, subject=f"plan:{plan.public_id}", by=by, plan=str(plan.public_id), version=plan.version)


def job_of(plan: ReductionPlan) -> Job | None:
    """The newest job of a plan."""
    return Job.objects.filter(subject=f"plan:{plan.public_id}", kind=COMPUTE).order_by("-pk").first()
