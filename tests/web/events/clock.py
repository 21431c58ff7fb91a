"""A clock that stands still, for tests of times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let the site's clock show a moment."""
    with patch.object(timezone, "now", return_value=moment):
        yield
