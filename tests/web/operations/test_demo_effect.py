"""The demo's engagement log, what it tells of the effect, and its report: made by the services, the same when refilled.

The programme that is over has enough participants and comparable towns for one outcome to be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean

import pytest
from django.urls import reverse
from scipy import stats

from keino.web.base.models import Mail, Person
from keino.web.cohorts.models import (
    Deliverable,
    EditionClosing,
    EffectReport,
    Engagement,
    FollowUpTask,
    LeftUndone,
    Participation,
)
from keino.web.operations.demo import effect, past_cohort, past_towns, programmes, sparring
from keino.web.operations.demo import fill as whole
from keino.web.operations.demo.cast import PEOPLE, PLACES
from keino.web.organisations.models import Organisation, Role
from keino.web.programmes.models import Edition, SelectionDecision
from keino.web.surveys.models import AnswerSheet, Round
from tests.factories.effect import outcome
from tests.factories.web import an_organisation
from tests.web.cohorts.browsing import as_, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> dict[str, Organisation]:
    """The demo's organisations and people, and its neighbours without their ledgers."""
    keeper = whole._keeper("a password of the demo")
    found = {place.slug: whole._organisation(place, keeper) for place in PLACES}
    for part in PEOPLE:
        whole._person(part, found, keeper, "a password of the demo")
    for slug in past_towns.COMPARABLE:
        an_organisation(slug, slug=slug, kind="municipality", population=30_000, is_example=True)
    return found


def _fill(places: dict[str, Organisation]) -> None:
    with_past = places | past_towns.settle(by=whole._keeper("a password of the demo"))
    programmes.fill(with_past)
    past_cohort.fill(with_past)
    sparring.fill(places)
    effect.fill(places)


def _counts() -> Iterator[int]:
    for model in (Organisation, Person, Role, Round, Deliverable, Participation, Engagement, EffectReport):
        yield model.objects.count()


def test_without_a_programme_nothing_is_logged(places: dict[str, Organisation]) -> None:
    effect.fill(places)
    assert not Engagement.objects.exists()


def test_the_programme_that_is_over_tells_a_moderate_difference_with_a_wide_interval(
    places: dict[str, Organisation],
) -> None:
    _fill(places)
    counts = list(_counts())
    _fill(places)
    assert list(_counts()) == counts
    edition = Edition.objects.get(slug=programmes.COMPLETED)
    took_part = Participation.objects.filter(edition=edition).count()
    assert took_part == edition.places_max == 9
    assert SelectionDecision.objects.get(edition=edition).lines.filter(outcome="selected").count() == took_part
    assert Engagement.objects.filter(edition=edition).count() == (
        len(effect.WITH_ALL) + took_part * len(effect.WITH_EACH)
    )
    # six of those that took part and six neighbours; all areas together moved by so many of eleven levels
    ours, theirs = ([number / 11 for number in moved] for moved in ((6, 3, 8, 4, 9, 2), (1, 3, -1, 5, 0, 2)))
    told = outcome(edition, "maturity_end").effect
    assert (told.measured, told.compared, told.left_out) == (6, 6, 0)
    assert told.difference is not None
    assert told.difference.mean == pytest.approx(fmean(ours) - fmean(theirs))
    interval = stats.ttest_ind(ours, theirs, equal_var=False).confidence_interval(0.95)
    assert (told.difference.low, told.difference.high) == pytest.approx((interval.low, interval.high))
    assert 0 < told.difference.low < 0.1  # more than chance, and hardly
    assert told.difference.high > 0.5
    assert outcome(edition, "maturity_later").effect.difference is None  # its days aren't over
    # nobody's answers are left, and nobody was told of what is past
    assert not AnswerSheet.objects.exists()
    assert not Mail.objects.filter(template__contains="handed_in").exists()


def test_its_page_and_report_show_the_difference_and_its_closing_the_plans(places: dict[str, Organisation]) -> None:
    _fill(places)
    edition = Edition.objects.get(slug=programmes.COMPLETED)
    plans = Deliverable.objects.filter(participation__edition=edition)
    closing = EditionClosing.objects.get()
    assert plans.filter(state="approved").count() == 7
    assert LeftUndone.objects.filter(closing=closing).count() == 2  # with the reason
    assert FollowUpTask.objects.filter(edition=edition).count() == 1 + 9
    judged = [made.judged_at for plan in plans for made in plan.submissions.all()]
    assert len(judged) == 7
    assert all(each is not None and each < closing.closed_at for each in judged)
    page = as_(Person.objects.get(email="koordinaattori@keino.example")).get(
        reverse("cohorts:edition_effect", args=[edition.slug])
    )
    assert "0.33" in text_of(page)
    assert "<svg" in page.content.decode()
    report = EffectReport.objects.get()
    assert report.state == "approved"
    outcomes = {
        (programme["slug"], each["code"]): each["effect"]
        for programme in report.content["programmes"]
        for each in programme["outcomes"]
    }
    differences = [key for key, each in outcomes.items() if each["difference"] is not None]
    assert differences == [(programmes.COMPLETED, "maturity_end")]
    assert all(each["reasons"] for key, each in outcomes.items() if key not in differences)  # each says why
