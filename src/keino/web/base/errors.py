"""Errors for people: what happened, whether anything was lost, what to do; kept as data, shown in any language."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from keino.errors import KeinoError, Problem, Problems


class Conflict(KeinoError):
    """Somebody else changed the same thing in the meantime."""

    code = "changed_meanwhile"
    template = (
        "Somebody else changed this while you were editing it, so nothing of yours was saved. Your text is still in "
        "the form: look at what changed, and save again if yours still holds."
    )


class NotAllowedNow(KeinoError):
    """A move that the thing's state doesn't allow."""

    code = "not_allowed_now"
    template = "This can't be done now, because it is “{state}”. Nothing was changed. Reload the page to see what can."


def as_data(error: KeinoError) -> dict[str, Any]:
    """An error as JSON: its code, sentence and values, so that it can be shown later in the reader's language."""
    return {"code": error.code, "template": error.template, "values": _values(error.values)}


def _values(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in values.items()}


def _value(value: Any) -> Any:
    if isinstance(value, Problems):
        return {"problems": [_value(part) for part in value]}
    if isinstance(value, Problem):
        return {"template": value.template, "values": _values(value.values)}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, tuple | list):
        return [_value(part) for part in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def said(data: dict[str, Any] | None) -> str:
    """The sentence of an error kept by ``as_data``, in the reader's language; empty without an error."""
    from keino.report.language import translator

    if not data:
        return ""
    language = (get_language() or "fi")[:2]
    return translator(language).describe(_Kept(data))


class _Kept(KeinoError):
    """An error read back from data."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.template = data["template"]  # type: ignore[misc]  # of this one error, not of its class
        super().__init__(**{name: _read(value) for name, value in data["values"].items()})


def _read(value: Any) -> Any:
    if isinstance(value, dict) and "problems" in value:
        return Problems(_read(part) for part in value["problems"])
    if isinstance(value, dict) and "template" in value:
        return Problem(value["template"], **{name: _read(part) for name, part in value["values"].items()})
    if isinstance(value, dict) and "decimal" in value:
        return Decimal(value["decimal"])
    return tuple(_read(part) for part in value) if isinstance(value, list) else value
