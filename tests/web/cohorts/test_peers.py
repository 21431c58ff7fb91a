"""Small groups, shared notes and who knows what: shared within the group or as far as consent goes, no further."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.urls import reverse

from keino.web.cohorts.models import GroupNote, KnowHow, Participation, PeerGroup
from keino.web.programmes.models import Edition
from tests.factories.cohorts import a_mentor, a_participation
from tests.factories.programmes import an_edition, named_in
from tests.factories.sparring import a_group, a_note, know_how
from tests.factories.web import an_organisation, someone_who_is
from tests.web.cohorts.browsing import as_, at, text_of

pytestmark = pytest.mark.django_db


def two() -> tuple[Participation, Participation]:
    """Two participants of one edition."""
    first = a_participation()
    return first, a_participation(edition=first.edition)


def desk(name: str, edition: Edition, **more: Any) -> str:
    return reverse(f"cohorts:{name}", kwargs={"edition": edition.slug, **more})


def test_b8_the_centre_forms_groups_and_a_participant_is_in_one() -> None:
    first, second = two()
    stranger = a_participation()
    edition = first.edition
    client = as_(someone_who_is("coordinator", edition.organisation))
    sent = {"key": str(uuid.uuid4()), "name": "Circular builders", "members": [first.pk, second.pk]}
    for _press in range(2):
        assert client.post(desk("desk_group_new", edition), sent).status_code == 302
    group = PeerGroup.objects.get()
    assert {member.participation for member in group.members.all()} == {first, second}
    assert "Circular builders" in text_of(client.get(desk("desk_groups", edition)))
    other = {"key": str(uuid.uuid4()), "name": "Others", "members": [second.pk]}
    answer = client.post(desk("desk_group_new", edition), other)
    assert "is in the group “Circular builders” already" in text_of(answer)
    answer = client.post(desk("desk_group_new", edition), other | {"members": [stranger.pk]})
    assert "Select a valid choice" in text_of(answer)
    answer = client.post(desk("desk_group_new", edition), other | {"name": "Circular builders", "members": []})
    assert "has a group “Circular builders” already" in text_of(answer)
    change = {"name": "Builders", "members": [first.pk], "seen": group.version}
    assert client.post(desk("desk_group", edition, group=group.public_id), change).status_code == 302
    answer = client.post(desk("desk_group", edition, group=group.public_id), change | {"name": "Late"})
    assert "Somebody else changed this" in text_of(answer)
    assert client.post(desk("desk_group_new", edition), other).status_code == 302
    assert {member.group.name for member in second.__class__.objects.get(pk=second.pk).edition.peer_groups.all()
            for member in member.members.all()} == {"Builders", "Others"}  # fmt: skip


def test_a_group_with_notes_is_not_dissolved() -> None:
    first, second = two()
    written, empty = a_group(first), a_group(second)
    a_note(written)
    client = as_(someone_who_is("coordinator", first.edition.organisation))
    for group in (written, empty, empty):
        client.post(desk("desk_group_dissolve", first.edition, group=group.public_id))
    assert list(PeerGroup.objects.all()) == [written]


def test_mentors_of_the_edition_form_groups_others_of_the_centre_do_not() -> None:
    edition = an_edition(state="running")
    mentor = named_in(edition, "mentor")
    stranger = someone_who_is("expert", edition.organisation)
    assert as_(mentor).get(desk("desk_groups", edition)).status_code == 200
    assert as_(stranger).get(desk("desk_groups", edition)).status_code == 403
    assert as_(a_participation(edition=edition).responsible).get(desk("desk_groups", edition)).status_code == 403


@pytest.mark.parametrize(("kind", "leads_there"), [("mentor", True), ("reviewer", False)])
def test_the_desk_leads_to_the_groups_only_who_may_form_them(kind: str, *, leads_there: bool) -> None:
    edition = an_edition(state="running")
    page = as_(named_in(edition, kind)).get(reverse("cohorts:sparring_desk")).content.decode()
    assert edition.shown_name in page
    assert (desk("desk_groups", edition) in page) is leads_there


def test_everyone_of_the_group_writes_on_a_note_and_each_version_is_kept() -> None:
    first, second = two()
    group = a_group(first, second)
    new_url = at("group_note_new", first.organisation, edition=first.edition.slug)
    sent = {"key": str(uuid.uuid4()), "title": "Dialogue", "text": "Begin early."}
    for _press in range(2):
        assert as_(first.responsible).post(new_url, sent).status_code == 302
    note = GroupNote.objects.get()
    edit = {"organisation": second.organisation, "edition": second.edition.slug, "note": note.public_id}
    change = {"title": "Dialogue", "text": "Begin half a year before.", "seen": 1}
    assert as_(second.responsible).post(at("group_note_edit", **edit), change).status_code == 302
    # the first one still has the old version open: their text stays in the form, nothing is overwritten
    edit["organisation"] = first.organisation
    answer = as_(first.responsible).post(at("group_note_edit", **edit), change | {"text": "Begin now."})
    assert answer.status_code == 422
    assert "Somebody else changed this" in text_of(answer)
    assert "Begin now." in text_of(answer)
    note.refresh_from_db()
    assert (note.version, note.text) == (2, "Begin half a year before.")
    page = text_of(as_(first.responsible).get(at("group_note", **edit)))
    assert "Begin early." in page
    assert [(each.number, each.organisation) for each in note.versions.order_by("number")] == [
        (1, first.organisation),
        (2, second.organisation),
    ]
    assert group.notes.count() == 1


def test_notes_are_read_by_the_group_and_nobody_else() -> None:
    first, second = two()
    outside = a_participation(edition=first.edition)
    a_group(outside)
    note = a_note(a_group(first, second), text="Secret 8821")
    mine = {"edition": first.edition.slug, "note": note.public_id}
    assert "Secret 8821" in text_of(as_(second.responsible).get(at("group_note", second.organisation, **mine)))
    assert "Secret 8821" in text_of(as_(a_mentor(first)).get(at("group_note", first.organisation, **mine)))
    refused = [
        (outside.responsible, outside.organisation),  # another group
        (outside.responsible, first.organisation),
        (someone_who_is("supplier_user", an_organisation(kind="company")), first.organisation),
        (someone_who_is("coordinator", first.edition.organisation), first.organisation),
        (None, first.organisation),
    ]
    for person, organisation in refused:
        for name in ("group_note", "group_note_edit"):
            answer = as_(person).get(at(name, organisation, **mine))
            assert answer.status_code in {302, 403, 404}
            assert "Secret 8821" not in answer.content.decode()


# ---- who knows what


def seen_by(participation: Participation, query: str = "") -> str:
    url = at("know_how", participation.organisation, edition=participation.edition.slug)
    return text_of(as_(participation.responsible).get(url + query))


def test_what_others_see_follows_from_consent() -> None:
    first, second = two()
    elsewhere, gone = a_participation(state="alumni"), a_participation(edition=first.edition, state="dropped")
    know_how(first, text="Own 1", shared="nobody")
    know_how(first, text="Cohort 2", shared="cohort")
    know_how(first, text="Alumni 3", shared="alumni", topic="circular", kind="asks")
    know_how(gone, text="Gone 4", shared="alumni")
    for viewer, expected in (
        (first, {"Own 1", "Cohort 2", "Alumni 3"}),
        (second, {"Cohort 2", "Alumni 3"}),
        (elsewhere, {"Alumni 3"}),
    ):
        page = seen_by(viewer)
        assert {words for words in ("Own 1", "Cohort 2", "Alumni 3", "Gone 4") if words in page} == expected
    assert "Cohort 2" not in seen_by(second, "?topic=circular")
    assert "Alumni 3" in seen_by(second, "?topic=circular&kind=asks&words=alumni")
    assert "Nothing found" in seen_by(second, "?words=zzz")


def test_consent_is_taken_back_at_once() -> None:
    first, second = two()
    known = know_how(first, text="Shared 5", shared="cohort")
    edit = at("know_how_edit", first.organisation, edition=first.edition.slug, known=known.public_id)
    sent = {"kind": "offers", "topic": "dialogue", "text": "Shared 5", "shared": "nobody", "seen": 1}
    assert "Shared 5" in seen_by(second)
    assert as_(first.responsible).post(edit, sent).status_code == 302
    assert "Shared 5" not in seen_by(second)


def test_people_alone_let_their_name_be_shown() -> None:
    first, second = two()
    known = know_how(first, shared="cohort")
    colleague = someone_who_is("member", first.organisation)
    url = at("know_how_contact", first.organisation, edition=first.edition.slug, known=known.public_id)
    as_(colleague).post(url, {"show": "1"})
    assert str(colleague) in seen_by(second)
    as_(first.responsible).post(url, {})  # somebody else can neither take it away
    as_(first.responsible).post(url, {"show": "1"})  # nor put their own over it
    assert str(colleague) in seen_by(second)
    as_(colleague).post(url, {})
    assert str(colleague) not in seen_by(second)
    known.refresh_from_db()
    assert (known.contact, known.contact_agreed_at) == (None, None)


def test_only_the_own_organisation_changes_what_it_said() -> None:
    first, second = two()
    known = know_how(first, shared="cohort")
    url = at("know_how_edit", second.organisation, edition=second.edition.slug, known=known.public_id)
    assert as_(second.responsible).get(url).status_code == 404
    remove = at("know_how_remove", second.organisation, edition=second.edition.slug, known=known.public_id)
    as_(second.responsible).post(remove)
    assert KnowHow.objects.filter(pk=known.pk).exists()
    remove = at("know_how_remove", first.organisation, edition=first.edition.slug, known=known.public_id)
    for _press in range(2):
        assert as_(first.responsible).post(remove).status_code == 302
    assert not KnowHow.objects.exists()
