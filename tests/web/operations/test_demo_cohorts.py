"""The demo's academy: made by the services, the same after a second filling."""

from __future__ import annotations

import pytest

from keino.web.cohorts.models import Deliverable, Participation, Submission, Work
from keino.web.operations.demo import cohorts
from keino.web.operations.demo.programmes import RUNNING
from tests.factories.plan_documents import a_model_draft
from tests.factories.procurements import a_whole_procurement
from tests.factories.programmes import an_edition
from tests.factories.web import an_organisation, someone_who_is
from tests.web.cohorts.browsing import as_
from tests.web.cohorts.walking import page

pytestmark = pytest.mark.django_db


def test_filling_twice_makes_one_academy_with_work_in_every_state() -> None:
    centre = an_organisation(slug="esimerkkikeskus", kind="competence_centre")
    places = {"esimerkkikeskus": centre} | {slug: an_organisation(slug=slug) for slug in cohorts.TAKE_PART}
    an_edition(centre, state="running", slug=RUNNING)
    someone_who_is("coordinator", centre)
    for slug in cohorts.TAKE_PART:
        someone_who_is("responsible_person", places[slug])
    someone_who_is("expert", centre, about=places["ostoniemi"])
    someone_who_is("mentor", centre, about=places["inkopsvik"])
    a_model_draft(places["ostoniemi"])
    a_whole_procurement(places["ostoniemi"], title=cohorts.PILOT, state="dialogue")
    for _time in range(2):
        cohorts.fill(places)
    assert Participation.objects.count() == 3
    assert set(Work.objects.values_list("state", flat=True)) == {"assigned", "submitted", "returned", "accepted"}
    assert set(Deliverable.objects.values_list("state", flat=True)) >= {"open", "submitted", "returned"}
    assert Submission.objects.count() == 2
    ours = Participation.objects.get(organisation=places["ostoniemi"])
    assert Deliverable.objects.get(participation=ours, kind="pilot_procurement").procurement is not None
    assert ours.responsible is not None
    client = as_(ours.responsible)
    for name in ("space", "together", "team"):
        assert client.get(page(name, ours)).status_code == 200
