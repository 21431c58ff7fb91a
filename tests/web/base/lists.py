"""Lists of what belongs to no app."""

from __future__ import annotations

from tests.web.lists import Listed

LISTS = [Listed("base:style", why_fixed="its rows are examples that the page itself makes up")]
