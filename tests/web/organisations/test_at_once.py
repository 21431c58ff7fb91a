"""Two people at the same moment: one of them is told, and nothing is half done."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from keino.errors import KeinoError
from keino.web.base.models import Person
from keino.web.organisations.errors import InvitationUsed, NobodyResponsible
from keino.web.organisations.models import Role
from keino.web.organisations.services.invitations import accept
from keino.web.organisations.services.roles import end_role
from tests.factories.accounts import an_account
from tests.factories.organisations import an_invitation
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[KeinoError | None]:
    """Do everything at the same moment, each on a connection of its own; returns what each was told."""
    start = threading.Barrier(len(acts))
    told: list[KeinoError | None] = [None] * len(acts)

    def run(number: int) -> None:
        try:
            start.wait()
            acts[number]()
        except KeinoError as error:
            told[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_two_responsible_persons_dont_leave_each_other_alone() -> None:
    town = an_organisation("Town")
    first, second = someone_who_is("responsible_person", town), someone_who_is("responsible_person", town)

    def leave(person: Person) -> Callable[[], object]:
        role = person.roles.get()
        return lambda: end_role(role, by=person)

    told = at_once(leave(first), leave(second))
    assert sorted(type(error) for error in told if error) == [NobodyResponsible]
    assert Role.objects.filter(organisation=town, valid_to=None).count() == 1


def test_an_invitation_opened_twice_at_once_gives_one_role() -> None:
    town = an_organisation("Town")
    person = an_account("new@example.org")
    an_invitation(town, by=someone_who_is("responsible_person", town), email="new@example.org", token="secret")
    told = at_once(*[lambda: accept("secret", by=Person.objects.get(pk=person.pk))] * 2)
    assert sorted(type(error) for error in told if error) == [InvitationUsed]
    assert person.roles.count() == 1
