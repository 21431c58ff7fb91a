"""The editor of forms, walked through its pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from keino.domain.questionnaires.question import Choice, Condition
from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from keino.web.surveys.form_errors import AnonymityWeakened, VersionIsPublished
from keino.web.surveys.models import Answered, Form, FormAnswer, FormVersion
from keino.web.surveys.services.forms import (
    begin_version,
    change_form,
    move_question,
    publish_version,
    put_question,
    remove_question,
)
from tests.factories.accounts import with_second_factor
from tests.factories.forms import EVERY_KIND, a_draft, a_question, a_version, an_answer, in_all
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Organisation:
    return an_organisation("Centre", kind="competence_centre")


@pytest.fixture
def expert(centre: Organisation) -> Person:
    return with_second_factor(someone_who_is("expert", centre))


@pytest.fixture
def desk(expert: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(expert)
    return client


def post(client: Client, name: str, data: dict[str, Any], **arguments: Any) -> Any:
    return client.post(reverse(f"surveys:{name}", kwargs=arguments), data, follow=True)


def get(client: Client, name: str, **arguments: Any) -> str:
    answer = client.get(reverse(f"surveys:{name}", kwargs=arguments))
    assert answer.status_code == 200
    return str(answer.content.decode())


def of(draft: FormVersion) -> dict[str, Any]:
    return {"form_id": draft.form.public_id}


def test_a_form_is_made_once_however_often_the_button_is_pressed(desk: Client) -> None:
    new = {"title_fi": "Hakemus", "purpose": "application", "anonymity": "named", "languages": ["fi"]}
    for _ in range(2):
        post(desk, "form_new", new)
    assert Form.objects.count() == 1


def test_a_title_is_needed_in_each_chosen_language(desk: Client) -> None:
    new = {"title_fi": "Hakemus", "purpose": "application", "anonymity": "named", "languages": ["fi", "sv"]}
    answer = post(desk, "form_new", new)
    assert answer.status_code == 422
    assert "Hakemus" in answer.content.decode()
    assert not Form.objects.exists()


def test_a_draft_says_all_that_keeps_it_from_being_published_and_is_not(desk: Client, centre: Organisation) -> None:
    draft = a_draft(centre, [a_question("a", text={"fi": "Miksi?", "en": "Why?"})])
    page = get(desk, "draft", **of(draft))
    assert "has no text in Swedish" in page
    post(desk, "draft_publish", {"version": draft.version}, **of(draft))
    draft.refresh_from_db()
    assert not draft.is_published


def test_a_draft_that_somebody_changed_after_the_look_at_it_is_not_published(
    desk: Client, centre: Organisation
) -> None:
    draft = a_draft(centre, [a_question("a")])
    put_question(version=draft, question=a_question("b"), seen=draft.version, by=None)
    answer = post(desk, "draft_publish", {"version": draft.version}, **of(draft))
    assert "Somebody else changed this" in answer.content.decode()
    draft.refresh_from_db()
    assert not draft.is_published


def test_the_second_editor_keeps_the_text_and_nothing_is_lost(desk: Client, centre: Organisation) -> None:
    draft = a_draft(centre, [a_question("a")])
    sent = {"kind": "text", "text_fi": "Toinen", "text_sv": "Andra", "text_en": "Second", "version": draft.version}
    put_question(version=draft, question=a_question("first"), seen=draft.version, by=None)
    answer = post(desk, "question_new", sent, **of(draft))
    assert answer.status_code == 422
    assert "Toinen" in answer.content.decode()
    draft = FormVersion.objects.get()
    post(desk, "question_new", sent | {"version": draft.version}, **of(draft))
    assert [each["code"] for each in FormVersion.objects.get().questions] == ["a", "first", "second"]


def test_choices_keep_their_codes_when_words_are_mended_and_lines_come_and_go(
    desk: Client, centre: Organisation
) -> None:
    levels = a_question("level", "one_of", choices=tuple(Choice(each, in_all(each.upper())) for each in "abc"))
    draft = a_draft(centre, [levels])

    def codes(*lines: str) -> list[str]:
        version = FormVersion.objects.get()
        sent = {"kind": "one_of", "version": version.version}
        for language in ("fi", "sv", "en"):
            sent |= {f"text_{language}": "Level", f"choices_{language}": "\n".join(lines)}
        assert post(desk, "question", sent, **of(draft), code="level").status_code == 200
        return [each["code"] for each in FormVersion.objects.get().questions[0]["choices"]]

    assert codes("A (fi)", "B mended", "C (fi)") == ["a", "b", "c"]
    assert codes("New", "A (fi)", "C (fi)") == ["b", "a", "c"] or codes("New", "A (fi)", "C (fi)")[1:] == ["a", "c"]
    assert codes("C (fi)", "Brand new", "A (fi)", "One more")[::2] == ["c", "a"]


def test_as_many_choices_are_needed_in_each_language(desk: Client, centre: Organisation) -> None:
    draft = a_draft(centre, [])
    sent = {"kind": "one_of", "text_fi": "Taso", "choices_fi": "A\nB", "choices_sv": "A", "version": draft.version}
    answer = post(desk, "question_new", sent, **of(draft))
    assert answer.status_code == 422
    assert "as many choices in each language" in answer.content.decode()


def test_a_question_that_depends_on_another_follows_its_new_place_or_keeps_the_draft_back(
    desk: Client, centre: Organisation
) -> None:
    pilot = a_question("pilot", "yes_no")
    which = a_question("which", shown_if=Condition("pilot", ("yes",)))
    draft = a_draft(centre, [pilot, which])
    move_question(version=draft, code="which", up=True, seen=draft.version, by=None)
    assert "depends on a question" in get(desk, "draft", **of(draft))


def test_what_people_write_into_a_form_is_never_run(desk: Client, centre: Organisation) -> None:
    hostile = "<script>alert(1)</script>"
    questions = [
        a_question("a", text=in_all(hostile), hint=in_all(hostile), heading=in_all(hostile)),
        a_question("b", "one_of", choices=(Choice("x", in_all(hostile)), Choice("y", in_all("y")))),
        a_question("c", "number", unit=in_all(hostile)),
    ]
    draft = a_draft(centre, questions, title=in_all(hostile))
    for name in ("draft", "draft_publish", "draft_about"):
        assert hostile not in get(desk, name, **of(draft))
    publish_version(version=draft, by=None)
    assert hostile not in get(desk, "form", **of(draft))
    assert hostile not in get(Client(), "register_entry", **of(draft))
    assert hostile not in get(Client(), "register")


# ---- versions


def test_a_published_version_never_changes(centre: Organisation) -> None:
    version = a_version(centre, [a_question("a")])
    for change in (
        lambda: put_question(version=version, question=a_question("b"), seen=version.version, by=None),
        lambda: remove_question(version=version, code="a", seen=version.version, by=None),
        lambda: FormVersion.objects.filter(pk=version.pk).update(questions=[]),
        lambda: FormVersion.objects.filter(pk=version.pk).delete(),
        version.delete,
    ):
        with pytest.raises(VersionIsPublished):
            change()
    version.questions = []
    with pytest.raises(VersionIsPublished):
        version.save()
    assert [each["code"] for each in FormVersion.objects.get().questions] == ["a"]


def test_the_next_version_begins_as_a_copy_and_there_is_one_draft(centre: Organisation) -> None:
    version = a_version(centre, EVERY_KIND)
    draft = begin_version(form=version.form, by=None)
    assert begin_version(form=version.form, by=None) == draft
    assert (draft.number, draft.questions, draft.kept_months) == (2, version.questions, version.kept_months)


# ---- anonymity


def test_an_anonymous_form_stays_so_once_somebody_began_to_answer(centre: Organisation, desk: Client) -> None:
    version = a_version(centre, [a_question("a")], anonymity="anonymous")
    form = version.form
    weaker = {"title_fi": "Uusi", "anonymity": "named", "version": form.version}
    an_answer(version, {"a": "x"}, by=someone_who_is("member"), send=False)
    answer = post(desk, "form_change", weaker, form_id=form.public_id)
    assert answer.status_code == 422
    assert "stays anonymous" in answer.content.decode()
    FormAnswer.objects.all().delete()
    change_form(form=form, title={"fi": "Uusi"}, anonymity="named", is_retired=False, seen=form.version, by=None)


def test_anonymity_can_not_be_weakened_when_only_the_mark_of_an_answer_is_left(centre: Organisation) -> None:
    version = a_version(centre, [a_question("a")], anonymity="anonymous")
    an_answer(version, {"a": "x"}, by=someone_who_is("member"))
    FormAnswer.objects.all().delete()
    assert Answered.objects.exists()
    form = version.form
    with pytest.raises(AnonymityWeakened):
        change_form(form=form, title=form.title, anonymity="named", is_retired=False, seen=form.version, by=None)


def test_a_form_made_anonymous_forgets_who_answered(centre: Organisation) -> None:
    version = a_version(centre, [a_question("a")])
    town = an_organisation()
    person = someone_who_is("member", town)
    an_answer(version, {"a": "x"}, about=town, by=person)
    form = version.form
    change_form(form=form, title=form.title, anonymity="anonymous", is_retired=False, seen=form.version, by=None)
    kept = FormAnswer.objects.get()
    assert (kept.about_organisation, kept.begun_by, kept.changed_by, kept.sent_by, kept.key) == (None,) * 5
    assert (kept.answers, kept.sent_at) == ({"a": "x"}, None)
