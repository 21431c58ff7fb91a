"""An operating model with two versions and category plans in several states, for the access matrix."""

from __future__ import annotations

import uuid
from types import SimpleNamespace

from keino.web.plans.services.category_approval import publish_version
from keino.web.plans.services.category_plans import comment
from tests.factories.plan_documents import (
    a_model_in_review,
    a_plan_draft,
    a_reviewed_plan,
    an_approved_model,
    an_approved_plan,
)
from tests.factories.web import an_organisation

POLICY = "Confidential policy 7341"
MARKET = "Confidential market view 7342"
SAID = "Confidential comment 7343"
#: Plans by what can be done to them: write, approve, put in force or publish.
DRAFT, REVIEWED, APPROVED = "FOOD.CATERING", "HEAT.DISTRICT", "ELEC.POWER"


def add(scene: SimpleNamespace) -> None:
    """Add them to the organisation of the scene."""
    town, member, approver = scene.organisation, scene.people["own_member"], scene.people["own_approver"]
    an_approved_model(town, by=approver, policies=POLICY)
    a_model_in_review(town, by=member, policies=f"{POLICY} again")
    draft = a_plan_draft(town, DRAFT, by=member, market_view=MARKET)
    a_reviewed_plan(town, REVIEWED, by=member, market_view=MARKET)
    approved = an_approved_plan(town, APPROVED, by=approver)
    comment(draft, text=SAID, key=uuid.uuid4(), by=member)
    comment(approved, text=SAID, key=uuid.uuid4(), by=member)
    publish_version(approved, by=approver)
    scene.public_plan_town = an_organisation("Public town", is_public=True)
    publish_version(an_approved_plan(scene.public_plan_town, APPROVED), by=approver)
    scene.secrets += [POLICY, MARKET, SAID]
