"""The demo's selection: filled once, with a disagreement, a declared tie, a late reviewer and a proposal."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from keino.web.base.models import Mail, Person
from keino.web.operations.demo import programmes, selection
from keino.web.operations.demo.cast import CENTRE, PEOPLE, PLACES
from keino.web.operations.demo.clock import clock_at
from keino.web.organisations.models import Organisation
from keino.web.programmes.choices import Act
from keino.web.programmes.models import DeclaredTie, Edition, Review, SelectionDecision
from keino.web.programmes.queries.calendar import allows
from keino.web.programmes.queries.summary import summary
from tests.factories.web import a_person, a_role, an_organisation

pytestmark = pytest.mark.django_db


def the_cast() -> dict[str, Organisation]:
    places = {each.slug: an_organisation(each.slug, slug=each.slug, kind=each.kind, is_example=True) for each in PLACES}
    for part in PEOPLE:
        person = Person.objects.filter(email=part.email).first() or a_person(part.name, email=part.email)
        a_role(person, part.role, places[part.at], about=places[part.about] if part.about else None)
    # the academy, filled before, made her the agency's mentor: she may not score its application
    a_role(Person.objects.get(email=selection.MENTOR), "mentor", places[CENTRE], about=places["esimerkkivirasto"])
    return places


def test_filling_twice_makes_one_selection() -> None:
    places = the_cast()
    for _ in range(2):
        selection.fill(places)
    edition = Edition.objects.get(slug=selection.SLUG)
    assert edition.organisation == places[CENTRE]
    rows = {row.application.organisation.slug: row for row in summary(edition, None).rows}
    assert rows["ostoniemi"].scores.disagree
    assert not rows["inkopsvik"].scores.disagree
    assert rows["esimerkkivirasto"].scores.total is None  # the second reviewer's scores are missing
    # all criteria weigh alike: 18 and 13 points of 5 criteria at Ostoniemi, 13 and 14 at Inköpsvik
    assert [float(rows[slug].scores.total or 0) for slug in ("ostoniemi", "inkopsvik")] == [3.1, 2.7]
    assert DeclaredTie.objects.get().person.email == selection.SECOND
    assert Review.objects.filter(state="draft").count() == 1
    assert SelectionDecision.objects.get().state == "draft"
    assert not Mail.objects.exists()


@pytest.mark.parametrize("days", range(7))
def test_the_proposal_can_be_decided_on_whichever_weekday_the_demo_is_filled(days: int) -> None:
    places = the_cast()
    with clock_at(timezone.now() + dt.timedelta(days=days)):
        selection.fill(places)
        assert allows(Edition.objects.get(slug=selection.SLUG), Act.DECIDE)
        assert Review.objects.filter(state="sent").count() == 5


def test_no_two_editions_of_the_demo_have_the_same_name() -> None:
    places = the_cast()
    programmes.fill(places)
    selection.fill(places)
    editions = list(Edition.objects.all())
    for language in ("fi", "sv", "en"):
        assert len({getattr(each, f"name_{language}") for each in editions}) == len(editions) == 4
    built = Edition.objects.get(slug=selection.SLUG)
    assert (built.theme, Edition.objects.get(slug=programmes.OPEN).theme) == ("low_carbon", "circular")
    assert "low-carbon" in built.name_en.lower()
