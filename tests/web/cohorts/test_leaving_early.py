"""Who leaves early: out of the small group, its notes and the others' offers; the own work stays to be read."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from keino.web.cohorts.errors.peers import NotOfEdition
from keino.web.cohorts.models import GroupNote, KnowHow, Participation, PeerGroup, PeerGroupMember
from keino.web.cohorts.services.participations import move_participation
from keino.web.cohorts.services.peer_groups import form_group
from keino.web.programmes.services.applications.moves import move_application
from tests.factories.applications import an_application
from tests.factories.cohorts import a_mentor, a_participation, a_worker
from tests.factories.programmes import an_edition
from tests.factories.sparring import a_group, a_note, know_how
from tests.factories.web import someone_who_is
from tests.web.cohorts.browsing import as_, text_of
from tests.web.cohorts.walking import page

pytestmark = pytest.mark.django_db

SECRET = "What we pay our supplier 7719"
OFFER = {"kind": "offers", "topic": "dialogue", "text": "Ours.", "shared": "cohort"}


def leave(there: Participation) -> Participation:
    """Let it leave by the desk's page."""
    desk = as_(someone_who_is("coordinator", there.edition.organisation))
    url = reverse("cohorts:desk_move", args=[there.edition.slug, there.public_id])
    assert desk.post(url, {"to": "dropped", "note": "Nobody had the time."}).status_code == 302
    there.refresh_from_db()
    return there


def test_b5_who_left_early_reads_and_writes_no_note_of_the_others_and_sees_no_contact() -> None:
    edition = an_edition(state="running")
    left, stays = a_participation(edition=edition), a_participation(edition=edition)
    group = a_group(left, stays)
    note = a_note(group, text=SECRET)
    known = know_how(stays, text="Ask us 4412", shared="alumni", contact=stays.responsible)
    us, mentor = as_(a_worker(left)), as_(a_mentor(left))
    for name, more in (("peer_group", {}), ("group_note", {"note": note.public_id})):
        assert us.get(page(name, left, **more)).status_code == 200
    leave(left)
    assert list(group.members.values_list("participation", flat=True)) == [stays.pk]
    sent = {"title": "Ours", "text": "Still here.", "seen": note.version, "key": str(uuid.uuid4())}
    for client in (us, mentor):
        for name, more in (
            ("peer_group", {}),
            ("group_note", {"note": note.public_id}),
            ("group_note_edit", {"note": note.public_id}),
            ("group_note_new", {}),
        ):
            answer = client.get(page(name, left, **more))
            assert answer.status_code == 403, name
            assert SECRET not in answer.content.decode()
        for name, more in (("group_note_edit", {"note": note.public_id}), ("group_note_new", {})):
            assert client.post(page(name, left, **more), sent).status_code == 403
        seen = text_of(client.get(page("know_how", left)))
        assert known.text not in seen
        assert str(stays.responsible) not in seen
    assert GroupNote.objects.get().text == SECRET
    space = us.get(page("space", left)).content.decode()
    assert page("peer_group", left) not in space  # no way that ends at a closed door


def test_who_left_early_takes_its_own_offer_and_name_away_and_adds_no_other() -> None:
    left = a_participation()
    worker = a_worker(left)
    known = know_how(left, text="Ask us 4412", shared="cohort", contact=worker)
    leave(left)
    us = as_(worker)
    seen = us.get(page("know_how", left))
    assert known.text in text_of(seen)
    assert page("know_how_new", left) not in seen.content.decode()
    assert us.post(page("know_how_new", left), OFFER | {"key": str(uuid.uuid4())}).status_code == 403
    edit = page("know_how_edit", left, known=known.public_id)
    assert edit not in seen.content.decode()
    assert us.post(edit, OFFER | {"seen": known.version}).status_code == 403
    contact = page("know_how_contact", left, known=known.public_id)
    assert us.post(contact, {}).status_code == 302
    known.refresh_from_db()
    assert known.contact is None
    assert us.post(contact, {"show": "1"}).status_code == 403
    assert us.post(page("know_how_remove", left, known=known.public_id)).status_code == 302
    assert not KnowHow.objects.exists()


def test_a_place_given_back_leaves_the_small_group() -> None:
    application = an_application(an_edition(state="closed"), state="selected")
    move_application(application, "confirmed", by=None)
    a_group(Participation.objects.get())
    move_application(application, "withdrawn", by=None)
    assert not PeerGroupMember.objects.exists()


def test_nobody_is_put_into_a_group_who_left_while_it_was_formed() -> None:
    edition = an_edition(state="running")
    left, stays = a_participation(edition=edition), a_participation(edition=edition)
    by = someone_who_is("coordinator", edition.organisation)
    move_participation(left, to="dropped", by=by, note="No time.")  # "left" is still as the form showed it
    with pytest.raises(NotOfEdition):
        form_group(edition=edition, key=uuid.uuid4(), name="Builders", mentor=None, members=[left, stays], by=by)
    assert not PeerGroup.objects.exists()
