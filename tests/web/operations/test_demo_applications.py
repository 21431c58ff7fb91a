"""The demo's applications: in three states, and filled once."""

from __future__ import annotations

import pytest
from django.utils import timezone

from keino.web.operations.demo import applications, programmes
from keino.web.operations.demo.cast import PEOPLE, PLACES
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Application, Discussion
from keino.web.programmes.queries.applications import lacks_of
from tests.factories.web import a_person, a_role, an_organisation

pytestmark = pytest.mark.django_db


def test_the_demo_has_applications_in_three_states_and_is_filled_once() -> None:
    places = {
        place.slug: an_organisation(place.slug, slug=place.slug, kind=place.kind, original_language=place.language)
        for place in PLACES
    }
    for part in PEOPLE:
        person = a_person(part.name, email=part.email, language=part.language)
        a_role(person, part.role, places[part.at], about=places.get(part.about), regions=list(part.regions))
    programmes.fill(places)
    for _time in range(2):
        applications.fill(places)
    applied = Application.objects.filter(edition__slug=programmes.OPEN)
    states = dict(applied.values_list("organisation__slug", "state"))
    assert states == {
        "ostoniemi": S.SUBMITTED,
        "esimerkkivirasto": S.DISCUSSION_HELD,
        "inkopsvik": S.DISCUSSION_BOOKED,
    }
    assert {lack.part for lack in lacks_of(Application.objects.get(state=S.DISCUSSION_HELD))} >= {"team", "commitment"}
    assert Discussion.objects.filter(held_at=None, starts_at__gt=timezone.now()).count() == 1
