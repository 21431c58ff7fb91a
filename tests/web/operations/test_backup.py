"""Backup → wipe → restore gives equal checksums of every table and file; what is broken or hostile changes nothing.

What puts something in place runs in a process of its own, and so does what reads it then. What isn't about processes
shares one: each takes seconds to start.
"""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from keino.web.operations.backup import archive
from tests.web.operations.served import MIGRATE, PREPARE, Site

FILL = """
import io, json
from django.core.management import call_command
from keino.web.base.models import Person
from keino.web.base.jobs import run_waiting_jobs
from keino.web.organisations.models import Organisation
from keino.web.measurement.services.ledgers import open_ledger, confirm_ledger
from keino.web.measurement.services.uploads import receive_whole
from keino.web.measurement.services.runs import ask_run
from keino.web.measurement.tasks.ledgers import ask_reading
from keino.web.measurement.tasks.runs import start
town, person = Organisation.objects.get(slug="town"), Person.objects.get()
ledger = open_ledger(organisation=town, title="Ostot 2023 åäö €", by=person)
text = "Tositenumero;Tositepvm;Tilinumero;Toimittajan nimi;Summa (alv 0%)\\r\\n" + "".join(
    f"{n};{n % 28 + 1}.3.2023;45{n % 3 + 1}0;Keksitty Oy {n % 7};{n},10\\r\\n" for n in range(1, 300))
content = text.encode()
receive_whole(ledger, name="ostot.csv", size=len(content), stream=io.BytesIO(content), by=person)
ask_reading(ledger, by=person); run_waiting_jobs(); ledger.refresh_from_db(); confirm_ledger(ledger, by=person)
run = ask_run(owner=town, ledgers=[ledger], by=person); start(run, by=person); run_waiting_jobs()
run.refresh_from_db()
for name in OTHER_KINDS:
    call_command("backup", name, verbosity=0)
checksums = io.StringIO()
call_command("checksums", stdout=checksums)
print(json.dumps({"state": run.state, "lines": run.totals.get(category="*").lines, "checksums": checksums.getvalue()}))
"""

#: Rows added after a restoration, which must get new keys.
ADD_ROWS = """
import io, json
from django.core.management import call_command
from keino.web.base.models import Job
checksums = io.StringIO()
call_command("checksums", stdout=checksums)
print(json.dumps({"checksums": checksums.getvalue(), "added": Job.objects.create(kind="x").pk}))
"""

RESTORE = """
import json
from django.core.management import CommandError, call_command
said = []
for arguments in ARGUMENTS:
    try:
        call_command("restore", *arguments)
    except CommandError as error:
        said.append(str(error))
print(json.dumps({"said": said}))
"""


@dataclass(frozen=True)
class Filled:
    """A site with a ledger and a run, its checksums and its backup, and that as other kinds of files."""

    site: Site
    checksums: str
    backup: Path
    others: list[Path]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    site, folder = Site(tmp_path_factory.mktemp("site"), 0), tmp_path_factory.mktemp("backup")
    backup, others = folder / "site.tar.zst", [folder / "again.tar", folder / "again.tar.gz"]
    found = site.ask(f"{MIGRATE}{PREPARE}OTHER_KINDS = {list(map(str, others))}\n{FILL}")
    checksums = str(found.pop("checksums"))
    assert found == {"state": "done", "lines": 299}
    site.manage("backup", str(backup))
    return Filled(site, checksums, backup, others)


def failing(site: Site, *arguments: str) -> str:
    """What a command says that must fail."""
    with pytest.raises(AssertionError) as caught:
        site.manage(*arguments)
    return str(caught.value)


def refusals(site: Site, *arguments: tuple[str, ...], first: str = "", last: str = "") -> list[str]:
    """What ``restore`` says to each of these arguments, of which it must refuse all."""
    listed = [list(each) for each in arguments]
    said = site.ask(f"{first}\nARGUMENTS = {listed}{RESTORE}{last}")["said"]
    assert isinstance(said, list)
    assert len(said) == len(arguments)
    return said


