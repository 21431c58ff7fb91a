"""What a file looked like, as JSON and back (``engine.look``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from keino.engine.look import Look, SampleRow


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
