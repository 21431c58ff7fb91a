"""The public directory of alumni: organisations by their consent, people only by their own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from keino.web.base.personal_data import registers
from keino.web.cohorts.models import AlumniEntry, AlumniPerson, Participation
from tests.factories.cohorts import a_mentor, a_participation
from tests.factories.programmes import an_edition
from tests.factories.web import an_organisation, someone_who_is
from tests.web.cohorts.browsing import as_, at, text_of

pytestmark = pytest.mark.django_db


def directory(query: str = "") -> str:
    return text_of(as_(None).get(reverse("cohorts:alumni") + query))


def an_alumnus(name: str = "Alumni town", **fields: object) -> Participation:
    return a_participation(an_organisation(name), state="alumni", **fields)


def entry_url(there: Participation) -> str:
    return at("alumni_entry", there.organisation, edition=there.edition.slug)


def test_b8_organisations_stand_in_the_directory_only_by_their_consent() -> None:
    there = an_alumnus()
    client = as_(there.responsible)
    assert "Alumni town" not in directory()
    sent = {"is_public": "on", "text": "We built a circular school.", "seen": 0}
    assert client.post(entry_url(there), sent).status_code == 302
    assert "Alumni town" in directory()
    assert "We built a circular school." in directory("?words=circular")
    assert "Alumni town" not in directory("?words=zzz")
    assert "Alumni town" in directory(f"?theme={there.edition.theme}")
    assert client.post(entry_url(there), {"text": "x", "seen": AlumniEntry.objects.get().version}).status_code == 302
    assert "Alumni town" not in directory()


def test_b8_people_are_named_only_by_their_own_word() -> None:
    there = an_alumnus()
    AlumniEntry.objects.create(participation=there, is_public=True)
    member = someone_who_is("member", there.organisation)
    url = at("alumni_name", there.organisation, edition=there.edition.slug)
    for _press in range(2):
        as_(member).post(url, {"show": "1"})
    assert str(member) in directory()
    assert str(there.responsible) not in directory()
    as_(there.responsible).post(url, {})  # takes away nobody's name but their own
    assert str(member) in directory()
    register = next(each for each in registers() if each.key == "sparring")
    assert register.export(member)["alumni"]
    register.erase(member)
    assert str(member) not in directory()
    assert not AlumniPerson.objects.exists()


def test_names_are_seen_only_while_the_organisation_is_shown() -> None:
    there = an_alumnus()
    AlumniPerson.objects.create(participation=there, person=there.responsible)
    assert str(there.responsible) not in directory()


def test_nobody_is_an_alumnus_before_the_closing() -> None:
    there = a_participation(an_organisation("Early town"), an_edition(state="running"))
    answer = as_(there.responsible).post(entry_url(there), {"is_public": "on", "seen": 0})
    assert answer.status_code == 422
    assert "becomes an alumnus when the edition is closed" in text_of(answer)
    AlumniEntry.objects.create(participation=there, is_public=True)
    assert "Early town" not in directory()


def test_two_people_at_once_do_not_overwrite_one_another() -> None:
    there = an_alumnus()
    client = as_(there.responsible)
    entry = AlumniEntry.objects.create(participation=there, text="Old")
    assert client.post(entry_url(there), {"text": "First", "seen": entry.version}).status_code == 302
    answer = client.post(entry_url(there), {"text": "Second", "seen": entry.version})
    assert answer.status_code == 422
    assert AlumniEntry.objects.get().text == "First"


def test_others_and_mentors_say_nothing_for_an_organisation() -> None:
    there = an_alumnus()
    for person in (
        a_mentor(there),
        someone_who_is("member"),
        someone_who_is("coordinator", there.edition.organisation),
    ):
        assert as_(person).post(entry_url(there), {"is_public": "on", "seen": 0}).status_code == 403
    assert not AlumniEntry.objects.exists()
