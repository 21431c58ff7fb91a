"""The day by which a place is confirmed: on the home, in one reminder, on the desk where it is late."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from keino.web.base.models import Mail
from keino.web.programmes.models import Application, DeclaredTie, EditionDate, SelectionDecision
from keino.web.programmes.needs.selection import needs
from keino.web.programmes.services.place_reminders import TEMPLATE, remind_of_places
from tests.factories.selection import Selecting, a_decision, a_selecting, an_applicant, logged_in, responsible

pytestmark = pytest.mark.django_db


def days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def offered(confirm_by: dt.date | None, *, selecting: Selecting | None = None, name: str = "") -> Application:
    """A place that was offered a month ago and is to be confirmed by a day."""
    selecting = selecting or a_selecting()
    application = an_applicant(selecting.edition, name, state="selected")
    made_at = timezone.now() - dt.timedelta(days=30)
    a_decision(selecting.edition, (application, "selected"), state="made", made_at=made_at, confirm_by=confirm_by)
    return application


def told() -> list[str]:
    return sorted(Mail.objects.filter(template=TEMPLATE).values_list("address", flat=True))


def place_of(application: Application) -> str:
    return f"/o/{application.organisation.slug}/applications/{application.public_id}/place/"


@pytest.mark.parametrize(
    ("ends_in_days", "kind"), [(None, "you"), (8, "you"), (7, "week"), (0, "week"), (-1, "overdue")]
)
def test_b4_the_place_that_waits_has_its_day_on_the_home(ends_in_days: int | None, kind: str) -> None:
    confirm_by = None if ends_in_days is None else days(ends_in_days)
    application = offered(confirm_by)
    (need,) = needs(responsible(application), [application.organisation])
    assert (need.kind, need.due) == (kind, confirm_by)


def test_the_day_of_the_newest_decision_counts() -> None:
    application = offered(days(-9))
    a_decision(application.edition, (application, "selected"), state="made", confirm_by=days(5))
    (need,) = needs(responsible(application), [application.organisation])
    assert need.due == days(5)


def test_b4_who_hasnt_confirmed_is_reminded_once_before_the_day() -> None:
    application = offered(days(10))
    addresses = sorted({responsible(application).email, application.members.get(is_responsible=True).email})
    for day, whom in ((days(6), []), (days(7), addresses), (days(7), addresses), (days(10), addresses)):
        remind_of_places(day)
        assert told() == whom
    mail = Mail.objects.filter(template=TEMPLATE).first()
    assert mail is not None
    assert mail.values["url"].endswith(place_of(application))
    assert mail.topic


def test_b4_nobody_is_reminded_without_need() -> None:
    """Who has confirmed, who was told today, whose day is over, and where the calendar lets nobody confirm."""
    confirmed, fresh, closed = offered(days(2)), offered(days(2)), offered(days(2))
    offered(days(-1))
    offered(None)
    Application.objects.filter(pk=confirmed.pk).update(state="confirmed")
    SelectionDecision.objects.filter(edition=fresh.edition).update(made_at=timezone.now())
    begun = timezone.now() - dt.timedelta(days=1)
    kick_off = EditionDate.objects.filter(edition=closed.edition, kind="kick_off")
    kick_off.update(starts_at=begun, ends_at=begun + dt.timedelta(hours=2))
    assert remind_of_places(days(0)) == 0
    assert told() == []


def test_b4_late_places_stand_on_the_first_page_of_the_selection() -> None:
    selecting = a_selecting()
    late, waits = offered(days(-1), selecting=selecting), offered(days(0), selecting=selecting)
    tied = offered(days(-1), selecting=selecting, name="Salaisuus")
    DeclaredTie.objects.create(application=tied, person=selecting.coordinator, reason="Cousin")
    answer = logged_in(selecting.coordinator).get(selecting.path, headers={"accept-language": "en"})
    assert [(each["application"], each["is_late"]) for each in answer.context["waiting"]] == [
        (late, True),
        (waits, False),
    ]
    assert answer.content.decode().count(">late<") == 1
    assert "Salaisuus" not in answer.content.decode()


def test_b4_a_late_place_is_still_confirmed_and_the_page_says_so() -> None:
    application = offered(days(-1))
    client = logged_in(responsible(application))
    page = client.get(place_of(application), headers={"accept-language": "en"}).content.decode()
    assert "You can still confirm it" in page
    client.post(place_of(application))
    application.refresh_from_db()
    assert application.state == "confirmed"


def test_a_place_that_isnt_late_has_only_its_day() -> None:
    application = offered(days(0))
    client = logged_in(responsible(application))
    page = client.get(place_of(application), headers={"accept-language": "en"}).content.decode()
    assert "You can still confirm it" not in page
    assert "Please confirm the place by" in page
