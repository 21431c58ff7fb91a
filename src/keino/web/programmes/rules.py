"""Who may do what in an edition: what depends on who is named in it. The rest stands in ``organisations.rules``.

A permission here is asked of a person and an edition (``person.has_perm("programmes.review", edition)``). Whoever is
named in an edition must still have a role at the centre (``programmes.work``): a former expert sees nothing.

    permission                      who
    programmes.see_edition          everyone who is named in it; coordinators
    programmes.manage_edition       its hosts; coordinators (texts, dates, people, criteria, invitations)
    programmes.publish_edition      coordinators (publishing, opening, closing, cancelling)
    programmes.hold_discussions     its experts, its hosts; coordinators (experts' hours and discussions)
    programmes.see_applications     its hosts, experts and deciders; coordinators
    programmes.review               its reviewers
    programmes.decide_edition       its deciders
    programmes.mentor_edition       its mentors

Reviewing and deciding belong to those who are named for it: a coordinator who should do either is named, and so it
stands in the trail. None of these opens an application to whose applicant one has a tie: that is asked of each
application (``queries.ties``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules

from keino.web.organisations.rules import coordinates
from keino.web.programmes.choices import EditionPersonKind as K

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.programmes.models import Edition

Predicate = Any  # rules.Predicate; the library ships no types
#: Where an edition keeps who is named in it, for one request.
_KEPT = "_named_people"


def kinds_of(person: Person, edition: Edition | None) -> frozenset[str]:
    """What the person is named for in the edition; asked of the database once per edition."""
    if edition is None or not getattr(person, "is_authenticated", False):
        return frozenset()
    kept = getattr(edition, _KEPT, None)
    if kept is None:
        kept = [(each.person_id, each.kind) for each in edition.people.all()]
        setattr(edition, _KEPT, kept)
    return frozenset(kind for person_id, kind in kept if person_id == person.pk)


def forget_named(edition: Edition) -> None:
    """Ask the database again next time: somebody was named or is no longer."""
    setattr(edition, _KEPT, None)


def is_named(*kinds: K) -> Predicate:
    """Whether the person is named in the edition as one of these and has a role at the centre today."""

    def named(person: Person, edition: Edition | None = None) -> bool:
        return bool(kinds_of(person, edition) & set(kinds)) and bool(rules.has_perm("programmes.work", person))

    return rules.predicate(named, name=f"is named as {'/'.join(kinds)}")


is_host = is_named(K.HOST)
is_named_at_all = is_named(*K)

rules.add_perm("programmes.see_edition", is_named_at_all | coordinates)
rules.add_perm("programmes.manage_edition", is_host | coordinates)
rules.add_perm("programmes.publish_edition", coordinates)
rules.add_perm("programmes.hold_discussions", is_named(K.EXPERT, K.HOST) | coordinates)
rules.add_perm("programmes.see_applications", is_named(K.HOST, K.EXPERT, K.DECIDER) | coordinates)
rules.add_perm("programmes.review", is_named(K.REVIEWER))
rules.add_perm("programmes.decide_edition", is_named(K.DECIDER))
rules.add_perm("programmes.mentor_edition", is_named(K.MENTOR))
