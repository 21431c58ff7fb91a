"""Pages of editions that list rows."""

from __future__ import annotations

from typing import Any

from keino.web.programmes.choices import EditionState
from keino.web.programmes.models import Edition
from tests.factories.programmes import a_criterion, a_date, an_edition, named_in
from tests.web.lists import Listed

STATES = (EditionState.OPEN, EditionState.PUBLISHED, EditionState.RUNNING, EditionState.COMPLETED)


def _public(scene: Any, _person: Any, number: int) -> None:
    """One more in each part of the page."""
    for state in STATES:
        an_edition(scene.centre, state=state, name_fi=f"Akatemia {number}", slug=f"{state}-{number}")


def _of_desk(scene: Any, _person: Any, number: int) -> Edition:
    return an_edition(scene.centre, state=EditionState.DRAFT, name_fi=f"Luonnos {number}", slug=f"draft-{number}")


def _parts(edition: str) -> Any:
    """One more date, criterion and role of an edition of the scene, and one more person named in it."""

    def add(scene: Any, _person: Any, number: int) -> None:
        found = getattr(scene, edition)
        a_date(found, "workshop", days=90 + number, hours=2, name_fi=f"Työpaja {number}", name_en=f"Workshop {number}")
        a_criterion(found, f"criterion-{number}", name_en=f"Criterion {number}")
        found.team_roles.create(code=f"role-{number}", name_fi=f"Rooli {number}", name_en=f"Role {number}")
        found.eligibility_rules.create(code=f"rule-{number}", question_fi=f"Sääntö {number}")
        named_in(found, "mentor")

    return add


LISTS: list[Listed] = [
    Listed("programmes:programmes", _public),
    Listed("programmes:history", why_fixed="programmes on record are data files of the package"),
    Listed("programmes:programme", _parts("edition")),
    Listed("programmes:desk_programmes", _of_desk),
    Listed("programmes:desk_new", why_fixed="programmes on record are data files of the package"),
    Listed("programmes:desk_programme", _parts("draft_edition")),
    Listed("programmes:desk_dates", _parts("draft_edition")),
    Listed("programmes:desk_dates_change", _parts("draft_edition")),
    Listed("programmes:desk_people", _parts("draft_edition")),
]
