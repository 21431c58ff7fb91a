"""What tests of applications begin with."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.factories.applications import an_expert, some_hours
from tests.factories.programmes import an_edition
from tests.factories.web import an_organisation, someone_who_is
from tests.web.programmes.applying import client_of


@pytest.fixture
def town() -> SimpleNamespace:
    """A town with a member who applies, an edition whose call is open, an expert with hours."""
    organisation = an_organisation("Esimerkkilä")
    member = someone_who_is("member", organisation)
    edition = an_edition(team_min=3, contact_email="akatemia@example.org")
    expert = an_expert(edition)
    some_hours(edition, expert)
    return SimpleNamespace(
        organisation=organisation, member=member, edition=edition, expert=expert, client=client_of(member)
    )
