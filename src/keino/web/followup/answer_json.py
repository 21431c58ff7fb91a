"""The engine's answer as JSON and back: all of it but the run's own result, which the run keeps.

Raise ``SHAPE`` whenever the engine's answer gets another shape or another meaning: older answers are then worked out
anew.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from keino.engine.followup import FollowUpResult
    from keino.engine.results import FootprintResult
    from keino.report.council import CouncilContent

SHAPE = 1


@cache
def _adapter(module: str, name: str) -> TypeAdapter[Any]:
    from importlib import import_module

    from pydantic import TypeAdapter

    return TypeAdapter(getattr(import_module(module), name))


def answer_as_json(answer: FollowUpResult) -> dict[str, Any]:
    """An answer as JSON values; money as decimal strings."""
    adapter = _adapter("keino.engine.followup", "FollowUpResult")
    kept: dict[str, Any] = adapter.dump_python(answer, mode="json", exclude={"result"})
    return kept


def answer_from_json(kept: dict[str, Any], result: FootprintResult) -> FollowUpResult:
    """The answer that ``answer_as_json`` kept of a run with this result."""
    adapter = _adapter("keino.engine.followup", "FollowUpResult")
    answer: FollowUpResult = adapter.validate_python(kept | {"result": result})
    return answer


def content_as_json(content: CouncilContent) -> dict[str, Any]:
    """A council report's numbers as JSON values."""
    kept: dict[str, Any] = _adapter("keino.report.council", "CouncilContent").dump_python(content, mode="json")
    return kept


def content_from_json(kept: dict[str, Any]) -> CouncilContent:
    """The numbers that ``content_as_json`` kept."""
    content: CouncilContent = _adapter("keino.report.council", "CouncilContent").validate_python(kept)
    return content
