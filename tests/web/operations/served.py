"""A real site in processes of its own, for tests that kill it: data folder, port, prepared people."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx

#: Makes an empty database's tables; put before other code it saves a process, which takes seconds to start.
MIGRATE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""

#: What a site needs before anybody can upload: an organisation, its responsible person and a token.
PREPARE = """
import json
from datetime import date
from keino.web.accounts.services.people import add_person
from keino.web.accounts.services.tokens import make_token
from keino.web.organisations.models import Organisation, Role
person = add_person(email="kill@test.example", name="Kill Test", confirmed=True)
town = Organisation.objects.create(slug="town", kind="municipality", name_fi="Testikaupunki")
Role.objects.create(person=person, organisation=town, kind="responsible_person", valid_from=date(2020, 1, 1))
print(json.dumps({"token": make_token(name="t", scope="write", days=30, by=person)[1]}))
"""


@dataclass
class Site:
    """``keino serve`` on a folder and a port, with a database of its own on the server that the tests run on."""

    data: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    database_url: str = field(init=False, default="")

    def __post_init__(self) -> None:
        server = os.environ.get("DATABASE_URL", "")
        if server.startswith("postgres"):
            self.database_url = database_on(server, f"site_{hashlib.sha256(bytes(self.data)).hexdigest()[:16]}")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "KEINO_DATA": str(self.data),
            "KEINO_HTTPS": "off",
            "KEINO_LOG_FORMAT": "text",
            "KEINO_LOG_LEVEL": "WARNING",
            "KEINO_JOB_LOST_AFTER_SECONDS": "15",
            "KEINO_API_REQUESTS_PER_MINUTE_WITH_TOKEN": "100000",
            "DJANGO_SETTINGS_MODULE": "keino.web.settings",
        }
        if self.database_url:
            own["DATABASE_URL"] = self.database_url
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("KEINO_", "DATABASE_"))}
        return inherited | own

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "keino", "manage", *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout

    def ask(self, code: str) -> dict[str, object]:
        """Run code inside the site's own Django; its last line is JSON."""
        found: dict[str, object] = json.loads(self.manage("shell", "--no-imports", "-c", code).strip().splitlines()[-1])
        return found

    def start(self, *options: str) -> None:
        """Start it, once nothing of an earlier start is left, as the service of the manual does."""
        self.wait_until_gone()
        log = (self.data / "serve.log").open("ab")
        command = [sys.executable, "-m", "keino", "serve", "--plain-http", "--port", str(self.port), *options]
        self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)

    def start_again_if_ended(self) -> None:
        """Start a ``keino serve`` that ended anew, as the service of the manual does."""
        if self.process is not None and self.process.poll() is not None:
            self.start()

    def wait_until_gone(self, seconds: float = 60) -> None:
        """Until nothing of it runs; what is left then is killed, as the service of the manual does."""
        deadline = time.monotonic() + seconds
        while self.family():
            if time.monotonic() > deadline:
                self.kill()
            time.sleep(0.1)

    def wait_until_up(self, seconds: float = 400) -> None:
        """Until it answers; it is kept running meanwhile."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.start_again_if_ended()
            try:
                if httpx.get(f"{self.address}/health/", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.2)
        raise AssertionError(f"the site did not start:\n{(self.data / 'serve.log').read_text()[-4000:]}")

    def stop(self, seconds: float = 60) -> int:
        """Ask it to stop; its exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)

    def kill(self) -> None:
        """End whatever still runs, so that no test leaves a site behind."""
        for pid in self.family():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def family(self) -> list[int]:
        """The process and everything it started, also what outlived it: all that works on the site's folder."""
        own = f"KEINO_DATA={self.data}".encode()
        return sorted(pid for pid in all_processes() if own in environment_of(pid))

    def workers(self) -> list[int]:
        """The processes that read and calculate."""
        return [pid for pid in self.family() if arguments_of(pid)[-3:] == ["work", "--queue", "long"]]


def database_on(server: str, name: str) -> str:
    """The address of an empty database on a PostgreSQL server, which is a temporary one and deleted as a whole."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    address = urlsplit(server)
    return urlunsplit(address._replace(path=f"/{name}"))


def arguments_of(pid: int) -> list[str]:
    """The words a process was started with; none when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace").rstrip("\0").split("\0")
    except OSError:
        return []


def environment_of(pid: int) -> list[bytes]:
    """The environment a process was started with; none when it is gone, or has ended and nobody asked how."""
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def all_processes() -> list[int]:
    return [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit()]


def free_port() -> int:
    """A port that stays free while a killed server is away: below those that the system gives to outgoing connections,
    of which the browsers of other tests open many.
    """
    for port in random.SystemRandom().sample(range(20_000, 32_000), 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return port
    raise AssertionError("no free port")
