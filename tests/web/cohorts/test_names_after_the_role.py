"""A name shown by consent goes with the role of its bearer, and the consent can be taken back without one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from keino.web.base.models import Person
from keino.web.cohorts.models import (
    AlumniEntry,
    AlumniPerson,
    CohortLesson,
    KnowHow,
    LessonTemplate,
    Participation,
    TeamPerson,
)
from keino.web.organisations.models import Role
from tests.factories.cohorts import a_mentor, a_participation
from tests.factories.programmes import an_edition
from tests.factories.sparring import a_lesson, a_template, know_how
from tests.factories.web import a_role, an_organisation, someone_who_is
from tests.web.cohorts.browsing import as_, at, text_of

pytestmark = pytest.mark.django_db
Shown = tuple[Participation, Person, Callable[[], str]]
NAMES = reverse("cohorts:my_names")


def in_directory() -> Shown:
    there = a_participation(an_organisation("Alumni town"), state="alumni")
    AlumniEntry.objects.create(participation=there, is_public=True)
    person = someone_who_is("member", there.organisation)
    as_(person).post(at("alumni_name", there.organisation, edition=there.edition.slug), {"show": "1"})
    return there, person, lambda: text_of(as_(None).get(reverse("cohorts:alumni")))


def to_participants() -> Shown:
    there, other = beside()
    person = someone_who_is("member", there.organisation)
    member = TeamPerson.objects.create(participation=there, person=person)
    place = {"edition": there.edition.slug, "member": member.public_id}
    as_(person).post(at("team_contact", there.organisation, **place), {"shows": "1"})
    page = at("together", other.organisation, edition=other.edition.slug)
    return there, person, lambda: text_of(as_(other.responsible).get(page))


def for_questions() -> Shown:
    there, other = beside()
    person = someone_who_is("member", there.organisation)
    known = know_how(there, shared="cohort")
    place = {"edition": there.edition.slug, "known": known.public_id}
    as_(person).post(at("know_how_contact", there.organisation, **place), {"show": "1"})
    page = at("know_how", other.organisation, edition=other.edition.slug)
    return there, person, lambda: text_of(as_(other.responsible).get(page))


def beside() -> tuple[Participation, Participation]:
    """Two participants of one edition."""
    edition = an_edition(state="running")
    return a_participation(an_organisation("Our town"), edition), a_participation(an_organisation("Theirs"), edition)


def leave(person: Person) -> None:
    Role.objects.filter(person=person).update(valid_to=timezone.localdate() - dt.timedelta(days=1))


def consents() -> int:
    shown = TeamPerson.objects.exclude(contact_shown_at=None).count()
    return shown + AlumniPerson.objects.count() + KnowHow.objects.exclude(contact=None).count()


EVERYWHERE = pytest.mark.parametrize("show", [in_directory, to_participants, for_questions])


@EVERYWHERE
def test_b8_a_name_is_shown_only_while_its_bearer_has_a_role_there(show: Callable[[], Shown]) -> None:
    there, person, seen = show()
    assert str(person) in seen()
    a_role(person, "member", an_organisation("Another employer"))
    leave(person)
    a_role(person, "member", an_organisation("A third employer"))
    assert str(person) not in seen()
    a_role(person, "approver", there.organisation)
    assert str(person) in seen()


@EVERYWHERE
def test_b8_who_has_left_takes_the_consent_back_on_their_own_account(show: Callable[[], Shown]) -> None:
    there, person, seen = show()
    leave(person)
    client = as_(person)
    assert NAMES in client.get(reverse("accounts:me")).content.decode()
    page = client.get(NAMES)
    assert str(there.organisation) in text_of(page)
    (name,) = page.context["names"]
    away = reverse("cohorts:my_name_away", args=[name.kind, name.key])
    assert away in page.content.decode()
    for _press in range(2):
        assert client.post(away).status_code == 302
    assert consents() == 0
    assert "No programme shows your name" in text_of(client.get(NAMES))
    a_role(person, "approver", there.organisation)
    assert str(person) not in seen()


@EVERYWHERE
def test_nobody_takes_anothers_name_away(show: Callable[[], Shown]) -> None:
    there, person, seen = show()
    (name,) = as_(person).get(NAMES).context["names"]
    away = reverse("cohorts:my_name_away", args=[name.kind, name.key])
    as_(there.responsible).post(away)
    assert str(person) in seen()
    assert as_(person).get(away).status_code == 405
    assert as_(person).post(away.replace(name.kind, "everything", 1)).status_code == 404
    assert consents() == 1


def test_a_consent_is_taken_back_whatever_became_of_the_participation() -> None:
    there, person, _seen = in_directory()
    Participation.objects.filter(pk=there.pk).update(state="dropped")
    as_(person).post(reverse("cohorts:my_name_away", args=["alumni", there.public_id]))
    assert consents() == 0


def test_another_one_stands_in_for_whom_to_ask_once_the_first_has_left() -> None:
    there, person, seen = for_questions()
    known = KnowHow.objects.get()
    place: dict[str, Any] = {"edition": there.edition.slug, "known": known.public_id}
    url = at("know_how_contact", there.organisation, **place)
    as_(there.responsible).post(url, {"show": "1"})
    assert KnowHow.objects.get().contact == person  # nobody is replaced while they are here
    leave(person)
    as_(there.responsible).post(url, {})
    assert KnowHow.objects.get().contact == person  # nor taken away by another
    as_(there.responsible).post(url, {"show": "1"})
    assert KnowHow.objects.get().contact == there.responsible
    assert str(there.responsible) in seen()


def a_named_template() -> tuple[Participation, CohortLesson, LessonTemplate]:
    there = a_participation(an_organisation("Origin town"))
    lesson = a_lesson(there, state="offered", may_name_us=True)
    return there, lesson, a_template(lesson)


def test_b32_an_organisation_stops_being_named_after_its_lesson_became_a_template() -> None:
    there, lesson, template = a_named_template()
    page, client = reverse("cohorts:template", args=[template.public_id]), as_(there.responsible)
    assert "Origin town" in text_of(as_(None).get(page))
    own = at("lesson", there.organisation, lesson=lesson.public_id)
    assert "Stop naming our organisation" in text_of(client.get(own))
    for _press in range(2):
        assert client.post(at("lesson_not_named", there.organisation, lesson=lesson.public_id)).status_code == 302
    assert "Origin town" not in text_of(as_(None).get(page))
    assert "Stop naming our organisation" not in text_of(client.get(own))
    lesson.refresh_from_db()
    assert lesson.state == "promoted"


def test_only_the_organisations_own_workers_stop_its_being_named() -> None:
    there, lesson, _template = a_named_template()
    url = at("lesson_not_named", there.organisation, lesson=lesson.public_id)
    for person in (a_mentor(there), someone_who_is("member"), someone_who_is("approver", there.organisation)):
        assert as_(person).post(url).status_code == 403
    lesson.refresh_from_db()
    assert lesson.may_name_us
