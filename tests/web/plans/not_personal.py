"""Columns that could hold personal data by their type, and don't: why; each part says its own."""

from __future__ import annotations

from tests.web.plans import not_personal_actions, not_personal_documents, not_personal_reduction

NOT_PERSONAL: dict[str, str] = {
    **not_personal_actions.NOT_PERSONAL,
    **not_personal_documents.NOT_PERSONAL,
    **not_personal_reduction.NOT_PERSONAL,
}
