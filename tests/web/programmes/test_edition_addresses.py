"""An edition never gets the address of another page: visitors would find the one, and nobody the other."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import resolve, reverse

from keino.web.programmes.errors.editions import EditionSlugReserved, EditionSlugTaken
from keino.web.programmes.models import Edition
from keino.web.programmes.services.editions import change_edition, create_edition, reserved_slugs
from tests.factories.programmes import an_edition
from tests.factories.web import someone_who_is

pytestmark = pytest.mark.django_db

#: Seen in the lists of addresses when this was written.
KNOWN = {"new", "history", "alumni", "templates", "effect"}


@pytest.fixture
def coordinator() -> Any:
    return someone_who_is("coordinator")


def _made(by: Any, **fields: Any) -> Edition:
    return create_edition(organisation=by.roles.get().organisation, template="circular-2023", by=by, **fields)


def _takes(slug: str) -> list[str]:
    """The pages that an edition of this address would have in the site's rooms."""
    return [resolve(f"{room}{slug}/").view_name for room in ("/programmes/", "/desk/programmes/", "/desk/cohorts/")]


OWN = ["programmes:programme", "programmes:desk_programme", "cohorts:desk_edition"]


def test_every_word_that_another_page_has_is_reserved_and_no_other() -> None:
    assert reserved_slugs() >= KNOWN
    assert _takes("kevat-2031") == OWN
    for slug in reserved_slugs():
        assert _takes(slug) != OWN, f"{slug} is free"


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_an_edition_called_like_a_page_gets_another_address(coordinator: Any, name: str) -> None:
    edition = _made(coordinator, name_fi=name.title())
    assert edition.slug == f"{name}-2"
    page = resolve(reverse("programmes:programme", kwargs={"slug": edition.slug}))
    assert page.view_name == "programmes:programme"


@pytest.mark.parametrize("slug", sorted(KNOWN))
def test_an_address_of_a_page_is_refused(coordinator: Any, slug: str) -> None:
    with pytest.raises(EditionSlugReserved):
        _made(coordinator, slug=slug)
    edition = an_edition()
    with pytest.raises(EditionSlugReserved):
        change_edition(edition, by=coordinator, seen=edition.version, slug=slug)
    edition.refresh_from_db()
    assert edition.slug != slug


def test_an_address_of_another_edition_is_refused(coordinator: Any) -> None:
    with pytest.raises(EditionSlugTaken):
        _made(coordinator, slug=an_edition().slug)


def test_a_renamed_edition_keeps_an_address_of_its_own(coordinator: Any) -> None:
    edition = an_edition()
    changed = change_edition(edition, by=coordinator, seen=edition.version, slug="kevat-2031")
    assert changed.slug == "kevat-2031"
