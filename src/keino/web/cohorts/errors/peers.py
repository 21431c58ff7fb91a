"""What can go wrong with small groups, their notes and what is known of one another."""

from __future__ import annotations

from keino.errors import KeinoError, mark


class PeerError(KeinoError):
    """Something about peers doesn't hold."""

    code = "peers"
    field = ""


class InAnotherGroup(PeerError):
    """A participant that is in another group already."""

    code = "peers_in_another_group"
    field = "members"
    template = mark(
        "{organisation} is in the group “{group}” already, and a participant is in one group. Nothing was saved. Take "
        "it out there first."
    )


class GroupNameTaken(PeerError):
    """Two groups of one name."""

    code = "peers_group_name_taken"
    field = "name"
    template = mark("The edition has a group “{name}” already. Nothing was saved. Choose another name.")


class NotOfEdition(PeerError):
    """A participant of another edition."""

    code = "peers_not_of_edition"
    field = "members"
    template = mark("{organisation} takes no part in this edition. Nothing was saved. Choose from its participants.")


class GroupHasNotes(PeerError):
    """A group that can't be dissolved: its people wrote something."""

    code = "peers_group_has_notes"
    template = mark("The group “{group}” has notes, so it stays. Nothing was changed. You can take participants out.")


class OnlyOwnName(PeerError):
    """Somebody would show a name that is not theirs."""

    code = "peers_only_own_name"
    template = mark("Only {person} can take their name away or let it be shown. Nothing was changed.")
