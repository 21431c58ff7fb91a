"""The store: whole or not at all, whatever dies and whoever comes twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from keino.engine.run import no_progress
from keino.web.base.jobs import execute, run_waiting_jobs
from keino.web.base.models import Job
from keino.web.measurement import store
from keino.web.measurement.choices import RunState
from keino.web.measurement.models import Run, RunTotal, Visit
from keino.web.measurement.queries.runs import ledgers_to_count
from keino.web.measurement.services import runs as services
from keino.web.measurement.services.runs import ask_run, calculate_run
from keino.web.measurement.tasks.runs import start
from tests.factories.runs import a_calculated_run, a_sent_ledger
from tests.factories.web import an_organisation


class Killed(BaseException):
    """A worker that dies: nobody catches it."""


def asked() -> Run:
    town = an_organisation()
    a_sent_ledger(town)
    return ask_run(owner=town, ledgers=ledgers_to_count(town), by=None)


def folders() -> list[str]:
    root = Path(settings.STORE_FOLDER)
    return sorted(f"{owner.name}/{folder.name}" for owner in root.iterdir() for folder in owner.iterdir())


def dying(function: Callable[..., Any], when: str) -> Callable[..., Any]:
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if when == "before":
            raise Killed
        function(*args, **kwargs)
        raise Killed

    return wrapped


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    "place",
    [
        "keino.engine.run.write_lines",
        "keino.engine.run.write_cube",
        "keino.engine.run.write_coefficients",
        "keino.web.measurement.store.hashes_of",
        "keino.web.measurement.store.write_json",
        "keino.web.measurement.store.seal",
        "keino.web.measurement.store.put_in_place",
        "keino.web.measurement.services.runs.result_as_json",
        "keino.web.measurement.services.runs.keep_run",
    ],
)
def test_a_death_at_any_step_leaves_all_or_nothing(place: str, when: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run = asked()
    module, name = place.rsplit(".", 1)
    with monkeypatch.context() as patched:
        patched.setattr(place, dying(getattr(sys.modules[module], name), when))
        patched.setattr("shutil.rmtree", lambda *_, **__: None)  # the dead don't tidy up
        with pytest.raises(Killed):
            calculate_run(run, no_progress)
    run.refresh_from_db()
    if place.endswith("keep_run") and when == "after":
        assert run.state == RunState.DONE
    else:
        assert (run.state, run.folder, run.result) == (RunState.RUNNING, "", None)
        assert not RunTotal.objects.filter(run=run).exists()
    calculate_run(run, no_progress)  # the next worker
    run.refresh_from_db()
    assert run.state == RunState.DONE
    assert store.damaged_files(run) == ()
    assert RunTotal.objects.filter(run=run, category="*").count() == 2
    visible = [name for name in folders() if "/." not in name]
    assert visible == [run.folder]


@pytest.mark.django_db
def test_sweeping_takes_old_leftovers_only() -> None:
    run = a_calculated_run(an_organisation())
    owner = store.folder_of(run).parent
    old, young, foreign = owner / ".dead-1", owner / ".alive-2", Path(settings.STORE_FOLDER) / "ledgers" / "x"
    for folder in (old, young, foreign):
        folder.mkdir(parents=True)
        (folder / "lines.parquet").write_text("half")
    long_ago = time.time() - 25 * 3600
    for folder in (old, foreign, store.folder_of(run)):
        os.utime(folder, (long_ago, long_ago))
    assert store.sweep_store() == 1
    assert not old.exists()
    assert young.exists()
    assert foreign.exists()
    assert store.damaged_files(run) == ()


@pytest.mark.django_db
def test_results_of_a_visit_go_with_it_and_are_swept() -> None:
    visit = Visit.objects.create(expires_at=timezone.now())
    run = a_calculated_run(visit)
    folder = store.folder_of(run)
    visit.delete()
    assert not Run.objects.filter(pk=run.pk).exists()
    os.utime(folder, (0, 0))
    store.sweep_store()
    assert not folder.parent.exists()


@pytest.mark.django_db(transaction=True)
def test_two_attempts_at_once_keep_one_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker thought dead finishes while its successor is about to."""
    run = asked()
    keep = services.keep_run

    def other_was_first(late: Run, made: services.Calculated) -> bool:
        monkeypatch.setattr(services, "keep_run", keep)
        calculate_run(Run.objects.get(pk=late.pk), no_progress)
        return keep(late, made)

    monkeypatch.setattr(services, "keep_run", other_was_first)
    calculate_run(run, no_progress)
    run.refresh_from_db()
    first_finished = run.finished_at
    assert run.state == RunState.DONE
    assert store.damaged_files(run) == ()
    assert folders() == [run.folder]
    calculate_run(run, no_progress)  # once more, for nothing
    run.refresh_from_db()
    assert run.finished_at == first_finished


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_one_job_once() -> None:
    run = asked()
    job = start(run, by=None)
    run_waiting_jobs()
    execute(job.pk)
    run.refresh_from_db()
    assert run.state == RunState.DONE
    assert Job.objects.get(pk=job.pk).attempts == 1


_WORKER = textwrap.dedent(
    """
    import os, sys
    os.environ["DJANGO_SETTINGS_MODULE"] = "keino.web.settings"
    import django
    django.setup()
    from keino.web.measurement.models import Run
    from keino.web.measurement.services.runs import calculate_run
    print("begun", flush=True)
    run = Run.objects.select_related("organisation").get(pk=int(sys.argv[1]))
    calculate_run(run, lambda *step: print(*step, flush=True))
    """
)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the subprocess opens the test's SQLite file")
@pytest.mark.parametrize("step", ["begun", "read 0", "categorise", "lines 0", "lines 1", "keep"])
def test_a_killed_process_is_taken_over(step: str) -> None:
    run = asked()
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "KEINO_DATA": str(Path(settings.MEDIA_ROOT).parent),
        "KEINO_STORE": str(settings.STORE_FOLDER),
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", _WORKER, str(run.pk)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert worker.stdout is not None
    for line in worker.stdout:
        if line.startswith(step):
            worker.send_signal(signal.SIGKILL)
            break
    assert worker.wait() in (-signal.SIGKILL, 0)
    run.refresh_from_db()
    assert run.state in {RunState.WAITING, RunState.RUNNING, RunState.DONE}
    assert (run.result is not None) == (run.state == RunState.DONE)
    calculate_run(run, no_progress)
    run.refresh_from_db()
    assert run.state == RunState.DONE
    assert store.damaged_files(run) == ()
    assert [name for name in folders() if "/." not in name] == [run.folder]
