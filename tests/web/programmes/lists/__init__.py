"""Pages of ``programmes`` that list rows: one module for each part."""

from __future__ import annotations

from tests.web.lists import Listed
from tests.web.programmes.lists import applications, editions, selection

LISTS: list[Listed] = [*applications.LISTS, *editions.LISTS, *selection.LISTS]
