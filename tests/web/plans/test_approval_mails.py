"""Approvers are told of what waits for them: each once for each sending, the sender not, nobody who wants no mail."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail as outbox
from django.utils import timezone

from keino.web.base.mail import stop, topics
from keino.web.base.mail_sending import send_due
from keino.web.base.models import Mail
from keino.web.plans.services.approval_mails import TOPIC
from keino.web.plans.services.category_plans import reopen_plan
from keino.web.plans.services.operating_models import return_model, send_model
from tests.factories.plan_documents import CATEGORY, a_model_draft, a_reviewed_plan, a_whole_plan
from tests.factories.web import an_organisation, someone_who_is
from tests.web.plans.document_browsing import as_a, client_of, hidden, page

pytestmark = pytest.mark.django_db


def told() -> set[str]:
    """Addresses that mail to approvers goes to."""
    return set(Mail.objects.filter(topic=TOPIC).values_list("address", flat=True))


def test_an_operating_model_that_is_sent_tells_every_approver_once() -> None:
    town = an_organisation("Example town")
    first, second = someone_who_is("approver", town), someone_who_is("approver", town)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    someone_who_is("approver", town, valid_from=yesterday - dt.timedelta(days=9), valid_to=yesterday)
    someone_who_is("approver", an_organisation())
    model = a_model_draft(town)
    member = as_a("member", town)
    for _ in range(2):  # pressed twice
        member.post(page("operating_model_send", town, number=1), {"version": model.version})
    assert told() == {first.email, second.email}
    assert Mail.objects.filter(topic=TOPIC).count() == 2
    send_due()
    (text,) = [sent.body for sent in outbox.outbox if sent.to == [first.email]]
    assert page("operating_model_approve", town, number=1) in text


def test_what_was_taken_back_and_is_sent_again_is_told_again() -> None:
    town = an_organisation()
    someone_who_is("approver", town)
    model, member = a_model_draft(town), someone_who_is("member", town)
    send_model(model, by=member)
    return_model(model, by=member)
    send_model(model, by=member)
    assert Mail.objects.filter(topic=TOPIC).count() == 2


def test_nobody_is_told_of_what_they_sent_themselves() -> None:
    town = an_organisation()
    both, other = someone_who_is("approver", town), someone_who_is("approver", town)
    send_model(a_model_draft(town), by=both)
    assert told() == {other.email}


def test_a_reviewed_category_plan_tells_the_approvers_in_their_languages() -> None:
    town = an_organisation("Example town")
    finnish = someone_who_is("approver", town)
    finnish.language = "fi"
    finnish.save(update_fields=["language"])
    plan, member = a_whole_plan(town), someone_who_is("member", town)
    client = client_of(member)
    review = page("category_plan_review", town, category=CATEGORY)
    sent = {"version": hidden(client.get(review), "version")}
    for _ in range(2):  # pressed twice
        client.post(review, sent)
    (queued,) = Mail.objects.filter(topic=TOPIC)
    assert (queued.address, queued.language, queued.values["by"]) == (finnish.email, "fi", str(member))
    assert queued.values["category"] == "Ateria-, ruoka- ja ravintolapalvelut"
    reopen_plan(plan, by=member)
    assert Mail.objects.filter(topic=TOPIC).count() == 1


def test_who_stopped_the_topic_gets_none() -> None:
    town = an_organisation()
    approver = someone_who_is("approver", town)
    stop(topic=TOPIC, person=approver)
    a_reviewed_plan(town)
    send_due()
    assert not [sent for sent in outbox.outbox if sent.to == [approver.email]]
    assert TOPIC in topics()
