"""Backup → wipe → restore gives equal checksums of every table and file; what is broken or hostile changes nothing."""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from keino.web.operations.backup import archive
from tests.web.operations.served import PREPARE, Site

FILL = """
import io, json
from pathlib import Path
from django.conf import settings
from keino.web.base.models import Person, Job
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
print(json.dumps({"state": run.state, "lines": run.totals.get(category="*").lines}))
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Path]:
    """A site with a ledger and a run, and its backup."""
    site = Site(tmp_path_factory.mktemp("site"), 0)
    site.manage("migrate", "-v0")
    site.ask(PREPARE)
    assert site.ask(FILL) == {"state": "done", "lines": 299}
    backup = tmp_path_factory.mktemp("backup") / "site.tar.zst"
    site.manage("backup", str(backup))
    return site, backup


def failing(site: Site, *arguments: str) -> str:
    """What a command says that must fail."""
    with pytest.raises(AssertionError) as caught:
        site.manage(*arguments)
    return str(caught.value)


@pytest.mark.slow
def test_restored_site_has_equal_tables_and_files(filled: tuple[Site, Path], tmp_path: Path) -> None:
    site, backup = filled
    before = site.manage("checksums")
    assert before.count("  tables/") > 30
    assert before.count("  files/") >= 1
    assert before.count("  store/") >= 3
    other = Site(tmp_path / "other", 0)
    other.manage("restore", str(backup))
    assert other.manage("checksums") == before
    # rows added after it get new keys
    code = "import json\nfrom keino.web.base.models import Job\nprint(json.dumps(Job.objects.create(kind='x').pk))"
    assert other.ask(code)
    assert "people or files already" in failing(other, "restore", str(backup))
    other.manage("restore", "--replace", str(backup))
    assert other.manage("checksums") == before
    assert backup.stat().st_mode & 0o077 == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["again.tar", "again.tar.gz"])
def test_other_kinds_of_files_hold_the_same(filled: tuple[Site, Path], tmp_path: Path, name: str) -> None:
    site, _ = filled
    site.manage("backup", str(tmp_path / name))
    other = Site(tmp_path / "other", 0)
    other.manage("restore", str(tmp_path / name))
    assert other.manage("checksums") == site.manage("checksums")


@pytest.mark.slow
@pytest.mark.postgres
def test_backup_of_sqlite_is_restored_into_postgresql_and_back(filled: tuple[Site, Path], tmp_path: Path) -> None:
    site, backup = filled
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
    expected = site.manage("checksums")
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
    filled: tuple[Site, Path], tmp_path: Path, make: Callable[[Path, Path], Path], words: str
) -> None:
    _site, backup = filled
    with pytest.raises(archive.BadBackup) as caught:
        archive.unpack(make(backup, tmp_path / "bad.tar"), tmp_path / "into")
    assert words in str(caught.value)
    assert not (tmp_path.parent / "escaped").exists()


@pytest.mark.slow
def test_refused_backup_leaves_the_site_as_it_was(filled: tuple[Site, Path], tmp_path: Path) -> None:
    _site, backup = filled
    copy = Site(tmp_path / "copy", 0)
    copy.manage("restore", str(backup))
    before = copy.manage("checksums")

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

    said = failing(copy, "restore", "--replace", str(repacked(backup, tmp_path / "newer.tar", newer)))
    assert "newer keino" in said
    said = failing(copy, "restore", "--replace", str(repacked(backup, tmp_path / "wrong.tar", wrong_row)))
    assert "has 1 rows, not 7" in said
    assert copy.manage("checksums") == before
    assert not list(copy.data.glob(".restore-*"))
    said = failing(copy, "restore", str(tmp_path / "no-such-file.tar"))
    assert "There is no file" in said


@pytest.mark.slow
def test_running_site_is_not_restored(filled: tuple[Site, Path], tmp_path: Path) -> None:
    _site, backup = filled
    copy = Site(tmp_path / "copy", 0)
    copy.manage("restore", str(backup))
    copy.ask(
        "import json\nfrom keino.web.base.models import WorkerBeat\n"
        "WorkerBeat.objects.create(name='here/long-1', queue='long')\nprint(json.dumps({}))"
    )
    assert "The site is running (here/long-1)" in failing(copy, "restore", "--replace", str(backup))
