"""Every list page of the site and how its rows come to be; `test_lists.py` counts what one row and three rows cost.

An app's file ``tests/web/<app>/lists.py`` holds ``LISTS: list[Listed]``. A page that shows rows of the database and is
entered nowhere fails the suite.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Listed:
    """A list page by its URL name. ``add(scene, person, number)`` makes one more row; ``person`` opens the page.

    ``why_fixed`` says instead why the page has as many rows as it has.
    """

    name: str
    add: Callable[[Any, Any, int], object] | None = None
    why_fixed: str = ""
