"""Answers to forms: begun, saved as often as one likes, sent once; several people on one, files, anonymity."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from keino.web.base.errors import Conflict
from keino.web.surveys.form_errors import AnsweredAlready, AnswerIsSent, AnswersLeftOut, FileKindNotTaken, NotAnAnswer
from keino.web.surveys.forms.of_version import form_of
from keino.web.surveys.models import Attachment, FormAnswer
from keino.web.surveys.services.form_answers import begin_answer, reopen_answer, save_answer, send_answer
from tests.factories.forms import EVERY_KIND, a_draft, a_version, an_answer
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db

WHOLE = {
    "name": "Town of B",
    "story": "Two\nlines",
    "pilot": True,
    "which": "Asphalt",
    "level": "a",
    "topics": ["c", "a"],
    "tonnes": "12.50",
    "budget": 140_000,
    "starts": "2027-01-15",
}


def a_file(name: str = "plan.pdf", content: bytes = b"%PDF-1.7") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def version() -> Any:
    return a_version(an_organisation(kind="competence_centre"))


def test_answers_are_kept_with_their_types(version: Any) -> None:
    answer = an_answer(version, WHOLE, send=False)
    assert answer.answers == WHOLE | {"topics": ["a", "c"], "tonnes": "12.5"}


def test_a_draft_may_be_saved_with_required_questions_open_and_not_sent(version: Any) -> None:
    answer = an_answer(version, {"pilot": True}, send=False)
    with pytest.raises(AnswersLeftOut) as caught:
        send_answer(answer, by=None)
    assert caught.value.values == {"count": 2}  # the name, and which pilot
    answer.refresh_from_db()
    assert answer.answers == {"pilot": True}


def test_a_question_that_is_not_asked_need_not_be_answered_and_its_answer_is_not_sent(version: Any) -> None:
    answer = an_answer(version, {"name": "A", "pilot": False, "which": "Left over"})
    assert answer.answers == {"name": "A", "pilot": False}


def test_people_of_an_organisation_go_on_with_one_answer(version: Any) -> None:
    town = an_organisation()
    first, second = someone_who_is("responsible_person", town), someone_who_is("member", town)
    begun = begin_answer(version, about=town, by=first, subject="application:1")
    assert begin_answer(version, about=town, by=second, subject="application:1") == begun
    assert begin_answer(version, about=town, by=second, subject="application:2") != begun
    assert begin_answer(version, about=an_organisation(), by=second, subject="application:1") != begun


def test_the_second_of_two_writers_is_told_and_changes_nothing(version: Any) -> None:
    answer = begin_answer(version, about=an_organisation())
    save_answer(answer, given={"name": "First"}, seen=answer.version, by=None)
    with pytest.raises(Conflict):
        save_answer(answer, given={"name": "Second"}, seen=answer.version, by=None)
    answer.refresh_from_db()
    assert answer.answers == {"name": "First"}


def test_saving_the_same_twice_is_one_change(version: Any) -> None:
    answer = begin_answer(version, about=an_organisation())
    for _ in range(2):
        found = save_answer(answer, given={"name": "A"}, files={"plan": a_file()}, seen=answer.version, by=None)
    assert found.version == answer.version + 1
    assert Attachment.objects.count() == 1
    assert len(default_storage.listdir(f"form_answers/{answer.public_id.hex}")[1]) == 1


def test_what_was_sent_is_never_changed(version: Any) -> None:
    answer = an_answer(version, WHOLE)
    assert send_answer(answer, by=None).version == answer.version
    with pytest.raises(AnswerIsSent):
        save_answer(answer, given={"name": "Other"}, seen=answer.version, by=None)


def test_a_sent_answer_is_opened_again_where_whoever_asked_allows_it(version: Any) -> None:
    answer = reopen_answer(an_answer(version, WHOLE, about=an_organisation()))
    assert (answer.state, answer.sent_on, answer.sent_at) == ("draft", None, None)
    assert send_answer(answer, by=None).is_sent


@pytest.mark.parametrize(
    ("code", "value"),
    [("level", "z"), ("topics", ["a", "z"]), ("tonnes", "many"), ("budget", "1.5"), ("starts", "31.2."), ("pilot", 3)],
)
def test_what_no_form_would_send_is_refused(version: Any, code: str, value: Any) -> None:
    with pytest.raises(NotAnAnswer):
        an_answer(version, {code: value}, send=False)


def test_a_file_is_kept_under_a_name_of_ours_and_goes_when_another_takes_its_place(
    version: Any, django_capture_on_commit_callbacks: Any
) -> None:
    answer = an_answer(version, {}, files={"plan": a_file("../../etc/pass wd.pdf")}, send=False)
    first = answer.attachments.get()
    assert (first.name, answer.answers) == ("pass wd.pdf", {"plan": str(first.public_id)})
    assert "pass" not in first.stored_as
    with django_capture_on_commit_callbacks(execute=True):
        answer = save_answer(answer, given={}, files={"plan": a_file(content=b"new")}, seen=answer.version, by=None)
    second = answer.attachments.get()
    assert not default_storage.exists(first.stored_as)
    assert default_storage.open(second.stored_as).read() == b"new"
    with django_capture_on_commit_callbacks(execute=True):
        answer = save_answer(answer, given={}, removed={"plan"}, seen=answer.version, by=None)
    assert answer.answers == {}
    assert not default_storage.exists(second.stored_as)


def test_programs_and_pages_are_not_taken_as_files(version: Any) -> None:
    with pytest.raises(FileKindNotTaken):
        an_answer(version, {}, files={"plan": a_file("plan.pdf.exe")}, send=False)
    assert Attachment.objects.count() == 0


def test_an_anonymous_answer_leads_to_nobody_and_is_given_once() -> None:
    town = an_organisation()
    person = someone_who_is("member", town)
    version = a_version(an_organisation(kind="competence_centre"), EVERY_KIND[:1], anonymity="anonymous")
    an_answer(version, {"name": "A"}, about=town, by=person)
    answer = FormAnswer.objects.get()
    kept = (answer.key, answer.about_organisation, answer.begun_by, answer.changed_by, answer.sent_by, answer.sent_at)
    assert set(kept) == {None}
    with pytest.raises(AnsweredAlready):
        begin_answer(version, about=town, by=person)


def test_a_draft_of_a_form_can_not_be_answered() -> None:
    from keino.web.surveys.form_errors import VersionIsDraft

    with pytest.raises(VersionIsDraft):
        begin_answer(a_draft(an_organisation(kind="competence_centre")))


# ---- the questions as a form


def posted(**values: Any) -> dict[str, Any]:
    return {"version": 1, **{f"q_{code}": value for code, value in values.items()}}


def test_the_form_gives_typed_answers(version: Any) -> None:
    sent = posted(**{**WHOLE, "pilot": "yes", "tonnes": "12,5", "budget": "140 000"})
    form = form_of(version, sent, whole=True)
    assert form.is_valid(), form.errors
    assert form.given() == WHOLE | {"topics": ["a", "c"], "tonnes": "12.5"}


def test_the_form_asks_for_what_is_missing_only_when_it_is_sent(version: Any) -> None:
    sent = posted(pilot="yes")
    assert form_of(version, sent).is_valid()
    assert set(form_of(version, sent, whole=True).errors) == {"q_name", "q_which"}
    assert set(form_of(version, posted(pilot="no"), whole=True).errors) == {"q_name"}


def test_a_conflict_keeps_what_was_typed_and_shows_what_others_wrote(version: Any) -> None:
    answer = begin_answer(version, about=an_organisation())
    fresh = save_answer(answer, given={"name": "Theirs"}, seen=answer.version, by=None)
    form = form_of(version, posted(name="Mine"), answer=answer)
    assert form.is_valid()
    form.show_conflict(fresh)
    assert [(str(text), words) for text, words in form.meanwhile] == [("Text of name (fi)", "Theirs")]
    assert (form["q_name"].value(), form["version"].value()) == ("Mine", str(fresh.version))


def test_texts_of_people_are_escaped_in_labels_and_hints() -> None:
    from tests.factories.forms import a_question, in_all

    hostile = a_question("a", text=in_all("<script>x</script>"), hint=in_all("<b>y</b>"))
    html = form_of(a_version(an_organisation(kind="competence_centre"), [hostile])).as_p()
    assert "<script>" not in html
    assert "<b>" not in html
