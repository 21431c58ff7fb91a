"""Numbers worked out anew: nobody is worked out from two counts of the same outcome, on any page, on any day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino.domain.programmes.effect import Reason
from keino.web.cohorts.effect.numbers import OutcomeNumbers, content_from_json
from keino.web.cohorts.models import ToldOutcome
from keino.web.cohorts.services.effect import numbers_of
from keino.web.operations.demo.clock import clock_at
from keino.web.organisations.models import Organisation
from keino.web.programmes.models import Edition
from tests.factories.accounts import with_second_factor
from tests.factories.effect import (
    CLOSING,
    YEARS,
    a_closed_round,
    a_cohort,
    a_past_edition,
    counted,
    measured,
    outcome,
    some_others,
    yearly_totals,
)
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db
CHANGES = [0.9, 0.2, 0.7, 0.4, 1.1, 0.3]
OTHERS = [0.1, 0.4, -0.2, 0.0, 0.3, 0.2, -0.1, 0.5]


def footprints(number: int, edition: Edition | None = None, *, first: int = 0) -> list[Organisation]:
    """Towns whose footprint of a euro fell, each by another amount."""
    return [
        measured(None, (0.30 + 0.01 * n, 0.28 + 0.007 * n + 0.001 * n * n), edition=edition)
        for n in range(first, first + number)
    ]


def kept(edition: Edition, code: str, *, on_page_of: Edition | None) -> OutcomeNumbers:
    """An outcome as the page of an edition, or that of all, shows it."""
    content = content_from_json(numbers_of(on_page_of).content)
    (programme,) = [each for each in content.programmes if each.slug == edition.slug]
    return next(each for each in programme.outcomes if each.code == code)


def recounted(edition: Edition, code: str = "intensity") -> OutcomeNumbers:
    counted(edition)
    return kept(edition, code, on_page_of=edition)


def test_a_town_that_is_added_is_not_worked_out_from_the_next_count() -> None:
    edition = a_past_edition()
    footprints(6, edition)
    footprints(8)
    first = recounted(edition)
    assert first.effect.difference is not None
    footprints(1, edition, first=6)
    assert outcome(edition, "intensity").effect.measured == 7
    second = recounted(edition)
    assert second.effect == first.effect
    assert second.kept_from == timezone.localdate().isoformat()
    footprints(4, edition, first=7)  # five together hide each other
    third = recounted(edition)
    assert (third.effect.measured, third.kept_from) == (11, "")


def test_the_page_says_that_its_numbers_stay() -> None:
    edition = a_past_edition()
    footprints(6, edition)
    footprints(8)
    counted(edition)
    client = Client(headers={"accept-language": "en"})
    officer = with_second_factor(someone_who_is("ministry_officer", an_organisation(kind="ministry")))
    officer.language = "en"
    officer.save()
    client.force_login(officer)
    path = reverse("cohorts:edition_effect", args=[edition.slug])
    assert "They stay until" not in client.get(path).content.decode()
    footprints(1, first=8)
    counted(edition)
    assert "They stay until at least 5 organisations have changed" in client.get(path).content.decode()


def test_a_corrected_footprint_is_not_worked_out_from_the_next_count() -> None:
    edition = a_past_edition()
    town, *_others = footprints(6, edition)
    footprints(8)
    first = recounted(edition)
    yearly_totals(town, dict(zip(YEARS, (0.30, 0.11), strict=True)))
    assert outcome(edition, "intensity").effect.difference != first.effect.difference
    second = recounted(edition)
    assert second.effect == first.effect
    assert second.kept_from


def test_the_page_of_all_programmes_and_that_of_one_give_nobody_away_beside_each_other() -> None:
    edition = a_past_edition()
    footprints(6, edition)
    footprints(8)
    first = recounted(edition)
    footprints(1, edition, first=6)
    counted(None)
    assert kept(edition, "intensity", on_page_of=None).effect == first.effect


def test_every_count_that_was_told_is_remembered_not_the_last_only() -> None:
    """Six, then eleven, then five of the first six: the last lies six from the second, but one from the first."""
    edition = a_past_edition()
    first, *_five = footprints(6, edition)
    footprints(8)
    counted(edition)
    added = footprints(5, edition, first=6)
    second = recounted(edition)
    assert second.effect.measured == 11
    leaving = [each.pk for each in (first, *added)]
    Organisation.objects.filter(pk__in=leaving).update(is_compared=False)
    assert outcome(edition, "intensity").effect.difference is not None
    assert recounted(edition).effect == second.effect
    assert [row.code for row in ToldOutcome.objects.order_by("pk")] == ["intensity", "intensity"]


def test_counting_the_same_again_tells_the_same_and_keeps_it_once() -> None:
    edition = a_past_edition()
    footprints(6, edition)
    footprints(8)
    assert recounted(edition) == recounted(edition)
    assert recounted(edition).kept_from == ""
    assert ToldOutcome.objects.count() == 1


def test_a_follow_up_is_told_beside_the_end_that_is_shown() -> None:
    """The end stays that of six participants; a follow-up of the same six gives nobody away, one of all seven does."""
    edition = a_past_edition()
    towns, others = a_cohort(edition, CHANGES), some_others(OTHERS)
    counted(edition)
    towns += a_cohort(edition, [0.6])
    for number, town in enumerate([*towns, *others]):
        a_closed_round(town, 2.5 + 0.07 * (number % 5), CLOSING + dt.timedelta(days=400))
    later = recounted(edition, "maturity_later")
    assert outcome(edition, "maturity_later").effect.difference is not None  # beside an end of all seven
    assert later.effect.reasons == (Reason.TOO_CLOSE,)


@pytest.mark.parametrize(
    ("code", "last"),
    [
        ("maturity_end", dt.date(2022, 11, 27)),  # 180 days after the closing on 31 May 2022
        ("maturity_later", dt.date(2024, 5, 30)),  # 730 days
        ("intensity", dt.date(2023, 12, 31)),
        ("planned_share", dt.date(2022, 11, 27)),
    ],
)
def test_nothing_is_told_before_the_time_after_is_over(code: str, last: dt.date) -> None:
    edition = a_past_edition()
    a_cohort(edition, CHANGES)
    some_others(OTHERS)
    footprints(6, edition)
    evening = timezone.make_aware(dt.datetime.combine(last, dt.time(23, 59)))
    with clock_at(evening):
        assert outcome(edition, code).effect.reasons == (Reason.NOT_OVER,)
    with clock_at(evening + dt.timedelta(minutes=2)):
        assert Reason.NOT_OVER not in outcome(edition, code).effect.reasons
