"""The demo's council reports: one published in two languages, one draft; filling twice changes nothing."""

from __future__ import annotations

import pytest

from keino.web.followup.choices import ReportState
from keino.web.followup.models import CouncilReport, FollowUpResult
from keino.web.operations.demo import followup
from tests.factories.dashboards import a_run_with_lines
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def test_demo_has_a_published_report_and_a_draft() -> None:
    places = {slug: an_organisation(slug, slug=slug, is_public=True) for slug in ("ostoniemi", "inkopsvik")}
    for place in places.values():
        a_run_with_lines(place)
        for role in ("responsible_person", "approver"):
            someone_who_is(role, place)
    for _ in range(2):
        followup.fill(places)
    found = {report.organisation.slug: report for report in CouncilReport.objects.select_related("organisation")}
    assert {slug: report.state for slug, report in found.items()} == {
        "ostoniemi": ReportState.PUBLISHED,
        "inkopsvik": ReportState.DRAFT,
    }
    assert (found["ostoniemi"].written_in, found["inkopsvik"].written_in) == (("fi", "sv"), ("sv",))
    assert all(answer.is_ready for answer in FollowUpResult.objects.all())