@pytest.mark.slow
def test_restored_site_has_equal_tables_and_files(filled: Filled, tmp_path: Path) -> None:
    before, backup = filled.checksums, filled.backup
    assert before.count("  tables/") > 30
    assert before.count("  files/") >= 1
    assert before.count("  store/") >= 3
    other = Site(tmp_path / "other", 0)
    other.manage("restore", str(backup))
    found = other.ask(ADD_ROWS)
    assert found["checksums"] == before
    assert found["added"]
    assert "people or files already" in failing(other, "restore", str(backup))
    other.manage("restore", "--replace", str(backup))
    assert other.manage("checksums") == before
    assert backup.stat().st_mode & 0o077 == 0


def unpacked(backup: Path, folder: Path) -> tuple[dict[str, object], dict[str, bytes]]:
    """What a restoration reads of a backup: its manifest, but for the moment when it was made, and every file."""
    folder.mkdir()
    manifest = archive.unpack(backup, folder)
    assert manifest.pop("made_at")
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return manifest, files


@pytest.mark.slow
def test_other_kinds_of_files_hold_the_same(filled: Filled, tmp_path: Path) -> None:
    expected = unpacked(filled.backup, tmp_path / "expected")
    assert set(expected[1]) == set(expected[0]["files"])  # type: ignore[call-overload]
    starts = {path.name: path.read_bytes()[:2] for path in filled.others}
    assert starts == {"again.tar": b"ta", "again.tar.gz": b"\x1f\x8b"}
    for path in filled.others:
        assert unpacked(path, tmp_path / path.name) == expected


