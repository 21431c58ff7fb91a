"""Web server, workers and their keeper are killed again and again while ledgers come in: nothing is ever half done.

``KEINO_KILLS`` says how often. Every second victim is the process that reads and calculates, while it has work; the
others are anybody at any moment.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.operations.served import MIGRATE, PREPARE, Site, arguments_of, free_port

KILLS = int(os.environ.get("KEINO_KILLS", "8"))
PIECE = 20_000
#: Rows of a ledger, and of every second one, which takes a worker some seconds.
FEW, MANY = 1_200, 150_000

#: What must hold when the dust has settled, asked inside the site's own Django.
AFTERWARDS = """
import json, os, time
from pathlib import Path
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from keino.web.base.models import Job
from keino.web.measurement import store
from keino.web.measurement.models import Ledger, LedgerFile, Run
from keino.web.measurement.services.uploads import retire_unfinished
from keino.web.measurement.services.visits import retire_visits
from keino.web.operations.backup.write import stored_files
retire_visits(); retire_unfinished()
old = time.time() - 3 * 24 * 3600
for folder in Path(settings.STORE_FOLDER).rglob("*"):
    if folder.is_dir():
        os.utime(folder, (old, old))
store.sweep_store()
found = {}
with connection.cursor() as cursor:
    if connection.vendor == "sqlite":
        found["integrity"] = [row[0] for row in cursor.execute("PRAGMA integrity_check")]
connection.check_constraints()
found["jobs"] = sorted(set(Job.objects.values_list("state", flat=True)))
found["ledgers"] = sorted(set(Ledger.objects.values_list("state", flat=True)))
found["runs"] = sorted(set(Run.objects.values_list("state", flat=True)))
found["failed_without_a_reason"] = (
    Job.objects.filter(state="failed", error=None).count()
    + Run.objects.filter(state="failed", error=None).count()
    + LedgerFile.objects.filter(state="failed", error=None).count()
)
found["damaged"] = [str(run.public_id) for run in Run.objects.filter(state="done") if store.damaged_files(run)]
found["unread"] = LedgerFile.objects.filter(state="read", reading=None).count()
import hashlib
wrong = []
for file in LedgerFile.objects.exclude(stored_as=""):
    with default_storage.open(file.stored_as) as stream:
        if hashlib.sha256(stream.read()).hexdigest() != file.sha256:
            wrong.append(file.name)
found["wrong_bytes"] = wrong
named = set(LedgerFile.objects.exclude(stored_as="").values_list("stored_as", flat=True))
for pieces in LedgerFile.objects.values_list("pieces", flat=True):
    named |= set(pieces)
found["orphan_files"] = sorted(set(stored_files()) - named)[:5]
folders = {run.folder for run in Run.objects.filter(state="done")}
runs = [p for p in Path(settings.STORE_FOLDER).glob("*/*") if p.is_dir() and p.parent.name != "ledgers"]
found["orphan_folders"] = sorted(p.relative_to(settings.STORE_FOLDER).as_posix() for p in runs
                                 if p.relative_to(settings.STORE_FOLDER).as_posix() not in folders)[:5]
found["counts"] = {"ledgers": Ledger.objects.count(), "runs": Run.objects.filter(state="done").count(),
                   "jobs": Job.objects.count(), "again": Job.objects.filter(attempts__gt=1).count(),
                   "given_up": Job.objects.filter(state="failed").count()}
print(json.dumps(found))
"""

#: Waits a while for it itself: a process that only asks would take longer to start than most work to end.
OPEN_WORK = """
import json, time
from django.utils import timezone
from keino.web.base.models import Job
of = ("pk", "kind", "state", "attempts", "worker", "step", "run_after", "started_at", "heartbeat_at", "task")
still_open = Job.objects.filter(state__in=("waiting", "running"))
deadline = time.monotonic() + 10
while still_open.exists() and time.monotonic() < deadline:
    time.sleep(0.5)
