"""Files in pieces: whatever is repeated, interrupted or wrong, the bytes are the sender's or the file isn't there."""

from __future__ import annotations

import errno
import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from keino.web.base.errors import NotAllowedNow
from keino.web.base.file_names import shown_name
from keino.web.measurement.choices import FileState, LedgerState
from keino.web.measurement.models import LedgerFile
from keino.web.measurement.services import upload_errors
from keino.web.measurement.services.uploads import finish_file, receive_piece, receive_whole, remove_file, start_file
from tests.factories.measurement import an_open_ledger, an_uploaded_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]
CONTENT = bytes(range(256)) * 10


@pytest.fixture
def small_pieces(settings: Any) -> None:
    settings.UPLOAD_PIECE_BYTES = 1000


def bytes_of(file: LedgerFile) -> bytes:
    with default_storage.open(file.stored_as) as stored:
        return stored.read()


def stored_names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.usefixtures("small_pieces")
def test_pieces_become_the_file_that_was_sent(settings: Any) -> None:
    file = start_file(an_open_ledger(), name="ostot.csv", size=len(CONTENT), by=None)
    for offset in range(0, len(CONTENT), 1000):
        seen = receive_piece(file, offset=offset, stream=io.BytesIO(CONTENT[offset : offset + 1000]), by=None)
        assert seen == min(offset + 1000, len(CONTENT))
    done = finish_file(file, sha256=hashlib.sha256(CONTENT).hexdigest().upper(), by=None)
    assert (done.state, done.sha256) == (FileState.RECEIVED, hashlib.sha256(CONTENT).hexdigest())
    assert bytes_of(done) == CONTENT
    assert stored_names(Path(settings.MEDIA_ROOT)) == [done.stored_as]  # the pieces are gone


@pytest.mark.usefixtures("small_pieces")
def test_a_repeated_piece_is_taken_once() -> None:
    file = start_file(an_open_ledger(), name="a.csv", size=2000, by=None)
    for offset in (0, 0, 1000, 0, 1000):
        receive_piece(file, offset=offset, stream=io.BytesIO(CONTENT[offset : offset + 1000]), by=None)
    assert bytes_of(finish_file(file, by=None)) == CONTENT[:2000]
    assert receive_piece(file, offset=1000, stream=io.BytesIO(CONTENT[1000:2000]), by=None) == 2000  # a late repetition


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize(("offset", "length"), [(1500, 100), (500, 1000), (2560, 1), (-1, 10)])
def test_a_piece_at_the_wrong_place_says_the_right_one(offset: int, length: int) -> None:
    file = start_file(an_open_ledger(), name="a.csv", size=len(CONTENT), by=None)
    receive_piece(file, offset=0, stream=io.BytesIO(CONTENT[:1000]), by=None)
    with pytest.raises(upload_errors.WrongOffset) as caught:
        receive_piece(file, offset=offset, stream=io.BytesIO(b"x" * length), by=None)
    assert caught.value.expected == 1000


@pytest.mark.usefixtures("small_pieces")
def test_a_piece_that_is_too_large_or_too_much_is_refused() -> None:
    file = start_file(an_open_ledger(), name="a.csv", size=1500, by=None)
    with pytest.raises(upload_errors.PieceTooLarge):
        receive_piece(file, offset=0, stream=io.BytesIO(b"x" * 1001), by=None)
    receive_piece(file, offset=0, stream=io.BytesIO(b"x" * 1000), by=None)
    with pytest.raises(upload_errors.PieceTooLarge):
        receive_piece(file, offset=1000, stream=io.BytesIO(b"x" * 501), by=None)
    assert LedgerFile.objects.get(pk=file.pk).received_bytes == 1000


