"""Lists of contracts and of what belongs to one; steps of a dialogue; effects of an assessment; rows of a table."""

from __future__ import annotations

from typing import Any

from tests.factories.contracts import a_contract, a_control, a_step, a_term, an_effect
from tests.factories.web import someone_who_is
from tests.web.lists import Listed


def _contract(scene: Any, _person: Any, number: int) -> None:
    owner = someone_who_is("member", scene.organisation)
    a_control(a_term(a_contract(scene.organisation, title=f"Contract {number}", owner=owner)))


def _term(scene: Any, _person: Any, number: int) -> None:
    by = someone_who_is("member", scene.organisation)
    a_control(a_term(scene.contract, term=f"Term {number}", owner=by), recorded_by=by)


def _step(scene: Any, _person: Any, number: int) -> None:
    by = someone_who_is("member", scene.organisation)
    a_step(scene.dialogue, asked=f"Question {number}", created_by=by)


def _effect(scene: Any, _person: Any, number: int) -> None:
    an_effect(scene.assessment, goal=f"Goal {number}")


CONTRACT_LISTS = [
    Listed("procurements:contracts", _contract),
    Listed("procurements:contract", _term),
    Listed("procurements:dialogue", _step),
    Listed("procurements:assessment", _effect),
    Listed("procurements:assessment_decide", _effect),
    Listed("procurements:table_preview", why_fixed="its rows are one JSON value of the sent table"),
]
