"""Who may do what in an edition."""

from __future__ import annotations

import pytest

from keino.web.programmes.choices import EditionPersonKind
from keino.web.programmes.rules import forget_named
from tests.factories.programmes import an_edition, named_in
from tests.factories.web import a_person, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db
EVERY = (
    "see_edition", "manage_edition", "publish_edition", "hold_discussions", "review", "decide_edition",
    "mentor_edition",
)  # fmt: skip


def _allowed(person: object, edition: object) -> set[str]:
    return {name for name in EVERY if person.has_perm(f"programmes.{name}", edition)}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (EditionPersonKind.HOST, {"see_edition", "manage_edition", "hold_discussions"}),
        (EditionPersonKind.EXPERT, {"see_edition", "hold_discussions"}),
        (EditionPersonKind.REVIEWER, {"see_edition", "review"}),
        (EditionPersonKind.MENTOR, {"see_edition", "mentor_edition"}),
        (EditionPersonKind.DECIDER, {"see_edition", "decide_edition"}),
    ],
)
def test_people_may_do_what_they_are_named_for(kind: str, expected: set[str]) -> None:
    edition = an_edition(parts=False)

    assert _allowed(named_in(edition, kind), edition) == expected


def test_a_coordinator_manages_every_edition_but_reviews_and_decides_only_when_named() -> None:
    edition = an_edition(parts=False)
    coordinator = someone_who_is("coordinator", edition.organisation)
    assert _allowed(coordinator, edition) == {"see_edition", "manage_edition", "publish_edition", "hold_discussions"}

    named_in(edition, EditionPersonKind.DECIDER, coordinator)
    forget_named(edition)

    assert "decide_edition" in _allowed(coordinator, edition)


def test_people_named_in_another_edition_may_nothing() -> None:
    edition, other = an_edition(parts=False), an_edition(parts=False)

    assert _allowed(named_in(other, EditionPersonKind.HOST), edition) == set()


def test_somebody_named_who_left_the_centre_may_nothing() -> None:
    edition = an_edition(parts=False)

    assert _allowed(named_in(edition, EditionPersonKind.REVIEWER, a_person()), edition) == set()


def test_buyers_and_companies_may_nothing() -> None:
    edition = an_edition(parts=False)
    for kind, at in (("responsible_person", "municipality"), ("supplier_user", "company")):
        assert _allowed(someone_who_is(kind, an_organisation(kind=at)), edition) == set()