print(json.dumps({"now": timezone.now(), "open": list(still_open.values(*of))}, default=str))
"""

DATABASE_WAITS = """
import json
from django.db import connection
asked = "SELECT pid, state, wait_event, xact_start::text, left(query, 200) FROM pg_stat_activity"
with connection.cursor() as cursor:
    waits = cursor.execute(asked).fetchall() if connection.vendor == "postgresql" else []
print(json.dumps({"waits": waits}))
"""


def ledger_bytes(number: int) -> bytes:
    """A ledger of its own."""
    lines = ["Tositenumero;Tositepvm;Tilinumero;Tilin nimi;Toimielin;Toimittajan nimi;Summa (alv 0%)"]
    for row in range(1, MANY if number % 2 else FEW):
        amount = f"{(row * 37 + number * 101) % 9000 + 10},{row % 100:02d}"
        day = f"{row % 28 + 1}.{row % 12 + 1}.2023"
        lines.append(f"{number}{row:05d};{day};45{row % 3 + 1}0;Tarvikkeet;Lautakunta;Keksitty Oy;{amount}")
    return "\r\n".join(lines).encode()


class Uploader(threading.Thread):
    """Sends ledgers as a patient program does: what got no answer is asked again, what was begun is gone on with."""

    def __init__(self, site: Site, token: str, name: int) -> None:
        super().__init__(daemon=True)
        self.client = httpx.Client(
            base_url=f"{site.address}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=20
        )
        self.name_number, self.sent, self.trouble = name, 0, ""
        self.stop_asked, self.has_long_work = threading.Event(), threading.Event()

    def run(self) -> None:
        try:
            while not self.stop_asked.is_set():
                self.send(self.name_number * 1001 + self.sent)
                self.sent += 1
        except Exception as error:  # noqa: BLE001  # the test shows it
            self.trouble = repr(error)

    def patiently(self, method: str, path: str, **what: Any) -> httpx.Response:
        for _try in range(600):
            try:
                answer = self.client.request(method, path, **what)
            except httpx.HTTPError:
                time.sleep(0.3)
                continue
            if answer.status_code in {429, 503}:
                time.sleep(0.5)
                continue
            assert answer.status_code < 500, (answer.status_code, answer.text[:500])
            return answer
        raise AssertionError("no answer for a long time")

    def send(self, number: int) -> None:
        content = ledger_bytes(number)
        made = self.patiently("POST", "/organisations/town/ledgers", json={"title": f"L {number}"}).json()
        ledger = made["ledger_id"]
        about = {"name": f"ledger-{number}.csv", "size": len(content)}
        file = self.patiently("POST", f"/ledgers/{ledger}/files", json=about).json()
        place = file["received"]
        while place < len(content):
            path = f"/files/{file['file_id']}/pieces/{place}"
            answer = self.patiently("PUT", path, content=content[place : place + max(PIECE, len(content) // 5)])
            place = self.patiently("GET", f"/files/{file['file_id']}").json()["received"]
            assert answer.status_code in {200, 409}, answer.text
        end = {"sha256": hashlib.sha256(content).hexdigest()}
        answer = self.patiently("POST", f"/files/{file['file_id']}/finish", json=end)
        assert answer.status_code == 200, answer.text
        self.patiently("POST", f"/ledgers/{ledger}/read")
        if len(content) > 5 * PIECE:
            self.has_long_work.set()
        detail = self.until_over(f"/ledgers/{ledger}", {"read", "failed", "confirmed"})
        self.has_long_work.clear()
        if detail["state"] == "failed":  # given up visibly: the next press of the button reads it
            return
        self.patiently("POST", f"/ledgers/{ledger}/confirm", json={"version": detail["version"]})
        if self.sent % 3 == 0:
            self.patiently("POST", "/organisations/town/runs", json={"ledgers": [ledger]})

    def until_over(self, path: str, states: set[str]) -> dict[str, Any]:
        deadline = time.monotonic() + 300
        while time.monotonic() < deadline:
            detail: dict[str, Any] = self.patiently("GET", path).json()
            if detail["state"] in states:
                return detail
            time.sleep(0.3)
        raise AssertionError(f"{path} is still {detail['state']}")


@pytest.fixture
def site(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Site]:
    caplog.set_level(logging.WARNING, logger="httpx")  # its line per request would hide why the test fails
    made = Site(tmp_path, free_port())
    yield made
    made.kill()


def settled(site: Site, seconds: float = 300) -> None:
    """Wait until no job waits or runs."""
    deadline = time.monotonic() + seconds
    while left := site.ask(OPEN_WORK)["open"]:
        site.start_again_if_ended()
        assert time.monotonic() < deadline, f"some work never ended: {left}\n{how_it_stands(site)}"


def how_it_stands(site: Site) -> str:
    """What runs, what the database waits for, and the log's end: for whoever reads why the test failed."""
    running = "\n".join(f"{pid}: {' '.join(arguments_of(pid)[1:])}" for pid in site.family())
    log = (site.data / "serve.log").read_text("utf-8", "replace")[-6000:]
    return f"{running}\n{site.ask(DATABASE_WAITS)['waits']}\n{log}"


