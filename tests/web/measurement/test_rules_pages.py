"""Corrections: preview, rules, what they do in the next run, files of rules in and out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keino.domain.ledgers.buyer_rules import BrokenRules
from keino.web.measurement.models import CategoryRule
from keino.web.measurement.queries.lines import preview_of
from keino.web.measurement.queries.runs import changed_since, rules_in_force, run_result
from keino.web.measurement.services.rules import (
    TooManyRules,
    UnreadableRules,
    add_rules,
    end_rule,
    import_rules,
    rules_as_csv,
)
from tests.factories.runs import a_calculated_run
from tests.factories.web import a_person, an_organisation
from tests.web.measurement.test_runs_pages import as_a, page, text_of

pytestmark = pytest.mark.django_db

WHOLESALER = {"supplier_business_id": "8000012-6"}


def spend(run: object) -> dict[str, Decimal]:
    return {str(part.keys["category"]): part.spend for part in run_result(run).by_category}  # type: ignore[arg-type]


def test_a_tick_becomes_a_rule_that_counts_from_the_next_run() -> None:
    town = an_organisation()
    first = a_calculated_run(town)
    client = as_a("member", town)
    query = {"line": "1-4", "by": ["supplier_business_id"], "answer": "category:FOOD.MEAT", "note": "meat only"}
    shown = text_of(client.get(page("correct", town), query)).replace("€ ", "€")
    # the wholesaler's lines of both years: 500.50 and 80.25
    assert "2 lines, €580.75, go to: " in shown
    assert "Lines you chose: 1. Lines alike in the ticked traits: 2." in shown
    assert not CategoryRule.objects.exists()
    address = page("correct", town) + "?line=1-4"
    saved = {"by": "supplier_business_id", "answer": "category:FOOD.MEAT", "note": "meat only"}
    for _ in range(2):  # pressed twice
        assert client.post(address, saved).url == page("rules", town)
    rule = CategoryRule.objects.get()
    assert (rule.conditions, rule.category, rule.note) == (WHOLESALER, "FOOD.MEAT", "meat only")
    assert changed_since(first) == ("rules",)
    assert "They count from the next one" in text_of(client.get(page("rules", town)))
    second = a_calculated_run(town)
    assert spend(second)["FOOD.MEAT"] == Decimal("580.75")
    assert "FOOD.MEAT" not in spend(first)
    listed = text_of(client.get(page("rules", town))).replace("€ ", "€")
    assert "Business ID of the supplier: 8000012-6" in listed
    assert "2 lines, €581" in listed
    assert changed_since(second) == ()


def test_preview_equals_what_the_next_run_gives() -> None:
    town = an_organisation()
    add_rules(owner=town, conditions=[WHOLESALER], category="FOOD.DAIRY", by=None)
    run = a_calculated_run(town)
    preview = preview_of(run, [{"account_code": "4520", "supplier_name": "keksitty*"}], "FOOD.MEAT")
    assert (preview.before.lines, preview.before.spend) == (2, Decimal("580.75"))
    assert [(part.category, part.part.lines) for part in preview.moved] == [("FOOD.DAIRY", 2)]
    assert [(rule["category"], part.lines) for rule, part in preview.overruled] == [("FOOD.DAIRY", 2)]
    add_rules(
        owner=town, conditions=[{"account_code": "4520", "supplier_name": "keksitty*"}], category="FOOD.MEAT", by=None
    )
    after = {part.keys["category"]: part for part in run_result(a_calculated_run(town)).by_category}["FOOD.MEAT"]
    assert preview.after.footprint_kgco2e == pytest.approx(after.footprint_kgco2e)
    assert preview.after.low_kgco2e == pytest.approx(after.low_kgco2e)
    assert preview.after.high_kgco2e == pytest.approx(after.high_kgco2e)


def test_the_newest_rule_decides_and_an_ended_one_no_more() -> None:
    town, person = an_organisation(), a_person()
    add_rules(owner=town, conditions=[WHOLESALER], category="FOOD.DAIRY", by=person)
    (newer,) = add_rules(owner=town, conditions=[WHOLESALER], category="FOOD.MEAT", by=person)
    assert "FOOD.MEAT" in spend(a_calculated_run(town))
    end_rule(rule=newer, by=person)
    when = CategoryRule.objects.get(pk=newer.pk).ended_at
    end_rule(rule=newer, by=None)
    kept = CategoryRule.objects.get(pk=newer.pk)
    assert (kept.ended_at, kept.ended_by) == (when, person)
    assert "FOOD.DAIRY" in spend(a_calculated_run(town))


def test_leaving_lines_out_moves_them_to_the_excluded() -> None:
    town = an_organisation()
    add_rules(owner=town, conditions=[WHOLESALER], exclusion_reason="internal", by=None)
    result = run_result(a_calculated_run(town))
    assert result.total.spend == Decimal("940.00")
    excluded = {part.keys["exclusion_reason"]: part.spend for part in result.coverage.excluded}
    assert excluded["internal"] == Decimal("580.75")


def test_several_kinds_of_lines_become_several_rules() -> None:
    town = an_organisation()
    a_calculated_run(town)
    client = as_a("member", town)
    address = f"{page('correct', town)}?unit=Tekninen lautakunta"
    client.post(address, {"by": ["supplier_name", "account_code"], "answer": "category:FOOD.MEAT"})
    found = sorted(sorted(rule.conditions.items()) for rule in rules_in_force(town))
    assert found == [
        [("account_code", "4470"), ("supplier_name", "Satunnainen Seppo")],
        [("account_code", "4520"), ("supplier_name", "keksitty tukku oy")],
        [("account_code", "4569"), ("supplier_name", "Esimerkkienergia Oy")],
    ]


def test_a_rule_that_would_take_every_line_is_refused() -> None:
    town = an_organisation()
    a_calculated_run(town)
    client = as_a("member", town)
    answer = client.post(page("correct", town), {"by": ["cost_centre"], "answer": "category:FOOD.MEAT"})
    assert "a rule would take every line" in text_of(answer)
    assert client.post(page("correct", town), {"answer": "category:FOOD.MEAT"}).status_code == 422
    assert client.post(page("correct", town), {"by": ["account_code"], "answer": "category:EVIL"}).status_code == 422
    assert not CategoryRule.objects.exists()
    with pytest.raises(BrokenRules):
        add_rules(owner=town, conditions=[{}], category="FOOD.MEAT", by=None)
    with pytest.raises(BrokenRules):
        add_rules(owner=town, conditions=[{"no_such_column": "x"}], category="FOOD.MEAT", by=None)
    assert not CategoryRule.objects.exists()


def test_rules_go_out_and_come_back_in_their_order() -> None:
    town, other = an_organisation(), an_organisation()
    add_rules(owner=town, conditions=[{"supplier_name": "A*"}], category="FOOD.MEAT", by=None)
    add_rules(owner=town, conditions=[{"description": "=1+1", "account_code": "4520"}], exclusion_reason="tax", by=None)
    text = rules_as_csv(rules_in_force(town))
    assert text.splitlines()[1] == "'=1+1,4520,,,tax," or text.splitlines()[1].startswith("'=1+1,4520")
    import_rules(owner=other, content=text.encode(), by=None)
    ours, theirs = (
        [(rule.conditions, rule.category, rule.exclusion_reason) for rule in rules_in_force(owner)]
        for owner in (town, other)
    )
    assert ours == theirs
    assert import_rules(owner=other, content=text.encode("utf-8-sig"), by=None) == []


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"\n\n", b"supplier_name,category\n"])
def test_files_without_rules_are_refused_whole(content: bytes) -> None:
    with pytest.raises(UnreadableRules):
        import_rules(owner=an_organisation(), content=content, by=None)


def test_mistakes_of_a_file_are_named_together_and_nothing_is_saved() -> None:
    town = an_organisation()
    content = b"supplier_name,category\nA,FOOD.MEAT\nB,FOOD.NOTHING\n,FOOD.MEAT\n"
    client = as_a("member", town)
    answer = client.post(page("rules_import", town), {"file": SimpleUploadedFile("r.csv", content)})
    assert answer.status_code == 422
    shown = text_of(answer)
    assert "Row 3 names the category FOOD.NOTHING" in shown
    assert "Row 4 has no condition" in shown
    assert not CategoryRule.objects.exists()


def test_too_many_rules_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keino.web.measurement.services.rules.MOST_RULES", 2)
    town = an_organisation()
    with pytest.raises(TooManyRules):
        add_rules(owner=town, conditions=[{"supplier_name": str(n)} for n in range(3)], category="FOOD.MEAT", by=None)
    assert not CategoryRule.objects.exists()


def test_rules_of_others_cannot_be_ended() -> None:
    town, other = an_organisation(), an_organisation()
    (rule,) = add_rules(owner=other, conditions=[WHOLESALER], category="FOOD.MEAT", by=None)
    client = as_a("responsible_person", town)
    assert client.post(page("rule_end", town, rule=rule.public_id)).status_code == 404
    assert client.post(page("rule_end", other, rule=rule.public_id)).status_code == 403
    assert as_a("approver", other).post(page("rule_end", other, rule=rule.public_id)).status_code == 403
    rule.refresh_from_db()
    assert rule.ended_at is None


def test_list_of_rules_takes_the_same_queries_for_one_and_three() -> None:
    counts = []
    for number in (1, 3):
        town = an_organisation()
        for n in range(number):
            add_rules(owner=town, conditions=[{"supplier_name": f"S{n}"}], category="FOOD.MEAT", by=a_person())
        client = as_a("member", town)
        a_calculated_run(town)
        client.get(page("rules", town))
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page("rules", town))
        assert answer.content.count(b'<th scope="row">') == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_rules_csv_is_named_after_the_organisation() -> None:
    town = an_organisation(slug="esimerkki")
    answer = as_a("member", town).get(reverse("measurement:rules_csv", kwargs={"slug": "esimerkki"}))
    assert answer["Content-Disposition"] == 'attachment; filename="rules-esimerkki.csv"'
    assert answer.content.decode("utf-8-sig").startswith("account_code,category,exclusion_reason,note")
