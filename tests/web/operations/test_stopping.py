"""A site that is asked to stop while it starts lets go of its port at once, so that the next one can start."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.operations.served import Site, arguments_of, free_port

#: The server of the web processes, and at least one of these.
SERVER_AND_ONE = 2


def web_processes(site: Site) -> int:
    return sum("keino.web.server" in arguments_of(pid) for pid in site.family())


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, free_port())
    yield made
    made.kill()


#: A server whose handler only remembers the signal makes a process and stops it in its first moment; prints how that
#: process ended, and whether the server itself hears the signal still.
FORKS = """
import os, signal, time
from keino.web.server import let_children_stop
heard = []
signal.signal(signal.SIGTERM, lambda *_: heard.append(1))
let_children_stop()
child = os.fork()
if child == 0:
    time.sleep(60)
    os._exit(0)
os.kill(child, signal.SIGTERM)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), end=" ")
os.kill(os.getpid(), signal.SIGTERM)
print(len(heard))
"""


def test_a_web_process_stops_in_its_first_moment_and_the_server_still_listens() -> None:
    done = subprocess.run([sys.executable, "-c", FORKS], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(-signal.SIGTERM), "1"]


@pytest.mark.slow
def test_a_site_that_still_starts_stops_at_once(site: Site) -> None:
    site.start()
    deadline = time.monotonic() + 400
    while web_processes(site) < SERVER_AND_ONE:
        assert time.monotonic() < deadline, "no web process was started"
        time.sleep(0.001)
    assert site.stop() == 0
    assert "refused" not in (site.data / "serve.log").read_text("utf-8")  # to stop, and had to be killed


@pytest.mark.slow
def test_a_site_whose_keeper_is_killed_leaves_no_process_behind(site: Site) -> None:
    site.start()
    site.wait_until_up()
    assert site.process is not None
    assert len(site.family()) > SERVER_AND_ONE
    site.process.send_signal(signal.SIGKILL)
    site.process.wait()
    deadline = time.monotonic() + 60
    while left := [arguments_of(pid) for pid in site.family()]:
        assert time.monotonic() < deadline, left
        time.sleep(0.1)
