"""Editions made from programmes on record, and changed; what is on record is told with its source."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from keino.domain.programmes.calendar import lacks
from keino.web.base.errors import Conflict
from keino.web.organisations.choices import OrganisationKind
from keino.web.programmes.choices import Act, CriterionKind, EditionState
from keino.web.programmes.errors.editions import (
    CriteriaFixed,
    EditionOver,
    NameMissing,
    PlacesWrongWayRound,
    UnknownTemplate,
)
from keino.web.programmes.models import Edition
from keino.web.programmes.on_record import on_record, recorded
from keino.web.programmes.services.editions import change_edition, create_edition
from keino.web.programmes.services.parts import change_part
from tests.factories.accounts import with_second_factor
from tests.factories.programmes import an_edition
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")
#: DOMAIN 3.3, typed from its table: kind, first and last moment as Finland's clocks show them.
CIRCULAR_2023 = [
    ("form_deadline", "31.5.2023", "31.5.2023"),
    ("booking_deadline", "31.5.2023", "31.5.2023"),
    ("kick_off", "12.9.2023 10.00", "12.9.2023 16.00"),
    ("workshop", "10.10.2023 09.00", "10.10.2023 11.30"),
    ("workshop", "22.11.2023 09.00", "22.11.2023 11.30"),
    ("closing", "1.2.2024 10.00", "1.2.2024 16.00"),
]


@pytest.fixture
def coordinator(client: Client) -> Any:
    centre = an_organisation("Osaamiskeskus", kind="competence_centre")
    person = with_second_factor(someone_who_is("coordinator", centre))
    client.force_login(person)
    return person


def _made(by: Any, template: str = "circular-2023", **fields: Any) -> Edition:
    return create_edition(organisation=by.roles.get().organisation, template=template, by=by, **fields)


def _shown(moment: dt.datetime, *, is_whole_day: bool) -> str:
    local = moment.astimezone(HELSINKI)
    day = f"{local.day}.{local.month}.{local.year}"
    return day if is_whole_day else f"{day} {local:%H.%M}"


def test_b1_circular_2023_made_by_the_page_has_exactly_its_calendar(client: Client, coordinator: Any) -> None:
    answer = client.post("/desk/programmes/new/circular-2023/", {"first_day": "2023-09-12", "key": uuid.uuid4()})
    edition = Edition.objects.get()
    assert answer["Location"] == f"/desk/programmes/{edition.slug}/"

    exact = [
        (date.kind, *(_shown(moment, is_whole_day=date.is_whole_day) for moment in (date.starts_at, date.ends_at)))
        for date in edition.dates.all()
        if not date.said_fi
    ]
    assert sorted(exact) == sorted(CIRCULAR_2023)
    open_ones = {date.kind: (date.said_en, date) for date in edition.dates.all() if date.said_fi}
    assert {kind: said for kind, (said, _date) in open_ones.items()} == {
        "discussions": "early June",
        "selection_published": "before Midsummer",
        "sparring": "November 2023 – January 2024",
        "alumni_meeting": "during 2024",
        "follow_up_meetings": "during 2024",
    }
    midsummer_eve = dt.date(2023, 6, 23)
    assert open_ones["selection_published"][1].ends_at.astimezone(HELSINKI).date() < midsummer_eve
    assert _shown(open_ones["sparring"][1].starts_at, is_whole_day=True) == "1.11.2023"
    assert _shown(open_ones["sparring"][1].ends_at, is_whole_day=True) == "31.1.2024"
    for kind in ("alumni_meeting", "follow_up_meetings"):
        assert _shown(open_ones[kind][1].ends_at, is_whole_day=True) == "31.12.2024"
    where = [(date.kind, date.place, date.mode) for date in edition.dates.all() if date.mode]
    assert where == [
        ("kick_off", "Helsinki", "on_site"),
        ("workshop", "", "online"),
        ("workshop", "", "online"),
        ("closing", "Helsinki", "on_site"),
    ]


def test_b1_circular_2023_has_its_six_criteria_its_team_of_three_and_asks_for_pilot_and_commitment(
    coordinator: Any,
) -> None:
    edition = _made(coordinator)
    assert [(each.code, each.kind) for each in edition.criteria.all()] == [
        ("eligible_org_type", CriterionKind.PASS_FAIL),
        ("prior_groundwork", CriterionKind.SCORED),
        ("will_and_top_commitment", CriterionKind.SCORED),
        ("pilot_pipeline", CriterionKind.SCORED),
        ("sharing", CriterionKind.SCORED),
        ("capacity", CriterionKind.SCORED),
    ]
    assert (edition.team_min, edition.team_max, edition.needs_pilot, edition.needs_commitment) == (3, 3, True, True)
    assert [role.code for role in edition.team_roles.filter(is_responsible=True)] == ["procurement"]


@pytest.mark.parametrize("code", [each.code for each in on_record()])
def test_every_programme_on_record_makes_an_edition_whose_calendar_holds(coordinator: Any, code: str) -> None:
    found = recorded(code)
    edition = _made(coordinator, code)
    assert not lacks([date.as_date for date in edition.dates.all()])
    assert found.source["title"]
    assert found.source["publisher"]
    assert 2019 <= found.source["year"] <= 2024
    assert {act for phase in edition.phases.all() for act in phase.allows} <= set(Act.values)
    assert {kind for rule in edition.eligibility_rules.all() for kind in rule.values} <= set(OrganisationKind.values)
    assert all([edition.name_fi, edition.name_sv, edition.name_en])
    assert found.took_part is None or not found.participants or len(found.participants) == found.took_part


def test_announced_duration_is_kept_apart_from_the_dates(coordinator: Any) -> None:
    edition = _made(coordinator, "low-carbon-2022")
    first, last = (edition.dates.get(kind=kind).ends_at.astimezone(HELSINKI).date() for kind in ("kick_off", "ends"))
    assert (edition.announced_duration_en, first, last) == ("four months", dt.date(2022, 3, 16), dt.date(2022, 5, 31))


def test_calendar_moved_to_another_year_keeps_weekdays_and_loses_the_words_of_its_year(coordinator: Any) -> None:
    edition = _made(coordinator, first_day=dt.date(2027, 9, 15))
    assert edition.name_fi == "Kiertotalousakatemia 2027"
    original = {
        (each.date.kind, each.name.get("fi", "")): each.date.starts_at.astimezone(HELSINKI)
        for each in recorded("circular-2023").dates
    }
    for date in edition.dates.all():
        was, now = original[date.kind, date.name_fi or ""], date.starts_at.astimezone(HELSINKI)
        assert (now.weekday(), now.time(), (now.date() - was.date()).days) == (was.weekday(), was.time(), 209 * 7)
        assert not date.said_fi
    assert edition.dates.get(kind="kick_off").starts_at.astimezone(HELSINKI).date() == dt.date(2027, 9, 14)


def test_form_sent_twice_makes_one_edition(client: Client, coordinator: Any) -> None:
    data = {"first_day": "2027-09-14", "key": str(uuid.uuid4())}
    answers = [client.post("/desk/programmes/new/circular-2023/", data) for _ in range(2)]
    assert Edition.objects.count() == 1
    assert answers[0]["Location"] == answers[1]["Location"]


def test_second_edition_of_a_year_gets_an_address_of_its_own(coordinator: Any) -> None:
    slugs = [_made(coordinator).slug for _ in range(3)]
    assert slugs == ["kiertotalousakatemia-2023", "kiertotalousakatemia-2023-2", "kiertotalousakatemia-2023-3"]


@pytest.mark.parametrize("code", ["nothing", "phases", "../../etc/passwd", ""])
def test_unknown_template_makes_nothing(coordinator: Any, code: str) -> None:
    with pytest.raises(UnknownTemplate):
        _made(coordinator, code)
    assert not Edition.objects.exists()


@pytest.mark.parametrize("day", ["", "yesterday", "0001-01-01", "9999-12-31", "31.2.2027"])
def test_wrong_first_day_makes_nothing_and_is_told(client: Client, coordinator: Any, day: str) -> None:
    answer = client.post("/desk/programmes/new/circular-2023/", {"first_day": day, "key": uuid.uuid4()})
    assert (answer.status_code, Edition.objects.count()) == (422, 0)


# ---- changing


def test_second_editor_keeps_their_text_and_sees_the_first_ones(client: Client, coordinator: Any) -> None:
    edition = _made(coordinator)
    change_edition(edition, by=coordinator, seen=edition.version, name_fi="Toisen nimi")
    url = f"/desk/programmes/{edition.slug}/texts/fi/"
    answer = client.post(url, {"name_fi": "Minun nimeni", "seen": edition.version})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Minun nimeni" in text
    assert "Toisen nimi" in text
    assert Edition.objects.get().name_fi == "Toisen nimi"


def test_saving_the_same_again_changes_nothing(coordinator: Any) -> None:
    edition = _made(coordinator)
    assert change_edition(edition, by=coordinator, seen=0, name_fi=edition.name_fi).version == edition.version


def test_change_of_an_older_version_is_refused(coordinator: Any) -> None:
    edition = _made(coordinator)
    with pytest.raises(Conflict):
        change_edition(edition, by=coordinator, seen=edition.version + 1, name_fi="Uusi")


def test_wrong_numbers_and_missing_names_are_refused(coordinator: Any) -> None:
    edition = _made(coordinator)
    with pytest.raises(PlacesWrongWayRound):
        change_edition(edition, by=coordinator, seen=edition.version, places_min=7, places_max=6)
    with pytest.raises(NameMissing):
        change_edition(edition, by=coordinator, seen=edition.version, name_fi="")


def test_what_is_over_stays_as_it_was(coordinator: Any) -> None:
    edition = an_edition(state=EditionState.COMPLETED)
    with pytest.raises(EditionOver):
        change_edition(edition, by=coordinator, seen=edition.version, name_fi="Uusi")


def test_once_the_call_was_opened_weights_stay_and_wording_may_be_mended(coordinator: Any) -> None:
    criterion = an_edition(state=EditionState.OPEN).criteria.get(code="will")
    with pytest.raises(CriteriaFixed):
        change_part(criterion, by=coordinator, seen=1, weight=9)
    assert change_part(criterion, by=coordinator, seen=1, name_fi="Tahto").name_fi == "Tahto"


def test_hostile_and_very_long_texts_are_shown_as_text(client: Client, coordinator: Any) -> None:
    edition = _made(coordinator)
    hostile = '<script>alert("x")</script>=cmd()'
    url = f"/desk/programmes/{edition.slug}/texts/fi/"
    data = {"name_fi": hostile, "summary_fi": hostile, "seen": edition.version}
    assert client.post(url, data).status_code == 302
    page = client.get(f"/desk/programmes/{edition.slug}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    too_long = client.post(url, data | {"name_fi": "x" * 151, "seen": edition.version + 1})
    assert (too_long.status_code, Edition.objects.get().name_fi) == (422, hostile)
