"""The lists of sources and of feedback."""

from __future__ import annotations

from tests.factories.about import a_feedback
from tests.web.lists import Listed

LISTS = [
    Listed("about:sources", why_fixed="its rows are facts of the package, not of the database"),
    Listed("about:desk_feedback", lambda _scene, _person, number: a_feedback(text=f"Message {number}")),
]
