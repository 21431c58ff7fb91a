"""Writing an application: its team, its pilot, two people on one text, hostile and long texts (B3)."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Edition
from tests.factories.applications import (
    a_team_member,
    an_application,
)
from tests.factories.procurements import a_procurement
from tests.factories.web import an_organisation, someone_who_is
from tests.web.programmes.applying import a_whole_draft, client_of, page

pytestmark = pytest.mark.django_db

#: Of a form that makes something: sent twice, it makes one.
KEY = {"key": "11111111-2222-4333-8444-555555555555"}


def test_b3_a_team_of_three_with_a_responsible_person_is_required(town: SimpleNamespace) -> None:
    application = a_whole_draft(town)
    application.members.all().delete()
    a_team_member(application)
    answer = town.client.post(page("application_send", application), {"seen": application.version}, follow=True)
    text = answer.content.decode()
    assert "a team of at least 3 people (now 1)" in text
    assert "the responsible person of the team" in text
    assert "somebody as “Hankinnoista vastaava”" in text
    application.refresh_from_db()
    assert application.state == S.DISCUSSION_HELD


def test_b3_whoever_is_marked_last_answers_for_the_team(town: SimpleNamespace) -> None:
    application = a_whole_draft(town)
    second = application.members.order_by("pk")[1]
    given = {"name": second.name, "email": second.email, "is_responsible": "on", "seen": second.version}
    town.client.post(page("member_edit", application, member=second.public_id), given)
    assert [member.pk for member in application.members.filter(is_responsible=True)] == [second.pk]


def test_b3_a_team_takes_no_more_than_its_most_and_nobody_twice(town: SimpleNamespace) -> None:
    application = a_whole_draft(town)
    there = application.members.first()
    assert there is not None
    answer = town.client.post(page("member_new", application), {"name": "Again", "email": there.email.upper()})
    assert answer.status_code == 422
    for number in range(2):
        town.client.post(page("member_new", application), {"name": "More", "email": f"more{number}@town.example"})
    answer = town.client.post(page("member_new", application), {"name": "Sixth", "email": "sixth@town.example"})
    assert "at most 5 people" in answer.content.decode()
    assert application.members.count() == 5


def test_a_full_team_is_offered_no_more_people(town: SimpleNamespace) -> None:
    Edition.objects.filter(pk=town.edition.pk).update(team_max=3)
    application = a_whole_draft(town)
    add = page("member_new", application)
    assert add not in town.client.get(page("application", application)).content.decode()
    assert "3 people from different parts" in town.client.get(add).content.decode()
    application.members.all()[0].delete()
    assert add in town.client.get(page("application", application)).content.decode()


def test_b3_the_pilot_may_be_one_of_the_own_procurements_and_no_others(town: SimpleNamespace) -> None:
    application = an_application(town.edition, town.organisation, state=S.INTEREST)
    own, others = a_procurement(town.organisation), a_procurement(an_organisation())
    path = page("application_edit", application, part="pilot")
    assert town.client.post(path, {"procurement": others.pk, "seen": 1}).status_code == 422
    assert town.client.post(path, {"procurement": own.pk, "seen": 1}).status_code == 302
    application.refresh_from_db()
    assert application.procurement == own


def test_two_people_write_at_once_and_neither_text_is_lost(town: SimpleNamespace) -> None:
    application = an_application(town.edition, town.organisation, state=S.INTEREST)
    colleague = client_of(someone_who_is("member", town.organisation))
    path = page("application_edit", application, part="pilot")
    assert colleague.post(path, {"pilot": "Theirs.", "seen": 1}).status_code == 302
    answer = town.client.post(path, {"pilot": "Mine.", "seen": 1})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Mine." in text
    assert "Theirs." in text
    application.refresh_from_db()
    assert application.pilot == "Theirs."
    assert town.client.post(path, {"pilot": "Both.", "seen": 2}).status_code == 302


def test_the_longest_text_is_kept_and_one_character_more_is_refused(town: SimpleNamespace) -> None:
    application = an_application(town.edition, town.organisation, state=S.INTEREST)
    path = page("application_edit", application, part="pilot")
    assert town.client.post(path, {"pilot": "x" * 5_001, "seen": 1}).status_code == 422
    assert town.client.post(path, {"pilot": "x" * 5_000, "seen": 1}).status_code == 302


@pytest.mark.parametrize("change", ["member_new", "member_edit", "member_remove"])
def test_b3_an_application_isnt_sent_with_another_team_than_was_looked_through(
    town: SimpleNamespace, change: str
) -> None:
    Edition.objects.filter(pk=town.edition.pk).update(team_min=1, team_max=5)
    application = a_whole_draft(town)
    last = application.members.order_by("pk")[2]
    looked_through = town.client.get(page("application_send", application)).context["application"].version
    colleague = client_of(someone_who_is("member", town.organisation))
    place = {} if change == "member_new" else {"member": last.public_id}
    given = {"name": "Tiina Tekijä", "email": "tiina@example.org", "seen": last.version}
    for _press in range(2):
        assert colleague.post(page(change, application, **place), given | KEY).status_code == 302
    answer = town.client.post(page("application_send", application), {"seen": looked_through}, follow=True)
    assert "somebody else" in answer.content.decode().lower()
    application.refresh_from_db()
    assert (application.state, application.version) == (S.DISCUSSION_HELD, looked_through + 1)
    town.client.post(page("application_send", application), {"seen": application.version})
    application.refresh_from_db()
    assert application.state == S.SUBMITTED
