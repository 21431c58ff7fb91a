"""The organisation's audit page tells of procurements, contracts and assessments in words."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from keino.web.base.audit import acting
from keino.web.procurements.contract_choices import Finding
from tests.factories.contracts import a_contract, a_control, a_dialogue, a_term, an_assessment
from tests.factories.procurements import a_whole_procurement
from tests.factories.web import an_organisation, someone_who_is
from tests.web.procurements.test_contracts import client_of

pytestmark = pytest.mark.django_db


def test_the_audit_page_tells_of_contracts_and_assessments_in_words() -> None:
    boss = someone_who_is("responsible_person", town := an_organisation())
    with acting(boss):
        procurement = a_whole_procurement(town)
        contract = a_contract(town, procurement=procurement, owner=boss)
        a_control(a_term(contract), finding="kept")
        a_dialogue(procurement)
        an_assessment(procurement, decided_by=boss)
    shown = client_of(boss).get(reverse("organisations:audit", args=[town.slug])).content.decode()
    for words in (
        "Supplier: – → Imaginary Cleaning Ltd",
        "Yearly value, € without VAT: – → 12",
        f"Procurement: – → {procurement.title}",
        f"Contract: – → {contract.title}",
        f"What the control found: – → {Finding.KEPT.label}",
        "How suppliers were asked: – → event for all",
        "Shows after, years: – → 4",
        f"Decided by: – → {boss}",
    ):
        assert words in shown
    assert not re.search(r"\b[A-Z][a-z]+_[a-z_]+:", shown)
    assert str(procurement.made_with) not in shown
