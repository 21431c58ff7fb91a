"""Reminders: to whom, when, once each, stopped by those who want none."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail as outbox

from keino.web.base.mail import stop
from keino.web.base.mail_sending import send_due
from keino.web.base.models import Mail
from keino.web.plans.services.action_reminders import TOPIC, remind
from tests.factories.actions import an_action
from tests.factories.web import a_person, a_role, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
MAY = dt.date(2027, 5, 20)


def at_work() -> dict[str, dt.date]:
    """A role that is in force on the days of these tests and today."""
    return {"valid_from": dt.date(2020, 1, 1)}


def kinds() -> list[str]:
    return sorted(mail.template.rpartition("/")[2].removesuffix(".txt") for mail in Mail.objects.all())


def test_an_owner_is_reminded_two_weeks_and_a_day_before_and_every_week_after() -> None:
    town = an_organisation()
    owner = someone_who_is("member", town, **at_work())
    an_action(town, owner=owner, deadline=MAY, has_no_budget_effect=True)
    sent = {}
    for left in range(20, -20, -1):
        remind(MAY - left * DAY)
        remind(MAY - left * DAY)  # the worker was restarted
        count = Mail.objects.count()
        if count != sum(sent.values()):
            sent[left] = count - sum(sent.values())
    assert sent == {14: 1, 1: 1, -1: 1, -8: 1, -15: 1}
    assert kinds() == ["action_due"] * 2 + ["action_overdue"] * 3
    assert {mail.person for mail in Mail.objects.all()} == {owner}


def test_a_moved_deadline_is_reminded_of_anew() -> None:
    town = an_organisation()
    action = an_action(town, owner=someone_who_is("member", town, **at_work()), deadline=MAY)
    remind(MAY - DAY)
    action.deadline = MAY + DAY
    action.save()
    remind(MAY)
    assert Mail.objects.count() == 2


def test_without_an_owner_who_can_see_it_the_responsible_person_is_reminded() -> None:
    town = an_organisation()
    leader = someone_who_is("responsible_person", town, **at_work())
    left = a_person("Left the town")
    an_action(town, title="Orphan", owner=left, deadline=MAY, has_no_budget_effect=True)
    remind(MAY + DAY)
    late = Mail.objects.get(template="plans/mail/action_overdue.txt")
    assert (late.person, late.values["is_own"]) == (leader, False)
    assert not Mail.objects.filter(person=left).exists()


def test_the_responsible_person_gets_one_summary_a_month() -> None:
    town = an_organisation()
    leader = someone_who_is("responsible_person", town, **at_work())
    an_action(town, deadline=MAY + 90 * DAY, owner=someone_who_is("member", town, **at_work()))
    for day in (dt.date(2027, 5, 1), dt.date(2027, 5, 2), dt.date(2027, 5, 31), dt.date(2027, 6, 2)):
        remind(day)
    months = Mail.objects.filter(template="plans/mail/actions_month.txt").order_by("pk")
    assert [mail.person for mail in months] == [leader, leader]
    assert (months[0].values["open"], months[0].values["undecided"]) == (1, 1)


def test_before_a_step_of_the_budget_owner_and_responsible_person_learn_what_lacks_a_decision() -> None:
    town = an_organisation()
    leader = someone_who_is("responsible_person", town, **at_work())
    owner = someone_who_is("member", town, **at_work())
    far = dt.date(2029, 1, 1)
    an_action(town, title="Asks", owner=owner, deadline=far, budget_year=2028, budget_step="frame")
    an_action(town, title="Of nobody", deadline=far, budget_year=2028, budget_step="frame")
    an_action(
        town, title="Decided", deadline=far, owner=owner, budget_year=2028, budget_step="frame", decision="§ 1",
        decided_on=dt.date(2027, 1, 1),
    )  # fmt: skip
    # the usual day of the frame of 2028 is 31 May 2027
    remind(dt.date(2027, 4, 30))
    assert not Mail.objects.filter(template="plans/mail/budget_step.txt").exists()
    remind(dt.date(2027, 5, 1))
    remind(dt.date(2027, 5, 30))
    steps = Mail.objects.filter(template="plans/mail/budget_step.txt")
    assert {mail.person: mail.values["titles"] for mail in steps} == {owner: ["Asks"], leader: ["Asks", "Of nobody"]}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_reminders_are_plain_text_and_can_be_stopped(language: str) -> None:
    town = an_organisation("Town")
    owner = a_person("Omistaja", language=language)
    a_role(owner, "responsible_person", town, **at_work())
    an_action(town, title="O'Brien & <Söner>", owner=owner, deadline=MAY, budget_year=2028, budget_step="frame")
    remind(MAY + DAY)
    send_due()
    assert len(outbox.outbox) == 3
    for message in outbox.outbox:
        text = f"{message.subject}\n{message.body}"
        assert "{{" not in text
        assert "&amp;" not in text
        assert "/o/" in text
    assert "O'Brien & <Söner>" in outbox.outbox[0].subject
    stop(topic=TOPIC, person=owner)
    remind(MAY + 8 * DAY)
    send_due()
    assert len(outbox.outbox) == 3
