"""The demo's contracts are made through the services, once."""

from __future__ import annotations

import pytest

from keino.web.operations.demo import contracts
from keino.web.procurements.models import Contract, TermControl
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def test_filling_twice_makes_the_contracts_once_with_a_closed_a_planned_and_a_late_control() -> None:
    town = an_organisation(slug="ostoniemi")
    someone_who_is("member", town)
    for _time in range(2):
        contracts.fill({"ostoniemi": town})
    assert Contract.objects.filter(organisation=town).count() == len(contracts.CONTRACTS)
    assert TermControl.objects.filter(closed_at=None).count() == 2
    assert TermControl.objects.exclude(closed_at=None).count() == 1
