"""Where tests of the cohort space go."""

from __future__ import annotations

from typing import Any

from keino.web.cohorts.models import Participation
from tests.web.cohorts.browsing import at


def page(name: str, participation: Participation, **more: Any) -> str:
    """The address of a page of an organisation's space in an edition."""
    return at(name, participation.organisation, edition=participation.edition.slug, **more)
