"""A first draft of an operating model for sustainable procurement: our own text in the writer's language, to be edited.

The duties of the roles follow the idea of the low-carbon playbook: a leader's, a manager's and an expert's path. Square
brackets mark what an organisation must fill in itself.
"""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from keino.web.plans.choices import OperatingRoleKind


def template(language: str) -> dict[str, Any]:
    """The columns of a first draft, in a language."""
    with translation.override(language):
        return _texts() | {
            "decision_gates": _gates(),
            "indicators": _indicators(),
            "annual_clock": _clock(),
        }


def template_roles(language: str) -> list[dict[str, Any]]:
    """The roles of a first draft, without holders."""
    with translation.override(language):
        return [
            {
                "kind": OperatingRoleKind.LEADER,
                "post": _("[Municipal manager or director]"),
                "duties": _(
                    "Links procurement to the climate target. Gives the mandate and the resources. Asks for results "
                    "twice a year. Brings extra investment costs into the budget against life-cycle savings."
                ),
            },
            {
                "kind": OperatingRoleKind.MANAGER,
                "post": _("[Procurement manager]"),
                "duties": _(
                    "Answers for the category plans, the calendar of tenderings and people's skills. Sees to it that "
                    "the market is heard. Follows the indicators and reports them."
                ),
            },
            {
                "kind": OperatingRoleKind.EXPERT,
                "post": _("[Experts of the units that buy]"),
                "duties": _(
                    "Describe the need. Choose criteria and how they are verified. Make the calculations. Follow the "
                    "contract until its end and write down what was learned."
                ),
            },
        ]


def _texts() -> dict[str, str]:
    return {
        "purpose": _(
            "This operating model says how we lead our procurement so that its emissions fall as we have decided. It "
            "tells who does what, when decisions are made, and how we see whether it works."
        ),
        "scope": _(
            "It concerns all purchases of goods, services and works in [the units it concerns], whatever their value. "
            "Joint purchases follow it as far as we decide on them."
        ),
        "strategy_link": _(
            "It carries out these points of our strategy: [points of the strategy and the climate programme]."
        ),
        "budget_link": _(
            "Category plans are written before the budget frame is given, so that extra investments and savings over "
            "the life cycle stand in the budget proposal. What a plan costs is written in the budget under [place]."
        ),
        "policies": _(
            "We ask first whether we need to buy at all, and whether to repair, share or rent.\n"
            "We decide on life-cycle costs, not on the purchase price alone.\n"
            "We begin with the categories that cause most emissions.\n"
            "We buy together with others where that lowers emissions or the work."
        ),
        "criteria_policy": _(
            "Every tendering in a category with a plan has at least one requirement or comparison criterion that "
            "lowers emissions, with the way it is verified. We take criteria from the national criteria bank where it "
            "has them. If we leave them out, the reason is written down."
        ),
        "dialogue_policy": _(
            "We tell the market about coming tenderings at least [six] months ahead, hold a dialogue before every "
            "significant one, and give all companies the same information. What we learned is written down."
        ),
        "category_owners": _(
            "Every category with a plan has one owner. The owner keeps the plan up to date, calls the people together "
            "and answers for its goals. When an owner changes, the plan is handed over."
        ),
        "monitoring": _(
            "The footprint of purchases is calculated once a year from the purchase ledger. Indicators are looked at "
            "by the management team in spring and autumn and told to the council with the closing of the accounts."
        ),
        "review_cycle": _(
            "We review this document every year in [month]. Changes are approved as a new version; earlier versions "
            "are kept."
        ),
        "improvement": _(
            "After each significant contract we write down what worked and what didn’t. The lessons go into the plan "
            "of the category, and into this document at its yearly review."
        ),
    }


def _gates() -> list[dict[str, str]]:
    return [
        {
            "gate": _("Is there a need to buy?"),
            "decided_by": _("[Head of the unit]"),
            "needs": _("The need, its users, and whether it can be met without buying"),
        },
        {
            "gate": _("Goals and criteria of the tendering"),
            "decided_by": _("[Owner of the category]"),
            "needs": _("The category plan, the market dialogue, life-cycle costs, risks"),
        },
        {
            "gate": _("Award"),
            "decided_by": _("[By the rules of procedure]"),
            "needs": _("Comparison of tenders, verification of the criteria"),
        },
        {
            "gate": _("Extension or end of the contract"),
            "decided_by": _("[Owner of the category]"),
            "needs": _("Evidence from the contract period, indicators, lessons"),
        },
    ]


def _indicators() -> list[dict[str, str]]:
    return [
        {
            "indicator": _("Footprint of purchases"),
            "unit": "t CO₂e",
            "target": _("[as the climate target says]"),
            "source": _("Purchase ledger, yearly calculation"),
        },
        {
            "indicator": _("Share of spend in categories with a plan in force"),
            "unit": "%",
            "target": _("[aim]"),
            "source": _("Category plans"),
        },
        {
            "indicator": _("Share of tenderings with a verified emission criterion"),
            "unit": "%",
            "target": _("[aim]"),
            "source": _("Procurements"),
        },
    ]


def _clock() -> dict[str, str]:
    return {
        "1": _("The ledger of last year is sent and checked."),
        "2": _("The footprint is calculated; hotspots are looked at."),
        "3": _("Results to the management team; lessons of ended contracts."),
        "4": _("Category plans are reviewed before the budget frame."),
        "5": _("Budget frame: investments and savings of the plans."),
        "6": _("Results to the council with the closing of the accounts."),
        "8": _("Half-year review of actions and indicators."),
        "9": _("Budget proposal; the market is told of next year’s tenderings."),
        "11": _("The council decides on the budget; plans come into force."),
        "12": _("This operating model is reviewed."),
    }
