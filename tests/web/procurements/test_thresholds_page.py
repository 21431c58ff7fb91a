"""Which thresholds a procurement reaches, as its page says it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from keino.web.procurements.models import Procurement
from keino.web.procurements.queries.thresholds import threshold_check
from tests.factories.procurements import a_procurement, a_whole_procurement
from tests.factories.web import an_organisation
from tests.web.procurements.test_procurement_pages import as_a, hidden, page, text_of

pytestmark = pytest.mark.django_db


def test_c6_a_municipalitys_service_of_140_500_is_above_national_and_below_eu() -> None:
    """Expected: the thresholds printed on hankinnat.fi for 2024-2025: services 60 000, for towns 221 000."""
    town = an_organisation(kind="municipality")
    client = as_a("member", town)
    key = hidden(client.get(page("procurement_new", town)), "key")
    client.post(page("procurement_new", town), {"key": key, "title": "Cleaning of schools"})
    procurement = Procurement.objects.get()
    facts = {"purchase_kind": "services", "estimated_value_eur": "140,500", "procedure": "open"}
    edit = page("procurement_edit", procurement, part="tender")
    sent = client.post(edit, {"seen": hidden(client.get(edit), "seen"), **facts, "procedure_starts_on": "2025-03-01"})
    assert sent.status_code == 302
    procurement.refresh_from_db()
    assert procurement.estimated_value_eur == Decimal(140_500)
    shown = text_of(client.get(page("procurement", procurement)))
    assert "€140,500 is above the national threshold and below the EU threshold." in shown
    assert "National threshold €60,000 since" in shown
    assert "reaches it" in shown
    assert "EU threshold €221,000" in shown
    assert "stays below" in shown
    assert "hankinnat.fi: threshold pages 2022-2026" in shown
    assert "A value equal to a threshold counts as reaching it: that is our own, careful reading" in shown


@pytest.mark.parametrize(
    ("kind", "value", "day", "level"),
    [
        # a state agency in 2025: 143 000, in 2026: 140 000 (hankinnat.fi)
        ("state_agency", "140500", "2025-03-01", "national"),
        ("state_agency", "140500", "2026-03-01", "eu"),
        ("municipality", "221000", "2025-12-31", "eu"),
        ("municipality", "216000", "2026-01-01", "eu"),
        ("municipality", "220999.99", "2025-12-31", "national"),
        ("municipality", "60000", "2025-03-01", "national"),
        ("municipality", "59999.99", "2025-03-01", "below_national"),
    ],
)
def test_the_day_and_the_buyer_decide(kind: str, value: str, day: str, level: str) -> None:
    procurement = a_whole_procurement(
        an_organisation(kind=kind),
        estimated_value_eur=Decimal(value),
        procedure_starts_on=dt.date.fromisoformat(day),
    )
    check = threshold_check(procurement)
    assert check is not None
    assert check.level == level


def test_a_special_sector_has_no_national_threshold() -> None:
    procurement = a_whole_procurement(is_special_sector=True)
    shown = text_of(as_a("member", procurement.organisation).get(page("procurement", procurement)))
    assert "€140,500 is below the EU threshold of special sectors." in shown
    assert "€443,000" in shown
    assert "National threshold €" not in shown


def test_a_day_without_thresholds_is_said_and_nothing_is_carried_over() -> None:
    procurement = a_whole_procurement(procedure_starts_on=dt.date(2019, 5, 1))
    shown = text_of(as_a("member", procurement.organisation).get(page("procurement", procurement)))
    assert "No threshold is known for services" in shown
    assert "is above" not in shown


@pytest.mark.parametrize("field", ["purchase_kind", "estimated_value_eur", "procedure_starts_on"])
def test_while_something_is_unknown_no_level_is_claimed(field: str) -> None:
    procurement = a_whole_procurement(**{field: "" if field == "purchase_kind" else None})
    assert threshold_check(procurement) is None
    shown = text_of(as_a("member", procurement.organisation).get(page("procurement", procurement)))
    assert "then keino says which thresholds are reached" in shown


def test_a_value_of_nothing_is_a_value() -> None:
    check = threshold_check(a_whole_procurement(estimated_value_eur=Decimal(0)))
    assert check is not None
    assert (check.level, check.levels_reached) == ("below_national", ())
    assert threshold_check(a_procurement()) is None
