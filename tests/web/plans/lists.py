"""Pages of ``plans`` that list rows; each part says its own."""

from __future__ import annotations

from tests.web.lists import Listed
from tests.web.plans import lists_actions, lists_documents, lists_reduction

LISTS: list[Listed] = [
    *lists_actions.LISTS,
    *lists_documents.LISTS,
    *lists_reduction.LISTS,
]
