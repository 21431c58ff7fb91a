"""The commands that run the site: what they refuse, how they start and stop, and that they load nothing early."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from keino.cli.demo import DemoOfAnotherVersion, must_be_of_this_version
from keino.cli.main import cli
from keino.cli.serve import PlainHttpFromAfar, PortTaken, is_loopback, must_be_free
from keino.cli.site import Keeper


@pytest.mark.parametrize(
    ("host", "near"),
    [
        ("127.0.0.1", True), ("127.5.5.5", True), ("localhost", True), ("::1", True), ("[::1]", True),
        ("0.0.0.0", False), ("::", False), ("192.168.1.5", False), ("example.org", False), ("", False),
    ],
)  # fmt: skip
def test_only_loopback_counts_as_this_machine(host: str, near: bool) -> None:
    assert is_loopback(host) is near


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org"])
def test_plain_http_from_afar_is_refused(host: str) -> None:
    result = CliRunner().invoke(cli, ["serve", "--plain-http", "--host", host])
    assert isinstance(result.exception, PlainHttpFromAfar)
    assert "KEINO_HTTPS" not in os.environ or os.environ["KEINO_HTTPS"] == "off"


def test_taken_port_is_said_before_anything_starts() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(PortTaken):
            must_be_free("127.0.0.1", other.getsockname()[1])


def test_demo_of_another_version_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    site = tmp_path / "demo" / "site"
    site.mkdir(parents=True)
    (site / "keino.sqlite3").write_bytes(b"")
    result = CliRunner().invoke(cli, ["demo", "--no-serve"])
    assert isinstance(result.exception, DemoOfAnotherVersion)
    assert [path.name for path in (tmp_path / "demo").rglob("*")] == ["site", "keino.sqlite3"]
    (site / "keino.sqlite3").unlink()
    must_be_of_this_version(site)
    (site / "keino.sqlite3").write_bytes(b"")
    must_be_of_this_version(site)  # its own demo is opened again
    (site / "tables.sha256").write_text("of others")
    with pytest.raises(DemoOfAnotherVersion, match="Delete the folder"):
        must_be_of_this_version(site)


def test_help_loads_no_web_framework() -> None:
    code = (
        "import sys\nfrom keino.cli.main import cli\n"
        "for name in ('serve', 'worker', 'manage', 'demo'):\n    assert cli.get_command(None, name).help\n"
        "print([m for m in ('django', 'granian', 'duckdb', 'pandas', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def keino(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("KEINO_", "DJANGO_", "DATABASE_"))}
    command = [sys.executable, "-m", "keino", *arguments]
    environment = own | {"KEINO_DATA": str(folder)} | settings
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_check_for_deployment_is_clean_with_default_settings(tmp_path: Path) -> None:
    done = keino(tmp_path, "manage", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_secret_key_is_for_its_owner_only(tmp_path: Path) -> None:
    keino(tmp_path / "data", "manage", "check")
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o077 == 0


# ---- processes that are kept

WAITS = "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: sys.exit(0)); time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"


def test_keeper_starts_anew_what_dies_and_stops_all() -> None:
    keeper = Keeper()
    keeper.add("waiter", [sys.executable, "-c", WAITS])
    keeper.add("stubborn", [sys.executable, "-c", STUBBORN])
    seen: list[int] = []

    def each_turn() -> None:
        process = keeper.children[0].process
        if process is None or process.pid in seen:
            return
        seen.append(process.pid)
        if len(seen) == 1:
            os.kill(process.pid, signal.SIGKILL)
        else:
            time.sleep(0.5)  # until the second one listens to signals
            keeper.ask_to_stop()

    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    try:
        keeper.run(stop_after_s=3, each_turn=each_turn)
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])
    assert len(set(seen)) == 2
    assert all(child.process is not None and child.process.poll() is not None for child in keeper.children)
    assert keeper.children[1].process.returncode < 0  # killed, not waited for


def test_process_that_dies_at_once_is_started_less_and_less_often() -> None:
    keeper = Keeper()
    keeper.add("broken", [sys.executable, "-c", "raise SystemExit(3)"])
    child = keeper.children[0]
    waits = []
    for turn in range(8):
        child.start()
        assert child.process is not None
        child.process.wait()
        child.look_after(child.started_at + 0.1 + turn)
        waits.append(child.wait_s)
    assert waits == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]
