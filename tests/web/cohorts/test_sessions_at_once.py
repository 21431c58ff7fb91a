"""Many want a mentor's hours at the same moment: no hour goes twice, whatever it is booked for."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from keino.domain.programmes.booking import Slot
from keino.web.base.models import Mail, Person
from keino.web.cohorts.errors.sparring import MentorIsTaken, SlotIsGone
from keino.web.cohorts.models import Participation, SparringSession
from keino.web.cohorts.queries.sparring_slots import sparring_slots
from keino.web.cohorts.services.sparring_sessions import SessionFields, book_session
from keino.web.programmes.choices.applications import ApplicationState
from keino.web.programmes.errors.applications import SlotTaken
from keino.web.programmes.models import Discussion, ExpertHours
from keino.web.programmes.services.applications.discussions import book_discussion
from tests.factories.applications import an_application, an_expert, some_hours
from tests.factories.cohorts import a_mentor, a_participation
from tests.factories.programmes import an_edition
from tests.factories.sparring import a_session
from tests.factories.web import a_person, a_role, someone_who_is
from tests.web.organisations.test_at_once import at_once
from tests.web.programmes.applying import client_of, page

TOWNS, HOURS = 15, 5
DAY_OF_A_MENTOR = (("09:00", "12:00"), ("13:00", "16:00"))


def booking(there: Participation, mentor: Person, slot: Slot) -> Callable[[], object]:
    """A press on the button: this hour of the mentor, as it was offered."""
    fields = SessionFields(slot.starts_at, slot.ends_at, mentor, "online", is_from_hours=True)
    return lambda: book_session(
        organisation=there.organisation, key=uuid4(), fields=fields, by=there.responsible, participation=there
    )


@pytest.mark.django_db(transaction=True)
def test_b7_hours_of_a_mentor_that_all_want_at_once_go_to_as_many_as_there_are() -> None:
    edition = an_edition(state="running")
    mentor = a_mentor(a_participation(edition=edition))
    there = [a_participation(edition=edition) for _number in range(TOWNS)]
    for each in there:
        a_role(mentor, "mentor", edition.organisation, about=each.organisation)
    some_hours(edition, mentor, begins="10:00", ends=f"{10 + HOURS}:00")
    slots = sparring_slots(edition, mentor, now=timezone.now())
    assert len(slots) == HOURS
    pairs = list(zip(there, itertools.cycle(slots), strict=False))

    told = at_once(*(booking(each, mentor, slot) for each, slot in pairs))

    assert {type(error) for error in told if error} <= {SlotIsGone, MentorIsTaken}
    confirmed = {
        (each.organisation, slot.starts_at) for (each, slot), error in zip(pairs, told, strict=True) if not error
    }
    assert len(confirmed) == len({starts_at for _town, starts_at in confirmed}) == HOURS
    standing = SparringSession.objects.filter(state="agreed").select_related("organisation")
    assert {(each.organisation, each.starts_at) for each in standing} == confirmed
    assert standing.count() == HOURS
    assert sparring_slots(edition, mentor, now=timezone.now()) == []
    mails = Mail.objects.filter(template="cohorts/mail/sparring_agreed.txt", person=mentor)
    assert mails.count() == HOURS


@pytest.mark.django_db(transaction=True)
def test_b7_an_hour_that_an_applicant_and_a_participant_want_at_once_goes_to_one_of_them() -> None:
    call, running = an_edition(), an_edition(state="running")
    there = a_participation(edition=running)
    mentor = a_mentor(there)
    for edition in (call, running):
        some_hours(edition, an_expert(edition, mentor), begins="10:00", ends="11:00")
    application = an_application(call, state=ApplicationState.INTEREST)
    (slot,) = sparring_slots(running, mentor, now=timezone.now())
    by = a_person()

    told = at_once(booking(there, mentor, slot), lambda: book_discussion(application, starts_at=slot.starts_at, by=by))

    refused = [type(error) for error in told if error]
    assert refused in ([SlotIsGone], [MentorIsTaken], [SlotTaken])
    assert SparringSession.objects.count() + Discussion.objects.count() == 1


@pytest.mark.django_db
def test_b2_a_discussion_is_not_offered_over_a_sparring_session_of_the_expert() -> None:
    edition = an_edition()
    expert = an_expert(edition)
    hours = some_hours(edition, expert, begins="09:00", ends="12:00")
    application = an_application(edition, state=ApplicationState.INTEREST)
    client = client_of(someone_who_is("member", application.organisation))
    address = page("application_book", application)
    assert "3 times are free now" in client.get(address).content.decode()
    ten = timezone.make_aware(dt.datetime.combine(hours.day, dt.time(10)))
    session = a_session(a_participation().organisation, starts_at=ten, mentor=expert)
    assert "2 times are free now" in client.get(address).content.decode()
    answer = client.post(address, {"slot": ten.isoformat()})
    assert answer.status_code == 422
    assert not Discussion.objects.exists()
    session.state, session.cancelled_because = "cancelled", "Ill"
    session.save()
    assert "3 times are free now" in client.get(address).content.decode()


@pytest.mark.django_db
def test_hours_in_which_a_session_is_booked_stay_and_others_can_be_taken_back() -> None:
    edition = an_edition()
    mentor = an_expert(edition)
    hours, others = (some_hours(edition, mentor, begins=begins, ends=ends) for begins, ends in DAY_OF_A_MENTOR)
    ten = timezone.make_aware(dt.datetime.combine(hours.day, dt.time(10)))
    there = a_participation(edition=edition)
    session = a_session(there.organisation, starts_at=ten, mentor=mentor, participation=there)
    # somebody else's, and one of another programme at the time of the other hours
    a_session(there.organisation, starts_at=ten, mentor=an_expert(edition), participation=there)
    elsewhere = a_participation()
    two = ten + dt.timedelta(hours=4)
    a_session(elsewhere.organisation, starts_at=two, mentor=mentor, participation=elsewhere)
    client = client_of(mentor)
    for each in (hours, others):
        address = reverse("programmes:desk_hours_remove", args=[edition.slug, each.public_id])
        answer = client.post(address, follow=True)
        assert ("A sparring session is booked in these hours" in answer.content.decode()) == (each == hours)
    assert list(ExpertHours.objects.all()) == [hours]
    SparringSession.objects.filter(pk=session.pk).update(state="cancelled", cancelled_because="Ill")
    client.post(reverse("programmes:desk_hours_remove", args=[edition.slug, hours.public_id]))
    assert not ExpertHours.objects.exists()
