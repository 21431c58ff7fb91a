"""Lists of procurements, and the page of one with everything that is written about it."""

from __future__ import annotations

from typing import Any

from tests.factories.procurements import a_criterion, a_procurement, a_record, a_risk
from tests.factories.web import someone_who_is
from tests.web.lists import Listed


def _procurement(scene: Any, _person: Any, number: int) -> None:
    owner = someone_who_is("member", scene.organisation)
    a_procurement(scene.organisation, title=f"Procurement {number}", owner=owner, themes=("social", "data"))


def _written(scene: Any, _person: Any, number: int) -> None:
    by = someone_who_is("member", scene.organisation)
    a_record(scene.procurement, "need_statement", text=f"Record {number}", recorded_by=by)
    a_criterion(scene.procurement, text=f"Criterion {number}")
    a_risk(scene.procurement, text=f"Risk {number}", owner=by)


HUB_LISTS = [
    Listed("procurements:procurements", _procurement),
    Listed("procurements:board", _procurement),
    Listed("procurements:procurement", _written),
]
