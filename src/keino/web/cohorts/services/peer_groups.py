"""Small groups of an edition: formed by its hosts and mentors; their notes are everyone's who is in them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, locked
from keino.web.base.errors import Conflict
from keino.web.cohorts.errors.peers import GroupHasNotes, GroupNameTaken, InAnotherGroup, NotOfEdition
from keino.web.cohorts.models import GroupNote, GroupNoteVersion, Participation, PeerGroup, PeerGroupMember
from keino.web.programmes.models import Edition

if TYPE_CHECKING:
    from uuid import UUID

    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation


def form_group(
    *, edition: Edition, key: UUID, name: str, mentor: Person | None, members: Collection[Participation], by: Person
) -> PeerGroup:
    """Form a small group. ``key`` is the form's: sent twice, it makes one. Raises PeerError."""
    try:
        with transaction.atomic(), acting(by, act="peer_group_formed"):
            Edition.objects.select_for_update().get(pk=edition.pk)  # so that two can't put one participant into two
            group, is_new = PeerGroup.objects.get_or_create(
                public_id=key, edition=edition, defaults={"name": name.strip(), "mentor": mentor}
            )
            if is_new:
                _put(group, members)
            return group
    except IntegrityError as error:
        raise GroupNameTaken(name=name.strip()) from error


def change_group(
    group: PeerGroup, *, name: str, mentor: Person | None, members: Collection[Participation], seen: int, by: Person
) -> None:
    """Change a group's name, mentor and members. Raises PeerError, Conflict."""
    try:
        with transaction.atomic(), acting(by, act="peer_group_changed"):
            Edition.objects.select_for_update().get(pk=group.edition_id)
            kept = as_seen(group, seen)
            kept.name, kept.mentor, kept.version = name.strip(), mentor, kept.version + 1
            kept.save()
            kept.members.exclude(participation__in=members).delete()
            there = set(kept.members.values_list("participation", flat=True))
            _put(kept, [each for each in members if each.pk not in there])
    except IntegrityError as error:
        raise GroupNameTaken(name=name.strip()) from error


def dissolve_group(group: PeerGroup, *, by: Person) -> None:
    """Dissolve a group that has written nothing yet. Raises GroupHasNotes."""
    with transaction.atomic(), acting(by, act="peer_group_dissolved"):
        found = PeerGroup.objects.select_for_update().filter(pk=group.pk).first()
        if found is None:  # pressed twice
            return
        if found.notes.exists():
            raise GroupHasNotes(group=found.name)
        found.delete()


def _put(group: PeerGroup, members: Collection[Participation]) -> None:
    taken = PeerGroupMember.objects.filter(participation__in=members).exclude(group=group)
    other = taken.select_related("group", "participation__organisation").first()
    if other is not None:
        raise InAnotherGroup(organisation=other.participation.organisation.shown_name, group=other.group.name)
    # held, so that nobody who leaves at this moment is put into a group
    held = Participation.objects.select_for_update(of=("self",)).filter(pk__in=[each.pk for each in members])
    for participation in held.select_related("organisation").order_by("pk"):
        if participation.edition_id != group.edition_id or not participation.is_in_cohort:
            raise NotOfEdition(organisation=participation.organisation.shown_name)
        PeerGroupMember.objects.create(group=group, participation=participation)


# ---- notes


def add_note(
    group: PeerGroup, *, key: UUID, title: str, text: str, organisation: Organisation | None, by: Person
) -> GroupNote:
    """Begin a shared note; the form's ``key``, sent twice, makes one. ``organisation``: for whom it is written."""
    with transaction.atomic(), acting(by, act="group_note_added"):
        values = {"title": title.strip(), "text": text.strip()}
        note, is_new = GroupNote.objects.get_or_create(public_id=key, group=group, defaults=values)
        if is_new:
            _keep(note, organisation, by)
        return note


def change_note(
    note: GroupNote, *, title: str, text: str, seen: int, organisation: Organisation | None, by: Person
) -> None:
    """Write on a shared note; what it said before is kept. Raises Conflict where somebody was quicker."""
    with transaction.atomic(), acting(by, act="group_note_changed"):
        kept = locked(note)
        new = (title.strip(), text.strip())
        if (kept.title, kept.text) == new:  # a second press
            return
        if kept.version != seen:
            raise Conflict
        kept.title, kept.text = new
        kept.version, kept.changed_at = kept.version + 1, timezone.now()
        kept.save()
        _keep(kept, organisation, by)


def _keep(note: GroupNote, organisation: Organisation | None, by: Person) -> None:
    GroupNoteVersion.objects.create(
        note=note, number=note.version, title=note.title, text=note.text, organisation=organisation, written_by=by,
        written_at=note.changed_at,
    )  # fmt: skip
