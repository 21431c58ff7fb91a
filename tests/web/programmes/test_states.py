"""An edition's way: published when whole, opened and closed by the clock of Finland, cancelled with one mail."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from keino.web.base.models import Mail
from keino.web.events.models import Event
from keino.web.programmes.choices import MOVES, Act, EditionState
from keino.web.programmes.errors.editions import MoveRefused, NotReady, TooEarlyOrLate
from keino.web.programmes.models import Edition
from keino.web.programmes.queries.calendar import allows, deadline_of
from keino.web.programmes.queries.editions import call_is_open
from keino.web.programmes.services import states
from keino.web.programmes.services.editions import create_edition
from keino.web.programmes.services.states import follow_clock, move_edition
from tests.factories.accounts import with_second_factor
from tests.factories.programmes import a_date, an_edition, named_in
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")
S = EditionState
ONE = dt.timedelta(seconds=1)


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=HELSINKI).astimezone(dt.UTC)  # type: ignore[misc]


@pytest.fixture
def by(client: Client) -> Any:
    person = with_second_factor(
        someone_who_is("coordinator", an_organisation("Osaamiskeskus", kind="competence_centre"))
    )
    client.force_login(person)
    return person


@pytest.fixture
def draft(by: Any) -> Edition:
    """A draft made from the circular academy, with everything it needs."""
    return create_edition(
        organisation=by.roles.get().organisation,
        template="circular-2023",
        first_day=dt.date(2027, 9, 14),
        by=by,
        contact_email="akatemia@keino.example",
        slug="akatemia-2027",
    )


def _state(edition: Edition) -> str:
    return Edition.objects.get(pk=edition.pk).state


def test_every_state_is_in_the_table_and_can_be_reached() -> None:
    assert set(MOVES) == set(S)
    assert {S.DRAFT} | {to for moves in MOVES.values() for to in moves} == set(S)


def test_published_edition_is_seen_by_everyone_and_its_sessions_are_events(
    client: Client, by: Any, draft: Edition
) -> None:
    assert Client().get("/programmes/akatemia-2027/").status_code == 404
    assert client.post("/desk/programmes/akatemia-2027/move/published/").status_code == 302
    assert _state(draft) == S.PUBLISHED
    assert "Kiertotalousakatemia 2027" in Client().get("/programmes/").content.decode()
    assert Client().get("/programmes/akatemia-2027/").status_code == 200
    sessions = draft.dates.filter(kind__in=("kick_off", "workshop", "closing"))
    assert {date.public_id for date in sessions} == set(Event.objects.values_list("public_id", flat=True))


def test_publishing_tells_everything_that_is_missing_at_once(by: Any) -> None:
    bare = an_edition(by.roles.get().organisation, state=S.DRAFT, parts=False)
    a_date(bare, "kick_off", days=60, hours=3)
    with pytest.raises(NotReady) as refused:
        move_edition(bare, to=S.PUBLISHED, by=by)
    said = str(refused.value)
    for missing in (
        "“Deadline of the interest form” is missing.",
        "“Deadline for booking a discussion” is missing.",
        "The text “In short” is missing",
        "It isn’t said whom people ask.",
        "There are no criteria",
    ):
        assert missing in said
    assert _state(bare) == S.DRAFT


def test_publishing_twice_is_harmless(by: Any, draft: Edition) -> None:
    for _ in range(2):
        move_edition(draft, to=S.PUBLISHED, by=by)
    assert (draft.moves.count(), Event.objects.count()) == (2, 4)


@pytest.mark.parametrize(("state", "to"), [(S.DRAFT, S.RUNNING), (S.COMPLETED, S.OPEN), (S.CANCELLED, S.OPEN)])
def test_move_that_isnt_in_the_table_is_refused(by: Any, state: str, to: str) -> None:
    edition = an_edition(state=state)
    with pytest.raises(MoveRefused):
        move_edition(edition, to=to, by=by)
    assert _state(edition) == state


def test_call_isnt_opened_after_its_deadline(by: Any) -> None:
    edition = an_edition(state=S.CLOSED)
    edition.dates.filter(kind="form_deadline").update(starts_at=at(2020, 5, 31), ends_at=at(2020, 5, 31))
    with pytest.raises(TooEarlyOrLate):
        move_edition(edition, to=S.OPEN, by=by)


# ---- the clock


@pytest.fixture
def dated() -> Edition:
    """A call from 25.10.2026 (the night clocks go back) to 28.3.2027 16.00 (the night they go forward)."""
    edition = an_edition(state=S.PUBLISHED, parts=False)
    for kind, first, last in (
        ("call_opens", at(2026, 10, 25), at(2026, 10, 25)),
        ("form_deadline", at(2027, 3, 28, 16), at(2027, 3, 28, 16)),
        ("kick_off", at(2027, 9, 14, 10), at(2027, 9, 14, 16)),
    ):
        a_date(edition, kind, starts_at=first, ends_at=last)
    edition.phases.create(
        position=0, code="call", opens_with="call_opens", closes_with="form_deadline", allows=["express_interest"]
    )
    return edition


def test_the_clock_opens_closes_and_begins_on_the_second(dated: Edition) -> None:
    opens, closes, begins = (
        dt.datetime(2026, 10, 24, 21, tzinfo=dt.UTC),  # 25.10. 0.00 summer time, UTC+3
        dt.datetime(2027, 3, 28, 13, tzinfo=dt.UTC),  # 28.3. 16.00 summer time, UTC+3
        dt.datetime(2027, 9, 14, 7, tzinfo=dt.UTC),
    )
    for now, state in (
        (opens - ONE, S.PUBLISHED),
        (opens, S.OPEN),
        (closes, S.OPEN),  # the deadline's own moment is in time
        (closes + ONE, S.CLOSED),
        (begins - ONE, S.CLOSED),
        (begins, S.RUNNING),
        (begins + dt.timedelta(days=365), S.RUNNING),  # people complete a programme, not the clock
    ):
        follow_clock(now)
        assert _state(dated) == state, now
    assert list(dated.moves.values_list("moved_by", flat=True)) == [None] * 3


def test_late_by_a_second_is_late_though_the_clock_hasnt_looked_yet(dated: Edition) -> None:
    deadline = at(2027, 3, 28, 16)
    dated.state = S.OPEN
    assert deadline_of(dated, Act.EXPRESS_INTEREST) == deadline
    assert (call_is_open(dated, deadline), allows(dated, Act.EXPRESS_INTEREST, deadline)) == (True, True)
    assert (call_is_open(dated, deadline + ONE), allows(dated, Act.EXPRESS_INTEREST, deadline + ONE)) == (False, False)


def test_published_call_counts_as_open_from_its_day_though_the_clock_hasnt_looked_yet(dated: Edition) -> None:
    opens = at(2026, 10, 25)
    assert [call_is_open(dated, opens + step) for step in (-ONE, dt.timedelta(0))] == [False, True]


def test_the_clock_leaves_drafts_and_what_is_over_alone() -> None:
    editions = [an_edition(state=state) for state in (S.DRAFT, S.COMPLETED, S.CANCELLED)]
    assert follow_clock(at(2040, 1, 1)) == 0
    assert [_state(each) for each in editions] == [S.DRAFT, S.COMPLETED, S.CANCELLED]


def test_the_clock_twice_moves_once(dated: Edition) -> None:
    now = at(2026, 10, 26)
    assert (follow_clock(now), follow_clock(now), dated.moves.count()) == (1, 0, 1)


def test_a_call_published_between_its_form_and_its_booking_deadline_isnt_opened_and_stops_no_other(
    dated: Edition,
) -> None:
    form, booking = at(2027, 3, 28, 16), at(2027, 4, 4, 16)
    a_date(dated, "booking_deadline", starts_at=booking, ends_at=booking)
    other = an_edition(state=S.OPEN)
    for kind in ("form_deadline", "booking_deadline"):
        other.dates.filter(kind=kind).update(starts_at=form, ends_at=form)
    assert follow_clock(form + ONE) == 1
    assert (_state(dated), _state(other)) == (S.PUBLISHED, S.CLOSED)


def test_a_call_that_was_opened_in_time_stays_open_while_discussions_are_booked(dated: Edition) -> None:
    booking = at(2027, 4, 4, 16)
    a_date(dated, "booking_deadline", starts_at=booking, ends_at=booking)
    for now, state in ((at(2027, 3, 28, 16), S.OPEN), (booking, S.OPEN), (booking + ONE, S.CLOSED)):
        follow_clock(now)
        assert _state(dated) == state, now


def test_an_edition_that_cant_be_moved_stops_the_clock_for_no_other(
    dated: Edition, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = an_edition(state=S.PUBLISHED, slug="the-next-one")
    Edition.objects.filter(pk=other.pk).update(state=S.CLOSED)
    sound = states.move_edition

    def refuse_the_first(edition: Edition, **given: Any) -> Edition:
        if edition == dated:
            raise MoveRefused(state="-", wanted="-")
        return sound(edition, **given)

    monkeypatch.setattr(states, "move_edition", refuse_the_first)
    late = other.dates.get(kind="kick_off").starts_at
    Edition.objects.filter(pk=dated.pk).update(state=S.OPEN)
    assert follow_clock(max(late, at(2027, 4, 1))) == 1
    assert (_state(dated), _state(other)) == (S.OPEN, S.RUNNING)
    assert dated.slug in caplog.text


# ---- cancelling


def test_cancelling_tells_each_once_with_the_reason_and_takes_sessions_back(
    client: Client, by: Any, draft: Edition
) -> None:
    move_edition(draft, to=S.PUBLISHED, by=by)
    person = named_in(draft)
    url = "/desk/programmes/akatemia-2027/move/cancelled/"
    assert client.post(url, {"why": ""}).status_code == 422
    assert _state(draft) == S.PUBLISHED
    for _ in range(2):
        client.post(url, {"why": "Rahoitus puuttuu."})
    [mail] = Mail.objects.filter(template="programmes/mail/cancelled.txt")
    assert (mail.person, mail.values["why"], len(mail.values["events"])) == (person, "Rahoitus puuttuu.", 4)
    assert not Event.objects.filter(cancelled_at=None).exists()
    assert "peruttu" in Client().get("/programmes/akatemia-2027/").content.decode() or _state(draft) == S.CANCELLED


def test_host_changes_the_calendar_but_does_not_publish(draft: Edition) -> None:
    host = with_second_factor(named_in(draft, "host"))
    client = Client()
    client.force_login(host)
    assert client.get("/desk/programmes/akatemia-2027/dates/change/").status_code == 200
    assert client.post("/desk/programmes/akatemia-2027/move/published/").status_code == 403
    assert _state(draft) == S.DRAFT
