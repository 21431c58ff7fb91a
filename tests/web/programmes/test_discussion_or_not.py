"""A host decides whether applicants are talked with before they apply, and the calendar follows (B1, B2)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from keino.web.organisations.models import Role
from keino.web.programmes.choices import Act, EditionState
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Application, Edition
from keino.web.programmes.on_record import on_record
from keino.web.programmes.queries.calendar import spans_of
from keino.web.programmes.services.editions import create_edition
from tests.factories.applications import TEXTS, a_commitment, a_team_member, an_expert, some_hours
from tests.factories.programmes import a_criterion, a_date, an_edition
from tests.factories.web import an_organisation, someone_who_is
from tests.web.cohorts.browsing import text_of
from tests.web.events.clock import at
from tests.web.programmes.applying import client_of, page

pytestmark = pytest.mark.django_db
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.fixture
def by() -> Any:
    person = someone_who_is("coordinator", an_organisation("Osaamiskeskus", kind="competence_centre"))
    Role.objects.update(valid_from=dt.date(2020, 1, 1))
    return person


def phases(edition: Edition) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(each.code, each.opens_with, each.closes_with, tuple(each.allows)) for each in edition.phases.all()]


def tick(edition: Edition, client: Client, *, needs: bool) -> Any:
    """Send the settings as they are, with or without the discussion."""
    path = reverse("programmes:desk_settings", args=[edition.slug])
    form = client.get(path).context["form"]
    given = {name: form[name].value() for name in form.fields}
    given = {name: value for name, value in given.items() if value not in {None, False, ""}}
    given.pop("needs_discussion", None)
    return client.post(path, given | ({"needs_discussion": "on"} if needs else {}))


def low_carbon(by: Any) -> Edition:
    """A draft of the programme of 2022, which took applications by one form."""
    edition = create_edition(organisation=by.roles.get().organisation, template="low-carbon-2022", by=by)
    texts = {"summary_fi": "Lyhyesti", "how_to_apply_fi": "Lomakkeella", "contact_email": "akatemia@keino.example"}
    Edition.objects.filter(pk=edition.pk).update(**texts, team_min=1)
    a_criterion(edition, "will")
    edition.dates.filter(kind="sprint").delete()
    edition.dates.filter(kind="kick_off").update(ends_at=edition.dates.get(kind="kick_off").starts_at + 6 * HOUR)
    edition.refresh_from_db()
    return edition


def test_b2_discussions_ticked_in_a_programme_with_one_form_can_be_booked_held_and_applied_after(by: Any) -> None:
    edition, desk = low_carbon(by), client_of(by)
    assert tick(edition, desk, needs=True).status_code == 302
    publish = reverse("programmes:desk_move", args=[edition.slug, "published"])
    answer = text_of(desk.post(publish, follow=True))
    assert "“Deadline for booking a discussion” is missing" in answer
    assert "“Discussions with applicants” is missing" in answer
    deadline = edition.dates.get(kind="form_deadline").ends_at
    a_date(edition, "booking_deadline", starts_at=deadline, ends_at=deadline)
    a_date(edition, "discussions", starts_at=deadline, ends_at=deadline + 6 * DAY)
    assert desk.post(publish).status_code == 302
    Edition.objects.filter(pk=edition.pk, state=EditionState.PUBLISHED).update(state=EditionState.OPEN)
    expert, town = an_expert(edition), an_organisation()
    some_hours(edition, expert, day=(deadline + 3 * DAY).date())
    member = someone_who_is("member", town)
    Role.objects.update(valid_from=dt.date(2020, 1, 1))
    with at(deadline - DAY):
        client = client_of(member)
        interest = reverse("programmes:interest_new", args=[town.slug, edition.slug])
        client.post(interest, {"interest": "School yards."})
        application = Application.objects.get()
        book = page("application_book", application)
        slots = list(client.get(book).context["form"].fields["slot"].choices)
        slot = slots[1][1][0][0]
        assert client.post(book, {"slot": slot}).status_code == 302
    held = application.discussions.get()
    with at(held.ends_at):
        path = reverse("programmes:desk_discussion", args=[edition.slug, held.public_id])
        client_of(expert).post(path, {"agreed": "Yards.", "notes": "", "seen": held.version, "held": "yes"})
    Application.objects.update(goes_on=True, agrees_to_data=True, **TEXTS)
    role = edition.team_roles.first()
    assert role is not None
    a_team_member(application, is_responsible=True, role=role.code)
    for number, other in enumerate(edition.team_roles.exclude(pk=role.pk)):
        a_team_member(application, role=other.code, email=f"other{number}@example.org")
    a_commitment(application, confirmed_at=held.ends_at, confirmed_name="Mirja Johtaja")
    with at(held.ends_at + HOUR):  # the form's deadline is over: that of the interest
        application.refresh_from_db()
        client_of(member).post(page("application_send", application), {"seen": application.version})
    application.refresh_from_db()
    assert application.state == S.SUBMITTED


@pytest.mark.parametrize("template", [each.code for each in on_record()])
def test_b1_ticking_the_discussion_and_unticking_it_leaves_the_calendar_as_it_was(by: Any, template: str) -> None:
    edition, desk = create_edition(organisation=by.roles.get().organisation, template=template, by=by), client_of(by)
    before, talked = phases(edition), edition.needs_discussion
    for needs in (not talked, talked, not talked, talked):
        assert tick(edition, desk, needs=needs).status_code == 302
        edition.refresh_from_db()
        assert edition.needs_discussion is needs
        acts = {act for *_bounds, allows in phases(edition) for act in allows}
        assert ({Act.BOOK_DISCUSSION, Act.HOLD_DISCUSSION} <= acts) is needs
        assert Act.APPLY in acts
        if needs == talked:
            assert sorted(phases(edition)) == sorted(before)


def test_b1_the_discussion_isnt_ticked_in_an_open_call_whose_calendar_lacks_its_dates(by: Any) -> None:
    edition = an_edition(by.roles.get().organisation, needs_discussion=False)
    edition.dates.filter(kind__in=("booking_deadline", "discussions")).delete()
    edition.phases.filter(code__in=("booking", "discussions")).delete()
    answer = tick(edition, client_of(by), needs=True)
    assert answer.status_code == 422
    assert "Deadline for booking a discussion, Discussions with applicants" in text_of(answer)
    edition.refresh_from_db()
    assert not edition.needs_discussion
    assert not spans_of(edition, Act.BOOK_DISCUSSION)
    a_date(edition, "booking_deadline", days=14)
    a_date(edition, "discussions", days=15, hours=48)
    assert tick(edition, client_of(by), needs=True).status_code == 302
    edition.refresh_from_db()
    assert spans_of(edition, Act.BOOK_DISCUSSION, Act.HOLD_DISCUSSION)
