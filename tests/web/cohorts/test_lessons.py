"""Lessons become templates with their origin; who starts from one gets planned actions, and each start is counted."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from keino.web.base.models import Mail
from keino.web.cohorts.models import CohortLesson, LessonTemplate, TemplateReuse
from keino.web.plans.models import Action
from tests.factories.cohorts import a_mentor, a_participation
from tests.factories.procurements import a_procurement
from tests.factories.sparring import a_lesson, a_template
from tests.factories.web import an_organisation, someone_who_is
from tests.web.cohorts.browsing import as_, at, text_of

pytestmark = pytest.mark.django_db


def in_sixty_days() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=60)


def written(**fields: Any) -> dict[str, Any]:
    """What the form of a lesson sends."""
    return {
        "key": str(uuid.uuid4()), "title": "Ask for data early", "what_happened": "Nobody had the data.",
        "advice": "Ask in the dialogue which data suppliers have.", "may_name_us": "on",
    } | fields  # fmt: skip


def promoted(**fields: Any) -> dict[str, Any]:
    """What the form of a template sends."""
    return {
        "key": str(uuid.uuid4()), "kind": "action_list", "title": "Data before the tender", "text": "How to ask.",
        "actions": "List the data you need\n\n  Ask suppliers in the dialogue  \nPut it into the contract\n",
    } | fields  # fmt: skip


def test_b32_a_lesson_is_promoted_to_a_template_with_its_origin_and_each_reuse_is_counted() -> None:
    there = a_participation()
    town = there.organisation
    pilot = a_procurement(town)
    client = as_(there.responsible)

    # a participant writes the lesson of its pilot and offers it
    sent = written(procurement=pilot.pk)
    for _press in range(2):
        assert client.post(at("lesson_new", town, edition=there.edition.slug), sent).status_code == 302
    lesson = CohortLesson.objects.get()
    assert (lesson.participation, lesson.procurement) == (there, pilot)
    coordinator = as_(someone_who_is("coordinator", there.edition.organisation))
    promote_url = reverse("cohorts:desk_promote", args=[lesson.public_id])
    assert coordinator.get(promote_url).status_code == 404  # a draft is nobody else's
    for _press in range(2):
        assert client.post(at("lesson_offer", town, lesson=lesson.public_id)).status_code == 302

    # the centre makes a template of it
    assert "Ask for data early" in text_of(coordinator.get(reverse("cohorts:desk_lessons")))
    sent = promoted()
    for _press in range(2):
        assert coordinator.post(promote_url, sent).status_code == 302
    template = LessonTemplate.objects.get()
    assert template.lesson == lesson
    lesson.refresh_from_db()
    assert lesson.state == "promoted"
    told = Mail.objects.get(template="cohorts/mail/lesson_promoted.txt")
    assert told.person == there.responsible

    # everyone reads it with its origin; two other buyers start from it
    page_url = reverse("cohorts:template", args=[template.public_id])
    page = text_of(as_(None).get(page_url))
    assert str(town) in page
    assert str(there.edition) in page
    assert "Nobody has started from it yet" in page
    deadline = in_sixty_days()
    for number, buyer in enumerate((an_organisation("First buyer"), an_organisation("Second buyer")), start=1):
        member = someone_who_is("member", buyer)
        start = {"key": str(uuid.uuid4()), "deadline": deadline.isoformat(), "owner": member.pk}
        for _press in range(2):
            answer = as_(member).post(at("template_start", buyer, template=template.public_id), start)
            assert answer.status_code == 302
        actions = Action.objects.filter(organisation=buyer).order_by("pk")
        assert [(each.title, each.state, each.owner, each.deadline) for each in actions] == [
            (title, "planned", member, deadline)
            for title in ("List the data you need", "Ask suppliers in the dialogue", "Put it into the contract")
        ]
        assert all("How to ask." in each.description for each in actions)
        assert TemplateReuse.objects.filter(organisation=buyer).count() == 1
        assert TemplateReuse.objects.count() == number
    page = text_of(as_(None).get(page_url))
    assert "Reused 2 times , by 2 organisations" in page or "Reused 2 times, by 2 organisations" in page
    assert "First buyer" not in page  # who reuses it is nobody's business


def test_b32_an_origin_that_does_not_agree_is_not_named() -> None:
    there = a_participation(an_organisation("Shy town"))
    template = a_template(a_lesson(there, may_name_us=False))
    for url in (reverse("cohorts:template", args=[template.public_id]), reverse("cohorts:templates")):
        page = text_of(as_(None).get(url))
        assert "Shy town" not in page
        assert str(there.edition) in page


def test_a_template_without_actions_becomes_one_note_in_the_plan() -> None:
    template = a_template(a_lesson(a_participation()), kind="operating_model", actions="", title="Roles", text="Text.")
    buyer = an_organisation()
    member = someone_who_is("member", buyer)
    start = {"key": str(uuid.uuid4()), "deadline": in_sixty_days().isoformat()}
    as_(member).post(at("template_start", buyer, template=template.public_id), start)
    action = Action.objects.get()
    assert (action.title, action.owner) == ("Roles", None)
    assert action.description.endswith("Text.")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"actions": ""}, "at least one action"),
        ({"actions": "\n \n"}, "at least one action"),
        ({"actions": "\n".join(f"Action {number}" for number in range(21))}, "at most 20 actions; here are 21"),
        ({"kind": "song"}, "Select a valid choice"),
        ({"text": ""}, "This field is required"),
    ],
)
def test_a_template_that_nobody_could_start_from_is_refused(fields: dict[str, str], said: str) -> None:
    there = a_participation()
    lesson = a_lesson(there, state="offered")
    client = as_(someone_who_is("coordinator", there.edition.organisation))
    answer = client.post(reverse("cohorts:desk_promote", args=[lesson.public_id]), promoted(**fields))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not LessonTemplate.objects.exists()


def test_a_deadline_that_has_passed_makes_nothing() -> None:
    template = a_template(a_lesson(a_participation()))
    buyer = an_organisation()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    start = {"key": str(uuid.uuid4()), "deadline": yesterday.isoformat()}
    answer = as_(someone_who_is("member", buyer)).post(
        at("template_start", buyer, template=template.public_id), start
    )  # fmt: skip
    assert answer.status_code == 422
    assert not Action.objects.exists()
    assert not TemplateReuse.objects.exists()


def test_a_lesson_is_of_ones_own_pilot_and_stays_as_it_was_promoted() -> None:
    there = a_participation()
    foreign = a_procurement(an_organisation())
    client = as_(there.responsible)
    url = at("lesson_new", there.organisation, edition=there.edition.slug)
    assert client.post(url, written(procurement=foreign.pk)).status_code == 422
    lesson = a_lesson(there)
    a_template(lesson)
    edit = at("lesson_edit", there.organisation, lesson=lesson.public_id)
    assert client.post(edit, written(seen=lesson.version)).status_code == 422


def test_only_the_organisation_and_its_mentor_read_a_lesson_before_the_centre_has_it() -> None:
    there, other = a_participation(), a_participation()
    lesson = a_lesson(there, what_happened="Secret 8831")
    url = at("lesson", there.organisation, lesson=lesson.public_id)
    assert as_(a_mentor(there)).get(url).status_code == 200
    for person in (other.responsible, someone_who_is("coordinator", there.edition.organisation), None):
        answer = as_(person).get(url)
        assert answer.status_code in {302, 403}
        assert "Secret 8831" not in answer.content.decode()
    assert as_(other.responsible).get(reverse("cohorts:desk_lessons")).status_code == 403


def test_markup_in_a_template_is_shown_as_text() -> None:
    hostile = "<script>alert(1)</script>"
    template = a_template(a_lesson(a_participation()), title=hostile, text=hostile, actions=hostile)
    for url in (reverse("cohorts:template", args=[template.public_id]), reverse("cohorts:templates")):
        assert hostile not in as_(None).get(url).content.decode()
