"""States, phases and kinds of a procurement, with their names for people; the allowed moves between the states."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProcurementState(TextChoices):
    """Where a procurement stands."""

    IDEA = "idea", pgettext_lazy("procurement", "idea")
    PLANNED = "planned", pgettext_lazy("procurement", "planned")
    DIALOGUE = "dialogue", _("market dialogue")
    TENDER_PREP = "tender_prep", _("preparing the tender")
    PUBLISHED = "published", pgettext_lazy("procurement", "published")
    EVALUATION = "evaluation", _("comparing tenders")
    AWARDED = "awarded", pgettext_lazy("procurement", "awarded")
    CONTRACT = "contract", _("contract period")
    CLOSED = "closed", pgettext_lazy("procurement", "closed")
    CANCELLED = "cancelled", pgettext_lazy("procurement", "cancelled")
    FAILED_COMPETITION = "failed_competition", _("no acceptable tenders")
    APPEALED = "appealed", pgettext_lazy("procurement", "appealed")


S = ProcurementState

#: The states a procurement goes through when nothing stops it, in order.
PATH = (
    S.IDEA,
    S.PLANNED,
    S.DIALOGUE,
    S.TENDER_PREP,
    S.PUBLISHED,
    S.EVALUATION,
    S.AWARDED,
    S.CONTRACT,
    S.CLOSED,
)
#: States in which nothing more is expected of anybody.
OVER = (S.CLOSED, S.CANCELLED)

#: Allowed moves. Each is written as a ``StateMove`` and to the audit trail.
PROCUREMENT_MOVES: dict[str, tuple[ProcurementState, ...]] = {
    S.IDEA: (S.PLANNED, S.DIALOGUE, S.TENDER_PREP, S.CANCELLED),
    S.PLANNED: (S.DIALOGUE, S.TENDER_PREP, S.IDEA, S.CANCELLED),
    S.DIALOGUE: (S.TENDER_PREP, S.PLANNED, S.CANCELLED),
    S.TENDER_PREP: (S.PUBLISHED, S.EVALUATION, S.DIALOGUE, S.CANCELLED),  # a direct award has no notice
    S.PUBLISHED: (S.EVALUATION, S.FAILED_COMPETITION, S.CANCELLED),
    S.EVALUATION: (S.AWARDED, S.FAILED_COMPETITION, S.CANCELLED),
    S.AWARDED: (S.CONTRACT, S.APPEALED, S.CANCELLED),
    S.CONTRACT: (S.CLOSED,),
    S.CLOSED: (),
    S.CANCELLED: (S.IDEA,),
    S.FAILED_COMPETITION: (S.TENDER_PREP, S.DIALOGUE, S.PLANNED, S.CANCELLED),
    S.APPEALED: (S.CONTRACT, S.EVALUATION, S.TENDER_PREP, S.CANCELLED),  # dismissed, compared anew, tendered anew
}


class Phase(TextChoices):
    """The six phases of a procurement (DOMAIN 9.1). They may overlap."""

    NEED = "need", _("need")
    PLANNING = "planning", _("planning")
    DIALOGUE = "dialogue", _("market dialogue")
    TENDERING = "tendering", _("tendering")
    CONTRACT = "contract", _("contract period")
    FOLLOW_UP = "follow_up", _("follow-up")


class RecordKind(TextChoices):
    """What a phase leaves behind when it ends."""

    NEED_STATEMENT = "need_statement", _("statement of the need")
    PROCUREMENT_PLAN = "procurement_plan", _("procurement plan")
    DIALOGUE_REPORT = "dialogue_report", _("report of the market dialogue")
    AWARD_DECISION = "award_decision", _("award decision")
    CONTRACT_LOG = "contract_log", _("log of the contract period")
    EVALUATION = "evaluation", pgettext_lazy("procurement record", "evaluation")


#: The record with which each phase ends.
EXIT_RECORDS: dict[Phase, RecordKind] = dict(zip(Phase, RecordKind, strict=True))

#: The last state of the path in which each phase still runs. The contract and its follow-up end together.
LAST_STATE: dict[Phase, ProcurementState] = {
    Phase.NEED: S.IDEA,
    Phase.PLANNING: S.PLANNED,
    Phase.DIALOGUE: S.DIALOGUE,
    Phase.TENDERING: S.EVALUATION,
    Phase.CONTRACT: S.CONTRACT,
    Phase.FOLLOW_UP: S.CONTRACT,
}
#: Records that no reason replaces: the law wants the decision in writing, and what was learnt is the point of the hub.
NEVER_SKIPPED = frozenset({RecordKind.AWARD_DECISION, RecordKind.EVALUATION})


class PurchaseKind(TextChoices):
    """What is bought, as the thresholds tell it apart (``keino.domain.tenders.thresholds.PURCHASE_KINDS``)."""

    GOODS = "goods", _("goods")
    SERVICES = "services", _("services")
    DESIGN_CONTEST = "design_contest", _("design contest")
    WORKS = "works", _("works")
    HEALTH_SOCIAL_SERVICES = "health_social_services", _("health and social services (Annex E, 1–4)")
    OTHER_SPECIAL_SERVICES = "other_special_services", _("other special services (Annex E, 5–15)")
    CONCESSION = "concession", _("concession")


class Procedure(TextChoices):
    """How suppliers are asked (DOMAIN 9.4)."""

    OPEN = "open", pgettext_lazy("procedure", "open procedure")
    RESTRICTED = "restricted", _("restricted procedure")
    NEGOTIATED = "negotiated", _("negotiated procedure")
    COMPETITIVE_DIALOGUE = "competitive_dialogue", _("competitive dialogue")
    INNOVATION_PARTNERSHIP = "innovation_partnership", _("innovation partnership")
    DIRECT_AWARD = "direct_award", _("direct award")
    FRAMEWORK = "framework", _("call-off from a framework agreement")
    DYNAMIC_PURCHASING = "dynamic_purchasing", _("dynamic purchasing system")


class Theme(TextChoices):
    """Themes that cut across categories."""

    LOW_CARBON = "low_carbon", pgettext_lazy("theme", "low carbon")
    CIRCULAR = "circular", pgettext_lazy("theme", "circular economy")
    SOCIAL = "social", pgettext_lazy("theme", "social responsibility")
    DIGITAL = "digital", pgettext_lazy("theme", "digital")
    DATA = "data", pgettext_lazy("theme", "data")
    INNOVATION = "innovation", pgettext_lazy("theme", "innovation")


class InnovationClass(TextChoices):
    """How new the thing bought is. A new way of buying is told apart (``Procurement.is_process_innovation``)."""

    NONE = "none", _("nothing new")
    NEW_TO_BUYER = "new_to_buyer", _("new to us")
    NEW_TO_MARKET = "new_to_market", _("new to the market")
    DEVELOPED = "developed", _("developed in the procurement")


class Affected(TextChoices):
    """Whom and what a procurement affects; any of them calls for an ex-ante assessment (DOMAIN 3.7)."""

    USERS = "users", _("users of the service")
    CITIZENS = "citizens", _("residents")
    ENVIRONMENT = "environment", _("the environment")
    ORGANISATION = "organisation", _("our organisation")
    ECONOMY = "economy", _("the economy")
    BUYER = "buyer", _("us as a buyer")
    MARKETS = "markets", _("the market")


class CriterionKind(TextChoices):
    """How a criterion is used."""

    SUITABILITY = "suitability", _("suitability requirement")
    MINIMUM_REQUIREMENT = "minimum_requirement", _("minimum requirement")
    AWARD_CRITERION = "award_criterion", _("award criterion")
    CONTRACT_TERM = "contract_term", _("contract term")


class CriterionLevel(TextChoices):
    """How far a criterion goes."""

    BASIC = "basic", _("basic level")
    FRONT_RUNNER = "front_runner", _("front-runner level")


class RiskSource(TextChoices):
    """Where the risks of something new come from (DOMAIN 9.4)."""

    OBJECT = "object", _("what is bought")
    PARTIES = "parties", _("the buyer and the supplier")
    PROCESS = "process", _("the procurement process")
    MARKET = "market", _("the market and its ecosystem")


class RiskState(TextChoices):
    """Where a risk stands."""

    OPEN = "open", pgettext_lazy("risk", "open")
    MITIGATED = "mitigated", pgettext_lazy("risk", "mitigated")
    ACCEPTED = "accepted", pgettext_lazy("risk", "accepted")


class SelectionBasis(TextChoices):
    """What made the tender the best one (Procurement Act: economically most advantageous)."""

    PRICE = "price", _("cheapest price")
    COST = "cost", _("lowest cost")
    PRICE_QUALITY = "price_quality", _("best price-quality ratio")


#: States in which the criteria may still be changed: once the tender is out, every tenderer relies on them.
CRITERIA_OPEN = frozenset({S.IDEA, S.PLANNED, S.DIALOGUE, S.TENDER_PREP, S.FAILED_COMPETITION})
