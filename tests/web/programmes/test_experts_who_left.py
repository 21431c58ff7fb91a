"""An expert who is taken off, or whose role ended, is booked no more; what was booked with them is seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from keino.web.base.models import Person
from keino.web.organisations.models import Role
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Application, DiscussionExpert, EditionPerson
from keino.web.programmes.queries.discussions import slots_of, without_expert
from keino.web.programmes.services.applications import discussions
from tests.factories.applications import a_discussion, an_application, an_expert, some_hours
from tests.factories.programmes import named_in
from tests.web.cohorts.browsing import text_of
from tests.web.programmes.applying import client_of, first_slot, page, tell_interest

pytestmark = pytest.mark.django_db


def taken_off(person: Person) -> None:
    EditionPerson.objects.filter(person=person).delete()


def without_a_role(person: Person) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Role.objects.filter(person=person).update(valid_from=yesterday, valid_to=yesterday)


LEFT = pytest.mark.parametrize("leaves", [taken_off, without_a_role])


@LEFT
def test_b2_hours_of_an_expert_who_left_arent_offered(town: SimpleNamespace, leaves: Callable[[Person], None]) -> None:
    application = tell_interest(town)
    slot = first_slot(town, application)
    stays = an_expert(town.edition)
    some_hours(town.edition, stays, begins="13:00", ends="14:00")
    assert len(slots_of(town.edition, now=timezone.now(), applicant=application)) == 4
    leaves(town.expert)
    assert len(slots_of(town.edition, now=timezone.now(), applicant=application)) == 1
    answer = town.client.post(page("application_book", application), {"slot": slot})
    assert answer.status_code == 422
    town.client.post(page("application_book", application), {"slot": first_slot(town, application)})
    assert [each.person for each in DiscussionExpert.objects.all()] == [stays]


@LEFT
def test_b2_an_expert_who_leaves_while_a_booking_waits_isnt_booked(
    town: SimpleNamespace, leaves: Callable[[Person], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    application = tell_interest(town)
    slot = first_slot(town, application)
    lock = discussions._lock_experts  # the moment before the booking is judged

    def lock_late(row: Application) -> None:
        leaves(town.expert)
        lock(row)

    monkeypatch.setattr(discussions, "_lock_experts", lock_late)
    assert town.client.post(page("application_book", application), {"slot": slot}).status_code == 422
    assert not application.discussions.exists()


def test_whoever_takes_an_expert_off_reads_which_discussions_need_somebody_else(town: SimpleNamespace) -> None:
    coming, past, held = (an_application(town.edition, state=S.INTEREST) for _ in range(3))
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    a_discussion(coming, expert=town.expert, starts_at=now + dt.timedelta(days=3))
    a_discussion(past, expert=town.expert, starts_at=now - dt.timedelta(days=3))
    a_discussion(held, expert=town.expert, held=True)
    host = client_of(named_in(town.edition, "host"))
    part = EditionPerson.objects.get(person=town.expert)
    path = reverse("programmes:desk_person_remove", args=[town.edition.slug, part.pk])
    text = text_of(host.post(path, follow=True))
    assert f"1 booked discussion needs somebody else than {town.expert}" in text
    listed = text_of(host.get(reverse("programmes:desk_discussions", args=[town.edition.slug])))
    assert listed.count("needs another expert") == 1


def test_an_expert_who_is_still_a_host_goes_on_holding_discussions(town: SimpleNamespace) -> None:
    named_in(town.edition, "host", town.expert)
    a_discussion(an_application(town.edition, state=S.INTEREST), expert=town.expert)
    host = client_of(named_in(town.edition, "host"))
    part = EditionPerson.objects.get(person=town.expert, kind="expert")
    path = reverse("programmes:desk_person_remove", args=[town.edition.slug, part.pk])
    assert "somebody else" not in text_of(host.post(path, follow=True))
    assert not without_expert(town.edition).exists()
    assert len(slots_of(town.edition, now=timezone.now())) == 3
