"""The queue: each job runs once, lost ones come back, none disappears."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from keino.errors import KeinoError
from keino.web.base import jobs
from keino.web.base.choices import JobState
from keino.web.base.errors import said
from keino.web.base.models import Job

pytestmark = pytest.mark.django_db


class Refused(KeinoError):
    code = "refused"
    template = "This file can't be read."


RAN: list[Any] = []


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    RAN.clear()
    before = dict(jobs._KINDS)

    @jobs.work("test.note")
    def note(job: Job, tell: jobs.Tell, *, what: str) -> None:
        tell("noting", 1, 2)
        RAN.append((what, Job.objects.get(pk=job.pk).percent))

    @jobs.work("test.refuse", on_failure=lambda job: RAN.append(("told", job.state)), quick=True)
    def refuse(job: Job, tell: jobs.Tell) -> None:
        raise Refused

    @jobs.work("test.break")
    def break_(job: Job, tell: jobs.Tell) -> None:
        raise ZeroDivisionError

    @jobs.work("test.database_away")
    def database_away(job: Job, tell: jobs.Tell) -> None:
        raise OperationalError("database is locked")

    @jobs.work("test.lose_claim")
    def lose_claim(job: Job, tell: jobs.Tell) -> None:
        Job.objects.filter(pk=job.pk).update(claim="00000000-0000-0000-0000-000000000001")
        tell("step", 1, 2)
        RAN.append("went on")

    @jobs.work("test.broken_ending", on_failure=lambda job: 1 / 0)
    def broken_ending(job: Job, tell: jobs.Tell) -> None:
        raise Refused

    yield
    jobs._KINDS.clear()
    jobs._KINDS.update(before)


def running(kind: str = "test.note", *, beat_s: int = 1000, **fields: Any) -> Job:
    """A job that a worker claimed ``beat_s`` seconds ago and never touched again."""
    then = timezone.now() - dt.timedelta(seconds=beat_s)
    fields = {"attempts": 1, "claim": "00000000-0000-0000-0000-00000000000a", "worker": "here/long-1"} | fields
    return Job.objects.create(
        kind=kind,
        state=JobState.RUNNING,
        arguments={"what": "x"} if kind == "test.note" else {},
        heartbeat_at=then,
        started_at=then,
        **fields,
    )


def test_job_runs_once_and_tells_its_progress() -> None:
    job = jobs.ask_for("test.note", what="a")
    assert jobs.run_waiting_jobs() == 1
    jobs.execute(job.pk)
    job.refresh_from_db()
    assert RAN == [("a", 50)]
    assert (job.state, job.attempts, job.ended_at is not None) == (JobState.DONE, 1, True)


def test_job_is_queued_when_the_transaction_is_through(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.ask_for("test.note", what="a")
        assert not DBTaskResult.objects.exists()
    job.refresh_from_db()
    place = DBTaskResult.objects.get()
    assert (place.pk, place.queue_name, place.args_kwargs["args"]) == (job.task, "long", [job.pk])


def test_quick_work_goes_to_its_own_queue(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        jobs.ask_for("test.refuse")
    assert DBTaskResult.objects.get().queue_name == "quick"


def test_unknown_work_is_refused_when_it_is_asked_for() -> None:
    with pytest.raises(LookupError, match=r"no\.such"):
        jobs.ask_for("no.such")


def test_delayed_job_waits() -> None:
    job = jobs.ask_for("test.note", what="a", delay=dt.timedelta(hours=1))
    jobs.execute(job.pk)
    assert RAN == []


def test_refusal_is_shown_in_the_readers_language_and_told_to_the_owner() -> None:
    job = jobs.ask_for("test.refuse")
    jobs.run_waiting_jobs()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert said(job.error) == "This file can't be read."
    assert RAN == [("told", JobState.FAILED)]


def test_fault_is_shown_with_the_jobs_number_but_no_detail() -> None:
    job = jobs.ask_for("test.break")
    jobs.run_waiting_jobs()
    job.refresh_from_db()
    assert job.error["code"] == "work_failed"
    assert str(job.public_id)[:8] in str(job.error["values"])
    assert "ZeroDivision" not in str(job.error)


def test_failure_of_what_follows_a_failure_still_ends_the_job() -> None:
    job = jobs.ask_for("test.broken_ending")
    jobs.run_waiting_jobs()
    job.refresh_from_db()
    assert (job.state, job.error["code"]) == (JobState.FAILED, "refused")


def test_database_that_was_away_is_tried_again_later() -> None:
    job = jobs.ask_for("test.database_away")
    tried = timezone.now()
    jobs.execute(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.WAITING
    assert job.run_after > tried + dt.timedelta(seconds=3)


def test_attempt_that_lost_its_claim_stops_without_a_word() -> None:
    job = jobs.ask_for("test.lose_claim")
    jobs.execute(job.pk)
    job.refresh_from_db()
    assert RAN == []
    assert (job.state, job.step, job.error) == (JobState.RUNNING, "", None)


def test_beating_job_is_left_alone() -> None:
    job = running(beat_s=5)
    assert jobs.reap() == 0
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


@pytest.mark.parametrize(("attempts", "wait_s"), [(1, 5), (2, 10)])
def test_job_whose_heart_stands_still_waits_again_longer_each_time(
    attempts: int, wait_s: int, django_capture_on_commit_callbacks: Any
) -> None:
    job = running(attempts=attempts)
    wait, before = dt.timedelta(seconds=wait_s), timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.reap() == 1
    after = timezone.now()
    job.refresh_from_db()
    assert (job.state, job.claim, job.attempts) == (JobState.WAITING, None, attempts)
    assert before + wait <= job.run_after <= after + wait
    assert DBTaskResult.objects.get().pk == job.task
    assert jobs.reap() == 0


def test_job_that_lost_its_worker_too_often_visibly_fails() -> None:
    job = running("test.refuse", attempts=3)
    jobs.reap()
    job.refresh_from_db()
    assert (job.state, job.error["code"], job.error["values"]) == (JobState.FAILED, "worker_lost", {"attempts": 3})
    assert RAN == [("told", JobState.FAILED)]


def test_lost_job_of_unknown_work_visibly_fails() -> None:
    job = running("gone.work", attempts=3)
    jobs.reap()
    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_next_process_under_a_name_takes_over_at_once() -> None:
    mine, other = running(beat_s=1), running(beat_s=1, worker="here/long-2")
    assert jobs.take_over("here/long-1") == 1
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.state, other.state) == (JobState.WAITING, JobState.RUNNING)


def test_waiting_job_without_a_place_is_queued_again() -> None:
    due = timezone.now() - dt.timedelta(minutes=1)
    job = Job.objects.create(kind="test.note", arguments={"what": "x"}, run_after=due)
    assert jobs.reap() == 1
    assert jobs.reap() == 0
    DBTaskResult.objects.all().delete()
    assert jobs.reap() == 1
    job.refresh_from_db()
    assert DBTaskResult.objects.get().pk == job.task


def test_waiting_job_whose_place_died_with_its_worker_is_queued_again() -> None:
    due = timezone.now() - dt.timedelta(minutes=10)
    job = Job.objects.create(kind="test.note", arguments={"what": "x"}, run_after=due)
    jobs.queue(job)
    DBTaskResult.objects.update(status="RUNNING", started_at=due)
    assert jobs.reap() == 1
    assert DBTaskResult.objects.filter(status="READY").count() == 1


def test_hand_back_counts_only_where_asked() -> None:
    job = running()
    assert jobs.hand_back(job, wait=dt.timedelta(0), counts=False)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.WAITING, 0)
    assert not jobs.hand_back(job, wait=dt.timedelta(0))


def test_beat_fails_only_for_whoever_lost_the_claim() -> None:
    job = running()
    assert jobs.beat(job)
    Job.objects.update(claim="00000000-0000-0000-0000-00000000000b")
    assert not jobs.beat(job)


def test_failed_job_starts_anew_once() -> None:
    job = jobs.ask_for("test.refuse")
    jobs.run_waiting_jobs()
    job.refresh_from_db()
    assert jobs.try_again(job)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == (JobState.WAITING, 0, None)
    assert not jobs.try_again(job)