@pytest.mark.usefixtures("small_pieces")
def test_a_second_request_with_the_same_piece_at_the_same_moment_stores_it_once(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = start_file(an_open_ledger(), name="a.csv", size=1000, by=None)
    rival = LedgerFile.objects.get(pk=file.pk)
    save = FileSystemStorage.save

    def save_while_rival_is_quicker(self: Any, *args: Any, **kwargs: Any) -> str:
        patch.undo()
        receive_piece(rival, offset=0, stream=io.BytesIO(CONTENT[:1000]), by=None)
        return save(self, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "save", save_while_rival_is_quicker)
        assert receive_piece(file, offset=0, stream=io.BytesIO(CONTENT[:1000]), by=None) == 1000
    done = finish_file(file, by=None)
    assert bytes_of(done) == CONTENT[:1000]
    assert len(stored_names(Path(settings.MEDIA_ROOT))) == 1


@pytest.mark.usefixtures("small_pieces")
def test_an_interrupted_upload_goes_on_where_it_stopped() -> None:
    ledger = an_open_ledger()
    file = start_file(ledger, name="a.csv", size=len(CONTENT), by=None)
    receive_piece(file, offset=0, stream=io.BytesIO(CONTENT[:1000]), by=None)

    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        receive_piece(file, offset=1000, stream=Broken(), by=None)
    again = start_file(ledger, name="a.csv", size=len(CONTENT), by=None)
    assert (again.pk, again.received_bytes) == (file.pk, 1000)
    done = receive_whole(ledger, name="a.csv", size=len(CONTENT), stream=io.BytesIO(CONTENT), by=None)
    assert (done.pk, bytes_of(done)) == (file.pk, CONTENT)


def test_another_size_or_ledger_is_another_file() -> None:
    ledger = an_open_ledger()
    files = {start_file(ledger, name="a.csv", size=size, by=None).pk for size in (1, 2)}
    files.add(start_file(an_open_ledger(), name="a.csv", size=1, by=None).pk)
    assert len(files) == 3


def test_unfinished_file_is_not_finished() -> None:
    file = start_file(an_open_ledger(), name="a.csv", size=10, by=None)
    receive_piece(file, offset=0, stream=io.BytesIO(b"12345"), by=None)
    with pytest.raises(upload_errors.NotAllReceived) as caught:
        finish_file(file, by=None)
    assert "5 of 10" in str(caught.value)


def test_wrong_checksum_begins_anew(settings: Any) -> None:
    file = start_file(an_open_ledger(), name="a.csv", size=5, by=None)
    receive_piece(file, offset=0, stream=io.BytesIO(b"12345"), by=None)
    with pytest.raises(upload_errors.ChecksumDiffers):
        finish_file(file, sha256="0" * 64, by=None)
    file.refresh_from_db()
    assert (file.state, file.received_bytes) == (FileState.RECEIVING, 0)
    assert stored_names(Path(settings.MEDIA_ROOT)) == []
    receive_piece(file, offset=0, stream=io.BytesIO(b"12345"), by=None)
    assert finish_file(file, sha256=hashlib.sha256(b"12345").hexdigest(), by=None).state == FileState.RECEIVED


def test_finishing_twice_changes_nothing() -> None:
    file = an_uploaded_file(an_open_ledger(), b"12345")
    again = finish_file(file, sha256="0" * 64, by=None)
    assert (again.stored_as, again.state) == (file.stored_as, FileState.RECEIVED)


def test_the_same_file_twice_in_a_ledger_is_left_out_and_said(settings: Any) -> None:
    ledger = an_open_ledger()
    first = an_uploaded_file(ledger, b"12345", "a.csv")
    second = an_uploaded_file(ledger, b"12345", "b.csv")
    assert (second.state, second.error["code"]) == (FileState.REFUSED, "already_in_ledger")
    assert second.error["values"] == {"name": "b.csv", "other": "a.csv"}
    assert stored_names(Path(settings.MEDIA_ROOT)) == [first.stored_as]


def test_empty_file_is_received() -> None:
    assert an_uploaded_file(an_open_ledger(), b"\n").state == FileState.RECEIVED
    empty = receive_whole(an_open_ledger(), name="leer.csv", size=0, stream=io.BytesIO(b""), by=None)
    assert (empty.state, bytes_of(empty)) == (FileState.RECEIVED, b"")


def test_files_beyond_the_limit_are_refused(settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 100
    with pytest.raises(upload_errors.FileTooLarge):
        start_file(an_open_ledger(), name="a.csv", size=101, by=None)
    with pytest.raises(upload_errors.FileTooLarge):
        start_file(an_open_ledger(), name="a.csv", size=-1, by=None)


@pytest.mark.parametrize("state", [LedgerState.READING, LedgerState.APPROVED, LedgerState.WITHDRAWN])
def test_a_closed_ledger_takes_no_file_and_gives_none_back(state: str) -> None:
    ledger = an_open_ledger()
    file = an_uploaded_file(ledger)
    type(ledger).objects.update(state=state)
    with pytest.raises(NotAllowedNow):
        start_file(ledger, name="a.csv", size=1, by=None)
    with pytest.raises(NotAllowedNow):
        remove_file(file, by=None)
    assert LedgerFile.objects.filter(pk=file.pk).exists()


def test_full_storage_is_said_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    file = start_file(an_open_ledger(), name="a.csv", size=10, by=None)
    receive_piece(file, offset=0, stream=io.BytesIO(b"12345"), by=None)

    def full(*_: Any, **__: Any) -> str:
        raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "save", full)
        with pytest.raises(upload_errors.StorageFull):
            receive_piece(file, offset=5, stream=io.BytesIO(b"67890"), by=None)
    receive_piece(file, offset=5, stream=io.BytesIO(b"67890"), by=None)
    assert bytes_of(finish_file(file, by=None)) == b"1234567890"


def test_removed_file_leaves_nothing(settings: Any) -> None:
    file = an_uploaded_file(an_open_ledger())
    remove_file(file, by=None)
    assert stored_names(Path(settings.MEDIA_ROOT)) == []


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("ostot.csv", "ostot.csv"),
        ("../../etc/passwd", "passwd"),
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\anna\\ostot 2023.xlsx", "ostot 2023.xlsx"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("a\0b.csv", "ab.csv"),
        ("..", "ledger"),
        ("", "ledger"),
        ("...", "ledger"),
        ("\u202egpj.csv", "gpj.csv"),  # writes backwards on a screen
        ("a\nb\tc.csv", "abc.csv"),
        ("CON", "CON"),
        ("<script>alert(1)</script>.csv", "script>.csv"),
        ("ostot " + "å" * 300 + ".csv", "å" * 98 + ".csv"),
    ],
)
def test_file_names_are_shown_and_never_paths(settings: Any, sent: str, shown: str) -> None:
    assert shown_name(sent) == shown
    file = an_uploaded_file(an_open_ledger(), b"12345", sent)
    assert file.name == shown
    (stored,) = stored_names(Path(settings.MEDIA_ROOT))
    ledger, own, piece = stored.removeprefix("ledgers/").split("/")
    assert (ledger, own, len(piece)) == (file.ledger.public_id.hex, file.public_id.hex, 32)


@hypothesis_settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_shown_name_is_always_a_plain_short_name(sent: str) -> None:
    name = shown_name(sent)
    assert name
    assert not set(name) & set("/\\\0\n\r")
    assert name not in {".", ".."}
    assert len(name.encode()) <= 200