@pytest.mark.slow
@pytest.mark.postgres
def test_backup_of_sqlite_is_restored_into_postgresql_and_back(filled: Filled, tmp_path: Path) -> None:
    site, backup = filled.site, filled.backup
    root = Path(__file__).resolve().parents[3]
    script = (
        f'set -e; export KEINO_DATA={tmp_path}/pg; cd {root}; keino="{root}/.venv/bin/python -m keino manage"; '
        f"$keino restore {backup}; $keino checksums > {tmp_path}/one; $keino backup {tmp_path}/pg.tar.gz; "
        f"$keino restore --replace {tmp_path}/pg.tar.gz; $keino checksums > {tmp_path}/two"
    )
    environment = {
        name: value for name, value in site.environment.items() if name not in {"DATABASE_URL", "KEINO_DATA"}
    }
    environment["KEINO_DEMAND_POSTGRES"] = "1"
    command = [str(root / "tools" / "with-postgres.sh"), "sh", "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 77:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stderr[-3000:]
    expected = filled.checksums
    assert (tmp_path / "one").read_text() == expected
    assert (tmp_path / "two").read_text() == expected
    back = Site(tmp_path / "back", 0)
    back.manage("restore", str(tmp_path / "pg.tar.gz"))
    assert back.manage("checksums") == expected


# ---- files that are none


def repacked(
    backup: Path, target: Path, change: Callable[[tarfile.TarInfo, bytes], tuple[tarfile.TarInfo, bytes] | None]
) -> Path:
    """The backup with its members changed."""
    with archive.reading(backup) as source, tarfile.open(target, "w") as tar:
        for info in source:
            stream = source.extractfile(info)
            assert stream is not None
            changed = change(info, stream.read())
            if changed is not None:
                changed[0].size = len(changed[1])
                tar.addfile(changed[0], io.BytesIO(changed[1]))
    return target


def added(backup: Path, target: Path, info: tarfile.TarInfo, content: bytes = b"x") -> Path:
    repacked(backup, target, lambda info, content: (info, content))
    with tarfile.open(target, "a") as tar:
        info.size = len(content) if info.isreg() else 0
        tar.addfile(info, io.BytesIO(content))
    return target


def link(name: str, to: str, kind: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, to
    return info


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda b, t: added(b, t, tarfile.TarInfo("../../escaped")), "never holds"),
        (lambda b, t: added(b, t, tarfile.TarInfo("files/../../escaped")), "never holds"),
        (lambda b, t: added(b, t, tarfile.TarInfo("/tmp/escaped")), "never holds"),
        (lambda b, t: added(b, t, tarfile.TarInfo("files\\..\\escaped")), "never holds"),
        (lambda b, t: added(b, t, link("files/l", "/etc/passwd", tarfile.SYMTYPE)), "never holds"),
        (lambda b, t: added(b, t, link("files/l", "secret-key", tarfile.LNKTYPE)), "never holds"),
        (lambda b, t: added(b, t, link("files/d", "", tarfile.CHRTYPE)), "never holds"),
        (lambda b, t: added(b, t, tarfile.TarInfo("etc/other")), "no backup has"),
        (lambda b, t: added(b, t, tarfile.TarInfo("files/more")), "doesn't name"),
        (lambda b, t: repacked(b, t, lambda i, c: None if i.name == "manifest.json" else (i, c)), "no manifest"),
        (lambda b, t: repacked(b, t, lambda i, c: None if i.name == "tables/base_person.jsonl" else (i, c)), "missing"),
        (lambda b, t: repacked(b, t, lambda i, c: (i, c.replace(b"town", b"tovn"))), "changed or damaged"),
        (lambda b, t: t.write_bytes(b.read_bytes()[: b.stat().st_size // 2]) and t, "no whole tar"),
        (lambda _b, t: t.write_bytes(b"not a tar") and t, "no whole tar"),
    ],
)  # fmt: skip
def test_broken_or_hostile_backup_changes_nothing(
    filled: Filled, tmp_path: Path, make: Callable[[Path, Path], Path], words: str
) -> None:
    with pytest.raises(archive.BadBackup) as caught:
        archive.unpack(make(filled.backup, tmp_path / "bad.tar"), tmp_path / "into")
    assert words in str(caught.value)
    assert not (tmp_path.parent / "escaped").exists()


@pytest.mark.slow
def test_refused_backup_leaves_the_site_as_it_was(filled: Filled, tmp_path: Path) -> None:
    site, backup = filled.site, filled.backup

    def newer(info: tarfile.TarInfo, content: bytes) -> tuple[tarfile.TarInfo, bytes]:
        if info.name == "manifest.json":
            manifest = json.loads(content)
            manifest["migrations"].append(["base", "9999_of_the_future"])
            return info, json.dumps(manifest).encode()
        return info, content

    def wrong_row(info: tarfile.TarInfo, content: bytes) -> tuple[tarfile.TarInfo, bytes]:
        if info.name == "manifest.json":
            manifest = json.loads(content)
            manifest["tables"]["base_person"]["rows"] = 7
            return info, json.dumps(manifest).encode()
        return info, content

    said = refusals(
        site,
        ("--replace", str(repacked(backup, tmp_path / "newer.tar", newer))),
        (str(tmp_path / "no-such-file.tar"),),
    )
    assert "newer keino" in said[0]
    assert "There is no file" in said[1]
    told = failing(site, "restore", "--replace", str(repacked(backup, tmp_path / "wrong.tar", wrong_row)))
    assert "has 1 rows, not 7" in told
    assert site.manage("checksums") == filled.checksums
    assert not list(site.data.glob(".restore-*"))


@pytest.mark.slow
def test_running_site_is_not_restored(filled: Filled) -> None:
    alive = (
        "from keino.web.base.models import WorkerBeat\n"
        "beat = WorkerBeat.objects.create(name='here/long-1', queue='long')"
    )
    # the site is the module's: it doesn't run on for the next test
    said = refusals(filled.site, ("--replace", str(filled.backup)), first=alive, last="beat.delete()")
    assert "The site is running (here/long-1)" in said[0]
