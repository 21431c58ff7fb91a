"""What to do next: for the lowest areas the next level, our advice, and the pages of the site that help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keino.domain.maturity.scores import LEVELS, nearest_level
from keino.web.base.addresses import address_or_none
from keino.web.surveys.instruments import in_language

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from keino.domain.maturity.instrument import Instrument
    from keino.web.organisations.models import Organisation

#: Areas to begin with.
STEPS = 3

_OPERATING_MODEL = (_("Operating model"), "plans:operating_model")
_CATEGORY_PLANS = (_("Category plans"), "plans:category_plans")
_ACTIONS = (_("Actions"), "plans:actions")
_PLAN = (_("Climate target and plan"), "plans:plan")
_MEASURES = (_("Measures bank"), "plans:measures")
_PROCUREMENTS = (_("Procurements"), "procurements:procurements")
_CONTRACTS = (_("Contracts"), "procurements:contracts")
_HOTSPOTS = (_("Hotspots"), "dashboards:hotspots")
_LEDGERS = (_("Ledgers"), "measurement:ledgers")
_FOLLOW_UP = (_("Follow-up"), "followup:follow_up")
_PEOPLE = (_("People"), "organisations:people")

#: Area → the pages where its next step is taken; a page that doesn't exist here is left out.
PAGES: dict[str, tuple[tuple[_StrPromise, str], ...]] = {
    "strategic_management": (_OPERATING_MODEL, _ACTIONS),
    "sustainable_development": (_HOTSPOTS, _MEASURES),
    "innovativeness": (_PROCUREMENTS,),
    "policies_and_roles": (_OPERATING_MODEL, _PEOPLE),
    "category_management": (_CATEGORY_PLANS, _HOTSPOTS),
    "market_dialogue": (_PROCUREMENTS, _CATEGORY_PLANS),
    "competence": (_PROCUREMENTS, _ACTIONS),
    "process": (_OPERATING_MODEL, _PROCUREMENTS),
    "contract_management": (_CONTRACTS,),
    "data": (_LEDGERS, _HOTSPOTS),
    "impact": (_PLAN, _FOLLOW_UP),
}


@dataclass(frozen=True)
class NextStep:
    """One area to work on: where it stands, what the next level asks, how to get there."""

    area: str
    level: int
    next_level: int
    goal: str
    advice: str
    pages: tuple[tuple[str, str], ...]


def next_steps(asked: Instrument, means: Mapping[str, float | None], organisation: Organisation) -> list[NextStep]:
    """The lowest areas of a round, the lowest first; equals in the order of the questions. The top level needs none."""
    known = [(mean, area) for area in asked.areas if (mean := means.get(area.code)) is not None]
    lowest = sorted(known, key=lambda each: each[0])[:STEPS]
    return [
        NextStep(
            area=in_language(area.name),
            level=level,
            next_level=level + 1,
            goal=in_language(area.anchor(level + 1)),
            advice=in_language(area.advice),
            pages=_pages(area.code, organisation),
        )
        for mean, area in lowest
        if (level := nearest_level(mean)) < LEVELS[-1]
    ]


def _pages(area: str, organisation: Organisation) -> tuple[tuple[str, str], ...]:
    found = ((str(title), address_or_none(name, slug=organisation.slug)) for title, name in PAGES.get(area, ()))
    return tuple((title, url) for title, url in found if url)
