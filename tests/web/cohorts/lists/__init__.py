"""Pages of ``cohorts`` that list rows: one module for each part."""

from __future__ import annotations

from tests.web.cohorts.lists import effect, sparring, taking_part
from tests.web.lists import Listed

LISTS: list[Listed] = [*effect.LISTS, *sparring.LISTS, *taking_part.LISTS]
