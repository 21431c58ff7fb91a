"""Every mail of this app, written in every language: complete, plain, without a trace of HTML."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as outbox

from keino.web.base.choices import Language, MailState
from keino.web.base.mail import send_later
from keino.web.base.mail_sending import send_due
from keino.web.base.models import Mail, Person
from keino.web.organisations.models import Organisation
from keino.web.organisations.services.invitations import invite
from keino.web.organisations.services.mails import in_language
from tests.factories.web import a_person, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parents[3] / "src/keino/web/organisations/templates/organisations/mail"
NAME = "O'Brien & <Söner>"
PEOPLE = {"by": f"By {NAME}", "person": f"Person {NAME}", "holder": f"Holder {NAME}", "deputy": f"Deputy {NAME}"}
VALUES: dict[str, Any] = {
    **PEOPLE, "buyer": NAME, "url": "http://localhost/x", "count": 3,
    "things": [NAME, "Ledger"], "is_public": True, "what": "given", "_secret_link": "http://localhost/invitation/x/",
}  # fmt: skip


@pytest.mark.parametrize("language", Language.values)
@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.txt")))
def test_mail_is_plain_text_in_every_language(name: str, language: str) -> None:
    person = a_person(language=language)
    town = an_organisation(NAME)
    send_later(
        f"organisations/mail/{name}",
        to=person,
        **{**in_language(language, town, "member", dt.date(2026, 12, 6)), **VALUES},
    )
    send_due()
    (sent,) = outbox.outbox
    assert NAME in sent.subject + sent.body
    source = (FOLDER / name).read_text("utf-8")
    named = {each for each in PEOPLE if f"{{{{ {each} }}}}" in source}
    assert [PEOPLE[each] for each in named if PEOPLE[each] not in sent.body] == []  # nobody in place of another
    for text in (sent.subject, str(sent.body)):
        assert text.strip()
        assert "&amp;" not in text
        assert "&#x27;" not in text
        assert "{{" not in text
        assert "{%" not in text
    assert Mail.objects.get().state == MailState.SENT


def test_invitations_link_is_wiped_once_it_is_sent() -> None:
    town: Organisation = an_organisation("Town")
    boss: Person = someone_who_is("responsible_person", town)
    invite("new@example.org", "member", town, by=boss, language="en")
    send_due()
    (sent,) = outbox.outbox
    assert "/invitation/" in sent.body
    assert "/invitation/" not in str(Mail.objects.values().get())
