"""What participants of an edition know and ask, and who may see it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class KnowHowKind(TextChoices):
    """Whether an organisation can help others with something, or looks for help with it."""

    OFFERS = "offers", _("can help others")
    ASKS = "asks", _("looks for help")


class Topic(TextChoices):
    """What it is about: the contents of the programmes (periods and sprints)."""

    STRATEGY = "strategy", _("strategy and goals")
    MANAGEMENT = "management", _("management and roles")
    CATEGORIES = "categories", _("categories and category plans")
    ANALYSIS = "analysis", _("analysis of spend and footprint")
    DIALOGUE = "dialogue", _("market dialogue")
    CRITERIA = "criteria", _("criteria and their verification")
    LIFE_CYCLE = "life_cycle", _("life-cycle costs")
    CONTRACTS = "contracts", _("contracts and their follow-up")
    INDICATORS = "indicators", _("indicators and impact")
    LOW_CARBON = "low_carbon", _("low-carbon procurement")
    CIRCULAR = "circular", _("circular economy")
    SOCIAL = "social", _("social sustainability")
    INNOVATION = "innovation", _("innovation")
    DIGITAL = "digital", _("digital tools")
    COMMUNICATION = "communication", _("communication and risks")


class Shared(TextChoices):
    """Who else may see it."""

    NOBODY = "nobody", pgettext_lazy("shared with", "only our own people and mentors")
    COHORT = "cohort", pgettext_lazy("shared with", "the participants of this edition")
    ALUMNI = "alumni", pgettext_lazy("shared with", "the participants and alumni of all editions")
