"""Background work: answer a question to a run; collect a report's numbers; answer ahead of whoever opens the page."""

from __future__ import annotations

from keino.web.base.jobs import Tell, ask_for, work
from keino.web.base.models import Job, Person
from keino.web.base.timetable import every
from keino.web.followup.models import CouncilReport, FollowUpResult
from keino.web.followup.queries.answers import unanswered_runs, usual_question
from keino.web.followup.services import answers, reports

ANSWER = "followup.answer"
NUMBERS = "followup.council_numbers"


def _kept(public_id: str) -> FollowUpResult:
    found = FollowUpResult.objects.select_related("run__organisation").defer("run__result", "run__manifest")
    return found.get(public_id=public_id)


def _not_answered(job: Job) -> None:
    answers.note_failure(_kept(job.arguments["answer"]), job.error)


@work(ANSWER, on_failure=_not_answered)
def work_out(job: Job, tell: Tell, *, answer: str) -> None:
    """Answer one question; one that is answered stays."""
    tell("follow", 0, 1)
    answers.answer(_kept(answer))
    tell("follow", 1, 1)


def start_answer(kept: FollowUpResult, *, by: Person | None) -> Job | None:
    """Ask for an answer, unless it is there or being worked out; one that failed may be tried again."""
    if kept.is_ready:
        return None
    job = job_of(kept.subject)
    if job is not None and not job.is_over:
        return job
    return ask_for(ANSWER, subject=kept.subject, by=by, answer=str(kept.public_id))


def _report(public_id: str) -> CouncilReport:
    found = CouncilReport.objects.select_related("organisation", "run").defer("run__result", "run__manifest")
    return found.get(public_id=public_id)


def _not_collected(job: Job) -> None:
    reports.note_failure(_report(job.arguments["report"]), job.error)


@work(NUMBERS, on_failure=_not_collected)
def collect(job: Job, tell: Tell, *, report: str) -> None:
    """Collect the numbers of a draft; an approved report is left alone."""
    tell("follow", 0, 1)
    reports.collect_numbers(_report(report))
    tell("follow", 1, 1)


def start_numbers(report: CouncilReport, *, by: Person | None) -> Job | None:
    """Ask for a draft's numbers, unless they are there or being collected."""
    if report.content is not None:
        return None
    job = job_of(report.subject)
    if job is not None and not job.is_over:
        return job
    return ask_for(NUMBERS, subject=report.subject, by=by, report=str(report.public_id))


def job_of(subject: str) -> Job | None:
    """The newest job of an answer or a report."""
    return Job.objects.filter(subject=subject, kind__in=(ANSWER, NUMBERS)).order_by("-pk").first()


@every("followup.answer_ahead", seconds=60)
def answer_ahead() -> None:
    """After a calculation: nobody shall wait for the usual question."""
    for run in unanswered_runs():
        question = usual_question(run)
        if question is not None:
            start_answer(answers.ask(run=run, question=question), by=None)
