"""Uploaded files are read in the background; what keino says of them ties to the cent."""

from __future__ import annotations

import shlex
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from keino.web.base.jobs import run_waiting_jobs
from keino.web.measurement.choices import FileState, LedgerState
from keino.web.measurement.files import ledger_inputs
from keino.web.measurement.models import Ledger, LedgerFile
from keino.web.measurement.queries.ledgers import reconciliation
from keino.web.measurement.tasks.ledgers import ask_reading
from tests.factories.measurement import an_open_ledger, an_uploaded_file, ledger_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]


def read(ledger: Ledger) -> Ledger:
    ask_reading(ledger, by=None)
    run_waiting_jobs()
    ledger.refresh_from_db()
    return ledger


def scanner(settings: Any, folder: Path, code: str) -> None:
    script = folder / "scanner.py"
    script.write_text(f"import sys, time\npath = sys.argv[1]\n{code}\n")
    settings.VIRUS_SCANNER = f"{shlex.quote(sys.executable)} {shlex.quote(str(script))}"


def test_reading_ties_to_the_cent() -> None:
    ledger = an_open_ledger()
    an_uploaded_file(ledger, ledger_text(60, wrong=3))
    assert read(ledger).state == LedgerState.READ
    found = reconciliation(ledger)
    (total,) = found.totals
    assert (total.rows, total.accepted + total.repaired, total.rejected) == (63, 60, 3)
    assert total.counted == sum((Decimal(n) + Decimal("0.5") for n in range(1, 61)), Decimal(0))
    (file,) = found.files
    assert file.preview is not None
    assert [row.supplier for row in file.preview.rows[:2]] == ["Firma 1 Oy", "Firma 2 Oy"]
    assert len(file.preview.rows) == 20
    assert {c.header: c.meaning for c in file.preview.look.columns}["Netto"] == "amount_net"


def test_one_bad_file_does_not_sink_the_others() -> None:
    ledger = an_open_ledger()
    an_uploaded_file(ledger, ledger_text(5), "good.csv")
    an_uploaded_file(ledger, b"%PDF-1.7 nothing", "bill.pdf")
    assert read(ledger).state == LedgerState.READ
    states = {file.name: (file.state, (file.error or {}).get("code")) for file in ledger.files.all()}
    assert states == {"good.csv": ("read", None), "bill.pdf": ("failed", "is_pdf")}


def test_ledger_without_a_readable_file_has_failed() -> None:
    ledger = an_open_ledger()
    an_uploaded_file(ledger, b"%PDF-1.7 nothing", "bill.pdf")
    assert read(ledger).state == LedgerState.FAILED


def test_asking_twice_makes_one_job() -> None:
    ledger = an_open_ledger()
    an_uploaded_file(ledger)
    first = ask_reading(ledger, by=None)
    assert ask_reading(ledger, by=None) == first


def test_reading_again_gives_the_same_and_leaves_no_halves(settings: Any) -> None:
    ledger = an_open_ledger()
    file = an_uploaded_file(ledger, ledger_text(30, wrong=2))
    read(ledger)
    before = LedgerFile.objects.get(pk=file.pk)
    read(ledger)
    after = LedgerFile.objects.get(pk=file.pk)
    assert (after.reading, after.preview) == (before.reading, before.preview)
    folder = settings.STORE_FOLDER / "ledgers" / ledger.public_id.hex / file.public_id.hex
    assert [path.name for path in folder.iterdir()] == [after.rejected_in.rpartition("/")[2]]


def test_killed_worker_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker dies after the first of two files; the job's next attempt reads both."""
    from keino.web.measurement.services import ledgers_reading
    from keino.web.measurement.tasks import ledgers as tasks

    ledger = an_open_ledger()
    for name in ("a.csv", "b.csv"):
        an_uploaded_file(ledger, ledger_text(9, header=ledger_text(0).strip() + f";{name}"), name)
    job = ask_reading(ledger, by=None)
    assert job is not None

    class Killed(BaseException):
        pass

    def dies(file: LedgerFile, **kwargs: Any) -> Any:
        if file.name == "b.csv":
            raise Killed
        return ledgers_reading.read_file(file, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(tasks, "read_file", dies)
        with pytest.raises(Killed):
            tasks.read_ledger(job, lambda *_: None, ledger=str(ledger.public_id))
    ledger.refresh_from_db()
    assert ledger.state == LedgerState.READING
    tasks.read_ledger(job, lambda *_: None, ledger=str(ledger.public_id))
    ledger.refresh_from_db()
    assert ledger.state == LedgerState.READ
    assert reconciliation(ledger).totals[0].rows == 18


def test_a_fault_of_ours_is_seen_on_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    from keino.engine import look

    ledger = an_open_ledger()
    an_uploaded_file(ledger)

    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(look, "read_one", broken)
    assert read(ledger).state == LedgerState.FAILED
    assert ledger.files.get().error["code"] == "work_failed"


def test_infected_file_is_refused_deleted_and_not_read(settings: Any, tmp_path: Path) -> None:
    scanner(settings, tmp_path, "sys.exit(1 if b'EICAR' in open(path, 'rb').read() else 0)")
    ledger = an_open_ledger()
    bad = an_uploaded_file(ledger, ledger_text(3) + "EICAR", "bad.csv")
    good = an_uploaded_file(ledger, ledger_text(4), "good.csv")
    assert read(ledger).state == LedgerState.READ
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, bad.error["code"], bad.stored_as, bad.reading) == (FileState.REFUSED, "infected", "", None)
    folder = Path(settings.MEDIA_ROOT) / "ledgers" / ledger.public_id.hex
    assert [path.name for path in folder.iterdir()] == [good.public_id.hex]
    assert good.state == FileState.READ
    assert good.scanned_at is not None


@pytest.mark.parametrize("code", ["sys.exit(2)", "sys.exit(-9)", "time.sleep(60)"])
def test_a_scanner_that_fails_is_said_and_nothing_is_read_unscanned(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    scanner(settings, tmp_path, code)
    monkeypatch.setattr("keino.web.base.scanner.TIMEOUT_SECONDS", 3)
    ledger = an_open_ledger()
    file = an_uploaded_file(ledger)
    assert read(ledger).state == LedgerState.FAILED
    file.refresh_from_db()
    assert (file.state, file.error["code"], file.reading) == (FileState.FAILED, "scanner_failed", None)
    assert default_storage.exists(file.stored_as)
    with ledger_inputs([ledger]) as inputs:
        assert inputs == []
    settings.VIRUS_SCANNER = ""
    assert read(ledger).state == LedgerState.READ


def test_missing_scanner_is_a_failure(settings: Any) -> None:
    settings.VIRUS_SCANNER = "/no/such/scanner"
    ledger = an_open_ledger()
    an_uploaded_file(ledger)
    assert read(ledger).state == LedgerState.FAILED


def test_ledger_that_was_forgotten_meanwhile_is_left_alone() -> None:
    ledger = an_open_ledger()
    an_uploaded_file(ledger)
    ask_reading(ledger, by=None)
    Ledger.objects.all().delete()
    run_waiting_jobs()
    assert not LedgerFile.objects.exists()
