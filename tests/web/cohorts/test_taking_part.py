"""Taking part: from the confirmed place to the alumni, the team, contacts, leaving early, erasing."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from keino.web.base.personal_data import registers
from keino.web.cohorts.errors.taking_part import MoveOfParticipationNotAllowed, WhyLeft
from keino.web.cohorts.models import Deliverable, DevelopmentPlan, Participation, TeamPerson, Work, WorkVersion
from keino.web.cohorts.services.participations import begin_on_kick_off, move_participation, take_in
from keino.web.programmes.models import Application, EditionDate
from keino.web.programmes.services.applications.moves import move_application
from tests.factories.applications import an_application
from tests.factories.cohorts import (
    a_deliverable,
    a_development_plan,
    a_material,
    a_mentor,
    a_participation,
    a_team_person,
    a_version,
    a_work,
    a_worker,
    an_assignment,
    plan_data,
)
from tests.factories.procurements import a_procurement
from tests.factories.programmes import an_edition
from tests.factories.web import a_person, someone_who_is
from tests.web.cohorts.browsing import as_, text_of
from tests.web.cohorts.walking import page

pytestmark = pytest.mark.django_db


def test_taking_an_organisation_in_twice_opens_one_space() -> None:
    there = a_participation()
    assert take_in(there.edition, there.organisation, by=there.responsible) == there


def test_b5_a_confirmed_place_opens_the_space_with_team_assignments_and_deliverables() -> None:
    edition = an_edition(state="closed")
    application = an_application(edition, state="selected")
    pilot = a_procurement(application.organisation)
    Application.objects.filter(pk=application.pk).update(procurement=pilot)
    an_assignment(edition, title="Pre-assignment")
    a_deliverable(a_participation(edition=edition), "pilot_procurement")
    by = someone_who_is("responsible_person", application.organisation)
    for _press in range(2):
        move_application(application, "confirmed", by=by)
    ours = Participation.objects.get(application=application)
    assert ours.state == "active"
    assert [str(each) for each in ours.team.all()] == [str(each.person or each) for each in application.members.all()]
    assert [str(each) for each in ours.works.all()] == ["Pre-assignment"]
    assert Deliverable.objects.get(participation=ours).procurement == pilot
    # the application goes on to "taking part" on the day of the kick-off
    assert begin_on_kick_off(timezone.now()) == 0
    EditionDate.objects.filter(edition=edition, kind="kick_off").update(starts_at=timezone.now())
    assert begin_on_kick_off(timezone.now()) == 1
    application.refresh_from_db()
    assert application.state == "active"
    move_participation(ours, to="completed", by=by)
    application.refresh_from_db()
    assert application.state == "completed"


def test_b5_a_place_given_back_ends_the_participation() -> None:
    application = an_application(an_edition(state="closed"), state="selected")
    move_application(application, "confirmed", by=None)
    move_application(application, "withdrawn", by=None)
    assert Participation.objects.get().state == "dropped"


def test_b5_who_left_early_reads_its_own_work_and_sees_nothing_of_the_others() -> None:
    edition = an_edition(state="running")
    left, stays = a_participation(edition=edition), a_participation(edition=edition)
    a_material(edition, stays, title="Only for those who are in")
    a_material(edition, left, title="Of who has left")
    work = a_work(left, draft="What we had.")
    desk = as_(someone_who_is("coordinator", edition.organisation))
    move = reverse("cohorts:desk_move", args=[edition.slug, left.public_id])
    assert desk.post(move, {"to": "dropped", "note": ""}).status_code == 422
    with pytest.raises(WhyLeft):
        move_participation(left, to="dropped", by=None)
    desk.post(move, {"to": "dropped", "note": "Nobody had the time."})
    left.refresh_from_db()
    assert (left.state, left.note) == ("dropped", "Nobody had the time.")
    with pytest.raises(MoveOfParticipationNotAllowed):
        move_participation(left, to="alumni", by=None)
    us = as_(a_worker(left))
    assert us.get(page("space", left)).status_code == 200
    assert us.get(page("work", left, work=work.public_id)).status_code == 200
    us.post(page("work", left, work=work.public_id), {"seen": work.version, "draft": "After all."})
    work.refresh_from_db()
    assert work.draft == "What we had."
    assert us.get(page("together", left)).status_code == 403
    seen = text_of(as_(a_worker(stays)).get(page("together", stays)))
    assert str(left.organisation) not in seen
    assert "Of who has left" not in seen
    assert "Only for those who are in" in seen


def test_b5_nobodys_contact_is_shown_unless_that_person_says_so() -> None:
    edition = an_edition(state="running")
    ours, theirs = a_participation(edition=edition), a_participation(edition=edition)
    person = a_worker(ours)
    member = a_team_person(ours, person)
    neighbour, together = as_(a_worker(theirs)), page("together", theirs)
    contact = page("team_contact", ours, member=member.public_id)
    as_(a_worker(ours)).post(contact, {"shows": "1"})  # a colleague can't agree for another
    assert person.email not in text_of(neighbour.get(together))
    as_(person).post(contact, {"shows": "1"})
    assert person.email in text_of(neighbour.get(together))
    as_(person).post(contact, {"shows": "0"})
    assert person.email not in text_of(neighbour.get(together))


def test_b5_the_team_takes_own_people_and_names_each_once() -> None:
    ours = a_participation()
    worker = a_worker(ours)
    us, url = as_(worker), page("team", ours)
    for _press in range(2):
        us.post(url, {"person": worker.pk, "name": "", "part": "Procurement"})
    us.post(url, {"person": "", "name": "Ulla Ulkopuolinen", "part": "Law"})
    assert us.post(url, {"person": "", "name": "", "part": "Law"}).status_code == 422
    assert us.post(url, {"person": a_person().pk, "name": "", "part": ""}).status_code == 422
    assert [str(each) for each in ours.team.all()] == [str(worker), "Ulla Ulkopuolinen"]
    us.post(page("team_take_out", ours, member=TeamPerson.objects.last().public_id))  # type: ignore[union-attr]
    assert ours.team.count() == 1


def test_b5_naming_a_mentor_gives_the_role_and_with_it_sight_of_the_work() -> None:
    ours = a_participation()
    centre = ours.edition.organisation
    mentor = someone_who_is("mentor", centre, about=a_participation(edition=ours.edition).organisation)
    assert as_(mentor).get(page("space", ours)).status_code == 403
    desk = as_(someone_who_is("coordinator", centre))
    url = reverse("cohorts:desk_participant", args=[ours.edition.slug, ours.public_id])
    assert desk.post(url, {"seen": ours.version, "mentor": mentor.pk}).status_code == 302
    ours.refresh_from_db()
    assert ours.mentor == mentor
    assert as_(mentor).get(page("space", ours)).status_code == 200
    assert as_(mentor).get(reverse("cohorts:desk")).status_code == 200
    assert as_(a_worker(ours)).get(reverse("cohorts:desk")).status_code == 403


def test_b5_every_saved_version_of_the_development_plan_is_kept() -> None:
    ours = a_participation()
    first, second = as_(a_worker(ours)), as_(a_worker(ours))
    edit = page("development_plan_edit", ours)
    a_deliverable(ours, "development_plan")
    for _press in range(2):
        first.post(edit, plan_data())
    answer = second.post(edit, plan_data(target="Another target."))
    assert answer.status_code == 422  # somebody else saved meanwhile; the text is still there
    assert "Another target." in text_of(answer)
    first.post(edit, plan_data(1, target="Two models."))
    plan = DevelopmentPlan.objects.get()
    assert [each.content["target"] for each in plan.versions.order_by("number")] == ["One model.", "Two models."]
    assert Deliverable.objects.get().development_plan == plan
    shown = text_of(first.get(page("development_plan_version", ours, number=1)))
    assert "One model." in shown
    # it lives on after the programme
    move_participation(ours, to="completed", by=None)
    first.post(edit, plan_data(2, target="Three models, in 2028."))
    plan.refresh_from_db()
    assert plan.target == "Three models, in 2028."


def test_erasing_a_person_keeps_the_work_and_loses_the_name() -> None:
    ours = a_participation()
    worker, mentor = a_worker(ours), a_mentor(ours)
    work = a_work(ours)
    a_version(work, "Ours.", by=worker)
    a_team_person(ours, worker)
    a_development_plan(ours)
    register = next(each for each in registers() if each.key == "cohorts")
    told = register.export(worker)
    assert told["answers"][0]["version"] == 1
    for person in (worker, mentor):
        register.erase(person)
    assert WorkVersion.objects.get().submitted_by is None
    assert WorkVersion.objects.get().text == "Ours."
    nobody = TeamPerson.objects.get()  # the size of the team stays
    assert (nobody.person, nobody.name) == (None, "")
    assert str(nobody)  # "a former member"
    ours.refresh_from_db()
    assert ours.mentor is None
    assert Work.objects.count() == 1
