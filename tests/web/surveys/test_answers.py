"""A respondent's way: draft, send, change, take back; and that nobody finds out whose answers are whose."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from keino.web.base.models import Mail, Person
from keino.web.base.personal_data import registers
from keino.web.surveys.models import AnswerSheet, Round, RoundGroup
from keino.web.surveys.needs import coming_dates, needs
from keino.web.surveys.secrecy import sheet_key
from keino.web.surveys.services.mails import tell_of_rounds
from tests.factories.surveys import CODES, an_answer, an_open_round
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def path(round_: Round, name: str = "answer") -> str:
    return reverse(f"surveys:{name}", kwargs={"slug": round_.organisation.slug, "round_id": round_.public_id})


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def a_member(round_: Round) -> Person:
    return someone_who_is("member", round_.organisation)


def told(level: str = "3", **changes: Any) -> dict[str, Any]:
    return {f"area_{code}": level for code in CODES} | {"version": 0} | changes


def test_answers_are_sent_and_count() -> None:
    round_ = an_open_round(an_organisation(), groups=["Schools", "Care"])
    group = round_.groups.get(name="Care")
    answer = client_of(a_member(round_)).post(path(round_), told(**{f"area_{CODES[2]}": "unknown", "group": group.pk}))
    assert answer.headers["Location"] == path(round_, "round")
    sheet = AnswerSheet.objects.get()
    assert sheet.answers == dict.fromkeys(CODES, 3) | {CODES[2]: None}
    assert (sheet.is_sent, sheet.group) == (True, group)


def test_a_draft_is_kept_and_found_again_and_does_not_count() -> None:
    round_ = an_open_round(an_organisation(), groups=["Schools"])
    client = client_of(a_member(round_))
    first = {f"area_{CODES[0]}": "4", "version": 0, "draft": "1"}
    assert client.post(path(round_), first).status_code == 302
    assert not AnswerSheet.objects.get().is_sent
    page = client.get(path(round_)).content.decode()
    assert page.count("checked") == 1
    assert 'value="4"' in page.partition("checked")[0].rpartition("<input")[2] + page.partition("checked")[2][:80]


def test_a_question_left_out_is_named_and_what_was_chosen_stays() -> None:
    round_ = an_open_round(an_organisation())
    given = told("5")
    del given[f"area_{CODES[4]}"]
    answer = client_of(a_member(round_)).post(path(round_), given)
    assert answer.status_code == 422
    assert f'href="#id_area_{CODES[4]}_0"' in answer.content.decode()
    assert answer.content.decode().count("checked") == 10
    assert not AnswerSheet.objects.exists()


@pytest.mark.parametrize("wrong", ["0", "6", "-1", "2.5", "=1+1", "<script>", "3" * 500])
def test_an_answer_that_is_no_level_is_refused(wrong: str) -> None:
    round_ = an_open_round(an_organisation())
    answer = client_of(a_member(round_)).post(path(round_), told(**{f"area_{CODES[0]}": wrong}))
    assert answer.status_code == 422
    assert not AnswerSheet.objects.exists()


def test_a_group_of_another_round_is_refused() -> None:
    round_ = an_open_round(an_organisation(), groups=["Schools"])
    other: RoundGroup = an_open_round(an_organisation(), groups=["Care"]).groups.get(name="Care")
    assert client_of(a_member(round_)).post(path(round_), told(group=other.pk)).status_code == 422
    assert not AnswerSheet.objects.exists()


def test_a_double_press_answers_once() -> None:
    round_ = an_open_round(an_organisation())
    client = client_of(a_member(round_))
    assert [client.post(path(round_), told()).status_code for _ in range(2)] == [302, 302]
    assert AnswerSheet.objects.get().version == 1


def test_answers_can_be_changed_until_the_close() -> None:
    round_ = an_open_round(an_organisation())
    client = client_of(a_member(round_))
    client.post(path(round_), told("2"))
    client.post(path(round_), told("4", version=1))
    assert set(AnswerSheet.objects.get().answers.values()) == {4}
    stale = client.post(path(round_), told("1", version=1))  # from a page opened before
    assert stale.status_code == 422
    assert set(AnswerSheet.objects.get().answers.values()) == {4}


def test_sent_answers_never_become_a_draft() -> None:
    round_ = an_open_round(an_organisation())
    client = client_of(a_member(round_))
    client.post(path(round_), told("2"))
    assert client.post(path(round_), {"version": 1, "draft": "1"}).status_code == 422
    assert AnswerSheet.objects.get().is_sent


def test_answers_can_be_taken_back() -> None:
    round_ = an_open_round(an_organisation())
    client = client_of(a_member(round_))
    client.post(path(round_), told())
    for _ in range(2):
        assert client.post(path(round_, "take_back")).status_code == 302
    assert not AnswerSheet.objects.exists()


def test_nobody_meets_the_answers_of_another() -> None:
    round_ = an_open_round(an_organisation())
    an_answer(round_, 5)
    for role in ("member", "responsible_person", "approver"):
        page = client_of(someone_who_is(role, round_.organisation)).get(path(round_)).content.decode()
        assert "checked" not in page


def test_a_sheet_has_no_column_that_leads_to_a_person() -> None:
    columns = {field.name: field for field in AnswerSheet._meta.concrete_fields}
    assert not [field for field in columns.values() if field.is_relation and field.related_model is Person]
    assert not [field for field in columns.values() if isinstance(field, models.DateField | models.AutoField)]
    pointing = [
        field
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is AnswerSheet
    ]
    assert pointing == []


def test_keys_need_the_secret_and_differ_by_round(settings: Any) -> None:
    town = an_organisation()
    person, one, other = someone_who_is("member", town), an_open_round(town), an_open_round(an_organisation())
    key = sheet_key(one.public_id, person)
    assert key == sheet_key(one.public_id, person) != sheet_key(other.public_id, person)
    settings.SECRET_KEY = "another"
    assert sheet_key(one.public_id, person) != key


# ---- needs and mail


def test_the_home_asks_only_those_who_have_not_answered(django_assert_num_queries: Any) -> None:
    round_ = an_open_round(an_organisation())
    answered, drafted, silent = an_answer(round_), an_answer(round_, send=False), a_member(round_)
    mentor = someone_who_is("mentor", an_organisation(kind="competence_centre"), about=round_.organisation)
    found = {who: list(needs(who, [round_.organisation])) for who in (answered, drafted, silent, mentor)}
    assert {who: len(each) for who, each in found.items()} == {answered: 0, drafted: 1, silent: 1, mentor: 0}
    assert (found[silent][0].due, found[silent][0].url) == (round_.closes_on, path(round_))
    with django_assert_num_queries(2):  # of rounds and of forms
        list(needs(silent, [round_.organisation]))
    with django_assert_num_queries(1):
        assert [each.date for each in coming_dates(silent, round_.organisation)] == [round_.closes_on]


def mails(template: str) -> list[str]:
    return sorted(Mail.objects.filter(template=f"surveys/mail/{template}.txt").values_list("address", flat=True))


def test_everyone_is_told_once_and_reminded_once_if_they_have_not_answered() -> None:
    round_ = an_open_round(an_organisation())
    people = [a_member(round_) for _ in range(3)]
    for _ in range(2):
        tell_of_rounds(today=round_.opens_on)
    assert mails("opened") == sorted(person.email for person in people)
    an_answer(round_, person=people[0])
    days_before = [round_.closes_on.fromordinal(round_.closes_on.toordinal() - number) for number in (4, 3, 2, 0)]
    counts = []
    for today in days_before:
        tell_of_rounds(today=today)
        counts.append(len(mails("reminder")))
    assert counts == [0, 2, 2, 2]
    assert mails("reminder") == sorted(person.email for person in people[1:])


def test_a_mail_names_no_other_respondent() -> None:
    round_ = an_open_round(an_organisation())
    one, other = a_member(round_), a_member(round_)
    tell_of_rounds(today=round_.opens_on)
    mail = Mail.objects.get(person=one)
    assert other.name not in str(mail.values)
    assert other.email not in str(mail.values)


# ---- one's own data


def test_own_answers_are_exported_and_erased_while_they_can_be() -> None:
    round_ = an_open_round(an_organisation())
    person, other = an_answer(round_, 2), an_answer(round_, 4)
    (register,) = [each for each in registers() if each.key == "self_assessment"]
    (told_of,) = register.export(person)["answers"]
    assert set(told_of["answers"].values()) == {2}
    register.erase(person)
    assert register.export(person)["answers"] == []
    assert [set(sheet.answers.values()) for sheet in AnswerSheet.objects.all()] == [{4}]
    assert len(register.export(other)["answers"]) == 1


def test_retention_leaves_no_sheet_in_a_round_that_is_over() -> None:
    over, still_open = an_open_round(an_organisation()), an_open_round(an_organisation())
    for round_ in (over, still_open):
        an_answer(round_)
    Round.objects.filter(pk=over.pk).update(state="closed")  # as if the process had died in between
    (register,) = [each for each in registers() if each.key == "self_assessment"]
    assert register.retire is not None
    assert [register.retire(), register.retire()] == [1, 0]
    assert AnswerSheet.objects.get().round == still_open
