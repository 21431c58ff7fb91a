"""What a file looked like, as JSON and back (``engine.look``)."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from keino.errors import KeinoError

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import TypeAdapter

    from keino.engine.look import Look, SampleRow


#: A workbook must be unpacked whole to be looked at, some 15 MB/s; other files give their first rows at once.
TRIED_WORKBOOK_BYTES = 30 * 2**20


class TooLargeToTry(KeinoError):
    """A workbook that would keep whoever asks waiting."""

    code = "too_large_to_try"
    template = (
        "{name} is too large a workbook to be tried while you wait; nothing was changed. Save what you chose: the "
        "ledger is read again in the background, its page shows the first rows, and you can change the columns again."
    )


def refuse_large_workbook(path: Path, name: str) -> None:
    """Raise TooLargeToTry for a workbook that takes long to unpack; its own directory says how much there is."""
    from keino.engine.ingest.container import container_of

    container = container_of(path)
    if container in {"csv", "parquet"}:
        return
    size = path.stat().st_size
    if container != "xls":
        with suppress(OSError, ValueError, zipfile.BadZipFile), zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    if size > TRIED_WORKBOOK_BYTES:
        raise TooLargeToTry(name=name)


@dataclass(frozen=True)
class Preview:
    """Columns with samples, and the first lines as understood; no lines where the file could not be read."""

    look: Look
    rows: tuple[SampleRow, ...] = ()
    #: The mapping that reads mended rows of this file in the same manner; empty where it could not be read.
    as_read: str = field(default="", repr=False)


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    from keino.engine import look

    kinds = {"look": look.Look, "rows": tuple[look.SampleRow, ...]}
    return TypeAdapter(kinds[name])


def preview_as_json(preview: Preview) -> dict[str, Any]:
    """A preview as JSON values; money as decimal strings."""
    parts = {name: _adapter(name).dump_python(getattr(preview, name), mode="json") for name in ("look", "rows")}
    return {**parts, "as_read": preview.as_read}


def preview_from_json(kept: dict[str, Any] | None) -> Preview | None:
    """The preview that ``preview_as_json`` kept; None of a file that nobody could look into."""
    if not kept:
        return None
    parts = {name: _adapter(name).validate_python(kept[name]) for name in ("look", "rows")}
    return Preview(**parts, as_read=kept["as_read"])
