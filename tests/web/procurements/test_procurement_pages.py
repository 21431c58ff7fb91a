"""A procurement's pages: adding, changing, the list with its choices, the board."""

from __future__ import annotations

import html
import re
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from keino.web.organisations.models import Organisation
from keino.web.procurements.models import Procurement
from tests.factories.procurements import (
    a_procurement,
    a_record,
    a_risk,
    a_whole_procurement,
    record_data,
    risk_data,
)
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def as_a(kind: str, organisation: Organisation) -> Client:
    client = Client()
    client.force_login(someone_who_is(kind, organisation))
    client.cookies["keino_language"] = "en"
    return client


def page(name: str, thing: Organisation | Procurement, **more: Any) -> str:
    if isinstance(thing, Procurement):
        more["procurement"], thing = thing.public_id, thing.organisation
    return reverse(f"procurements:{name}", kwargs={"slug": thing.slug, **more})


def text_of(answer: Any) -> str:
    plain = html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("€\xa0", "€")
    return " ".join(plain.replace("\u202f", " ").replace("\xa0", " ").split())


def hidden(answer: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    assert found is not None
    return found[1]


def basics(**fields: Any) -> dict[str, Any]:
    return {"title": "School lunches", "need": "Warm food.", "owner": "", "category": "FOOD", "cpv": "", **fields}


# ---- adding and changing


def test_a_name_is_enough_and_pressing_twice_makes_one() -> None:
    town = an_organisation()
    client = as_a("member", town)
    key = hidden(client.get(page("procurement_new", town)), "key")
    for _ in range(2):
        answer = client.post(page("procurement_new", town), {"key": key, "title": "An idea"})
        made = Procurement.objects.get()
        assert answer.url == page("procurement", made)
    assert (made.title, made.state, made.organisation) == ("An idea", "idea", town)
    shown = text_of(client.get(page("procurement", made)))
    assert "Now: idea. Nobody leads it yet." in shown
    assert "Before “planned” this is missing:" in shown


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", "This field is required."),
        ("title", "x" * 201, "at most 200 characters"),
        ("cpv", "5552400", "5552400 is not a CPV code"),
        ("cpv", "55524000-", "55524000- is not a CPV code"),
        ("cpv", "5552400O", "5552400O is not a CPV code"),
        ("category", "NO.SUCH", "not one of the available choices"),
        ("themes", "no_such", "not one of the available choices"),
        ("owner", "999999", "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_added(field: str, value: str, said: str) -> None:
    town = an_organisation()
    answer = as_a("member", town).post(
        page("procurement_new", town), {"key": str(uuid.uuid4()), **basics(**{field: value})}
    )
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Procurement.objects.exists()


@pytest.mark.parametrize("cpv", ["55524000", "55524000-9", ""])
def test_a_cpv_code_has_eight_digits_with_or_without_its_check_digit(cpv: str) -> None:
    town = an_organisation()
    as_a("member", town).post(page("procurement_new", town), {"key": str(uuid.uuid4()), **basics(cpv=cpv)})
    assert Procurement.objects.get().cpv == cpv


def test_the_owner_must_be_one_of_the_organisations_people() -> None:
    town = an_organisation()
    stranger = someone_who_is("member")
    answer = as_a("member", town).post(
        page("procurement_new", town), {"key": str(uuid.uuid4()), **basics(owner=stranger.pk)}
    )
    assert answer.status_code == 422
    assert str(stranger) not in text_of(answer)


def test_the_second_editor_keeps_the_text_and_sees_what_differs() -> None:
    town = an_organisation()
    procurement = a_procurement(town)
    address = page("procurement_edit", procurement, part="basics")
    first, second = as_a("member", town), as_a("responsible_person", town)
    seen = hidden(second.get(address), "seen")
    assert first.post(address, {"seen": seen, **basics(title="First title")}).status_code == 302
    answer = second.post(address, {"seen": seen, **basics(title="Second title")})
    assert answer.status_code == 422
    shown = text_of(answer)
    assert "Somebody else changed this while you were editing it" in shown
    assert "First title" in shown
    assert 'value="Second title"' in answer.content.decode()
    procurement.refresh_from_db()
    assert procurement.title == "First title"
    again = second.post(address, {"seen": hidden(answer, "seen"), **basics(title="Second title")})
    assert again.status_code == 302
    procurement.refresh_from_db()
    assert procurement.title == "Second title"


def test_saving_the_same_twice_is_harmless() -> None:
    procurement = a_procurement()
    client = as_a("member", procurement.organisation)
    address = page("procurement_edit", procurement, part="basics")
    data = {"seen": "1", **basics(title="Once", themes=["social", "data"])}
    assert [client.post(address, data).status_code for _ in range(2)] == [302, 302]
    procurement.refresh_from_db()
    assert (procurement.title, procurement.version) == ("Once", 2)
    assert sorted(tag.theme for tag in procurement.themes.all()) == ["data", "social"]


def test_money_is_read_as_people_write_it() -> None:
    procurement = a_procurement()
    client = as_a("member", procurement.organisation)
    client.cookies["keino_language"] = "fi"
    sent = {"seen": "1", "purchase_kind": "services", "estimated_value_eur": "140 500,25", "procedure": "open"}
    answer = client.post(
        page("procurement_edit", procurement, part="tender"), {**sent, "procedure_starts_on": "1.3.2025"}
    )
    assert answer.status_code == 302
    procurement.refresh_from_db()
    assert procurement.estimated_value_eur == Decimal("140500.25")
    assert procurement.procedure_starts_on is not None
    assert procurement.procedure_starts_on.isoformat() == "2025-03-01"


@pytest.mark.parametrize("value", ["-1", "=1+1", "NaN", "1e99", "Infinity", "a lot"])
def test_a_value_that_is_none_is_refused(value: str) -> None:
    procurement = a_procurement()
    client = as_a("member", procurement.organisation)
    answer = client.post(
        page("procurement_edit", procurement, part="tender"), {"seen": "1", "estimated_value_eur": value}
    )
    assert answer.status_code == 422
    procurement.refresh_from_db()
    assert procurement.estimated_value_eur is None


def test_a_closed_procurement_is_not_changed_any_more() -> None:
    procurement = a_procurement(state="closed")
    client = as_a("member", procurement.organisation)
    answer = client.post(page("procurement_edit", procurement, part="basics"), {"seen": "1", **basics(title="Other")})
    assert answer.status_code == 422
    assert "because it is “closed”" in text_of(answer)
    procurement.refresh_from_db()
    assert procurement.title == "School lunches"


def test_a_part_that_is_none_is_not_found() -> None:
    procurement = a_procurement()
    client = as_a("member", procurement.organisation)
    assert client.get(page("procurement_edit", procurement, part="everything")).status_code == 404


def test_texts_are_shown_as_text() -> None:
    procurement = a_procurement(title="<script>alert(1)</script>", need="=cmd|' /C calc'!A0\n\n<b>bold</b>")
    answer = as_a("member", procurement.organisation).get(page("procurement", procurement))
    assert "<script>alert(1)" not in answer.content.decode()
    assert "<b>bold" not in answer.content.decode()


# ---- lists


def test_the_list_finds_by_state_theme_category_owner_and_words() -> None:
    town = an_organisation()
    lunches = a_whole_procurement(town, title="School lunches", state="dialogue", themes=("low_carbon",))
    laptops = a_whole_procurement(town, title="Laptops", category="ICT.HARDWARE", state="closed", cpv="30213100")
    a_procurement(title="Of another town")
    client = as_a("approver", town)

    def found(**query: str) -> list[str]:
        return [row["procurement"].title for row in client.get(page("procurements", town), query).context["rows"]]

    assert found() == ["Laptops", "School lunches"]
    assert found(state="dialogue") == ["School lunches"]
    assert found(state="going_on") == ["School lunches"]
    assert found(theme="low_carbon") == ["School lunches"]
    assert found(category="ICT") == ["Laptops"]
    assert found(category="FOOD") == ["School lunches"]
    assert laptops.owner is not None
    assert found(owner=str(laptops.owner.pk)) == ["Laptops"]
    assert found(words="school") == ["School lunches"]
    assert found(words="3021") == ["Laptops"]
    assert found(words="school laptops") == []
    assert found(order="title") == ["Laptops", "School lunches"]
    assert found(order="-title") == ["School lunches", "Laptops"]
    assert found(order="nothing") == ["Laptops", "School lunches"]
    assert lunches.owner is not None
    assert str(lunches.owner) in text_of(client.get(page("procurements", town)))
    assert "No procurement fits these choices" in text_of(client.get(page("procurements", town), {"words": "bridge"}))


def test_an_empty_list_says_how_to_begin() -> None:
    town = an_organisation()
    shown = text_of(as_a("member", town).get(page("procurements", town)))
    assert "No procurement yet" in shown
    assert "Add the first procurement" in shown
    assert "Add the first procurement" not in text_of(as_a("approver", town).get(page("procurements", town)))


def test_the_board_has_a_column_for_each_state_that_is_held() -> None:
    town = an_organisation()
    a_procurement(town, title="Bridge", state="idea")
    a_procurement(town, title="Tunnel", state="idea")
    a_procurement(town, title="Appealed school", state="appealed")
    a_procurement(town, title="Closed library", state="closed")
    shown = text_of(as_a("member", town).get(page("board", town)))
    assert "3 procurements go on." in shown
    assert re.search(r"Idea \(2\).*Tunnel.*Bridge.*Appealed \(1\).*Appealed school", shown)
    assert "Closed library" not in shown
    assert "Published" not in shown


def test_a_full_column_leads_to_the_list() -> None:
    town = an_organisation()
    for number in range(14):
        a_procurement(town, title=f"Idea {number}", state="idea")
    answer = as_a("member", town).get(page("board", town))
    assert "2 more in this state" in text_of(answer)
    assert f'{page("procurements", town)}?state=idea"' in answer.content.decode()


def test_the_second_editor_of_a_record_or_a_risk_keeps_the_text_and_saves_it_the_next_time() -> None:
    procurement = a_whole_procurement()
    client = as_a("member", procurement.organisation)
    record, risk = a_record(procurement, "need_statement"), a_risk(procurement)
    for address, data in (
        (page("record_edit", procurement, record=record.public_id), record_data(text="Mine stays")),
        (page("risk_edit", procurement, risk=risk.public_id), risk_data(text="Mine stays")),
    ):
        seen = hidden(client.get(address), "seen")
        assert client.post(address, {**data, "text": "Theirs was first", "seen": seen}).status_code == 302
        answer = client.post(address, {**data, "seen": seen})
        assert answer.status_code == 422
        assert "Theirs was first" in text_of(answer)
        assert "Mine stays" in answer.content.decode()
        assert client.post(address, {**data, "seen": hidden(answer, "seen")}).status_code == 302
    record.refresh_from_db()
    risk.refresh_from_db()
    assert (record.text, risk.text) == ("Mine stays", "Mine stays")
