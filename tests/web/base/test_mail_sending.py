"""Mail: written in the recipient's language, sent once, stopped when they say so, and never lost in silence."""

from __future__ import annotations

import datetime as dt
import smtplib
from collections.abc import Callable, Iterator
from email import message_from_string
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.base import mail, mail_sending
from keino.web.base.choices import Digest, MailState
from keino.web.base.mail_text import template_path, written
from keino.web.base.models import Mail, MailOptOut
from tests.factories.web import a_person

pytestmark = pytest.mark.django_db

TEMPLATES = {
    "hello.txt": "{% block subject %}Hello {{ name }}{% endblock %}"
    "{% block body %}Dear {{ name }} & co,\n{{ text }}{% endblock %}",
    "secret.txt": "{% block subject %}Log in{% endblock %}{% block body %}{{ secret_link }}{% endblock %}",
    "told.txt": "{% block subject %}s{% endblock %}{% block body %}b{% endblock %}"
    "{% block reason %}You asked.{% endblock %}",
}


@pytest.fixture(autouse=True)
def templates(settings: Any, tmp_path: Path) -> Iterator[None]:
    folder = tmp_path / "templates" / "test" / "mail"
    folder.mkdir(parents=True)
    for name, text in TEMPLATES.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path / "templates"]}]
    before = dict(mail._TOPICS)
    mail.topic("news", _("news"))
    yield
    mail._TOPICS.clear()
    mail._TOPICS.update(before)


def queued(**values: Any) -> Mail:
    given = {"to": a_person(), "name": "Aino", "text": "Hei"} | values
    letter = mail.send_later("test/hello", **given)
    assert letter is not None
    return letter


def state_of(letter: Mail) -> str:
    letter.refresh_from_db()
    return letter.state


def test_mail_is_sent_once_with_text_and_html() -> None:
    letter = queued(name="Aino <b>")
    assert mail_sending.send_due() == 1
    assert mail_sending.send_due() == 0
    (sent,) = django_mail.outbox
    assert sent.subject == "Hello Aino <b>"
    assert "Dear Aino <b> & co," in sent.body
    assert "Dear Aino &lt;b&gt; &amp; co," in sent.alternatives[0].content
    assert sent.to == [letter.address]
    assert state_of(letter) == MailState.SENT


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_mail_is_written_in_the_recipients_language(language: str, tmp_path: Path) -> None:
    text = "{% block subject %}{% get_current_language as l %}{{ l }}{% endblock %}{% block body %}b{% endblock %}"
    (tmp_path / "templates" / "test" / "mail" / "language.txt").write_text(text, encoding="utf-8")
    mail.send_later("test/language", address="a@example.org", language=language)
    mail_sending.send_due()
    assert [sent.subject for sent in django_mail.outbox] == [language]
    assert f'lang="{language}"' in django_mail.outbox[0].alternatives[0].content


def test_duty_says_why_and_has_no_link_to_stop_it() -> None:
    text = written(queued())
    assert text.stop_url == ""
    assert "asked for something in keino" in text.text or "keino" in text.text
    letter = mail.send_later("test/told", to=a_person(language="en"))
    assert letter is not None
    assert "You asked." in written(letter).text


def test_topic_has_one_click_link_that_stops_it(client: Client) -> None:
    letter = queued(topic="news", to=a_person(language="en"))
    mail_sending.send_due()
    headers = django_mail.outbox[0].extra_headers
    link = headers["List-Unsubscribe"].strip("<>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.address not in link
    path = link.removeprefix("http://localhost:8000")
    assert client.get(path).status_code == 200
    assert not MailOptOut.objects.exists()  # opening it, as scanners do, stops nothing
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert [(out.person, out.topic) for out in MailOptOut.objects.all()] == [(letter.person, "news")]
    again = queued(topic="news", to=letter.person)
    duty = queued(to=letter.person)
    mail_sending.send_due()
    assert (state_of(again), state_of(duty)) == (MailState.SKIPPED, MailState.SENT)
    strict.post(path, {"again": "1"})
    assert not MailOptOut.objects.exists()


def test_wrong_link_stops_nothing(client: Client) -> None:
    token = mail.stop_token(queued(topic="news"))
    for wrong in (token[:-2] + "xx", "x", token.replace(":", "")):
        assert client.post(f"/mail/stop/{wrong}/").status_code == 404
    assert not MailOptOut.objects.exists()


def test_address_without_account_can_stop_a_topic_too() -> None:
    letter = mail.send_later("test/hello", address="Somebody@example.org", language="en", topic="news")
    assert letter is not None
    told = mail.read_stop_token(mail.stop_token(letter))
    assert told == (None, "Somebody@example.org", "news")
    mail.stop(topic="news", address="Somebody@example.org")
    assert mail.is_stopped(Mail(address="somebody@EXAMPLE.org", topic="news"))


def test_subject_with_line_breaks_adds_no_header() -> None:
    queued(name="Aino\r\nBcc: everyone@example.org\n")
    mail_sending.send_due()
    (sent,) = django_mail.outbox
    headers = message_from_string(sent.message().as_string())
    assert headers["Bcc"] is None
    assert headers["Subject"] == "Hello Aino Bcc: everyone@example.org"
    assert sent.recipients() == sent.to


@pytest.mark.parametrize("address", ["a@example.org\nBcc: b@example.org", "a@example.org, b@example.org", "nobody"])
def test_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="proper address"):
        mail.send_later("test/hello", address=address, language="en")


