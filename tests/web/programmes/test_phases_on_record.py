"""Phases of every programme on record: with a whole calendar each act is open at some moment, in a sensible order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from keino.web.programmes.choices import Act, DateKind, EditionState
from keino.web.programmes.errors.editions import NotReady
from keino.web.programmes.models import Edition
from keino.web.programmes.on_record import on_record
from keino.web.programmes.queries.calendar import spans_of
from keino.web.programmes.services.editions import create_edition
from keino.web.programmes.services.states import move_edition
from tests.factories.programmes import a_criterion, a_date
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
#: What every programme needs, in the order in which it first opens.
ORDER = (Act.EXPRESS_INTEREST, Act.APPLY, Act.INTERVIEW, Act.REVIEW, Act.DECIDE, Act.CONFIRM, Act.HAND_IN, Act.SPAR)
WITH_DISCUSSION = {Act.BOOK_DISCUSSION, Act.HOLD_DISCUSSION}
#: What a host dates where the source doesn't: days before the programme begins, or after its last date.
BEFORE = {"call_opens": 90, "form_deadline": 60, "selection_published": 5, "kick_off": 0}
AFTER = {"ends": 30}


@pytest.fixture
def by() -> Any:
    return someone_who_is("coordinator", an_organisation("Osaamiskeskus", kind="competence_centre"))


def made(by: Any, template: str) -> Edition:
    """A draft with everything but the dates that its source leaves open."""
    edition = create_edition(organisation=by.roles.get().organisation, template=template, by=by)
    Edition.objects.filter(pk=edition.pk).update(
        summary_fi="Lyhyesti", how_to_apply_fi="Lomakkeella", contact_email="akatemia@keino.example"
    )
    a_criterion(edition, "will")
    edition.refresh_from_db()
    return edition


def published(edition: Edition, by: Any) -> Edition:
    """The edition with the dates that publishing asked for."""
    try:
        return move_edition(edition, to=EditionState.PUBLISHED, by=by)
    except NotReady as refused:
        missing = [kind for kind in DateKind if f"“{kind.label}” is missing" in str(refused)]
    dates = list(edition.dates.all())
    begins = min(each.starts_at for each in dates if each.kind in {"kick_off", "sprint"})
    for kind in missing:
        days = -BEFORE[kind] * DAY if kind in BEFORE else AFTER[kind] * DAY
        moment = (begins if kind in BEFORE else max(each.ends_at for each in dates)) + days
        a_date(edition, kind, starts_at=moment, ends_at=moment + (DAY / 4 if kind == "kick_off" else DAY * 0))
    return move_edition(edition, to=EditionState.PUBLISHED, by=by)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize("template", [each.code for each in on_record()])
def test_every_act_of_a_published_programme_is_open_at_some_moment_and_in_order(by: Any, template: str) -> None:
    edition = published(made(by, template), by)
    wanted = set(ORDER) | (WITH_DISCUSSION if edition.needs_discussion else set())
    assert {act for phase in edition.phases.all() for act in phase.allows} == wanted
    spans = {act: spans_of(edition, act) for act in Act if act in wanted}
    assert all(spans.values()), spans

    def moment(kind: str, *, ends: bool = False) -> dt.datetime:
        date = edition.dates.get(kind=kind)
        return date.ends_at if ends else date.starts_at

    ever = dt.datetime.min.replace(tzinfo=dt.UTC)
    opens = [spans[act][0][0] or ever for act in ORDER]
    assert opens == sorted(opens)
    deadline, kick_off = moment("form_deadline"), moment("kick_off")
    assert spans[Act.EXPRESS_INTEREST][-1][1] == deadline
    assert opens[ORDER.index(Act.DECIDE)] >= deadline  # nobody is chosen while others may still apply
    assert spans[Act.CONFIRM][-1][1] == moment("kick_off", ends=True)
    assert opens[ORDER.index(Act.HAND_IN)] <= kick_off  # a pre-assignment comes before
    assert opens[ORDER.index(Act.SPAR)] == kick_off
    assert spans[Act.SPAR][-1][1] is None  # the follow-up year


def test_pre_assignment_is_handed_in_before_the_kick_off(by: Any) -> None:
    edition = published(made(by, "low-carbon-2022"), by)
    ((opens, closes),) = spans_of(edition, Act.HAND_IN)
    assert opens == edition.dates.get(kind="pre_assignment").starts_at < edition.dates.get(kind="kick_off").starts_at
    assert closes == edition.dates.get(kind="ends").ends_at


def test_publishing_asks_for_the_dates_that_phases_hang_on_and_for_no_others(by: Any) -> None:
    with pytest.raises(NotReady) as refused:
        move_edition(made(by, "keino-2021"), to=EditionState.PUBLISHED, by=by)
    missing = {kind.value for kind in DateKind if f"“{kind.label}” is missing" in str(refused.value)}
    assert missing == {"call_opens", "form_deadline", "selection_published", "kick_off", "ends"}