def kill_at_random(site: Site, uploaders: list[Uploader]) -> None:
    """Kill one process after the other: web, workers, or the one that keeps them; always while the site works."""
    chance = random.Random(3)
    for kill in range(KILLS):
        site.wait_until_up()
        if kill % 2:
            wait_for_long_work(uploaders)
            time.sleep(chance.uniform(0.1, 1.5))
            victim = chance.choice(site.workers() or site.family())
        else:
            time.sleep(chance.uniform(0.5, 4.0))
            victim = chance.choice(site.family())
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        assert site.process is not None
        if victim == site.process.pid:
            site.process.wait()  # then it is started anew by whoever waits for it
    site.wait_until_up()


def wait_for_long_work(uploaders: list[Uploader], seconds: float = 60) -> None:
    """Until a worker should be reading a large ledger."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not any(uploader.has_long_work.is_set() for uploader in uploaders):
        time.sleep(0.05)


@pytest.mark.slow
def test_killed_processes_leave_nothing_half_done(site: Site) -> None:
    token = str(site.ask(MIGRATE + PREPARE)["token"])
    site.start()
    site.wait_until_up()
    uploaders = [Uploader(site, token, number) for number in (1, 2)]
    for uploader in uploaders:
        uploader.start()
    kill_at_random(site, uploaders)
    for uploader in uploaders:
        uploader.stop_asked.set()
    for uploader in uploaders:
        uploader.join(400)
        assert not uploader.is_alive(), how_it_stands(site)
    assert [uploader.trouble for uploader in uploaders] == ["", ""], how_it_stands(site)
    settled(site)
    assert site.stop() == 0
    found = site.ask(AFTERWARDS)
    (site.data / "found.txt").write_text(str(found), encoding="utf-8")  # for whoever wants to see the counts
    assert found.get("integrity", ["ok"]) == ["ok"]  # SQLite says it of its file
    assert set(found["jobs"]) <= {"done", "failed"}  # type: ignore[call-overload]
    assert set(found["ledgers"]) <= {"read", "failed", "confirmed"}  # type: ignore[call-overload]
    assert set(found["runs"]) <= {"done", "failed"}  # type: ignore[call-overload]
    for name in ("failed_without_a_reason", "unread"):
        assert found[name] == 0, name
    for name in ("damaged", "wrong_bytes", "orphan_files", "orphan_folders"):
        assert found[name] == [], name
    assert sum(uploader.sent for uploader in uploaders) >= KILLS / 4
    if KILLS >= 20:  # of a few kills none may meet a worker at work
        assert found["counts"]["again"] > 0  # type: ignore[index]
