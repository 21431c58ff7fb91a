"""Nobody gives the management's word for themselves, and readers see how it was given and what changed after it."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django.test import Client

from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Application, ApplicationMember, CommitmentRequest
from keino.web.programmes.queries.selection_parts import application_parts
from tests.factories.applications import a_discussion, a_team_member, an_application
from tests.factories.programmes import named_in
from tests.factories.web import an_organisation, someone_who_is
from tests.web.programmes.applying import client_of, mails, page

pytestmark = pytest.mark.django_db
MANAGER = {"name": "Mirja Johtaja", "email": "mirja@town.example", "language": "en"}
CHANGED = "hasn’t confirmed what is there now"


@pytest.fixture
def town() -> SimpleNamespace:
    """An application of two colleagues; ``writer`` asks for the commitment, ``contact`` told the interest."""
    organisation = an_organisation("Esimerkkilä")
    writer, contact = someone_who_is("member", organisation), someone_who_is("member", organisation)
    given = {"goes_on": True, "pilot": "School yards.", "contact": contact}
    application = an_application(None, organisation, state=S.DISCUSSION_HELD, **given)
    member = a_team_member(application, is_responsible=True)
    expert = named_in(application.edition, "expert")
    return SimpleNamespace(
        organisation=organisation,
        application=application,
        writer=writer,
        contact=contact,
        member=member,
        client=client_of(writer),
        desk=client_of(expert),
        approver=client_of(someone_who_is("approver", organisation)),
    )


def ask(town: SimpleNamespace, client: Client | None = None, **changed: str) -> str:
    """Ask a manager; returns the path of the mailed link."""
    answer = (client or town.client).post(page("commitment", town.application), MANAGER | changed)
    assert answer.status_code == 302
    return re.sub(r"^https?://[^/]+", "", str(mails("commitment_asked")[-1].values["_secret_link"]))


def at_the_desk(town: SimpleNamespace) -> str:
    place = f"/desk/programmes/{town.application.edition.slug}/applications/{town.application.public_id}/"
    return town.desk.get(place).content.decode()


def for_reviewers(town: SimpleNamespace, *, is_anonymous: bool) -> tuple[str, ...]:
    parts = application_parts(Application.objects.get(), is_anonymous=is_anonymous)
    return parts[[part.title for part in parts].index("Commitment of the management")].lines


@pytest.mark.parametrize("whose", ["writer", "contact", "member"])
def test_b3_nobody_who_applies_is_mailed_the_link_by_which_the_management_confirms(
    town: SimpleNamespace, whose: str
) -> None:
    address = getattr(town, whose).email.upper()
    answer = town.client.post(page("commitment", town.application), MANAGER | {"email": address})
    assert answer.status_code == 422
    assert "Ask another manager" in answer.content.decode()
    assert mails("commitment_asked") == []
    assert not CommitmentRequest.objects.exists()


def test_a_new_link_is_not_mailed_to_whoever_came_into_the_team(town: SimpleNamespace) -> None:
    ask(town)
    a_team_member(town.application, email=MANAGER["email"])
    again = page("commitment_again", town.application, asked=CommitmentRequest.objects.get().public_id)
    town.client.post(again)
    assert len(mails("commitment_asked")) == 1


def test_b3_a_link_confirms_nothing_for_somebody_who_came_into_the_team_but_they_may_say_no(
    town: SimpleNamespace,
) -> None:
    path = ask(town)
    a_team_member(town.application, email=MANAGER["email"])
    answer = Client().post(path, {"name": "Mirja Johtaja"})
    assert answer.status_code == 409
    assert CommitmentRequest.objects.get().confirmed_at is None
    assert Client().post(path, {"decline": "yes", "why": ""}).status_code == 200


def test_an_approver_who_writes_the_application_confirms_by_their_own_log_in(town: SimpleNamespace) -> None:
    approver = someone_who_is("approver", town.organisation)
    Application.objects.update(contact=approver)
    assert client_of(approver).post(page("commit", town.application), {"title": ""}).status_code == 302
    assert CommitmentRequest.objects.get().confirmed_by == approver
    assert "Confirmed by their own log-in." in at_the_desk(town)


def test_b3_the_desk_and_reviewers_see_whose_link_it_was_and_who_asked_for_it(town: SimpleNamespace) -> None:
    Client().post(ask(town), {"name": "Somebody Quite Else", "title": "Director"})
    how = f"mailed to {MANAGER['email']}; {town.writer} asked for it."
    assert how in at_the_desk(town)
    who, said = for_reviewers(town, is_anonymous=False)
    assert who == "Somebody Quite Else, Director"
    assert how in said
    assert for_reviewers(town, is_anonymous=True) == ("The management has confirmed its commitment.",)


def change_pilot(town: SimpleNamespace) -> None:
    row = Application.objects.get()
    text = {"seen": row.version, "pilot": "Quite another pilot."}
    assert town.client.post(page("application_edit", row, part="pilot"), text).status_code == 302


def change_team(town: SimpleNamespace) -> None:
    row = ApplicationMember.objects.get()
    assert town.client.post(page("member_remove", town.application, member=row.public_id)).status_code == 302


@pytest.mark.parametrize(("change", "part"), [(change_pilot, "Pilot"), (change_team, "Team")])
def test_b3_what_changed_after_the_confirmation_is_said_until_the_management_confirms_again(
    town: SimpleNamespace, change: object, part: str
) -> None:
    Client().post(ask(town), {"name": "Mirja Johtaja"})
    assert CHANGED not in at_the_desk(town)
    change(town)  # type: ignore[operator]
    said = f"Changed after that: {part}. The management {CHANGED}."
    assert said in at_the_desk(town)
    assert said in town.client.get(page("application", town.application)).content.decode()
    assert for_reviewers(town, is_anonymous=True)[-1] == said
    Client().post(ask(town), {"name": "Mirja Johtaja"})
    assert CHANGED not in at_the_desk(town)


def test_an_approver_confirms_again_what_changed_and_twice_is_once(town: SimpleNamespace) -> None:
    path = page("commit", town.application)
    for _press in range(2):
        town.approver.post(path, {"title": "Director"})
    assert CommitmentRequest.objects.count() == 1
    assert '<button type="submit">Confirm' not in town.approver.get(path).content.decode()
    change_pilot(town)
    assert '<button type="submit">Confirm' in town.approver.get(path).content.decode()
    for _press in range(2):
        town.approver.post(path, {"title": "Director"})
    assert CommitmentRequest.objects.count() == 2
    assert CHANGED not in at_the_desk(town)


def test_what_the_discussion_agreed_is_part_of_what_was_confirmed(town: SimpleNamespace) -> None:
    discussion = town.application.discussions.first() or a_discussion(town.application, held=True)
    Client().post(ask(town), {"name": "Mirja Johtaja"})
    discussion.agreed = "The pilot is a swimming hall."
    discussion.save()
    assert "Changed after that: What was agreed in the discussion." in at_the_desk(town)


def read_by(client: Client, path: str) -> str:
    """What a manager's page sends along with the answer."""
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', client.get(path).content.decode())
    assert found is not None
    return found.group(1)


def test_a_manager_confirms_what_they_read_and_nothing_that_was_written_meanwhile(town: SimpleNamespace) -> None:
    path, manager = ask(town), Client()
    manager.cookies["keino_language"] = "en"
    seen = read_by(manager, path)
    change_pilot(town)
    answer = manager.post(path, {"name": "Mirja Johtaja", "seen": seen})
    assert answer.status_code == 409
    assert "was changed while you read it" in answer.content.decode()
    assert CommitmentRequest.objects.get().confirmed_at is None
    assert manager.post(path, {"name": "Mirja Johtaja", "seen": read_by(manager, path)}).status_code == 200
    assert CHANGED not in at_the_desk(town)


def test_an_approver_confirms_what_they_read(town: SimpleNamespace) -> None:
    path = page("commit", town.application)
    seen = read_by(town.approver, path)
    change_pilot(town)
    answer = town.approver.post(path, {"title": "Director", "seen": seen})
    assert answer.status_code == 422
    assert not CommitmentRequest.objects.exists()
    # the page that says so has what is there now before the reader
    now = re.search(r'name="seen" value="([0-9a-f]{64})"', answer.content.decode())
    assert now is not None
    assert town.approver.post(path, {"title": "Director", "seen": now.group(1)}).status_code == 302
