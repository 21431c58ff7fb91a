"""The operating model: written from a template, approved by an approver, then never changed; its next versions."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pypdf import PdfReader

from keino.errors import KeinoError
from keino.web.base.audit import trail_of
from keino.web.base.frozen import DocumentIsFinal
from keino.web.plans.choices import OperatingModelState
from keino.web.plans.document_errors import ApprovedBefore
from keino.web.plans.models import OperatingModel, OperatingRole
from keino.web.plans.services.operating_models import COPIED, approve_model, begin_model
from tests.factories.plan_documents import (
    a_climate_target,
    a_model_draft,
    a_model_in_review,
    an_approved_model,
)
from tests.factories.web import a_person, an_organisation, someone_who_is
from tests.web.plans.document_browsing import as_a, client_of, hidden, page, rows_data, text_of

pytestmark = pytest.mark.django_db


def content(model: OperatingModel) -> dict[str, object]:
    """Every final column as the database has it, and the roles."""
    columns = {*OperatingModel.FINAL} - {"organisation", "sent_by", "approved_by", "based_on"}
    kept = dict(OperatingModel.objects.filter(pk=model.pk).values(*columns).get())
    return kept | {"roles": list(OperatingRole.objects.filter(model=model).values("kind", "post", "duties", "holder"))}


# ---- from the template to approval


def test_b10_from_the_template_to_an_approved_model_linked_to_the_own_target() -> None:
    town = an_organisation("Example town")
    a_climate_target(town, reduction_share=0.6, target_year=2030, baseline_year=2022)
    member, approver = someone_who_is("member", town), someone_who_is("approver", town)
    writing = client_of(member)
    assert "Begin from the template" in text_of(writing.get(page("operating_model", town)))
    for _ in range(2):  # pressed twice
        answer = writing.post(page("operating_model_begin", town))
    assert answer.url == page("operating_model_version", town, number=1)
    draft = text_of(writing.get(answer.url))
    assert "This operating model says how we lead our procurement" in draft
    assert "It isn't linked to a climate target of your own." in draft
    assert "Send for approval" not in draft

    target = page("operating_model_section", town, number=1, section="target")
    sent = {"version": hidden(writing.get(target), "version"), "climate_target": town.climate_targets.get().pk}
    assert writing.post(target, sent | {"budget_link": "Budget 2027"}).status_code == 302
    roles = page("operating_model_section", town, number=1, section="roles")
    rows = [
        {"kind": "leader", "post": "Mayor", "holder": "", "duties": "Asks for results."},
        {"kind": "manager", "post": "Procurement manager", "holder": str(member.pk), "duties": "Owns the calendar."},
        {"kind": "expert", "post": "Buyers", "holder": "", "duties": "Choose criteria."},
        {"kind": "leader", "post": "", "holder": "", "duties": ""},
    ]
    sent = {"version": hidden(writing.get(roles), "version"), **rows_data(rows, initial=3)}
    assert writing.post(roles, sent).status_code == 302
    model = OperatingModel.objects.get()
    assert [(role.kind, role.post, role.holder) for role in model.roles.all()] == [
        ("leader", "Mayor", None),
        ("manager", "Procurement manager", member),
        ("expert", "Buyers", None),
    ]
    draft_page = writing.get(page("operating_model_version", town, number=1))
    send = page("operating_model_send", town, number=1)
    assert writing.post(send, {"version": hidden(draft_page, "version")}).status_code == 302
    assert writing.get(page("operating_model_approve", town, number=1)).status_code == 403

    reading = client_of(approver)
    preview = reading.get(page("operating_model_approve", town, number=1))
    assert "60% less emissions in 2030 than in 2022." in text_of(preview)
    answer = reading.post(
        page("operating_model_approve", town, number=1), {"version": hidden(preview, "version")}, follow=True
    )
    said = text_of(answer)
    assert f"Version 1 counts. {approver} approved it as approver on" in said
    assert "Decided: Example council," in said
    model.refresh_from_db()
    assert (model.state, model.approved_by, model.sent_by) == ("approved", approver, member)
    acts = [(entry.additional_data or {}).get("act") for entry in trail_of(model)]
    assert acts[0] == "operating_model_approved"
    assert acts[-1] == "operating_model_begun"


@pytest.mark.parametrize("role", ["responsible_person", "member"])
def test_b10_only_an_approver_approves(role: str) -> None:
    town = an_organisation()
    model = a_model_in_review(town)
    address = page("operating_model_approve", town, number=1)
    assert as_a(role, town).post(address, {"version": model.version}).status_code == 403
    elsewhere = as_a("approver", an_organisation())
    assert elsewhere.post(address, {"version": model.version}).status_code == 403
    model.refresh_from_db()
    assert model.state == OperatingModelState.IN_REVIEW


def test_b10_a_model_without_a_target_is_refused_with_a_link_to_the_place() -> None:
    town = an_organisation()
    model = a_model_in_review(town, climate_target=None, purpose="")
    answer = as_a("approver", town).post(page("operating_model_approve", town, number=1), {"version": model.version})
    assert answer.status_code == 422
    said = text_of(answer)
    assert "nothing was changed" in said
    assert "Its purpose isn't written." in said
    assert "It isn't linked to a climate target of your own." in said
    assert page("operating_model_section", town, number=1, section="target") in answer.content.decode()
    model.refresh_from_db()
    assert model.state == OperatingModelState.IN_REVIEW


def test_b10_the_target_stays_as_it_was_approved() -> None:
    town = an_organisation()
    an_approved_model(town)
    target = town.climate_targets.get()
    target.reduction_share, target.target_year = 0.1, 2040
    target.save()
    said = text_of(as_a("member", town).get(page("operating_model", town)))
    assert "60% less emissions in 2030 than in 2022." in said
    target.delete()
    assert "60% less emissions in 2030" in text_of(as_a("member", town).get(page("operating_model", town)))


def test_the_template_is_in_the_language_of_whoever_begins() -> None:
    town = an_organisation()
    client = as_a("member", town)
    client.cookies["keino_language"] = "sv"
    client.post(page("operating_model_begin", town))
    assert OperatingModel.objects.get().language == "sv"


# ---- immutable


def test_b9_an_approved_version_cannot_be_edited() -> None:
    town = an_organisation()
    model = an_approved_model(town)
    before = content(model)
    for role in ("responsible_person", "member", "approver"):
        client = as_a(role, town)
        for name, more in (
            ("operating_model_section", {"section": "purpose"}),
            ("operating_model_section", {"section": "roles"}),
            ("operating_model_send", {}),
            ("operating_model_return", {}),
        ):
            address = page(name, town, number=1, **more)
            sent = {"version": model.version, "purpose": "Something else", **rows_data([])}
            assert client.post(address, sent).status_code in {302, 403, 405, 409}
    assert content(model) == before
    assert "Something else" not in text_of(as_a("member", town).get(page("operating_model", town)))
    asked = as_a("member", town).get(page("operating_model_section", town, number=1, section="purpose"))
    assert asked.url == page("operating_model_version", town, number=1)


def test_b9_the_table_itself_refuses() -> None:
    model = an_approved_model(an_organisation())
    role = model.roles.first()
    before = content(model)
    model.purpose = "Something else"
    attempts: list[Callable[[], object]] = [
        model.save,
        lambda: model.save(update_fields=["purpose"]),
        model.delete,
        lambda: OperatingModel.objects.update(purpose="Something else"),
        lambda: OperatingModel.objects.filter(pk=model.pk).update(state="draft"),
        lambda: OperatingModel.objects.bulk_update([model], ["purpose"]),
        lambda: OperatingModel.objects.all().delete(),
        role.delete,
        role.save,
        lambda: model.roles.update(duties="Nothing"),
        lambda: OperatingRole.objects.create(model=model, kind="expert"),
    ]
    for number, attempt in enumerate(attempts):
        with pytest.raises(DocumentIsFinal), transaction.atomic():
            attempt()
        assert content(model) == before, number


def test_b9_the_next_version_starts_as_a_copy_and_takes_the_place_of_the_first_when_approved() -> None:
    town = an_organisation()
    first = an_approved_model(town, purpose="We buy so that emissions fall.")
    before = content(first)
    writing = as_a("member", town)
    for _ in range(2):
        assert writing.post(page("operating_model_begin", town)).url == page("operating_model_version", town, number=2)
    second = OperatingModel.objects.get(number=2)
    assert all(getattr(second, name) == getattr(first, name) for name in COPIED)
    assert content(second)["roles"] == before["roles"]
    address = page("operating_model_section", town, number=2, section="purpose")
    sent = {"version": second.version, "purpose": "We buy so that emissions fall by half.", "scope": second.scope}
    assert writing.post(address, sent).status_code == 302
    assert "Version 1 counts" in text_of(writing.get(page("operating_model", town)))
    second.refresh_from_db()
    writing.post(page("operating_model_send", town, number=2), {"version": second.version})
    reading = as_a("approver", town)
    preview = reading.get(page("operating_model_approve", town, number=2))
    html = preview.content.decode()
    assert "<del>" in html
    assert "<ins>" in html
    assert "We buy so that emissions [− gone: fall.] [+ new: fall by half.]" in text_of(preview).replace(" ]", "]")
    reading.post(page("operating_model_approve", town, number=2), {"version": hidden(preview, "version")})
    first.refresh_from_db()
    assert first.state == OperatingModelState.SUPERSEDED
    assert content(first) == before | {"state": "superseded"}
    assert "Version 2 counts" in text_of(reading.get(page("operating_model", town)))
    compared = text_of(reading.get(page("operating_model_comparison", town) + "?old=1&new=2"))
    assert "Link to the strategy" in compared  # it was cleared in version 2
    assert "Market dialogue" not in compared  # it is the same in both
    assert reading.get(page("operating_model_comparison", town) + "?old=1&new=x").status_code == 404
    with pytest.raises(DocumentIsFinal):
        OperatingModel.objects.filter(number=1).update(state="approved")


def test_b9_erasing_a_person_takes_the_name_out_and_leaves_the_document() -> None:
    from keino.web.plans.document_personal_data import _erase

    approver = a_person("Name To Forget")
    model = an_approved_model(an_organisation(), by=approver)
    purpose = model.purpose
    _erase(approver)
    model.refresh_from_db()
    assert (model.approved_by, model.purpose, model.state) == (None, purpose, "approved")


# ---- people at the same time


def test_b9_of_two_approvers_one_wins_and_the_other_is_told() -> None:
    town = an_organisation()
    model = a_model_in_review(town)
    first, second = someone_who_is("approver", town), someone_who_is("approver", town)
    address = page("operating_model_approve", town, number=1)
    pages = [client_of(first).get(address), client_of(second).get(address)]
    seen = [hidden(each, "version") for each in pages]
    client_of(first).post(address, {"version": seen[0]})
    told = client_of(second).post(address, {"version": seen[1]}, follow=True)
    assert f"{first} approved this before you pressed the button" in text_of(told)
    model.refresh_from_db()
    assert model.approved_by == first
    when = model.approved_at
    again = client_of(first).post(address, {"version": seen[0]}, follow=True)  # pressed twice
    assert "before you pressed" not in text_of(again)
    model.refresh_from_db()
    assert model.approved_at == when


@pytest.mark.django_db(transaction=True)
def test_b9_of_two_approvers_at_the_same_moment_one_wins() -> None:
    town = an_organisation()
    model = a_model_in_review(town)
    approvers = [someone_who_is("approver", town), someone_who_is("approver", town)]
    start, told = threading.Barrier(2), [None, None]  # type: tuple[threading.Barrier, list[KeinoError | None]]

    def approve(number: int) -> None:
        try:
            start.wait()
            approve_model(OperatingModel.objects.get(pk=model.pk), by=approvers[number], seen=model.version)
        except KeinoError as error:
            told[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    model.refresh_from_db()
    winner = approvers.index(model.approved_by)
    assert told[winner] is None
    assert isinstance(told[1 - winner], ApprovedBefore)


def test_what_was_changed_after_the_page_was_opened_is_not_approved() -> None:
    town = an_organisation()
    model = a_model_in_review(town)
    approver = as_a("approver", town)
    address = page("operating_model_approve", town, number=1)
    seen = hidden(approver.get(address), "version")
    member = as_a("member", town)
    member.post(page("operating_model_return", town, number=1))
    model.refresh_from_db()
    section = page("operating_model_section", town, number=1, section="purpose")
    member.post(section, {"version": model.version, "purpose": "Another purpose"})
    model.refresh_from_db()
    member.post(page("operating_model_send", town, number=1), {"version": model.version})
    answer = approver.post(address, {"version": seen})
    assert answer.status_code == 409
    assert "nothing was approved" in text_of(answer)
    assert "Another purpose" in text_of(answer)
    model.refresh_from_db()
    assert model.state == OperatingModelState.IN_REVIEW


def test_the_second_of_two_writers_keeps_their_text_and_sees_what_is_saved() -> None:
    town = an_organisation()
    model = a_model_draft(town)
    address = page("operating_model_section", town, number=1, section="purpose")
    first, second = as_a("member", town), as_a("member", town)
    sent = {"version": model.version, "scope": "", "strategy_link": ""}
    first.post(address, sent | {"purpose": "Mine was first"})
    answer = second.post(address, sent | {"purpose": "Mine was second"})
    assert answer.status_code == 409
    said = text_of(answer)
    assert "Somebody else changed this while you were editing it" in said
    assert "Mine was first" in said
    assert "Mine was second" in said
    model.refresh_from_db()
    assert model.purpose == "Mine was first"
    again = second.post(address, {"version": hidden(answer, "version"), "purpose": "Mine was second"})
    assert again.status_code == 302
    model.refresh_from_db()
    assert model.purpose == "Mine was second"


# ---- bad input, files


def test_markup_is_shown_as_text_and_too_long_a_text_is_refused_with_the_text_kept() -> None:
    town = an_organisation()
    model = a_model_draft(town)
    client = as_a("member", town)
    address = page("operating_model_section", town, number=1, section="purpose")
    client.post(address, {"version": model.version, "purpose": "<script>alert(1)</script>"})
    shown = client.get(page("operating_model_version", town, number=1)).content.decode()
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    model.refresh_from_db()
    answer = client.post(address, {"version": model.version, "purpose": "x" * 10_001})
    assert answer.status_code == 422
    assert "x" * 10_001 in answer.content.decode()
    model.refresh_from_db()
    assert model.purpose == "<script>alert(1)</script>"


def test_the_months_of_the_annual_clock_are_shown_in_order_and_empty_ones_left_out() -> None:
    town = an_organisation()
    model = a_model_draft(town)
    client = as_a("member", town)
    address = page("operating_model_section", town, number=1, section="clock")
    client.post(address, {"version": model.version, "month_11": "Budget", "month_2": "Footprint"})
    model.refresh_from_db()
    assert model.annual_clock == {"2": "Footprint", "11": "Budget"}
    said = text_of(client.get(page("operating_model_version", town, number=1)))
    assert "February Footprint November Budget" in said


def test_a_version_can_be_taken_away_as_an_accessible_pdf_in_the_reader_s_language() -> None:
    town = an_organisation("Example town")
    an_approved_model(town, purpose="<b>Why</b> we do it")
    address = page("operating_model_file", town, number=1)
    assert as_a("member", an_organisation()).get(address).status_code == 403
    answer = as_a("member", town).get(address)
    assert answer["Content-Type"] == "application/pdf"
    pdf = PdfReader(io.BytesIO(answer.content))
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    text = " ".join(" ".join(each.extract_text() for each in pdf.pages).split())
    assert "Operating model of sustainable procurement" in text
    assert "<b>Why</b> we do it" in text
    assert "60% less emissions in 2030 than in 2022." in text


def test_the_home_tells_approvers_what_waits_for_them() -> None:
    from keino.web.plans.needs import needs

    town = an_organisation()
    a_model_in_review(town)
    approver, member = someone_who_is("approver", town), someone_who_is("member", town)
    assert [(need.kind, need.url) for need in needs(approver, [town])] == [
        ("you", page("operating_model_approve", town, number=1))
    ]
    assert [need.kind for need in needs(member, [town])] == ["others"]


def test_a_version_changes_hands_without_changing_its_text() -> None:
    from keino.web.plans.document_ownership import _models

    town, leaving, staying = an_organisation(), a_person(), a_person()
    model = begin_model(organisation=town, language="en", by=leaving)
    a_model_draft(town, by=leaving)
    model.refresh_from_db()
    before = content(model)
    (owned,) = _models(leaving, town)
    owned.give_to(staying)
    model.refresh_from_db()
    assert model.owner == staying
    assert content(model) == before
    assert model.created_at <= timezone.now()
