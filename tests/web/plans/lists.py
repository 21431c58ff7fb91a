"""Pages of ``plans`` that list rows."""

from __future__ import annotations

from tests.web.lists import Listed

LISTS: list[Listed] = []
