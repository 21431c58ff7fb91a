"""The lists of links and of public pages."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from keino.web.dashboards.services.exports import ask_export, make_export
from tests.factories.dashboards import a_link
from tests.factories.web import a_finished_run, a_role, an_organisation, someone_who_is
from tests.web.lists import Listed


def _public(_scene: Any, _person: Any, number: int) -> None:
    town = an_organisation(f"Public town {number}", is_public=True)
    a_finished_run(town, published_at=timezone.now())


def _organisation_of_mine(_scene: Any, person: Any, number: int) -> None:
    town = an_organisation(f"Town of mine {number}")
    a_role(person, "responsible_person", town)
    a_finished_run(town)


def _export(scene: Any, _person: Any, number: int) -> None:
    by = someone_who_is("member", scene.organisation)
    language, wanted = (("sv", "csv"), ("en", "csv"), ("sv", "xlsx"))[number - 1]
    make_export(ask_export(run=scene.run, wanted=wanted, language=language, by=by))


LISTS = [
    Listed("dashboards:person_home", _organisation_of_mine),
    Listed("dashboards:export", _export),
    Listed(
        "dashboards:shares",
        lambda scene, _person, _number: a_link(scene.run, by=someone_who_is("member", scene.organisation)),
    ),
    Listed("dashboards:public_list", _public),
]
