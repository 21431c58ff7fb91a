"""Feedback and findings for tests."""

from __future__ import annotations

import uuid
from typing import Any

from keino.web.about.models import Assessment, Feedback
from keino.web.about.services import assess, receive_feedback
from tests.factories.web import a_person


def a_feedback(**fields: Any) -> Feedback:
    given: dict[str, Any] = {"key": uuid.uuid4(), "topic": "fault", "text": "The chart is empty.", "language": "fi"}
    return receive_feedback(**(given | fields))


def an_assessment(number: str, finding: str, **fields: Any) -> Assessment:
    given: dict[str, Any] = {"method": "self", "evaluated_on": "2026-11-01"}
    by = fields.pop("by", None) or a_person(is_superuser=True)
    return assess(Assessment(number=number, finding=finding, **(given | fields)), seen_version=0, by=by)
