"""What the demo tells of the past is dated in the past, and its numbers agree with one another."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]  # Django's stubs leave it out

from keino.web.base.models import Mail, Person
from keino.web.cohorts.models import Participation
from keino.web.cohorts.queries.effect.numbers import content_of_edition
from keino.web.operations.demo import cohorts, effect, programmes, sparring
from keino.web.operations.demo import fill as whole
from keino.web.operations.demo.cast import PEOPLE, PLACES
from keino.web.operations.demo.clock import clock_at
from keino.web.organisations.models import Organisation, Role
from keino.web.programmes.models import (
    Application,
    ApplicationMove,
    Edition,
    Interview,
    Review,
    Selection,
    SelectionDecision,
)
from keino.web.programmes.queries.calendar import moment_of
from tests.web.cohorts.browsing import as_, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> dict[str, Organisation]:
    """The demo's organisations and people, made as the demo makes them."""
    keeper = whole._keeper("a password of the demo")
    found = {place.slug: whole._organisation(place, keeper) for place in PLACES}
    for part in PEOPLE:
        whole._person(part, found, keeper, "a password of the demo")
    return found


def test_the_moved_clock_reaches_what_columns_take_their_default_from() -> None:
    then = timezone.now() - dt.timedelta(days=400)
    with clock_at(then):
        assert abs(Mail._meta.get_field("created_at").get_default() - then) < dt.timedelta(minutes=1)
        assert timezone.localdate() == timezone.localdate(then)
        assert template_localtime(then).tzinfo == timezone.get_default_timezone()
        with clock_at(then + dt.timedelta(days=7)):
            assert abs(timezone.now() - then - dt.timedelta(days=7)) < dt.timedelta(minutes=1)
    assert timezone.now() - then > dt.timedelta(days=399)


def test_the_clock_is_put_back_after_a_failure() -> None:
    with pytest.raises(ValueError, match="it failed"), clock_at(timezone.now() - dt.timedelta(days=400)):
        raise ValueError("it failed")
    assert timezone.now().date() == dt.datetime.now(tz=dt.UTC).date()


def test_people_of_the_demo_held_their_roles_in_the_years_that_it_tells_of(places: dict[str, Organisation]) -> None:
    began = set(Role.objects.values_list("valid_from", flat=True))
    assert max(began) < timezone.localdate() - 2 * dt.timedelta(days=365)
    assert (
        Person.objects.filter(joined_at__gt=timezone.now() - dt.timedelta(days=365), roles__isnull=False).count() == 0
    )


@pytest.mark.parametrize(("slug", "state"), [(programmes.COMPLETED, "alumni"), (programmes.RUNNING, "active")])
def test_a_programme_that_has_begun_has_the_applications_of_its_participants(
    places: dict[str, Organisation], slug: str, state: str
) -> None:
    for _time in range(2):
        programmes.fill(places)
        cohorts.fill(places)
        sparring.fill(places)
        effect.fill(places)
    edition = Edition.objects.get(slug=slug)
    deadline, kick_off = moment_of(edition, "form_deadline"), moment_of(edition, "kick_off")
    assert deadline is not None
    assert kick_off is not None
    applications = Application.objects.filter(edition=edition)
    assert {each.organisation.slug for each in applications} == set(sparring.TAKE_PART)
    assert set(applications.values_list("state", flat=True)) == {state}
    took_part = Participation.objects.filter(edition=edition)
    assert set(took_part.values_list("application", "state")) == {(each.pk, state) for each in applications}
    assert SelectionDecision.objects.get(edition=edition).lines.filter(outcome="selected").count() == 3
    # dated when it was
    moved = list(edition.moves.order_by("pk").values_list("moved_at", flat=True))
    assert moved == sorted(moved)
    assert edition.created_at < deadline
    for application in applications:
        assert application.told_at < deadline
        assert application.submitted_at is not None
        assert application.told_at <= application.submitted_at < deadline
    reviews = Review.objects.filter(application__edition=edition)
    assert all(deadline < each.assigned_at < kick_off for each in reviews)
    assert all(deadline < each.began_at < kick_off for each in took_part)
    chosen = ApplicationMove.objects.filter(application__edition=edition, to_state="selected")
    assert [deadline < each.moved_at < kick_off for each in chosen] == [True] * 3
    confirmed = ApplicationMove.objects.filter(application__edition=edition, to_state="confirmed")
    assert [deadline < each.moved_at < kick_off for each in confirmed] == [True] * 3
    began = ApplicationMove.objects.filter(application__edition=edition, to_state="active")
    assert [abs(each.moved_at - kick_off) < dt.timedelta(hours=1) for each in began] == [True] * 3
    assert Interview.objects.filter(application__edition=edition, state="held").count() == 3
    told = moment_of(edition, "selection_published")
    assert told is not None
    assert timezone.localdate(Selection.objects.get(edition=edition).published_at) == timezone.localdate(told)
    # the team applied with is the team of the cohort space
    for each in took_part:
        assert each.application is not None
        team = {str(person) for person in each.team.all()}
        assert team == {member.name for member in each.application.members.all()}
    assert not Mail.objects.filter(template__startswith="programmes/").exists(), "nobody is told of what is past"
    # and the pages say the same
    coordinator = Person.objects.get(email="koordinaattori@keino.example")
    client = as_(coordinator)
    desk = client.get(reverse("programmes:desk_applications", args=[edition.slug]))
    assert all(str(places[slug]) in text_of(desk) for slug in sparring.TAKE_PART)
    public = text_of(client.get(reverse("programmes:programme", args=[edition.slug])))
    assert all(str(places[slug]) in public for slug in sparring.TAKE_PART)
    cohort = text_of(client.get(reverse("cohorts:desk_edition", args=[edition.slug])))
    assert all(str(places[slug]) in cohort for slug in sparring.TAKE_PART)
    assert content_of_edition(edition).programmes[0].organisations == 3
    assert client.get(reverse("cohorts:edition_effect", args=[edition.slug])).status_code == 200