def test_same_once_key_is_queued_once() -> None:
    assert mail.send_later("test/hello", to=a_person(), once="k") is not None
    assert mail.send_later("test/hello", to=a_person(), once="k") is None


def test_other_trouble_of_the_database_is_not_taken_for_a_second_mail() -> None:
    with pytest.raises(IntegrityError):
        mail.send_later("test/hello", address="a@example.org", language="en", topic=None)  # type: ignore[arg-type]


def test_secret_values_are_wiped_and_such_mail_is_not_sent_again() -> None:
    letter = mail.send_later("test/secret", to=a_person(), _secret_link="https://x/y")
    assert letter is not None
    mail_sending.send_due()
    assert "https://x/y" in django_mail.outbox[0].body
    assert state_of(letter) == MailState.SENT
    assert letter.values == {"_wiped": True}
    assert not mail.send_again(letter)


def failing(error: Exception) -> Callable[..., int]:
    def send(self: Any, messages: Any) -> int:
        raise error

    return send


def test_refused_mail_is_tried_again_later_and_in_the_end_visibly_fails(monkeypatch: Any) -> None:
    letter = queued()
    error = smtplib.SMTPServerDisconnected(f"no talk with {letter.address}")
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", failing(error))
    waits = []
    for _try in range(mail_sending.MOST_TRIES):
        assert state_of(letter) == MailState.WAITING
        Mail.objects.update(send_after=timezone.now())
        mail_sending.send_due()
        letter.refresh_from_db()
        waits.append(round((letter.send_after - timezone.now()).total_seconds() / 60))
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]
    assert letter.state == MailState.FAILED
    assert letter.error == "SMTPServerDisconnected: no talk with …"


def test_address_that_the_server_refuses_for_good_fails_at_once(monkeypatch: Any) -> None:
    letter = queued()
    error = smtplib.SMTPRecipientsRefused({letter.address: (550, b"no such mailbox")})
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", failing(error))
    mail_sending.send_due()
    assert state_of(letter) == MailState.FAILED


def test_mail_server_that_is_away_costs_one_try_of_one_mail(monkeypatch: Any) -> None:
    first, second = queued(), queued()
    monkeypatch.setattr(
        "django.core.mail.backends.locmem.EmailBackend.open", lambda self: failing(ConnectionRefusedError())(self, [])
    )
    mail_sending.send_due()
    first.refresh_from_db()
    second.refresh_from_db()
    assert [(letter.state, letter.attempts) for letter in (first, second)] == [("waiting", 1), ("waiting", 0)]


def test_template_with_a_fault_fails_visibly_and_the_next_mail_goes_out() -> None:
    broken = mail.send_later("test/no_such_template", to=a_person())
    good = queued()
    assert broken is not None
    assert mail_sending.send_due() == 1
    broken.refresh_from_db()
    assert "TemplateDoesNotExist" in broken.error
    assert state_of(good) == MailState.SENT


def test_mail_claimed_by_another_worker_is_left_alone() -> None:
    letter = queued()
    Mail.objects.update(attempts=1)  # the other worker was here between our reading and our claim
    assert not mail_sending._send(letter, None)
    assert django_mail.outbox == []


def test_nothing_is_sent_to_erased_or_closed_accounts() -> None:
    erased, closed = a_person(), a_person()
    letters = [queued(to=erased), queued(to=closed)]
    type(erased).objects.filter(pk=erased.pk).update(erased_at=timezone.now())
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    assert mail_sending.send_due() == 0
    assert [state_of(letter) for letter in letters] == [MailState.SKIPPED] * 2


@pytest.mark.parametrize(
    ("digest", "day", "mails"),
    [
        (Digest.DAILY, dt.date(2026, 3, 3), 1),
        (Digest.WEEKLY, dt.date(2026, 3, 3), 0),
        (Digest.WEEKLY, dt.date(2026, 3, 2), 1),  # a Monday
    ],
)
def test_summary_comes_on_its_day_with_all_that_was_kept(
    digest: str, day: dt.date, mails: int, monkeypatch: Any
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: day)
    person = a_person(digest=digest, language="en")
    parts = [queued(to=person, topic="news", name=name) for name in ("one", "two")]
    duty = queued(to=person)
    mail_sending.send_due()
    assert [state_of(letter) for letter in (*parts, duty)] == [MailState.HELD, MailState.HELD, MailState.SENT]
    django_mail.outbox.clear()
    assert mail_sending.write_summaries() == mails
    assert mail_sending.write_summaries() == 0
    assert mail_sending.send_due() == mails
    if mails:
        (sent,) = django_mail.outbox
        assert all(f"Dear {name} & co," in sent.body for name in ("one", "two"))
        assert [state_of(letter) for letter in parts] == [MailState.SENT] * 2


def test_change_of_mind_releases_what_was_kept() -> None:
    person = a_person(digest=Digest.DAILY)
    letter = queued(to=person, topic="news")
    mail_sending.send_due()
    person.digest = Digest.AT_ONCE
    person.save()
    mail_sending.write_summaries()
    assert mail_sending.send_due() == 1
    assert state_of(letter) == MailState.SENT


def test_never_means_never_but_for_duties() -> None:
    person = a_person(digest=Digest.NEVER)
    news, duty = queued(to=person, topic="news"), queued(to=person)
    mail_sending.send_due()
    assert (state_of(news), state_of(duty)) == (MailState.SKIPPED, MailState.SENT)


def test_template_names_have_a_short_and_a_long_form() -> None:
    assert template_path("accounts/code") == template_path("accounts/mail/code.txt") == "accounts/mail/code.txt"
